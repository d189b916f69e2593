"""The pages of the review room: who may see them, what they show, what they record."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import get_resolver, reverse

from nijar_nlp.records import CaseCandidate, Collection, Mention
from nijar_nlp.review import pages, sign_on, words
from nijar_nlp.review.templatetags.review import detail, named
from nijar_nlp.site.secrets import secret_key
from nijar_nlp.store import access, answering, candidates, decisions, documents, models, people
from tests.conftest import ROOT, link_project
from tests.review_room import HOSTILE, client

pytestmark = pytest.mark.usefixtures("clean_room")


def first() -> CaseCandidate:
    return candidates.candidates()[1]


def sent(page: HttpResponse, **more: str) -> dict[str, str]:
    """What the form of a candidate's page carries, and the rest."""
    context = page.context  # type: ignore[attr-defined]
    return {"token": str(context["token"]), "seen": str(context["seen"]), "shown": context["shown"], **more}


def decide(name: str, candidate: CaseCandidate, /, **more: str) -> HttpResponse:
    own = client(name)
    page = own.get(reverse("review:candidate", args=[candidate.id]))
    return own.post(reverse("review:decide", args=[candidate.id]), sent(page, **more), follow=True)


def addresses() -> list[str]:
    """Every address of the site, with ids of things that are there."""
    one = first()
    where = models.Passage.objects.get(id=one.passage_ids[0])
    known = {
        "candidate_id": one.id,
        "passage_id": where.id,
        "document_id": where.document_id,
        "page_number": 1,
        "zoom": 1,
        "link": "x",
    }
    found = []
    for pattern in get_resolver().url_patterns[0].url_patterns:
        names = pattern.pattern.converters
        found.append(
            reverse(
                f"review:{pattern.name}",
                kwargs={
                    name: known.get(name, 1 if name in ("number", "revision") else "x") for name in names
                },
            )
        )
    return found


def test_every_page_says_for_which_role_it_is() -> None:
    for pattern in get_resolver().url_patterns[0].url_patterns:
        assert hasattr(pattern.callback, "role"), pattern.name


def test_nobody_sees_a_page_without_signing_in() -> None:
    open_to_all = {reverse("review:home"), reverse("review:sign-in"), reverse("review:sign-out")}
    for address in set(addresses()) - open_to_all:
        for answer in (Client().get(address), Client().post(address)):
            signed_out = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
            assert signed_out or answer.status_code in (404, 405), address


def test_a_reader_looks_and_does_not_decide() -> None:
    reader, one = client("dawud"), first()
    page = reader.get(reverse("review:candidate", args=[one.id]))
    assert page.status_code == 200
    assert b"verdicts" not in page.content
    for name, args in (("decide", [one.id]), ("slot", [one.id]), ("tag", one.passage_ids[:1]), ("undo", [])):
        assert reader.post(reverse(f"review:{name}", args=args)).status_code == 403
    assert decisions.decisions_since() == []
    assert models.AuditEntry.objects.filter(action="refused", by__username="dawud").count() == 4


def test_an_account_without_a_role_sees_nothing() -> None:
    user = User.objects.create_user("nobody")
    made = Client()
    made.force_login(user, "django.contrib.auth.backends.ModelBackend")
    assert made.get(reverse("review:queue")).status_code == 403
    user.delete()


def test_pages_carry_a_policy_without_inline_script_or_style() -> None:
    own, one = client("amina"), first()
    for address in (
        reverse("review:queue"),
        reverse("review:passages"),
        reverse("review:candidate", args=[one.id]),
    ):
        page = own.get(address)
        policy = page["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        text = page.content.decode()
        assert " style=" not in text
        assert "<style" not in text
        assert " onclick" not in text


def test_a_decision_keeps_what_was_shown_and_by_which_model() -> None:
    one = first()
    page = decide("amina", one, kind="not_a_case", text="a film")
    (made,) = decisions.decisions_since()
    assert (made.kind, made.by, made.value) == ("not_a_case", "amina", {"reason": "a film"})
    assert set(made.shown["passages"]) == set(one.passage_ids)
    assert made.shown["passages"][one.passage_ids[0]]["hostage_exchange"] == 0.9
    assert made.shown["nearest"] == "MLI-2020-SWAP"
    assert made.model
    assert made.codebook
    assert page.context["candidate"].id != one.id  # on to the next
    assert "Not a case" in page.content.decode()


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"kind": "same_as", "case": "MLI-2020-SWAP"}, {"case": "MLI-2020-SWAP"}),
        ({"kind": "unsure", "until": "2031-02-03"}, {}),
        ({"kind": "comment", "text": "ask the ICRC"}, {"text": "ask the ICRC"}),
    ],
)
def test_decisions_say_what_they_must(given: dict[str, str], value: dict[str, str]) -> None:
    decide("amina", first(), **given)
    (made,) = decisions.decisions_since()
    assert made.value == value
    assert (str(made.until) == "2031-02-03") == (made.kind == "unsure")


