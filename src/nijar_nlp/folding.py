"""Text into a form in which spellings of one word agree."""

import re
import unicodedata

_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case without accents, vowel marks, tatweel or punctuation; Arabic letter variants made one."""
    letters = unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC)
    plain = letters
    if not letters.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain))
