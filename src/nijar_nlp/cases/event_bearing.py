"""The sentences of a passage that bear on an event: its own, and those beside it that tell on."""

from collections.abc import Sequence

from nijar_nlp.cases.event_drafts import Draft
from nijar_nlp.cases.event_signs import Reading
from nijar_nlp.cases.event_words import lexicon
from nijar_nlp.records import Mention

# How many sentences away from its own an event's circumstances may be told.
_NEAR = 2
# Words of the lexicon by which a sentence tells of people taken, and of those let go and come back.
_TAKEN, _LET_GO = ("abduction",), ("abduction", "coming_back", "prisoners", "exchanged_for")
_RELEASES = ("hostage_release", "prisoner_release", "swap", "ransom")


def bearing(read: Reading, draft: Draft) -> list[tuple[int, int]]:
    """The stretches of the sentences that bear on an event, its own among them.

    From its own sentence outwards, for as long as each tells of an event, of captives, or on of the same.
    """
    own = _own(read, draft)
    if own is None:
        return [draft.sentence]
    names = _LET_GO if draft.type in _RELEASES else _TAKEN
    kept = [own]
    for number in range(own - 1, max(-1, own - 1 - _NEAR), -1):
        if not (_tells(read, names, number) or _tells_on(read, number + 1) or _is_quoted(read, number + 1)):
            break
        kept.append(number)
    for number in range(own + 1, min(len(read.sentences), own + 1 + _NEAR)):
        if not _tells(read, names, number) and not _tells_on(read, number):
            break
        kept.append(number)
    return [read.sentences[number] for number in sorted(kept)]


def siding(read: Reading, draft: Draft) -> list[tuple[int, int]]:
    """The stretches of the sentences that may name the sides of an event: those that bear on it, and others.

    The others tell an event of its type too, or name between whom something is, where its own sentence
    speaks of "both sides" only.
    """
    kept = set(bearing(read, draft)) | {each.sentence for each in read.drafts if each.type == draft.type}
    own = _own(read, draft)
    if own is not None and lexicon(read.language).words["the_two"].search(read.text, *draft.sentence):
        between = lexicon(read.language).words["between"]
        earlier = [s for s in read.sentences[:own] if between.search(read.text, *s)]
        kept |= set(earlier[-1:] or read.sentences[max(0, own - 1) : own + 2])
    return sorted(kept)


def within(mentions: Sequence[Mention], stretches: Sequence[tuple[int, int]]) -> list[Mention]:
    """The mentions that lie in one of the stretches."""
    return [m for m in mentions if any(start <= m.start and m.end <= end for start, end in stretches)]


def _own(read: Reading, draft: Draft) -> int | None:
    return next((n for n, s in enumerate(read.sentences) if s == draft.sentence), None)


def _tells(read: Reading, names: Sequence[str], number: int) -> bool:
    stretch = read.sentences[number]
    words = lexicon(read.language).words
    return any(each.sentence == stretch for each in read.drafts) or any(
        words[name].search(read.text, *stretch) for name in names
    )


def _is_quoted(read: Reading, number: int) -> bool:
    """Whether a sentence begins within a quotation, whose speaker is named before."""
    before = read.text[: read.sentences[number][0]]
    return any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "«»"))


def _tells_on(read: Reading, number: int) -> bool:
    start, end = read.sentences[number]
    found = lexicon(read.language).words["tells_on"].search(read.text, start, end)
    return found is not None and not any(c.isalpha() for c in read.text[start : found.start()])
