"""Decisions on candidates into where each stands, and into what grouping must respect."""

from collections.abc import Iterable, Sequence

from nijar_nlp.records import STATE_OF_VERDICT, VERDICTS, Decision, Fixed, Standing

# Verdicts after which the candidate's passages are of one case.
_WHOLE = ("accept_new", "same_as")


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that no undoing took back, in their order; undoings themselves are left out."""
    rows = list(decisions)
    undone = {row.undoes for row in rows if row.kind == "undo"}
    return [row for row in rows if row.kind != "undo" and row.id not in undone]


def standing(candidate_id: str, decisions: Iterable[Decision]) -> Standing:
    """Where a candidate stands after its decisions, given in their order; blind readings do not count."""
    verdicts = [d for d in in_force(decisions) if d.kind in VERDICTS and d.reading != "blind"]
    if not verdicts:
        return Standing(candidate_id)
    last = verdicts[-1]
    by_person = {d.by: (d.kind, target_of(d)) for d in verdicts}
    return Standing(
        candidate_id=candidate_id,
        state=STATE_OF_VERDICT[last.kind],
        decision_id=last.id,
        by=last.by,
        target=target_of(last),
        until=last.until,
        contested=last.reading != "adjudication" and len(set(by_person.values())) > 1,
    )


def target_of(decision: Decision) -> str:
    """The case or candidate that a verdict points to, or nothing."""
    return str(decision.value.get("case") or decision.value.get("candidate") or "")


def fixed(decisions: Sequence[Decision]) -> Fixed:
    """What the verdicts in force say about which passages belong together, from what was shown with them.

    The latest verdict on a candidate counts. A merged or duplicate candidate goes together with its target.
    """
    latest: dict[str, Decision] = {}
    said = in_force(decisions)
    for decision in said:
        if decision.kind in VERDICTS and decision.reading != "blind":
            latest[decision.subject.id] = decision
    accepted: dict[str, frozenset[str]] = {}
    together: list[frozenset[str]] = []
    apart: list[tuple[frozenset[str], ...]] = []
    for decision in latest.values():
        shown = frozenset(decision.shown.get("passages", {}))
        if decision.kind == "split":
            parts = tuple(frozenset(part) for part in decision.value["parts"])
            apart.append(parts)
            together += (part for part in parts if len(part) > 1)
        elif decision.kind in ("merge", "duplicate"):
            together.append(shown | frozenset(decision.shown.get("target_passages", ())))
        elif decision.kind in _WHOLE and shown:
            accepted[decision.subject.id] = shown
    looked_at = frozenset(passage for one in said for passage in one.shown.get("passages", {}))
    return Fixed(accepted, tuple(together), tuple(apart), looked_at)
