"""The lexicons of events, one a language, as compiled patterns."""

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

LANGUAGES = ("en", "fr", "ar")
# Arabic letters that are written now so, now otherwise; one for one, so that offsets stay.
_LETTERS = str.maketrans("أإآٱىة", "اااايه")


class Trigger(NamedTuple):
    """A pattern that tells an event of a kind, with the status that it says by itself and how firmly.

    `strength` is how many characters away another cue must be for the trigger's own status to stand.
    `denies_failure` where it holds the words of a failure that did not come about: "were not suspended".
    """

    kind: str
    status: str
    strength: int
    pattern: re.Pattern[str]
    denies_failure: bool = False


class Cue(NamedTuple):
    """A pattern that says how far an event is; whether it may stand before or after the event's word."""

    status: str
    before: bool
    after: bool
    pattern: re.Pattern[str]


class Lexicon(NamedTuple):
    """The words by which one language tells events; `words` are patterns by what they name."""

    triggers: tuple[Trigger, ...]
    cues: tuple[Cue, ...]
    words: dict[str, re.Pattern[str]]
    version: str


@lru_cache(maxsize=len(LANGUAGES))
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; English where there is none."""
    name = language if language in LANGUAGES else LANGUAGES[0]
    text = resources.files(__package__).joinpath("lexicons", f"{name}.toml").read_text("utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return Lexicon(
        tuple(
            Trigger(
                t["kind"],
                t["status"],
                t["strength"],
                _pattern(t["patterns"], closed=False),
                t.get("denies_failure", False),
            )
            for t in data["triggers"]
        ),
        tuple(
            Cue(c["status"], c["side"] != "after", c["side"] != "before", _pattern(c["patterns"]))
            for c in data["cues"]
        ),
        {name: _pattern(patterns) for name, patterns in data["words"].items()},
        text,
    )


def plain(text: str) -> str:
    """The text with one letter for each that Arabic spells in two ways; its offsets stay."""
    return text.translate(_LETTERS)


def _pattern(alternatives: list[str], *, closed: bool = True) -> re.Pattern[str]:
    end = r"(?!\w)" if closed else ""
    return re.compile(rf"(?<!\w)(?:{plain('|'.join(alternatives))}){end}", re.IGNORECASE)
