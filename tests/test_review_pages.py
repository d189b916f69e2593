"""The pages of the review room: what they show."""

import json
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from nijar_nlp.records import Mention
from nijar_nlp.review import library, pages, titles, words
from nijar_nlp.review.templatetags.review import detail, named
from nijar_nlp.store import answering, candidates, documents, models, people
from tests.review_room import HOSTILE, client, first

pytestmark = pytest.mark.usefixtures("clean_room")


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


def test_a_candidate_that_is_gone_is_not_here() -> None:
    assert client("amina").get(reverse("review:candidate", args=["gone"])).status_code == 404


def test_no_visitor_waits_for_what_the_pages_quote() -> None:
    kept = (library._codebook, library._actors, library._case_schema, library._known_cases)
    for one in kept:
        one.cache_clear()
    library.load()
    read = [one.cache_info().misses for one in kept]
    client("amina").get(reverse("review:candidate", args=[first().id]))
    assert [one.cache_info().misses for one in kept] == read == [1, 1, 1, 1]


def test_titles_and_codebook_are_in_the_language_of_the_person() -> None:
    own, one = client("amina"), first()
    here = reverse("review:candidate", args=[one.id])
    english = unescape(own.get(here).content.decode())
    people.change("amina", language="fr")
    addresses = (here, reverse("review:queue"), reverse("review:codebook"))
    french, queue, codebook = (unescape(own.get(address).content.decode()) for address in addresses)
    with translation.override("fr"):
        title = titles.title(one)
    assert title.startswith("Libération d’otages\u00a0: ")
    assert (title in english, one.title in english) == (False, True)
    assert (title in french, title in queue) == (True, True)
    assert one.title not in french.replace(title, "")
    assert "Communication entre un groupe armé" in french
    assert "Portes ouvertes quand le pouvoir change de mains" in codebook
    assert "Communication between" not in french + codebook


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


def test_filters_stay_in_the_addresses_of_a_list() -> None:
    page = client("amina").get(reverse("review:queue"), {"country": "MLI", "least": "50", "sort": "newest"})
    text = page.content.decode()
    assert "country=MLI&amp;least=50&amp;sort=newest" in text
    assert json.dumps(page.context["asked"].least) == "0.5"
