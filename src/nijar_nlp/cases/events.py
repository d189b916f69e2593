"""A tagged passage with its mentions into the at most three main events that it tells."""

from collections.abc import Iterable, Mapping, Sequence

from nijar_nlp.cases.event_countries import country_of
from nijar_nlp.cases.event_drafts import Draft, drafts, sentences
from nijar_nlp.cases.event_facts import date_of, numbers_of, place_of
from nijar_nlp.cases.event_parties import Slot, parties
from nijar_nlp.cases.event_sources import source_of
from nijar_nlp.cases.event_words import LANGUAGES, Lexicon, lexicon, plain
from nijar_nlp.records import DateInterval, Event, Mention, Party, content_id

_MOST = 3
_ROOM_VERSION = "3"
EVENTS_VERSION = content_id(_ROOM_VERSION, *(lexicon(code).version for code in LANGUAGES))
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


def events_of(
    passage_id: str,
    text: str,
    language: str,
    tags: Sequence[str],
    mentions: Sequence[Mention],
    published: DateInterval | None,
) -> tuple[Event, ...]:
    """The main events of a passage under its tags, in the order of the text.

    None without a tag, and none where no armed side is in sight: no group, leader, captive or ceasefire.
    """
    words = lexicon(language)
    read = plain(text) if language == "ar" else text
    groups = any(m.type == "ARMED_GROUP" or (m.type == "PERSON" and m.entity) for m in mentions)
    armed = groups or words.words["armed"].search(read) is not None
    if not armed:  # a release by captors whom nobody names is told all the same
        tags = [tag for tag in tags if tag == "hostage_exchange"]
    if not tags or not (armed or drafts(read, language, tags)):
        return ()
    chosen = _main(_merged(drafts(read, language, tags), tags), tags, read, language)
    return tuple(
        _event(passage_id, number, text, read, words, draft, mentions) for number, draft in enumerate(chosen)
    )


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
        firmest = max((d for d in releases if d.sentence == swap.sentence), key=_weight, default=swap)
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
    best = max(group, key=lambda d: (_weight(d), -d.start))
    return best._replace(score=best.score + 0.1 * (len(group) - 1))


def _weight(draft: Draft) -> float:
    return draft.score + _FIRM.get(draft.status, 0.0) + (0.3 if draft.cue else 0.0)


def _main(found: Sequence[Draft], tags: Sequence[str], text: str, language: str) -> list[Draft]:
    """The main drafts: every tag has its own, stances hold their talks, the firmest come first."""
    stance = next((d for d in found if d.type == "policy_statement"), None)
    kept = [
        d
        for d in found
        if not (
            stance and d.type == "talks" and d.sentence == stance.sentence and _weight(d) < _weight(stance)
        )
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
    ranked = sorted(kept, key=lambda d: (-_weight(d), d.start))
    firsts = {next(d for d in ranked if _TAG_OF[d.type] == tag) for tag in {_TAG_OF[d.type] for d in ranked}}
    chosen = sorted(ranked, key=lambda d: (d not in firsts, -_weight(d), d.start))[:_MOST]
    return sorted(chosen, key=lambda d: (d.start, d.type))


def _tells_of_captives(text: str, language: str) -> bool:
    """Whether captives are named, and a word of their coming back or of bargaining for them."""
    words = lexicon(language).words
    return bool(words["captives"].search(text) and words["coming_back"].search(text))


def _event(
    passage_id: str,
    number: int,
    text: str,
    read: str,
    words: Lexicon,
    draft: Draft,
    mentions: Sequence[Mention],
) -> Event:
    who = parties(read, words, draft, mentions)
    country, placed_at = country_of(read, words, who, draft, mentions)
    place = place_of(read, words, draft, mentions)
    dated = date_of(read, words, draft, mentions)
    released, other = numbers_of(read, words, draft, mentions)
    source, said_at = source_of(read, words, draft, mentions)
    spans: dict[str, tuple[tuple[int, int], ...]] = {
        slot: tuple(filled.span for filled in getattr(who, slot))
        for slot in who._fields
        if getattr(who, slot)
    }
    for slot, span in (
        ("type", (draft.start, draft.end) if draft.end > draft.start else None),
        ("status", draft.cue),
        ("country", placed_at),
        ("place", place[1] if place else None),
        ("date", (dated.start, dated.end) if dated else None),
        ("released_number", released[1] if released else None),
        ("released_number_other_side", other[1] if other else None),
        ("source", said_at),
    ):
        if span is not None:
            spans[slot] = (span,)
    return Event(
        id=content_id(passage_id, number, draft.type),
        passage_id=passage_id,
        type=draft.type,
        status=draft.status,
        armed_group=_as_written(text, read, who.armed_group),
        counterpart=_as_written(text, read, who.counterpart),
        mediator=_as_written(text, read, who.mediator),
        persons=_as_written(text, read, who.persons),
        country=country,
        place=place[0] if place else None,
        date=dated.interval if dated else None,
        released_number=released[0] if released else None,
        released_number_other_side=other[0] if other else None,
        source=source,
        confidence=min(0.95, 0.3 + _weight(draft) / 5),
        spans=spans,
    )


def _as_written(text: str, read: str, slots: Sequence[Slot]) -> tuple[Party, ...]:
    """The parties with the words of the text itself, where it was read in other letters."""
    return tuple(
        slot.party._replace(text=text[slice(*slot.span)])
        if slot.party.text == read[slice(*slot.span)]
        else slot.party
        for slot in slots
    )
