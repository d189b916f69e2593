"""A passage's text into stretches: what drove its tags, what names something, the rest."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from nijar_nlp.display import harmless
from nijar_nlp.records import Mention, Reason

# Shares of the weightiest reason from which another is shown, and from which it stands out.
_SHOWN = 0.25
_STRONG = 0.5


class Stretch(NamedTuple):
    """A piece of text shown in one way: `reason` where it raised a tag, `strong` where it raised it much.

    `type` is that of the mention it is in, empty where there is none.
    """

    text: str
    reason: bool
    strong: bool
    type: str


def stretches(
    text: str, reasons: Mapping[str, Sequence[Reason]], mentions: Iterable[Mention]
) -> list[Stretch]:
    """The text in pieces, in order; together they are the whole text but for harmful characters."""
    raised = [stretch for found in reasons.values() for stretch in _raised(found)]
    named = [(m.start, m.end, m.type) for m in mentions if m.type not in ("DATE", "NUMBER")]
    cuts = {0, len(text)}
    cuts.update(place for start, end, _ in raised for place in (start, end))
    cuts.update(place for start, end, _ in named for place in (start, end))
    places = sorted(place for place in cuts if 0 <= place <= len(text))
    found = []
    for start, end in pairwise(places):
        kind = next((k for s, e, k in named if s <= start and end <= e), "")
        here = [strong for s, e, strong in raised if s <= start and end <= e]
        if piece := harmless(text[start:end]):
            found.append(Stretch(piece, bool(here), any(here), kind))
    return found


def _raised(found: Sequence[Reason]) -> list[tuple[int, int, bool]]:
    """The stretches that raised a tag enough to be shown, and whether they stand out."""
    most = max((reason.weight for reason in found), default=0.0)
    weighty = (reason for reason in found if reason.weight > 0 and reason.weight >= _SHOWN * most)
    return [(reason.start, reason.end, reason.weight >= _STRONG * most) for reason in weighty]
