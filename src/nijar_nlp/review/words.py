"""The vocabulary of records in the words of the pages."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from nijar_nlp.corpus import days_of
from nijar_nlp.display import country_name
from nijar_nlp.records import DateInterval

Words = dict[str, str | Promise]

TAGS: Words = {
    "dialogue": _("Dialogue"),
    "prisoner_release": _("Prisoner release"),
    "hostage_exchange": _("Hostage exchange"),
}
TYPES: Words = {
    "talks": _("Talks"),
    "mediation": _("Mediation"),
    "ceasefire_or_local_agreement": _("Ceasefire or local agreement"),
    "prisoner_release": _("Prisoner release"),
    "hostage_release": _("Hostage release"),
    "swap": _("Swap"),
    "ransom": _("Ransom"),
    "amnesty": _("Amnesty"),
    "policy_statement": _("Stand on talks"),
}
STATUSES: Words = {
    "called_for": _("called for"),
    "offered": _("offered"),
    "under_way": _("under way"),
    "agreed": _("agreed"),
    "done": _("done"),
    "failed": _("failed"),
    "refused": _("refused"),
    "denied": _("denied"),
    "claimed": _("claimed"),
}
MENTIONS: Words = {
    "ARMED_GROUP": _("armed group"),
    "PERSON": _("person"),
    "ORG": _("organisation"),
    "PLACE": _("place"),
    "DATE": _("date"),
    "NUMBER": _("number"),
}
LANGUAGES: Words = {"en": _("English"), "fr": _("French"), "ar": _("Arabic")}
STATES: Words = {
    "open": _("Waiting"),
    "accepted": _("New case"),
    "known": _("Known case"),
    "rejected": _("Not a case"),
    "unsure": _("Unsure"),
    "split": _("Split"),
    "merged": _("Merged"),
    "duplicate": _("Duplicate"),
}
SHOWN: Words = {
    "waiting": _("Waiting, new"),
    "assigned": _("For me to read alone"),
    "known_by_machine": _("Waiting, thought known"),
    "contested": _("Contested"),
    "decided": _("Decided"),
    "all": _("All"),
}
SORTS: Words = {
    "probability": _("Most probable"),
    "uncertainty": _("Least certain"),
    "newest": _("Newest"),
    "diverse": _("Countries in turn"),
    "mixed": _("Some at random"),
}
KINDS: Words = {
    "accept_new": _("New case"),
    "same_as": _("Same as a known case"),
    "not_a_case": _("Not a case"),
    "unsure": _("Unsure"),
    "split": _("Split"),
    "merge": _("Merged"),
    "duplicate": _("Duplicate"),
    "correct_tag": _("Tag corrected"),
    "correct_entity": _("Entity corrected"),
    "correct_slot": _("Claim corrected"),
    "comment": _("Comment"),
    "undo": _("Undone"),
}
PRECISIONS: Words = {
    "day": _("to the day"),
    "week": _("to the week"),
    "month": _("to the month"),
    "season": _("to the season"),
    "year": _("to the year"),
    "range": _("a range"),
    "before": _("not after"),
    "after": _("not before"),
    "exact": _("exact"),
    "near": _("near"),
    "admin": _("middle of the area"),
    "country": _("country only"),
}
ROLES: Words = {
    "reader": _("Reader"),
    "analyst": _("Analyst"),
    "adjudicator": _("Adjudicator"),
    "steward": _("Steward"),
}
ACTIONS: Words = {
    "read": _("read"),
    "export": _("took out"),
    "refused": _("was refused"),
    "change": _("changed"),
}
LOGGED: Words = {
    "candidate": _("candidate"),
    "case": _("case"),
    "cases": _("cases"),
    "document": _("document"),
    "page": _("page"),
    "account made": _("account made"),
    "role changed": _("role changed"),
    "password renewed": _("password renewed"),
    "account closed": _("account closed"),
    "account reopened": _("account reopened"),
    "collection saved": _("collection saved"),
    "documents moved": _("documents moved"),
}
DETAILS: Words = {
    "page": _("page"),
    "path": _("address"),
    "format": _("format"),
    "masked": _("masked"),
    "filter": _("filter"),
    "cases": _("cases"),
    "role": _("role"),
    "restricted": _("restricted"),
    "members": _("members"),
    "act": _("act"),
    "documents": _("documents"),
}
RUNS: Words = {
    "running": _("running"),
    "done": _("done"),
    "failed": _("failed"),
    "broken_off": _("broken off"),
}
SENSITIVITIES: Words = {
    "open": _("open"),
    "restricted": _("restricted"),
    "sensitive": _("sensitive"),
}
SLOTS: Words = {
    "type": _("Type"),
    "status": _("Status"),
    "armed_groups": _("Armed groups"),
    "counterparts": _("Counterparts"),
    "mediators": _("Mediators"),
    "persons": _("Persons"),
    "place": _("Place"),
    "date": _("Date"),
    "number": _("Released"),
}
KINDS_OF_PASSAGE: Words = {
    "heading": _("heading"),
    "list": _("list item"),
    "footnote": _("footnote"),
    "caption": _("caption"),
    "table": _("table row"),
    "header": _("page header"),
    "footer": _("page footer"),
}
AGREEMENTS: Words = {
    "verdict": _("Verdict"),
    "tag": _("Tags of passages"),
    "slot": _("Claims"),
    **TAGS,
    **SLOTS,
}
ALL: dict[str, Words] = {
    "tag": TAGS,
    "type": TYPES,
    "status": STATUSES,
    "mention": MENTIONS,
    "language": LANGUAGES,
    "state": STATES,
    "shown": SHOWN,
    "sort": SORTS,
    "kind": KINDS,
    "precision": PRECISIONS,
    "standing": STATES | SHOWN,
    "role": ROLES,
    "run": RUNS,
    "sensitivity": SENSITIVITIES,
    "action": ACTIONS,
    "logged": LOGGED,
    "detail": DETAILS,
    "agreement": AGREEMENTS,
    "kind_of_passage": KINDS_OF_PASSAGE,
}


def country(code: str) -> str:
    """A country's name in the language of the page."""
    return country_name(code, get_language() or "en")


