"""A text into the stretches that are read one by one."""

import re

# Words of a window, and of the step from one to the next: a long passage is never cut off.
WINDOW_WORDS = 200
STEP_WORDS = 140

_WORD = re.compile(r"\S+")


def windows(text: str) -> list[tuple[int, int]]:
    """Half-open stretches that overlap and together hold every word; one where the text is short enough."""
    words = [match.span() for match in _WORD.finditer(text)]
    if len(words) <= WINDOW_WORDS:
        return [(0, len(text))]
    starts = range(0, len(words) - WINDOW_WORDS + STEP_WORDS, STEP_WORDS)
    return [(words[i][0], words[min(i + WINDOW_WORDS, len(words)) - 1][1]) for i in starts]


def words(text: str) -> list[tuple[int, int]]:
    """The half-open spans of the text's words."""
    return [match.span() for match in _WORD.finditer(text)]