def test_accepting_gives_the_case_its_id() -> None:
    one = first()
    decide("amina", one, kind="accept_new")
    assert decisions.standing(one.id).target == f"{one.country}-2020-{one.id[:6]}"


def test_splitting_says_which_passages_part_and_merging_with_what() -> None:
    one, other = first(), candidates.candidates()[3]
    decide("amina", one, kind="split", part=one.passage_ids[1])
    decide("amina", other, kind="merge", candidate=one.id)
    split, merge = decisions.decisions_since()
    assert split.value == {"parts": [[one.passage_ids[0]], [one.passage_ids[1]]]}
    assert merge.shown["target_passages"] == list(one.passage_ids)
    assert decisions.fixed().apart == ((frozenset({one.passage_ids[0]}), frozenset({one.passage_ids[1]})),)


def test_a_merge_is_told_by_the_title_of_the_other_to_those_who_may_see_it() -> None:
    one, other = first(), candidates.candidates()[-1]  # of other documents
    assert one.title in decide("amina", other, kind="merge", candidate=one.id).content.decode()
    (document,) = {models.Passage.objects.get(id=i).document_id for i in one.passage_ids}
    access.save_collection(Collection("closed", True, ("amina",), (document,)))
    for name, told in (("amina", one.title), ("brahim", one.id)):
        history = client(name).get(reverse("review:candidate", args=[other.id])).context["history"]
        assert [said for _, said, _ in history] == [told]


def test_a_passage_that_was_drawn_before_shows_what_was_corrected_since() -> None:
    passage, own = first().passage_ids[0], client("amina")
    address = reverse("review:passages") + "?state=all"
    before = own.get(address).content.decode()
    assert own.get(address).content.decode().count("checked") == before.count("checked")
    own.post(reverse("review:tag", args=[passage]), {"said": "dialogue:1"})
    assert "checked" in own.get(address).content.decode().partition(f"t-{passage}-dialogue")[2][:300]
    assert "hx-post" not in client("dawud").get(address).content.decode()


def test_what_is_asked_for_while_one_request_is_answered_is_asked_once() -> None:
    asked: list[str] = []
    with answering.one_answer():
        assert [answering.once("x", "amina", lambda name: asked.append(name)) for _ in range(2)] == [
            None,
            None,
        ]
    answering.once("x", "amina", asked.append)
    assert asked == ["amina", "amina"]


def test_words_of_records() -> None:
    assert words.noted_days("1998-01") == "January 1998"
    assert words.noted_days("1998-01-31/1999") == "31 January 1998 – 1999"
    place = Mention(0, 6, "Aleppo", "PLACE", "SYR/Aleppo/Aleppo", "Aleppo", country="SYR")
    assert named(place) == "Aleppo, Syria"
    assert named(Mention(0, 4, "AQMI", "ARMED_GROUP", "jnim")) == "Jama'at Nusrat al-Islam wal-Muslimin"
    assert [detail(value) for value in (True, ["a", "b"], 3)] == ["yes", "a, b", "3"]


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "same_as"},
        {"kind": "unsure"},
        {"kind": "comment"},
        {"kind": "merge", "candidate": "nothere"},
        {"kind": "split"},
        {"kind": "guess"},
        {"kind": "accept_new", "shown": "forged"},
    ],
)
def test_what_is_not_whole_is_refused_in_words(given: dict[str, str]) -> None:
    page = decide("amina", first(), **given)
    assert decisions.decisions_since() == []
    assert list(page.context["messages"])


