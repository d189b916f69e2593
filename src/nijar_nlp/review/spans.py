"""A passage's text into stretches: what drove its tags, what names something, the rest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from nijar_nlp.records import Mention, Reason

# Characters that turn the direction of what follows, and control characters: a page shows text without them.
_HARMFUL = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Stretch(NamedTuple):
    """A piece of text shown in one way; `reason` where it raised a tag, `type` of the mention it is in."""

    text: str
    reason: bool
    type: str


def harmless(text: str) -> str:
    """A text without the characters that would turn or hide what stands around it."""
    return _HARMFUL.sub("", text)


def stretches(
    text: str, reasons: Mapping[str, Sequence[Reason]], mentions: Iterable[Mention]
) -> list[Stretch]:
    """The text in pieces, in order; together they are the whole text but for harmful characters."""
    raised = [(r.start, r.end) for found in reasons.values() for r in found if r.weight > 0]
    named = [(m.start, m.end, m.type) for m in mentions if m.type not in ("DATE", "NUMBER")]
    cuts = {0, len(text)}
    cuts.update(place for start, end in raised for place in (start, end))
    cuts.update(place for start, end, _ in named for place in (start, end))
    places = sorted(place for place in cuts if 0 <= place <= len(text))
    found = []
    for start, end in pairwise(places):
        kind = next((k for s, e, k in named if s <= start and end <= e), "")
        reason = any(s <= start and end <= e for s, e in raised)
        if piece := harmless(text[start:end]):
            found.append(Stretch(piece, reason, kind))
    return found
