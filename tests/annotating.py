"""What the tests of mentions and events share: days, mentions of a type, and events of a passage."""

from datetime import date
from pathlib import Path

from nijar_nlp.cases import events_of
from nijar_nlp.mentions import Annotator, Input
from nijar_nlp.records import DateInterval, Event, Mention

REGISTER = Path(__file__).parents[1] / "corpus" / "register"
DIALOGUE, PRISONERS, HOSTAGES = ("dialogue",), ("prisoner_release",), ("hostage_exchange",)


def at(day: str, precision: str = "day") -> DateInterval:
    return DateInterval(date.fromisoformat(day), date.fromisoformat(day), precision)


PUBLISHED = at("2020-10-09")


def found(annotator: Annotator, text: str, language: str, kind: str) -> list[Mention]:
    """The mentions of a type in a passage published on that day."""
    return [m for m in annotator.annotate([Input(text, language, PUBLISHED)])[0] if m.type == kind]


def told(
    annotator: Annotator,
    text: str,
    language: str,
    tags: tuple[str, ...],
    published: DateInterval = PUBLISHED,
    about: str = "",
) -> tuple[Event, ...]:
    """The events of a passage published then, in a chapter about a country, with the register's states."""
    mentions = annotator.annotate([Input(text, language, published)])[0]
    return events_of("p1", text, language, tags, mentions, states=annotator.states, about=about)
