"""The addresses of the review room."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from nijar_nlp.review.people import for_everybody
from nijar_nlp.review.views import (
    accounts,
    candidate,
    cases,
    deciding,
    help,
    images,
    languages,
    overview,
    queue,
    rounds,
    saved,
    steward,
)


class _Id(StringConverter):
    """An id of a record: 20 or 64 letters and digits."""

    regex = "[0-9a-zA-Z_-]{1,64}"


register_converter(_Id, "id")

app_name = "review"
urlpatterns = [
    path("", for_everybody(RedirectView.as_view(pattern_name="review:queue")), name="home"),
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("first-account/<str:link>/", accounts.first_account, name="first-account"),
    path("queue/", queue.candidates, name="queue"),
    path("queue/views/", saved.save, name="save-view"),
    path("queue/views/delete/", saved.delete, name="delete-view"),
    path("passages/", queue.passages, name="passages"),
    path("passages/<id:passage_id>/tag/", deciding.tag, name="tag"),
    path("passages/<id:passage_id>/entity/", deciding.entity, name="entity"),
    path("passages/<id:passage_id>/entities/", deciding.entities, name="entities"),
    path("candidates/<id:candidate_id>/", candidate.candidate, name="candidate"),
    path("candidates/<id:candidate_id>/decide/", deciding.verdict, name="decide"),
    path("candidates/<id:candidate_id>/slot/", deciding.slot, name="slot"),
    path("undo/", deciding.undo, name="undo"),
    path("documents/<id:document_id>/<int:page_number>/", queue.document, name="document"),
    path("documents/<id:document_id>/<int:page_number>/frame/<int:zoom>/", images.frame, name="frame"),
    path("documents/<id:document_id>/<int:page_number>/<int:zoom>.png", images.picture, name="picture"),
    path("cases/", cases.cases, name="cases"),
    path("cases/timeline/", cases.timeline, name="case-timeline"),
    path("cases/map/", cases.case_map, name="case-map"),
    path("cases/export/<str:form>/", cases.export, name="export-cases"),
    path("cases/<id:case_id>/", cases.case, name="case"),
    path("cases/<id:case_id>/edit/", cases.edit, name="edit-case"),
    path("overview/", overview.page, name="overview"),
    path("rounds/", rounds.overview, name="rounds"),
    path("rounds/open/", rounds.open_round, name="open-round"),
    path("rounds/<str:name>/", rounds.one_round, name="round"),
    path("rounds/<str:name>/settle/", rounds.settle, name="settle"),
    path("rounds/<str:name>/confirm/", rounds.confirm, name="confirm-agreed"),
    path("accounts/", steward.accounts, name="accounts"),
    path("accounts/add/", steward.add_account, name="add-account"),
    path("accounts/change/", steward.change_account, name="change-account"),
    path("collections/", steward.collections, name="collections"),
    path("collections/save/", steward.save_collection, name="save-collection"),
    path("collections/<str:name>/", steward.collection, name="collection"),
    path("collections/<str:name>/documents/", steward.move_documents, name="move-documents"),
    path("log/", steward.log, name="log"),
    path("language/", languages.choose, name="language"),
    path("actors/", help.actors, name="actors"),
    path("codebook/", help.codebook, name="codebook"),
]
