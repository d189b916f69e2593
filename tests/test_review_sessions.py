"""Signing in, sessions that ended, and pages of a person who has left."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from nijar_nlp.review import sign_on
from nijar_nlp.store import decisions, people
from tests.review_room import client, first

pytestmark = pytest.mark.usefixtures("clean_room")


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
    assert (other.status_code, other.has_header("X-CSRFToken")) == (409, False)
    answer = own.post(address, headers=old | {"X-Person": amina})
    assert answer.status_code == 403
    renewed = own.post(address, headers=old | {"X-CSRFToken": answer["X-CSRFToken"]})
    assert renewed.status_code == 422
    gone = Client(enforce_csrf_checks=True).post(address, headers=old | {"X-Person": ""})
    assert (gone.status_code, gone.has_header("X-CSRFToken")) == (403, False)


def test_a_page_of_another_person_gets_no_piece_and_records_nothing_whatever_its_token() -> None:
    own, one = client("brahim"), first()
    amina, brahim = (str(people.user_id(name)) for name in ("amina", "brahim"))
    piece = reverse("review:entities", args=[one.passage_ids[0]])
    for address in (piece, reverse("review:actors")):
        refused = own.get(address, headers={"HX-Request": "true", "X-Person": amina})
        assert (refused.status_code, refused.content) == (409, b"")
        assert own.get(address, headers={"HX-Request": "true", "X-Person": brahim}).status_code == 200
    tag = reverse("review:tag", args=[one.passage_ids[0]])
    assert own.post(tag, {"said": "dialogue:1"}, headers={"X-Person": amina}).status_code == 409
    assert decisions.decisions_since() == []


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