def test_the_second_is_told_what_the_first_decided() -> None:
    one, second = first(), client("brahim")
    page = second.get(reverse("review:candidate", args=[one.id]))
    decide("amina", one, kind="accept_new")
    answer = second.post(reverse("review:decide", args=[one.id]), sent(page, kind="not_a_case"), follow=True)
    text = answer.content.decode()
    assert "amina decided “New case”" in text
    assert "Contested" in text
    assert len(decisions.decisions_since()) == 2


def test_undoing_is_a_further_row_and_only_ones_own() -> None:
    one = first()
    decide("amina", one, kind="not_a_case")
    (made,) = decisions.decisions_since()
    assert client("brahim").post(reverse("review:undo"), {"decision": made.id}).status_code == 403
    client("amina").post(reverse("review:undo"))
    assert [d.kind for d in decisions.decisions_since()] == ["not_a_case", "undo"]
    assert decisions.standing(one.id).state == "open"
    again = client("amina").post(reverse("review:undo"), follow=True)
    assert "nothing to undo" in again.content.decode()


def test_a_tag_an_entity_and_a_slot_are_corrected() -> None:
    own, one = client("amina"), first()
    passage = one.passage_ids[0]
    answer = own.post(reverse("review:tag", args=[passage]), {"said": "dialogue:1"})
    assert b"yes" in answer.content
    entity = {"start": 0, "end": 5, "type": "ARMED_GROUP", "entity": "jnim", "alias": "1"}
    own.post(reverse("review:entity", args=[passage]), entity)
    refused = own.post(reverse("review:entity", args=[passage]), entity | {"entity": "no-such"}, follow=True)
    assert "no such actor" in refused.content.decode()
    own.post(reverse("review:slot", args=[one.id]), {"slot": "place", "value": "Gao"})
    tag, mention, slot = decisions.decisions_since()
    assert (tag.value, tag.shown["probabilities"]["dialogue"]) == ({"present": True}, 0.3)
    assert mention.value == {"type": "ARMED_GROUP", "entity": "jnim", "alias": True}
    assert mention.shown["type"] == "PERSON"
    assert (slot.subject.part, slot.value) == ("place", {"value": "Gao"})


def test_hostile_text_is_shown_and_does_nothing() -> None:
    one = candidates.candidates()[0]
    assert one.title == HOSTILE
    for address in (reverse("review:candidate", args=[one.id]), reverse("review:queue")):
        text = client("amina").get(address).content.decode()
        assert "<script>document" not in text
        assert "&lt;script&gt;document" in text
        assert "\u202e" not in text


def test_a_page_is_drawn_from_the_file_that_was_read_and_from_no_other(tmp_path: Path) -> None:
    own, one = client("amina"), first()
    where = models.Passage.objects.get(id=one.passage_ids[0])
    address = reverse("review:picture", args=[where.document_id, 1, 1])
    picture = own.get(address)
    assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"
    frame = own.get(
        reverse("review:frame", args=[where.document_id, where.page_number, 2]), {"passage": where.id}
    )
    assert b'<rect class="box"' in frame.content
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF- something else")
    rows = models.DocumentFile.objects.filter(document_id=where.document_id)
    kept = list(rows.values_list("path", flat=True))
    rows.delete()
    documents.save_path(where.document_id, str(other))
    try:
        answer = own.get(reverse("review:picture", args=[where.document_id, 1, 3]))
        assert b"no longer where it was read" in answer.content
    finally:
        for path in kept:
            documents.save_path(where.document_id, path)
    assert own.get(reverse("review:picture", args=["f" * 64, 1, 1])).status_code == 404
    assert own.get("/documents/..%2f..%2fetc%2fpasswd/1/1.png").status_code == 404
    assert own.get(reverse("review:picture", args=[where.document_id, 99, 1])).status_code == 404
    assert own.get(reverse("review:picture", args=[where.document_id, 1, 9])).status_code == 404


def test_a_page_that_says_it_is_huge_is_drawn_small() -> None:
    page = documents.page(models.Page.objects.first().document_id, 1)  # type: ignore[union-attr]
    assert page
    huge = SimpleNamespace(width=200_000.0, height=100.0)
    assert pages.dpi(page, 1) == 110
    assert pages.dpi(huge, 3) == 8  # type: ignore[arg-type]


