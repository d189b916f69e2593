"""Case records into one stand-alone HTML page: a map, a timeline, and a card a case with its evidence."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple

from nijar_nlp import drawing
from nijar_nlp.display import country_name
from nijar_nlp.records import CaseRecord, CaseSchema, CaseValue, CaseVariable
from nijar_nlp.report.pages import ENVIRONMENT

Hide = Callable[[str], str]

_OPEN_QUOTES = 8  # of a case; the others open on a click
_MOST_MARKS = 4  # numbers of quotes beside a value
_MOST_YEARS = 7  # marked on the timeline, which is narrow on a small screen
_OWN_PLACE = ("title",)  # variables that stand elsewhere on the card


class Quote(NamedTuple):
    """A passage as evidence: what it says, and where it stands; pages count from 1."""

    passage_id: str
    text: str
    language: str
    source: str
    file: str
    page: int
    published: str = ""


class Wording(NamedTuple):
    """How a page says things: `text` gives its own words in the language, `name` what an actor or a place
    of a record is called there.
    """

    language: str = "en"
    text: Callable[[str], str] = str
    name: Callable[[str, str], str] = lambda _type, name: name

    def label(self, labels: Mapping[str, str]) -> str:
        """A label or definition of the schema."""
        return labels.get(self.language, labels["en"])


_ENGLISH = Wording()


@dataclass(frozen=True)
class CaseCard:
    """What the page shows of one case.

    `point` is in degrees north and east, `days` the first and the last day on which it can have run; None
    where not known. `notes` are further lines, each with its name.
    """

    record: CaseRecord
    quotes: Sequence[Quote]
    point: tuple[float, float] | None = None
    days: tuple[date, date] | None = None
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Row:
    """A variable of a card: its label, and its values with the numbers of the quotes that say them."""

    label: str
    definition: str
    values: tuple[tuple[str, tuple[int, ...], int], ...]


@dataclass(frozen=True)
class _Shown:
    """A card as the template takes it."""

    number: int
    id: str
    title: str
    country: str
    place: str
    ran: str
    status: str
    types: tuple[str, ...]
    sections: tuple[tuple[str, tuple[_Row, ...]], ...]
    open_quotes: tuple[tuple[int, Quote], ...]
    more_quotes: tuple[tuple[int, Quote], ...]
    notes: tuple[tuple[str, str], ...]
    bar: tuple[float, float] | None


@dataclass
class _Spot:
    """A point of the map with the cases there."""

    x: float
    y: float
    cases: list[_Shown] = field(default_factory=list)

    @property
    def name(self) -> str:
        return next((case.place for case in self.cases if case.place), "")

    @property
    def radius(self) -> float:
        return round(6 + 2.2 * math.sqrt(len(self.cases) - 1), 1)


def case_page(
    title: str,
    cards: Sequence[CaseCard],
    schema: CaseSchema,
    about: Sequence[str] = (),
    hide: Hide | None = None,
    wording: Wording = _ENGLISH,
) -> str:
    """The page as HTML, cases by their days: no script, nothing loaded from elsewhere, all text escaped.

    `about` are sentences on what the page holds; `hide` replaces names in every text that can hold one;
    `wording` is for another language than English.
    """
    ordered = sorted(cards, key=lambda card: (card.days is None, card.days or (), card.record.id))
    dated = [card.days for card in ordered if card.days]
    axis = drawing.Years.over(dated) if dated else None
    shown = [_shown(n, card, schema, axis, hide or str, wording) for n, card in enumerate(ordered, 1)]
    points = [card.point for card in ordered]
    return ENVIRONMENT.get_template("cases.html").render(
        _=wording.text,
        language=wording.language,
        title=title,
        about=about,
        masked=hide is not None,
        cards=shown,
        axis=axis,
        years=[(100 * axis.share(date(y, 1, 1)), y) for y in axis.marked(_MOST_YEARS)] if axis else (),
        map=_map(shown, points),
        countries=sorted({card.country for card in shown if card.country}),
        n_documents=len({quote.file for card in ordered for quote in card.quotes}),
        schema_version=schema.version,
        made=f"{datetime.now(UTC):%Y-%m-%d}",
    )


def _shown(
    number: int,
    card: CaseCard,
    schema: CaseSchema,
    axis: drawing.Years | None,
    hide: Hide,
    wording: Wording,
) -> _Shown:
    record = card.record
    numbers = {quote.passage_id: n for n, quote in enumerate(card.quotes, 1)}
    variables = {variable.id: variable for variable in schema.variables}

    def said(name: str) -> tuple[str, ...]:
        variable = variables.get(name)
        return tuple(_words(v, variable, hide, wording) for v in record.of(name)) if variable else ()

    quotes = tuple((n, _hidden(quote, hide)) for n, quote in enumerate(card.quotes, 1))
    ends = dict.fromkeys(value.value for name in ("start", "end") for value in record.of(name))
    return _Shown(
        number=number,
        id=record.id,
        title=next(iter(said("title")), record.id),
        country=", ".join(said("country")),
        place=", ".join(said("place")),
        ran=" – ".join(ends),
        status=", ".join(said("status")),
        types=said("type"),
        sections=tuple(_sections(record, schema, numbers, hide, wording)),
        open_quotes=quotes[:_OPEN_QUOTES],
        more_quotes=quotes[_OPEN_QUOTES:],
        notes=tuple((name, hide(text)) for name, text in card.notes),
        bar=_bar(card.days, axis) if card.days and axis else None,
    )


def _sections(
    record: CaseRecord, schema: CaseSchema, numbers: dict[str, int], hide: Hide, wording: Wording
) -> Iterable[tuple[str, tuple[_Row, ...]]]:
    """The filled variables of each section that has any."""
    for section, labels in schema.sections.items():
        rows = tuple(
            _Row(wording.label(variable.label), wording.label(variable.definition), values)
            for variable in schema.variables
            if variable.section == section and variable.id not in _OWN_PLACE
            if (values := tuple(_value(v, variable, numbers, hide, wording) for v in record.of(variable.id)))
        )
        if rows:
            yield wording.label(labels), rows


def _value(
    value: CaseValue, variable: CaseVariable, numbers: dict[str, int], hide: Hide, wording: Wording
) -> tuple[str, tuple[int, ...], int]:
    """A value in words, the numbers of the first quotes that say it, and how many more there are."""
    told = sorted(numbers[identity] for identity in value.passage_ids if identity in numbers)
    return _words(value, variable, hide, wording), tuple(told[:_MOST_MARKS]), max(0, len(told) - _MOST_MARKS)


def _words(value: CaseValue, variable: CaseVariable, hide: Hide, wording: Wording) -> str:
    if variable.type == "choice":
        labels = (wording.label(c.label) for c in variable.choices if c.value == value.value)
        return next(labels, value.value)
    if variable.type in ("date", "number"):
        return value.value
    if variable.id == "country":
        return country_name(value.value, wording.language)
    return wording.name(variable.type, hide(value.value))


def _hidden(quote: Quote, hide: Hide) -> Quote:
    return quote._replace(text=hide(quote.text), source=hide(quote.source), file=hide(quote.file))


def _bar(days: tuple[date, date], axis: drawing.Years) -> tuple[float, float]:
    """Where the bar of a case begins and how long it is, in hundredths of the axis."""
    begin, end = (100 * axis.share(day) for day in days)
    return begin, max(end - begin, 0.8)


def _map(shown: Sequence[_Shown], points: Sequence[tuple[float, float] | None]) -> dict[str, object] | None:
    """Land, borders, spots and names; None where no case has a place."""
    placed = [(card, point) for card, point in zip(shown, points, strict=True) if point]
    if not placed:
        return None
    frame = drawing.frame(point for _, point in placed)
    spots: dict[tuple[float, float], _Spot] = {}
    for card, point in placed:
        at = frame.point(*point)
        spots.setdefault(at, _Spot(*at)).cases.append(card)
    # the large ones first: small ones stay on top, and the names of the large ones find their place
    ordered = sorted(spots.values(), key=lambda spot: -len(spot.cases))
    return {
        "height": frame.height,
        "paths": drawing.paths(frame),
        "spots": ordered,
        "names": drawing.names([(spot.x, spot.y, spot.name) for spot in ordered]),
        "by_place": sorted(ordered, key=lambda spot: (spot.cases[0].country, spot.name)),
        "unplaced": [card for card, point in zip(shown, points, strict=True) if not point],
    }
