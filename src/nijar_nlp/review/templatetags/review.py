"""Filters of the templates: records in the words of the pages, and text made harmless."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from nijar_nlp import display
from nijar_nlp.records import TAGS, Box, CaseCandidate, DateInterval, Exhibit, Mention, Party, Place
from nijar_nlp.review import naming, reasons, spans, titles, words

register = template.Library()


@register.filter
def word(value: str, vocabulary: str) -> str:
    """A word of a vocabulary of records in the words of the pages."""
    return str(words.ALL[vocabulary].get(value, value))


@register.filter(name="words")
def several(values: Iterable[str], vocabulary: str) -> str:
    """Words of a vocabulary, with commas between them."""
    return ", ".join(word(value, vocabulary) for value in values)


@register.filter
def parties(values: Iterable[Party]) -> str:
    """Parties by name, with commas between them."""
    return ", ".join(party(value) for value in values)


@register.filter
def place_words(candidate: CaseCandidate) -> str:
    """Where a candidate plays, and how sharply that is known."""
    place = candidate.place
    named = [display.harmless(naming.place(place))] if place else []
    if candidate.country:
        named.append(words.country(candidate.country))
    sharp = (
        f" ({words.PRECISIONS.get(place.precision, place.precision)})" if place and place.precision else ""
    )
    return ", ".join(named) + sharp


@register.filter
def box_width(box: Box) -> str:
    """A box's width in points."""
    return f"{box.x1 - box.x0:.2f}"


@register.filter
def box_height(box: Box) -> str:
    """A box's height in points."""
    return f"{box.bottom - box.top:.2f}"


@register.simple_tag
def options(values: Iterable[tuple[str, int]], chosen: str, vocabulary: str) -> SafeString:
    """Options of a list with how many there are of each; one call, as the lists are long."""
    named = _NAMED[vocabulary]()
    made = (
        f'<option value="{escape(value)}"{" selected" * (value == chosen)}>'
        f"{escape(named(value))} ({n})</option>"
        for value, n in values
    )
    return mark_safe("".join(made))  # noqa: S308 - values and names are escaped


@register.simple_tag
def tag_buttons(item: Exhibit, target: str) -> SafeString:
    """A button a tag that says the contrary of what holds; one call, as there are three a passage.

    Each sends to the address `target` and renews itself alone, so that none waits for another's answer.
    """
    return mark_safe("".join(_tag_button(item, tag, target) for tag in TAGS))  # noqa: S308 - nothing of a document


@register.filter
def detail(value: object) -> str:
    """A detail of the log in words: several with commas between them, yes or no."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@register.filter
def named(mention: Mention) -> str:
    """What a mention names: an actor by its name in the register, a place with its country."""
    name = naming.actor(mention.entity) if mention.entity else mention.name
    if mention.type == "PLACE":
        country_ = words.country(mention.country) if mention.country else ""
        own = naming.place_named(mention.name, mention.country) if mention.name else name
        name = ", ".join(dict.fromkeys(filter(None, (own, country_))))
    return display.harmless(name)


@register.filter
def percent_number(value: float) -> int:
    """A share of 1 in percent, as a number."""
    return round(value * 100)


@register.simple_tag
def uuid() -> str:
    """A fresh token for a form."""
    return str(uuid4())


@register.filter
def plain(value: object) -> str:
    """Text from a document, without characters that turn or hide what stands around it."""
    return display.harmless(str(value))


@register.filter
def percent(value: float | None) -> str:
    """A share of 1 in percent."""
    return "" if value is None else f"{round(value * 100)}\u202f%"


@register.filter
def step(value: float) -> int:
    """A share of 1 in twentieths, for the width of a bar."""
    return round(value * 20)


@register.filter
def days(value: DateInterval | None) -> str:
    """A date as sharp as it is known."""
    return words.day_words(value)


@register.filter
def reason(text: str) -> str:
    """A reason of the machine."""
    return reasons.reason(text)


@register.filter
def day(value: date | None) -> str:
    """The day of a date or a moment."""
    return words.day(value) if value else ""


@register.filter
def place(value: Place) -> str:
    """A place's name."""
    return display.harmless(naming.place(value))


@register.filter
def country(code: str) -> str:
    """A country's name."""
    return words.country(code)


@register.filter
def actor(identity: str) -> str:
    """An actor's name."""
    return naming.actor(identity)


@register.filter
def party(value: Party) -> str:
    """A party by its name in the register, else by the words of the text."""
    return display.harmless(naming.party(value))


@register.filter
def titled(candidate: CaseCandidate) -> str:
    """A candidate's title in the language of the page."""
    return display.harmless(titles.title(candidate))


@register.filter
def direction(language: str) -> str:
    """Which way a language is written."""
    return "rtl" if language == "ar" else "ltr"


@register.filter
def marked(item: Exhibit) -> SafeString:
    """A passage's text, escaped, with what drove its tags and what names something marked."""
    found = spans.stretches(item.passage.text, item.tagging.reasons, item.mentions)
    return mark_safe("".join(_piece(piece) for piece in found))  # noqa: S308 - each piece is escaped


@register.filter
def read_twice(agreements: Iterable[tuple[str, Iterable[Any]]]) -> bool:
    """Whether two people have read anything in common."""
    return any(line.units for _kind, lines in agreements for line in lines)


@register.filter
def get(mapping: Any, key: object) -> Any:
    """A value of a mapping, or nothing."""
    return mapping.get(key) if mapping else None


def _tag_button(item: Exhibit, tag: str, target: str) -> str:
    said, probability = item.corrected.get(tag), item.tagging.probabilities.get(tag)
    holds = tag in item.tagging.tags if said is None else said
    if said is None:
        note = f" <small>{percent(probability)}</small>" if probability else ""
    else:
        note = f" <small>✓ {gettext('yes') if said else gettext('no')}</small>"
    own = f"t-{item.passage.id}-{tag}"
    return (
        f'<button id="{own}" hx-post="{target}" hx-target="this" hx-select="#{own}" '
        f'class="tag {tag}{"" if said is None else " checked"}" data-tag="{tag}" '
        f'name="said" value="{tag}:{int(not holds)}" aria-pressed="{str(holds).lower()}">'
        f"{word(tag, 'tag')}{note}</button> "
    )


# By vocabulary, what gives a value its name in a list of options.
_NAMED: dict[str, Callable[[], Callable[[str], str]]] = {
    "actor": lambda: lambda identity: display.harmless(naming.actor(identity)),
    "country": lambda: words.country,
    "outlet": lambda: display.harmless,
    "language": lambda: lambda value: word(value, "language"),
    "type": lambda: lambda value: word(value, "type"),
}


def _piece(piece: spans.Stretch) -> str:
    text = str(conditional_escape(piece.text))
    if piece.type:
        text = f'<span class="named {piece.type.lower()}">{text}</span>'
    if not piece.reason:
        return text
    return f'<mark class="strong">{text}</mark>' if piece.strong else f"<mark>{text}</mark>"
