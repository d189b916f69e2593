"""What came in, waits and was decided; tags by month and country; agreement; pace."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nijar_nlp import drawing
from nijar_nlp.records import TAGS
from nijar_nlp.review import agreement, casework, words
from nijar_nlp.review.people import for_role, may, person
from nijar_nlp.screening import screened
from nijar_nlp.store import overview, queue, rounds, runs


@require_GET
@for_role("reader")
def page(request: HttpRequest) -> HttpResponse:
    """The overview."""
    who = person(request)
    casework.catch_up()
    by_country = {words.country(code): found for code, found in overview.tags_by_country(who.name).items()}
    by_day = overview.verdicts_by_day()
    people = sorted({name for found in by_day.values() for name in found})
    charts = {
        "weeks": drawing.chart(_("New candidates by week"), _("week"), overview.candidates_by_week(), [""]),
        "months": drawing.chart(
            _("Tagged passages by month of publication"),
            _("month"),
            overview.tags_by_month(who.name),
            TAGS,
            words.TAGS,
        ),
        "countries": drawing.chart(
            _("Tagged passages by country"), _("country"), by_country, TAGS, words.TAGS
        ),
    }
    days = {day: {"": sum(found.values())} for day, found in by_day.items()}
    charts["days"] = drawing.chart(_("Verdicts by day"), _("day"), days, [""])
    latest = rounds.rounds()[:1]
    done = next((run.summary for run in runs.latest(1, "done")), {})
    context = {
        "came_in": overview.came_in(who.name),
        "standing": overview.standing(who.name),
        "charts": charts,
        "people": people,
        "recall": done.get("coverage", {}).get("recall", []),
        "screened": screened(*queue.screened()),
        "pace": overview.pace(),
        "runs": runs.latest(5),
        "round": latest[0] if latest else "",
        "agreements": agreement.agreements(rounds.pairs(latest[0])) if latest else [],
        "sees_rounds": may(who, "adjudicator"),
        "tags": TAGS,
    }
    return render(request, "review/overview.html", context)
