"""A candidate's title in the language of the page."""

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nijar_nlp import cases
from nijar_nlp.records import CaseCandidate
from nijar_nlp.review import naming, words


def title(candidate: CaseCandidate) -> str:
    """The title that the candidate was given, which is English; composed anew in another language."""
    if (get_language() or "en").startswith("en"):
        return candidate.title
    return cases.title(candidate, _words())


def _words() -> cases.TitleWords:
    return cases.TitleWords(
        {name: str(word) for name, word in (words.TYPES | words.TAGS).items()},
        case=_("Case"),
        colon=_(": "),
        both=_(" and "),
        between=_("; "),
        party=naming.party,
        place=naming.place,
        country=words.country,
        month=lambda day: date_format(day, "F Y"),
    )
