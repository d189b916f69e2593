"""Evidence into candidates: grouped, compared with the known cases, scored, and given a lasting id."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from nijar_nlp.cases import scoring
from nijar_nlp.cases.assembling import Dossier
from nijar_nlp.cases.context import in_context
from nijar_nlp.cases.families import Families
from nijar_nlp.cases.grouping import copies_of, group_profiles
from nijar_nlp.cases.known import KnownCases
from nijar_nlp.cases.profiles import Profile, profiles
from nijar_nlp.cases.settings import CaseSettings
from nijar_nlp.cases.strays import strays
from nijar_nlp.records import Actor, CaseCandidate, Evidence, KnownCase, Match, content_id

_SURE = 0.9  # a passage that tells of a known case this probably pulls its like to it


def candidates(
    evidence: Sequence[Evidence],
    known: Sequence[KnownCase],
    actors: Sequence[Actor] | Mapping[str, Actor],
    settings: CaseSettings,
    previous: Mapping[str, str],
    numbers: Mapping[str, int] | None = None,
) -> tuple[CaseCandidate, ...]:
    """The candidates, the likeliest new case first; those of one known case are one candidate.

    `previous` gives the candidate of each passage when last grouped: a candidate keeps its id with the group
    that holds most of its passages. `numbers` are the passages' numbers in their documents. The order of
    `evidence` is of no account.
    """
    families = Families(actors)
    found = {profile.id: profile for profile in in_context(profiles(evidence, families, numbers))}
    by_id = {item.passage_id: item for item in evidence}
    copies = copies_of(evidence)
    register = KnownCases(known, families)
    groups = group_profiles(
        list(found.values()), families, settings, copies, _anchors(list(found.values()), register)
    )
    matched = _with_matches(groups, found, register, {case.id: case for case in known}, settings)
    ids = stable_ids([ids for ids, _ in matched], previous)
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
    return tuple(sorted(made, key=lambda candidate: (-candidate.score, candidate.id)))


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


def _anchors(found: Sequence[Profile], register: KnownCases) -> dict[str, str]:
    """By passage id, the known case that the passage alone surely tells of."""
    matches = {profile.id: register.nearest([profile]) for profile in found}
    return {
        identity: match.case_id for identity, match in matches.items() if match and match.probability >= _SURE
    }


def _with_matches(
    groups: Sequence[tuple[str, ...]],
    found: Mapping[str, Profile],
    register: KnownCases,
    cases: Mapping[str, KnownCase],
    settings: CaseSettings,
) -> list[tuple[tuple[str, ...], Match | None]]:
    """Each group with its nearest known case; the groups of one known case made one, with the best match."""
    by_case: dict[str, list[tuple[Match, tuple[str, ...]]]] = defaultdict(list)
    matched: list[tuple[tuple[str, ...], Match | None]] = []
    for members in groups:
        nearest = register.nearest([found[identity] for identity in members])
        if nearest and nearest.probability >= settings.known_threshold:
            by_case[nearest.case_id].append((nearest, members))
        else:
            matched.append((members, nearest))
    case_of = {i: case for case, pairs in by_case.items() for _, members in pairs for i in members}
    joined = strays([members for members, _ in matched], case_of, found, cases)
    matched = [pair for pair in matched if pair[0] not in joined]
    for case, matches in by_case.items():
        best = min(matches, key=lambda pair: (-pair[0].probability, pair[1]))[0]
        groups_of_case = [members for _, members in matches] + [m for m, c in joined.items() if c == case]
        matched.append((tuple(sorted(i for members in groups_of_case for i in members)), best))
    return sorted(matched, key=lambda pair: pair[0])


def _candidate(
    identity: str,
    dossier: Dossier,
    nearest: Match | None,
    families: Families,
    settings: CaseSettings,
) -> CaseCandidate:
    score, reasons = scoring.score(dossier, settings, families, nearest)
    known = nearest is not None and nearest.probability >= settings.known_threshold
    return CaseCandidate(
        id=identity,
        title=dossier.title(),
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
        known_case=nearest.case_id if known and nearest else None,
    )
