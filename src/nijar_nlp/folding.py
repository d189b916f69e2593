"""Text into a form in which spellings of one word agree."""

import re
import unicodedata

_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")
_WORD = re.compile(r"[^\W_]+")


class _Unmarked(dict[int, int | None]):
    """Letters as they are, and combining marks as nothing, each looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_UNMARKED = _Unmarked()


def fold(text: str) -> str:
    """Lower case without accents, vowel marks, tatweel or punctuation; Arabic letter variants made one."""
    letters = unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC)
    plain = letters
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", letters).translate(_UNMARKED)
    return " ".join(_WORD.findall(plain))
