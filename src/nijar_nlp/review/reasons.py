"""The machine's reasons, which are kept in English, in the language of the page."""

import re
from functools import lru_cache

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from nijar_nlp.review import naming, words

# What scoring and the comparison with known cases say, with what they fill in; a test compares the two.
_SENTENCES = (
    _("no passage tells of dealing with somebody: unassigned evidence"),
    _("only the tags tell of it, no words for what happened"),
    _("the tags are unsure"),
    _("tagged %(tag)s with probability %(number)s"),
    _("told by %(n)s independent outlets in %(m)s documents"),
    _("armed group: %(names)s"),
    _("counterpart: %(names)s"),
    _("mediator: %(names)s"),
    _("place: %(places)s"),
    _("dated to the %(precision)s"),
    _("persons: %(names)s"),
    _("number released: %(n)s"),
    _("something was done or agreed"),
    _("neither an armed group nor a person is named"),
    _("no armed group is named"),
    _("talks, and nobody on the other side"),
    _("only a stand on talks"),
    _("no group, person or place is named"),
    _("near the known case %(case)s"),
    _("same country (%(names)s)"),
    _("other country (%(names)s, not %(others)s)"),
    _("same party (%(names)s)"),
    _("same armed group (%(names)s)"),
    _("related armed groups (%(names)s; %(others)s)"),
    _("other armed groups (%(names)s; %(others)s)"),
    _("same mediator (%(names)s)"),
    _("other mediator (%(names)s)"),
    _("same persons (%(names)s)"),
    _("other persons (%(names)s)"),
    _("words of the case (%(terms)s)"),
    _("similar wording"),
    _("same place (%(places)s)"),
    _("same number (%(n)s)"),
    _("published before %(day)s, when the case began"),
    _("undated, told years after %(years)s"),
    _("no date within a year of %(years)s"),
    _("within %(years)s"),
    _("%(n)s days away from %(years)s"),
    _("%(n)s months away from %(years)s"),
    _("%(n)s years away from %(years)s"),
    _("a matter of captives, which %(kind)s is not"),
    _("same kind (%(kind)s)"),
    _("other kind than %(kind)s"),
    _("%(names)s is a focus country"),
    _("%(names)s: a group that the study is about"),
)
_SCORED = re.compile(r"(.+) \(([+-]\d+\.\d)\)", re.DOTALL)
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_MORE = " …"


def reason(text: str) -> str:
    """A reason in the language of the page; one that an earlier version worded otherwise stays as it is."""
    language = get_language() or "en"
    return text if language.startswith("en") else _translated(text, language)


@lru_cache(maxsize=4096)
def _translated(text: str, _language: str) -> str:
    if scored := _SCORED.fullmatch(text):
        weight = float(scored[2])
        return f"{_sentence(scored[1])} ({'+' * (weight >= 0)}{localize(weight)})"
    return _sentence(text)


def _sentence(text: str) -> str:
    for pattern, said in _patterns():
        if found := pattern.fullmatch(text):
            return str(said) % {name: _value(name, value) for name, value in found.groupdict().items()}
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], Promise], ...]:
    return tuple((re.compile(_in_english(said), re.DOTALL), said) for said in _SENTENCES)


def _in_english(said: Promise) -> str:
    with override("en"):
        pieces = _PLACEHOLDER.split(str(said))
    literal = (re.escape(piece) for piece in pieces[::2])
    return next(literal) + "".join(
        f"(?P<{name}>.+){piece}" for name, piece in zip(pieces[1::2], literal, strict=True)
    )


def _value(name: str, value: str) -> str:
    if name in ("names", "others"):
        names = value.removesuffix(_MORE).split(", ")
        return ", ".join(map(naming.recorded_actor, names)) + _MORE * value.endswith(_MORE)
    if name == "places":
        return ", ".join(map(naming.place_named, value.split(", ")))
    if name == "number":
        return str(localize(float(value)))
    known = {"tag": words.TAGS, "precision": words.PRECISIONS}.get(name, {})
    return str(known.get(value, value))