def day_words(interval: DateInterval | None) -> str:
    """A date as people write it, as sharp as it is known."""
    if interval is None or (interval.start is None and interval.end is None):
        return ""
    start, end = interval.start, interval.end
    if start is None or end is None:
        only = start or end
        told = _("from %(day)s") if start else _("until %(day)s")
        return str(told) % {"day": day(only)} if only else ""
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        whole = interval.precision == "month"
        return date_format(start, "F Y") if whole else f"{_day_of_month(start)}–{day(end)}"
    if start.year == end.year and interval.precision == "year":
        return str(start.year)
    if start.year == end.year:
        return f"{_day_of_month(start)} {date_format(start, 'F')} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def noted_days(noted: str) -> str:
    """A date of a case's record, which notes it as ISO 8601 does, as people write it."""
    ends = []
    for end in noted.split("/", 1):
        precision = {4: "year", 7: "month"}.get(len(end), "day")
        ends.append(day_words(DateInterval(*days_of(end), precision)))
    return " – ".join(dict.fromkeys(ends))


def day(of: date) -> str:
    """A day with its month's name in the language of the page."""
    return _day(of.year, of.month, of.day, get_language() or "en")


@lru_cache(maxsize=4096)
def _day(year: int, month: int, of_month: int, _language: str) -> str:
    of = date(year, month, of_month)
    return f"{_day_of_month(of)} {date_format(of, 'F Y')}"


def _day_of_month(of: date) -> str:
    """The number of a day; the first has a word of its own in French."""
    return pgettext("day of a month", "1") if of.day == 1 else str(of.day)
