"""A candidate's title in the language of the page."""

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nijar_nlp import cases
from nijar_nlp.records import CaseCandidate, Party
from nijar_nlp.review import library, words


def title(candidate: CaseCandidate) -> str:
    """The title that the candidate was given, which is English; composed anew in another language."""
    if (get_language() or "en").startswith("en"):
        return candidate.title
    return cases.title(candidate, _words())


def party_name(party: Party) -> str:
    """A party by its name in the register, a state by its country's name in another language than English.

    What is not in the register stands by the words of the text.
    """
    actor = library.actors().get(party.id or "")
    if actor is None:
        return party.text
    english = (get_language() or "en").startswith("en")
    if actor.type == "state" and len(actor.countries) == 1 and not english:
        return words.country(actor.countries[0])
    return actor.name


def _words() -> cases.TitleWords:
    return cases.TitleWords(
        {name: str(word) for name, word in (words.TYPES | words.TAGS).items()},
        case=_("Case"),
        colon=_(": "),
        both=_(" and "),
        between=_("; "),
        party=party_name,
        country=words.country,
        month=lambda day: date_format(day, "F Y"),
    )
