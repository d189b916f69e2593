"""The drafts of a passage into the at most three by which the rules would tell it."""

from collections.abc import Iterable, Mapping, Sequence

from nijar_nlp.cases.event_drafts import Draft, sentences
from nijar_nlp.cases.event_words import lexicon

TYPES_OF_TAGS = {
    "dialogue": ("talks", "mediation", "ceasefire_or_local_agreement", "policy_statement", "amnesty"),
    "prisoner_release": ("prisoner_release", "swap", "amnesty"),
    "hostage_exchange": ("hostage_release", "swap", "ransom"),
}
# An event less sure than this stands for a tag alone: no word of the passage tells it.
IN_WORDS = 0.46
# A tag this probable needs no such word. Of 21 such events read in reports, 12 had a less probable tag, and
# none of those was right.
SURE = 0.85
_MOST = 3
_RELEASED = {"prisoner_release": "prisoner_release", "hostage_exchange": "hostage_release"}
_TAG_OF = {
    "talks": "dialogue", "mediation": "dialogue", "ceasefire_or_local_agreement": "dialogue",
    "policy_statement": "dialogue", "amnesty": "dialogue", "prisoner_release": "prisoner_release",
    "hostage_release": "hostage_exchange", "swap": "hostage_exchange", "ransom": "hostage_exchange",
}  # fmt: skip
_COME_TRUE = ("done", "agreed", "under_way")
_OUTCOMES = ("hostage_release", "prisoner_release", "swap", "ceasefire_or_local_agreement")
# Firmer statuses tell more than those that a noun has by default.
_FIRM = {
    "done": 0.3,
    "agreed": 0.3,
    "refused": 0.4,
    "denied": 0.4,
    "failed": 0.4,
    "called_for": 0.2,
    "offered": 0.2,
}


def ruled(found: Iterable[Draft], tags: Sequence[str], text: str, language: str) -> list[Draft]:
    """The main of the drafts, in the order of the text."""
    return _main(_merged(found, tags), tags, text, language)


def _merged(found: Iterable[Draft], tags: Sequence[str]) -> list[Draft]:
    """One draft a type: the firmest, and of equals the first; a swap holds the releases of both sides."""
    by_type: dict[str, list[Draft]] = {}
    for draft in found:
        by_type.setdefault(draft.type, []).append(draft)
    if _both_sides(by_type, tags):
        releases = by_type.get("hostage_release", []) + by_type.get("prisoner_release", [])
        by_type["swap"] = [d._replace(type="swap") for d in releases]
    merged = {kind: _best(group) for kind, group in by_type.items()}
    swap = merged.get("swap")
    if swap is not None:
        releases = [merged.pop(kind) for kind in ("hostage_release", "prisoner_release") if kind in merged]
        firmest = max((d for d in releases if d.sentence == swap.sentence), key=weight, default=swap)
        if firmest.score > swap.score:
            merged["swap"] = swap._replace(status=firmest.status)
    return _settled(merged)


def _both_sides(by_type: Mapping[str, Sequence[Draft]], tags: Sequence[str]) -> bool:
    """Whether both sides let people go, which is a swap though no word says so.

    Under both tags it is told by one release where the other has no words, or by two of one sentence or of
    neighbouring ones.
    """
    if "swap" in by_type or not {"prisoner_release", "hostage_exchange"} <= set(tags):
        return False
    held = [d for d in by_type.get("hostage_release", ()) if d.status in _COME_TRUE]
    jailed = [d for d in by_type.get("prisoner_release", ()) if d.status in _COME_TRUE]
    if not held or not jailed:
        return bool(held or jailed) and not ("hostage_release" in by_type and "prisoner_release" in by_type)
    return any(
        one.sentence[0] <= other.sentence[1] and other.sentence[0] <= one.sentence[1]
        for one in held
        for other in jailed
    )


def _settled(merged: Mapping[str, Draft]) -> list[Draft]:
    """Talks and mediation that ended in a release or an accord told in their sentence are done."""
    ends = {d.sentence for kind, d in merged.items() if kind in _OUTCOMES and d.status in ("done", "agreed")}
    return [
        d._replace(status="done")
        if d.type == "mediation" and d.status == "under_way" and d.cue is None and d.sentence in ends
        else d
        for d in merged.values()
    ]


def _best(group: Sequence[Draft]) -> Draft:
    best = max(group, key=lambda d: (weight(d), -d.start))
    return best._replace(score=best.score + 0.1 * (len(group) - 1))


def weight(draft: Draft) -> float:
    """How firmly a draft is told."""
    return draft.score + _FIRM.get(draft.status, 0.0) + (0.3 if draft.cue else 0.0)


def confidence(draft: Draft) -> float:
    """How sure an event is, between 0 and 1; not a calibrated probability."""
    return min(0.95, 0.3 + weight(draft) / 5)


def _main(found: Sequence[Draft], tags: Sequence[str], text: str, language: str) -> list[Draft]:
    """The main drafts: every tag has its own, stances hold their talks, the firmest come first."""
    stance = next((d for d in found if d.type == "policy_statement"), None)
    kept = [
        d
        for d in found
        if not (stance and d.type == "talks" and d.sentence == stance.sentence and weight(d) < weight(stance))
    ]
    covered = {_TAG_OF[d.type] for d in kept} | (
        {"prisoner_release"} if any(d.type in ("swap", "amnesty") for d in kept) else set()
    )
    whole = (sentences(text) or [(0, len(text))])[0]
    release = next((d for d in kept if d.type in ("hostage_release", "prisoner_release")), None)
    for tag in tags:
        if tag in covered or tag not in _RELEASED:
            continue
        if release is not None:  # "the release of all hostages and detainees"
            kept.append(release._replace(type=_RELEASED[tag], score=0.4))
        elif tag == "hostage_exchange" and _tells_of_captives(text, language):
            # told in words of its own more often than the others
            kept.append(Draft(_RELEASED[tag], "done", whole[0], whole[0], whole, None, 0.4))
    ranked = sorted(kept, key=lambda d: (-weight(d), d.start))
    firsts = {next(d for d in ranked if _TAG_OF[d.type] == tag) for tag in {_TAG_OF[d.type] for d in ranked}}
    chosen = sorted(ranked, key=lambda d: (d not in firsts, -weight(d), d.start))[:_MOST]
    return sorted(chosen, key=lambda d: (d.start, d.type))


def _tells_of_captives(text: str, language: str) -> bool:
    """Whether captives are named, and a word of their coming back or of bargaining for them."""
    words = lexicon(language).words
    return bool(words["captives"].search(text) and words["coming_back"].search(text))
