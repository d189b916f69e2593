"""Two groupings into what changed between them, and what people fixed kept through a new one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from nijar_nlp.records import CandidateChange, Fixed

Members = tuple[str, ...]


def kept(groups: Sequence[Members], fixed: Fixed) -> tuple[list[Members], tuple[CandidateChange, ...]]:
    """The groups with what people fixed enforced, and a question for each place where they would differ.

    Passages of an accepted candidate stay together with whatever joins them; of parts that were put apart
    the later-named ones leave. What is fixed is never undone, only questioned.
    """
    of = {passage: number for number, group in enumerate(groups) for passage in group}
    merged = {number: set(group) for number, group in enumerate(groups)}
    questions: list[CandidateChange] = []
    decided = [*sorted(fixed.accepted.items()), *(("", together) for together in fixed.together)]
    for identity, members in decided:
        present = sorted({of[passage] for passage in members if passage in of})
        if len(present) > 1:
            if identity:
                reason = f"the evidence now falls into {len(present)} groups"
                questions.append(CandidateChange("questioned", identity, (), tuple(sorted(members)), reason))
            first = present[0]
            for other in present[1:]:
                merged[first] |= merged.pop(other)
            of.update(dict.fromkeys(merged[first], first))
    for parts in fixed.apart:
        for number, part in enumerate(parts):
            others = {of[passage] for other in parts[:number] for passage in other if passage in of}
            leaving = {passage for passage in part if of.get(passage) in others}
            if leaving:
                for group in merged.values():
                    group -= leaving
                of.update(dict.fromkeys(leaving, max(merged) + 1))
                merged[max(merged) + 1] = leaving
    return sorted(tuple(sorted(group)) for group in merged.values() if group), tuple(questions)


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[CandidateChange, ...]:
    """What happened to the candidates from one grouping to the next, each given as candidate by passage."""
    was, now = _members(before), _members(after)
    found: list[CandidateChange] = []
    for identity in sorted(now):
        members = now[identity]
        sources = Counter(before[passage] for passage in members if passage in before)
        new = tuple(sorted(passage for passage in members if passage not in before))
        others = tuple(sorted(source for source in sources if source != identity))
        if identity not in was:
            kind = "splits" if others and all(source in now for source in others) else "opens"
            reason = f"its passages left {', '.join(others)}" if others else "passages that fit no candidate"
            found.append(CandidateChange(kind, identity, others, tuple(sorted(members)), reason))
        else:
            gone = tuple(source for source in others if source not in now)
            if gone:
                moved = tuple(sorted(p for p in members if before.get(p) in gone))
                found.append(CandidateChange("merges", identity, gone, moved, "they tell of one case"))
            if new:
                found.append(CandidateChange("joins", identity, (), new, "new passages that tell of it"))
    for identity in sorted(set(was) - set(now)):
        heirs = tuple(sorted({after[passage] for passage in was[identity] if passage in after}))
        lost = "its passages are gone, or tell of no case"
        reason = f"its passages are in {', '.join(heirs)}" if heirs else lost
        found.append(CandidateChange("withdrawn", identity, heirs, tuple(sorted(was[identity])), reason))
    return tuple(found)


def _members(candidates: Mapping[str, str]) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for passage, candidate in candidates.items():
        members[candidate].add(passage)
    return members
