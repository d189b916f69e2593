"""How a text begins and ends: in mid-word, in mid-sentence, with a sentence, or as a byline does."""

import re

_HYPHENS = ("-", "‐", "\u00ad")
_CLOSERS = "0123456789 '\"”’»)]"
BYLINE = re.compile(r"^(?:By|Par|بقلم:?)\s+(\S.{2,70})$")  # the author is its group
_ENDS = frozenset(".!?:;…؟؛۔")


def ends_open(text: str) -> bool:
    """Whether a text breaks off in a word."""
    return text[-1:] in _HYPHENS and text[-2:-1].isalpha()


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip(_CLOSERS)[-1:] in _ENDS


def starts_small(text: str) -> bool:
    """Whether a text begins in the midst of a sentence: with a small letter, or a closing or joining sign."""
    first = text.lstrip("([«“\"'‘’")[:1]
    return first.islower() or text[:1] in ",;)”»"