def test_a_piece_of_a_page_asked_for_after_the_session_ended_leads_the_page_to_sign_in() -> None:
    address = reverse("review:entities", args=[first().passage_ids[0]])
    here = reverse("review:candidate", args=[first().id])
    asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{here}?sort=mixed"}
    answer = Client().get(address, headers=asked)
    sign_in = reverse("review:sign-in")
    assert (answer.status_code, answer["HX-Redirect"]) == (200, f"{sign_in}?next={here}%3Fsort%3Dmixed")
    elsewhere = Client().get(address, headers=asked | {"HX-Current-URL": "https://example.org/"})
    assert elsewhere["HX-Redirect"] == f"{sign_in}?next={reverse('review:queue')}"
    assert Client().get(address).status_code == 302


def test_what_is_sent_after_the_session_ended_is_refused_in_place() -> None:
    address = reverse("review:decide", args=[first().id])
    sent = {"kind": "comment", "text": "Seen elsewhere."}
    answer = Client().post(address, sent, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.has_header("HX-Redirect")) == (401, False)
    assert Client().post(address, sent).status_code == 302


def test_a_page_from_before_signing_in_anew_is_given_a_token_for_its_own_person_alone() -> None:
    own, address = Client(enforce_csrf_checks=True), reverse("review:decide", args=[first().id])
    own.force_login(User.objects.get(username="amina"), "django.contrib.auth.backends.ModelBackend")
    amina, brahim = (str(people.user_id(name)) for name in ("amina", "brahim"))
    assert f'"X-Person": "{amina}"' in own.get(reverse("review:queue")).content.decode()
    old = {"HX-Request": "true", "X-CSRFToken": "a" * 32}
    other = own.post(address, headers=old | {"X-Person": brahim})
    assert (other.status_code, other.has_header("X-CSRFToken")) == (403, False)
    answer = own.post(address, headers=old | {"X-Person": amina})
    assert answer.status_code == 403
    renewed = own.post(address, headers=old | {"X-CSRFToken": answer["X-CSRFToken"]})
    assert renewed.status_code == 422
    gone = Client(enforce_csrf_checks=True).post(address, headers=old | {"X-Person": ""})
    assert (gone.status_code, gone.has_header("X-CSRFToken")) == (403, False)


def test_a_restricted_collection_is_closed_to_guessed_addresses() -> None:
    one = first()
    where = models.Passage.objects.get(id=one.passage_ids[0])
    closed = models.Collection.objects.create(name="closed", restricted=True)
    closed.documents.create(document_id=where.document_id)
    closed.members.add(people.user_id("brahim"))
    guessed = [
        reverse("review:candidate", args=[one.id]),
        reverse("review:document", args=[where.document_id, 1]),
        reverse("review:picture", args=[where.document_id, 1, 1]),
        reverse("review:frame", args=[where.document_id, 1, 1]),
        reverse("review:entities", args=[where.id]),
    ]
    for address in guessed:
        assert client("amina").get(address).status_code == 403
        assert client("brahim").get(address).status_code == 200
    tag = {"said": "dialogue:1"}
    assert client("amina").post(reverse("review:tag", args=[where.id]), tag).status_code == 403
    assert one.id not in client("amina").get(reverse("review:queue")).content.decode()
    frame = reverse("review:frame", args=[candidates.candidates()[-1].id, 1, 1])
    assert client("amina").get(frame, {"passage": where.id}).status_code == 404


def test_a_candidate_that_is_gone_is_not_here() -> None:
    assert client("amina").get(reverse("review:candidate", args=["gone"])).status_code == 404


@pytest.mark.parametrize(
    "query", ["sort=x&state=y&least=z&since=never", "skip=-3", "skip=9999999", "query=%22%27*"]
)
def test_an_odd_address_opens_the_queue(query: str) -> None:
    for name in ("review:queue", "review:passages"):
        assert client("amina").get(f"{reverse(name)}?{query}").status_code == 200


def test_a_view_is_saved_shared_and_deleted() -> None:
    own = client("amina")
    own.post(reverse("review:save-view"), {"name": "Mali", "query": "country=MLI&bad=1", "shared": "on"})
    page = client("brahim").get(reverse("review:queue"))
    assert b"?country=MLI" in page.content
    client("brahim").post(reverse("review:delete-view"), {"name": "Mali"})
    assert models.SavedView.objects.exists()
    own.post(reverse("review:delete-view"), {"name": "Mali"})
    assert not models.SavedView.objects.exists()


