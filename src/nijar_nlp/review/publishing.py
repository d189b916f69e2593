"""Accepted cases into one stand-alone page for those who do not come into the room."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nijar_nlp import cases
from nijar_nlp.records import CaseRevision, Exhibit
from nijar_nlp.report.casebook import CaseCard, Quote, Wording, case_page
from nijar_nlp.review import casework, library, naming


def page(revisions: Sequence[CaseRevision], name: str, *, masked: bool) -> str:
    """A map, a timeline and a card a case, with the passages that a person may see.

    `masked` replaces all persons whom the records mark or a passage names.
    """
    evidence = {revision.case_id: casework.evidence(revision, name) for revision in revisions}
    places = casework.places(revisions)
    cards = [
        CaseCard(
            record=casework.record(revision),
            quotes=sorted(
                map(_quote, evidence[revision.case_id]),
                key=lambda quote: (quote.published or "9999", quote.file, quote.page, quote.passage_id),
            ),
            point=places.get(revision.case_id),
            days=casework.days(revision),
            notes=((_("Revision"), f"{revision.number}, {revision.made_at:%Y-%m-%d}"),),
        )
        for revision in revisions
    ]
    about = (_("Cases that analysts accepted, with the evidence of each value."),)
    wording = Wording((get_language() or "en")[:2], _, _name)
    hide = cases.hiding(casework.mask(revisions)) if masked else None
    return case_page(_("Cases"), cards, library.case_schema(), about, hide, wording)


def _name(kind: str, name: str) -> str:
    in_words = {"actor": naming.recorded_actor, "place": naming.place_named}.get(kind, str)
    return in_words(name)


def _quote(item: Exhibit) -> Quote:
    file = Path(item.file).name
    published = item.published and (item.published.start or item.published.end)
    return Quote(
        passage_id=item.passage.id,
        text=item.passage.text,
        language=item.passage.language,
        source=item.outlet or item.title or file,
        file=file,
        page=item.passage.page_number,
        published=str(published or ""),
    )
