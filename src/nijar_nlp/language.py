"""Text to its language, as an ISO 639-1 code."""

import re
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import Any

# The languages of the study, and those that its sources quote or that are taken for them otherwise.
CANDIDATES = ("en", "fr", "ar", "es", "pt", "de", "it", "sw", "fa", "ur", "ps", "ku", "ru", "tr")
_MAX_CHARS = 600  # more text changes nothing and costs time
_SHORT_WORDS = 8  # under this many words the classifier errs on names: function words decide first

_FUNCTION_WORDS = {
    "en": (
        "the of and to in for on with by from at is are was were that this which has have had not be an as "
        "it its or but who will would their after before between into over under"
    ),
    "fr": (
        "le la les l de des du d et en un une dans pour par sur avec au aux est sont que qui ne pas ce cette "
        "ces il elle ont été leur leurs ou mais après avant entre sous selon son sa ses se à"
    ),
    "es": "el los las del y en una para por con que se su al lo como más pero sus",
    "pt": "o os as do da dos das e em um uma para por com que não se na no mais ao",
    "de": "der die das und in den von zu mit im für ist auf nicht ein eine dem des als",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _code, _words in _FUNCTION_WORDS.items():
    for _word in set(_words.split()):
        _LANGUAGES_OF.setdefault(_word, []).append(_code)
_LETTER_RUNS = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"(?:[^\W\d_][\W\d_]*){3}")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")  # no other script is a candidate's
_PERSIAN_LETTERS = frozenset("پچژگکی")
_URDU_LETTERS = frozenset("ٹڈڑںھہۂےۓ")
_PASHTO_LETTERS = frozenset("ټډړږښڅځڼېۍ")


def language_of(text: str) -> str:
    """The language of a text: "en", "fr", "ar", another of CANDIDATES, or "" where it cannot be told.

    Arabic script is told from Latin by its letters; short Latin texts by their function words first.
    """
    text = text[:_MAX_CHARS]
    if not _LETTERS.search(text):
        return ""
    if not text.isascii():
        n_letters = sum(map(len, _LETTER_RUNS.findall(text)))
        arabic = "".join(_ARABIC.findall(text))
        if len(arabic) * 2 > n_letters:
            return _arabic_script(arabic)
        if sum(map(len, _LATIN.findall(text))) * 2 < n_letters:
            return _classified(text) if _CYRILLIC.search(text) else ""
    return _latin(text)


def _arabic_script(letters: str) -> str:
    """Arabic, unless letters that Arabic does not have are common."""
    total = len(letters)
    for code, own in (("ps", _PASHTO_LETTERS), ("ur", _URDU_LETTERS), ("fa", _PERSIAN_LETTERS)):
        if sum(map(letters.count, own)) > 0.04 * total:
            return code
    return "ar"


def _latin(text: str) -> str:
    words = text.lower().replace("’", " ").replace("'", " ").split()
    hits = Counter(chain.from_iterable(filter(None, map(_LANGUAGES_OF.get, words))))
    (second, _), (most, first) = sorted((hits[code], code) for code in _FUNCTION_WORDS)[-2:]
    if most >= 2 and most >= 2 * second:
        return first
    if len(words) >= _SHORT_WORDS:
        return _classified(text)
    return first if most > second else _short(text)


def _short(text: str) -> str:
    """A few words without function words: French where an accent says so, else nobody can tell."""
    return "fr" if any(letter in "éèêàùçœëïô" for letter in text.lower()) else ""


def _classified(text: str) -> str:
    return str(_identifier().classify(text)[0])


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """py3langid's model over CANDIDATES; loaded at first use (50 MB, 0.3 s)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(CANDIDATES))
    return identifier