def test_a_locked_database_is_told_plainly_and_what_was_sent_is_kept(filled_room: Path) -> None:
    own, one = client("amina"), first()
    page = own.get(reverse("review:candidate", args=[one.id]))
    given = sent(page, kind="accept_new")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(filled_room / "nijar.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        answer = own.post(reverse("review:decide", args=[one.id]), given)
    finally:
        other.rollback()
        other.close()
    text = answer.content.decode()
    assert answer.status_code == 503
    assert "was not recorded" in text
    assert f'name="token" value="{given["token"]}"' in text
    assert 'name="kind" value="accept_new"' in text
    assert decisions.decisions_since() == []
    for _ in range(2):
        own.post(reverse("review:decide", args=[one.id]), given)
    assert len(decisions.decisions_since()) == 1


def test_the_queue_asks_the_database_as_often_for_one_as_for_many() -> None:
    from django.test.utils import CaptureQueriesContext

    own = client("amina")
    counts = []
    for query in ("", "?least=98"):
        own.get(reverse("review:queue"))
        with CaptureQueriesContext(connection) as asked:
            own.get(reverse("review:queue") + query)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_wrong_passwords_shut_the_door_for_a_while() -> None:
    door = Client()
    for _ in range(5):
        answer = door.post(reverse("review:sign-in"), {"username": "amina", "password": "wrong"})
    assert answer.status_code == 429
    assert b"quarter of an hour" in answer.content
    again = door.post(reverse("review:sign-in"), {"username": "amina", "password": "sand dunes at dusk"})
    assert again.status_code == 429
    assert settings.SESSION_COOKIE_AGE == 36000
    call_command("axes_reset", verbosity=0)


def test_a_form_from_elsewhere_records_nothing() -> None:
    own = Client(enforce_csrf_checks=True)
    own.force_login(User.objects.get(username="amina"), "django.contrib.auth.backends.ModelBackend")
    assert own.post(reverse("review:decide", args=[first().id]), {"kind": "accept_new"}).status_code == 403
    assert decisions.decisions_since() == []


def test_the_secret_key_is_made_once_and_is_for_its_owner(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "var")
    assert len(key) >= 50
    assert secret_key(tmp_path / "var") == key
    assert secret_key(tmp_path / "other") != key
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


def test_the_production_settings_pass_djangos_deployment_check(tmp_path: Path) -> None:
    link_project(tmp_path)
    file = tmp_path / "config.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("https: false ", "https: true "), encoding="utf-8"
    )
    environment = {
        **os.environ,
        "NIJAR_CONFIG": str(file),
        "DJANGO_SETTINGS_MODULE": "nijar_nlp.site.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-W", "ignore", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_header_signs_in_from_the_trusted_proxy_alone() -> None:
    review = settings.NIJAR.review.model_copy(
        update={"sign_on_header": "X-Remote-User", "trusted_proxy": "10.0.0.9"}
    )
    with override_settings(NIJAR=settings.NIJAR.model_copy(update={"review": review})):
        middleware = sign_on.ProxySignOn(lambda request: HttpResponse())
        request = RequestFactory().get("/queue/", headers={"X-Remote-User": "amina"}, REMOTE_ADDR="10.0.0.8")
        request.session = Client().session  # type: ignore[assignment]
        request.user = AnonymousUser()
        middleware.process_request(request)
        assert not request.user.is_authenticated
        assert middleware.header not in request.META
        trusted = RequestFactory().get("/queue/", headers={"X-Remote-User": "amina"}, REMOTE_ADDR="10.0.0.9")
        assert trusted.META[middleware.header] == "amina"
    assert "nijar_nlp.review.sign_on.ProxySignOn" not in settings.MIDDLEWARE


def test_filters_stay_in_the_addresses_of_a_list() -> None:
    page = client("amina").get(reverse("review:queue"), {"country": "MLI", "least": "50", "sort": "newest"})
    text = page.content.decode()
    assert "country=MLI&amp;least=50&amp;sort=newest" in text
    assert json.dumps(page.context["asked"].least) == "0.5"
