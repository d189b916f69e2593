"""Names found in a passage into those that can stand there for what the register holds."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from nijar_nlp.mentions.acronyms import agrees
from nijar_nlp.mentions.actors import could_be_named
from nijar_nlp.mentions.common_words import placed
from nijar_nlp.mentions.context import Entry, People, Setting, weights
from nijar_nlp.mentions.names import Found, NameIndex
from nijar_nlp.mentions.standing import Standings, days, in_place, in_time
from nijar_nlp.mentions.words import Token
from nijar_nlp.records import Actor, DateInterval, Mention
from nijar_nlp.tenures import meet

# A title or adjective before a name reaches so far back.
_REACH = 24


def meant(
    text: str,
    words: Sequence[Token],
    index: NameIndex[Entry],
    dates: Sequence[Mention],
    setting: Setting,
    standings: Standings,
) -> list[Found[Entry]]:
    """The names with what they can mean by the passage's times and countries and its article's acronyms.

    Left out are actors that came later or whose name was another's at the time, those whose common name
    belongs to another country here, and those that the article spells out otherwise.
    """
    kept = []
    for name in index.find(text, words):
        (timely,) = _timely(text, [name], dates, setting, standings)
        if timely.values:
            kept.append(timely)
        elif name.last > name.first:
            inside = [
                *index.find(text, words, name.first, name.last - 1),
                *index.find(text, words, name.first + 1, name.last),
            ]
            left = _without(name.values, _timely(text, inside, dates, setting, standings))
            kept += islice(left, 1)
    return _at_home(text, placed(text, kept, setting.country), setting, standings)


def _without(refused: Sequence[Entry], names: Iterable[Found[Entry]]) -> Iterator[Found[Entry]]:
    """The names that can mean something else than what was refused already."""
    for name in names:
        values = tuple(value for value in name.values if all(value is not other for other in refused))
        if values:
            yield name._replace(values=values)


def _at_home(
    text: str, names: list[Found[Entry]], setting: Setting, standings: Standings
) -> list[Found[Entry]]:
    """The names without actors that they mean at home alone, where the passage is about another country."""
    asked = {
        (name.start, value.id): standing
        for name in names
        for value in name.values
        if isinstance(value, Actor)
        and (standing := standings.of(text[name.start : name.end], value))
        and standing.at_home
    }
    if not asked:
        return names
    doubtful = {start for start, _ in asked}
    context = weights((name for name in names if name.start not in doubtful), setting.country)
    peoples = {name.end: name.values[0].code for name in names if isinstance(name.values[0], People)}
    kept = []
    for name in names:
        people = peoples.get(name.start - 1, "")
        values = tuple(
            value
            for value in name.values
            if not isinstance(value, Actor)
            or not (standing := asked.get((name.start, value.id)))
            or (in_place(standing, value, context) and people in ("", *value.countries))
        )
        kept.append(name._replace(values=values))
    return [name for name in kept if name.values]


def _timely(
    text: str,
    found: Sequence[Found[Entry]],
    dates: Sequence[Mention],
    setting: Setting,
    standings: Standings,
) -> Iterator[Found[Entry]]:
    for name in found:
        if not any(isinstance(value, Actor) for value in name.values):
            yield name
            continue
        written = text[name.start : name.end]
        times = _times(name, dates, setting.published)
        before = text[max(0, name.start - _REACH) : name.start]
        values = tuple(
            value
            for value in name.values
            if not isinstance(value, Actor)
            or (
                could_be_named(value, setting.published)
                and agrees(written, value, setting.long_forms)
                and (not (held := standings.of(written, value)) or in_time(held, before, times))
            )
        )
        yield name._replace(values=_of_the_time(written, values, times, standings))


def _times(
    name: Found[Entry], dates: Sequence[Mention], published: DateInterval | None
) -> list[DateInterval]:
    """The times of which the passage speaks, the nearest to the name first, then that of the article."""
    near = sorted(dates, key=lambda date: max(date.start - name.end, name.start - date.end))
    told = [date.interval for date in near if date.interval is not None]
    return [*told, published] if published else told


def _of_the_time(
    written: str, values: tuple[Entry, ...], times: Sequence[DateInterval], standings: Standings
) -> tuple[Entry, ...]:
    """Of several holders of one title, the one who held it at the nearest time that tells them apart."""
    held = [standings.of(written, value) if isinstance(value, Actor) else None for value in values]
    if len(values) < 2 or None in held:
        return values
    for time in times:
        fitting = tuple(
            value
            for value, standing in zip(values, held, strict=True)
            if standing and meet(standing.spans, (days(time),))
        )
        if fitting:
            return fitting
    return values
