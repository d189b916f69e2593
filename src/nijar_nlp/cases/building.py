"""Evidence into candidates: grouped, compared with the known cases, scored, and given a lasting id."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from nijar_nlp.cases import scoring
from nijar_nlp.cases.assembling import Dossier
from nijar_nlp.cases.context import in_context
from nijar_nlp.cases.dating import dated
from nijar_nlp.cases.families import Families
from nijar_nlp.cases.grouping import copies_of, group_profiles
from nijar_nlp.cases.history import kept
from nijar_nlp.cases.profiles import profiles
from nijar_nlp.cases.settings import CaseSettings
from nijar_nlp.cases.settling import Settled, Settling
from nijar_nlp.cases.standing import joined
from nijar_nlp.cases.substance import may_tell_of_a_case
from nijar_nlp.cases.titles import english, title
from nijar_nlp.records import (
    Actor,
    CandidateChange,
    CaseCandidate,
    Evidence,
    Fixed,
    KnownCase,
    Match,
    content_id,
)

NOTHING_FIXED = Fixed()
_SURE = 0.9  # a passage that tells of a known case this probably pulls its like to it


def candidates(
    evidence: Sequence[Evidence],
    known: Sequence[KnownCase],
    actors: Sequence[Actor] | Mapping[str, Actor],
    settings: CaseSettings,
    previous: Mapping[str, str],
    numbers: Mapping[str, int] | None = None,
    fixed: Fixed = NOTHING_FIXED,
) -> tuple[CaseCandidate, ...]:
    """The candidates, the likeliest new case first; those of one known case are one candidate.

    Passages that tell of no case make none by themselves; a known case and what people decided keep theirs.
    `previous` gives the candidate of each passage when last grouped: a candidate keeps its id with the group
    that holds most of its passages. `numbers` are the passages' numbers in their documents; `fixed` is what
    people decided. The order of `evidence` is of no account.
    """
    return regrouped(evidence, known, actors, settings, previous, numbers, fixed)[0]


def regrouped(
    evidence: Sequence[Evidence],
    known: Sequence[KnownCase],
    actors: Sequence[Actor] | Mapping[str, Actor],
    settings: CaseSettings,
    previous: Mapping[str, str],
    numbers: Mapping[str, int] | None,
    fixed: Fixed,
) -> tuple[tuple[CaseCandidate, ...], tuple[CandidateChange, ...]]:
    """The same candidates, and where the evidence questions what people fixed."""
    families = Families(actors)
    evidence = dated(evidence, numbers or {})
    found = {profile.id: profile for profile in in_context(profiles(evidence, families, numbers))}
    by_id = {item.passage_id: item for item in evidence}
    copies = copies_of(evidence)
    settling = Settling(found, known, families, settings.known_threshold)
    groups = group_profiles(list(found.values()), families, settings, copies, settling.sure(_SURE))
    matched, questions = _as_fixed(settling.settle(joined(groups, found, families)), fixed, settling)
    decided = {passage: case for case, members in fixed.accepted.items() for passage in members}
    bearing = _bearing(evidence, fixed)
    matched = [
        (members, nearest)
        for members, nearest in matched
        if not bearing.isdisjoint(members) or _is_known(nearest, settings)
    ]
    ids = stable_ids([ids for ids, _ in matched], {**previous, **decided})
    made = (
        _candidate(
            identity,
            Dossier([by_id[i] for i in members], [found[i] for i in members], copies, families),
            nearest,
            families,
            settings,
        )
        for identity, (members, nearest) in zip(ids, matched, strict=True)
    )
    return tuple(sorted(made, key=lambda candidate: (-candidate.score, candidate.id))), questions


def _as_fixed(
    matched: Settled, fixed: Fixed, settling: Settling
) -> tuple[Settled, tuple[CandidateChange, ...]]:
    """The groups as people fixed them, with the known cases nearest to them, and what speaks against it."""
    if fixed == NOTHING_FIXED:
        return matched, ()
    nearest_of = dict(matched)
    unbroken, questions = kept([members for members, _ in matched], fixed)
    matched = [(members, nearest_of.get(members) or settling.nearest(members)) for members in unbroken]
    return matched, questions


def _bearing(evidence: Sequence[Evidence], fixed: Fixed) -> frozenset[str]:
    """The passages that may bear a candidate: those that may tell of a case, and what people decided on."""
    told = (item.passage_id for item in evidence if may_tell_of_a_case(item))
    parts = (part for parts in fixed.apart for part in parts)
    return fixed.looked_at.union(told, *fixed.accepted.values(), *fixed.together, *parts)


def stable_ids(groups: Sequence[tuple[str, ...]], previous: Mapping[str, str]) -> list[str]:
    """An id a group: that of the earlier candidate with which it shares most, else one from its passages."""
    overlaps = Counter(
        (number, previous[passage])
        for number, members in enumerate(groups)
        for passage in members
        if passage in previous
    )
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for number, earlier in sorted(overlaps, key=lambda pair: (-overlaps[pair], pair[1], groups[pair[0]])):
        if number not in ids and earlier not in taken:
            ids[number] = earlier
            taken.add(earlier)
    for number, members in enumerate(groups):
        if number not in ids:
            identity = content_id("candidate", *sorted(members))
            while identity in taken:
                identity = content_id(identity)
            ids[number] = identity
            taken.add(identity)
    return [ids[number] for number in range(len(groups))]


def _candidate(
    identity: str,
    dossier: Dossier,
    nearest: Match | None,
    families: Families,
    settings: CaseSettings,
) -> CaseCandidate:
    score, reasons = scoring.score(dossier, settings, families, nearest)
    made = CaseCandidate(
        id=identity,
        title="",
        types=dossier.types(),
        tags=dossier.tags(),
        status=dossier.status(),
        armed_groups=dossier.parties("armed_group"),
        counterparts=dossier.parties("counterpart"),
        mediators=dossier.parties("mediator"),
        persons=dossier.parties("persons"),
        country=dossier.country(),
        place=dossier.place(),
        date=dossier.date(),
        released_number=dossier.released(),
        passage_ids=tuple(sorted(item.passage_id for item in dossier.members)),
        n_documents=dossier.n_documents(),
        n_outlets=dossier.n_outlets(),
        score=score,
        score_reasons=reasons,
        nearest=nearest,
        known_case=nearest.case_id if nearest and _is_known(nearest, settings) else None,
        claims=dossier.claims(),
    )
    return replace(made, title=title(made, english(families)))


def _is_known(nearest: Match | None, settings: CaseSettings) -> bool:
    return nearest is not None and nearest.probability >= settings.known_threshold
