"""Who may see what, and what the site is set to for their safety."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver, reverse

from nijar_nlp.site.secrets import secret_key
from nijar_nlp.store import candidates, decisions, models, people
from tests.conftest import ROOT, link_project
from tests.review_room import client, first

pytestmark = pytest.mark.usefixtures("clean_room")


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


def test_the_secret_key_is_made_once_and_is_for_its_owner(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "var")
    assert len(key) >= 50
    assert secret_key(tmp_path / "var") == key
    assert secret_key(tmp_path / "other") != key
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


def test_the_production_settings_pass_djangos_deployment_check(tmp_path: Path) -> None:
    link_project(tmp_path, review={"https": True})
    environment = {
        **os.environ,
        "NIJAR_CONFIG": str(tmp_path / "config.yaml"),
        "DJANGO_SETTINGS_MODULE": "nijar_nlp.site.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-W", "ignore", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
