"""Profiles in their articles: what a passage leaves out is lent by those around it, with less weight."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from nijar_nlp.cases.profiles import Profile, Span

_ARTICLE_PASSAGES = 15  # an article of more tagged passages than this is a report: its parts differ
_ARTICLE_LENGTH = 10  # so many passages lie between the first and the last tagged one of an article at most
_MOST, _SOME = 0.7, 0.3  # shares of an article's passages that agree where it tells of one matter, or of news
_SEVERAL, _NEARLY_ALL = 6, 0.8  # a report of so many passages, this share of them on one country, is on that
_MATTER_DAYS = 92  # dates of one matter lie this near to each other
_SHARP_DAYS = 62  # dates vaguer than this do not say whether an article is of one matter
_NEWS_DAYS = 10  # a news article tells of what happened in the days before it
_SLOW_DAYS = 35  # what is older than this is background in news
_REACH = 2  # how many passages back a report's passage takes up what it leaves out
_SLOTS = ("groups", "countries", "span")


def in_context(own: Sequence[Profile]) -> list[Profile]:
    """The same profiles in the same order, their empty slots filled from their article where it can."""
    articles: dict[tuple[str, str, str], list[Profile]] = defaultdict(list)
    for profile in own:
        articles[profile.article].append(profile)
    filled: dict[str, Profile] = {}
    for members in articles.values():
        coherent = _is_of_one_matter(members)
        shared = _shared(members) if coherent else _shared_of_report(members)
        for profile in members:
            filled[profile.id] = _filled(profile, members, shared, coherent)
    return [filled[profile.id] for profile in own]


def _filled(
    profile: Profile, members: Sequence[Profile], shared: dict[str, object], coherent: bool
) -> Profile:
    """A profile with its empty slots filled; in an article of one matter, background gives way to it."""
    changes: dict[str, object] = {}
    for slot in _SLOTS:
        background = coherent and _is_background(profile, slot, shared.get(slot))
        if getattr(profile, slot) and not background:
            continue
        if value := shared.get(slot) or _taken_up(profile, members, slot):
            changes[slot] = value
    return replace(profile, coherent=coherent, lent=frozenset(changes), **changes)  # type: ignore[arg-type]


def _is_background(profile: Profile, slot: str, value: object) -> bool:
    """Whether a passage leaves its article's matter: another country, or a day long before the news."""
    if slot == "countries" and isinstance(value, frozenset):
        return bool(value) and not profile.countries & value
    if slot == "span" and isinstance(value, Span) and profile.span:
        return profile.span.days > _SHARP_DAYS or value.end - profile.span.end > _SLOW_DAYS
    return False


def _taken_up(profile: Profile, members: Sequence[Profile], slot: str) -> object:
    """The slot of the nearest passage shortly before; None where there is none."""
    before = [
        (profile.number - other.number, other)
        for other in members
        if profile.number is not None
        and other.number is not None
        and 0 < profile.number - other.number <= _REACH
        and getattr(other, slot)
    ]
    return getattr(min(before, key=lambda pair: pair[0])[1], slot) if before else None


def _shared(members: Sequence[Profile]) -> dict[str, object]:
    """What most passages of an article of one matter say, and when its news happened."""
    return {
        "groups": _most_named(members, "groups"),
        "countries": _most_named(members, "countries"),
        "span": _news_span(members),
    }


def _shared_of_report(members: Sequence[Profile]) -> dict[str, object]:
    """The country of a report on one country, where nearly all of several passages name it."""
    located = [profile for profile in members if profile.countries]
    if len(located) < _SEVERAL:
        return {}
    country = _most_named(located, "countries")
    at_place = sum(bool(profile.countries & country) for profile in located)
    return {"countries": country} if at_place >= _NEARLY_ALL * len(located) else {}


def _most_named(members: Sequence[Profile], slot: str) -> frozenset[str]:
    counts = Counter(value for profile in members for value in getattr(profile, slot))
    return frozenset([min(counts, key=lambda value: (-counts[value], value))]) if counts else frozenset()


def _is_of_one_matter(members: Sequence[Profile]) -> bool:
    """Whether an article is short, and most of its dates and countries agree."""
    numbers = [profile.number for profile in members if profile.number is not None]
    if len(members) > _ARTICLE_PASSAGES or (numbers and max(numbers) - min(numbers) > _ARTICLE_LENGTH):
        return False
    located = [profile for profile in members if profile.countries]
    place = _most_named(located, "countries")
    sharp = _sharp_days(members)
    middle = sharp[len(sharp) // 2] if sharp else 0
    near = sum(abs(day - middle) <= _MATTER_DAYS for day in sharp)
    at_place = sum(bool(profile.countries & place) for profile in located)
    in_time = near >= _MOST * len(sharp) or _is_news(members)
    return in_time and at_place >= _MOST * len(located)


def _is_news(members: Sequence[Profile]) -> bool:
    """Whether an article came soon after what it dates first, or after some of it, or dates nothing."""
    published = members[0].published
    if published is None or not members[0].dateline:
        return False
    dated = [(member.number or 0, member.span.end) for member in members if _is_sharp(member.span)]
    ages = [published.toordinal() - day for _, day in sorted(dated)]
    recent = [0 <= age <= _SLOW_DAYS for age in ages]
    return not recent or recent[0] or sum(recent) >= _SOME * len(recent)


def _news_span(members: Sequence[Profile]) -> Span | None:
    """The days before a news article's publication; None for an article on older matters."""
    published = members[0].published
    if published is None or not _is_news(members):
        return None
    return Span(published.toordinal() - _NEWS_DAYS, published.toordinal())


def _sharp_days(members: Sequence[Profile]) -> list[int]:
    return sorted(profile.span.end for profile in members if _is_sharp(profile.span))


def _is_sharp(span: Span | None) -> TypeGuard[Span]:
    return span is not None and span.days <= _SHARP_DAYS
