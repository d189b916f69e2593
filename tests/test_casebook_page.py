"""The stand-alone page of cases: whole, harmless, masked, and about what is in the store."""

from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nijar_nlp import steps
from nijar_nlp.cases import Mask, hiding
from nijar_nlp.config import load_config
from nijar_nlp.corpus import case_days, load_case_schema
from nijar_nlp.drawing import Years
from nijar_nlp.records import CaseCandidate, CaseRecord, CaseValue, Party, Place
from nijar_nlp.report import CaseCard, Quote, case_page
from nijar_nlp.store import candidates
from tests.conftest import ROOT
from tests.review_room import HOSTILE
from tests.stored import passage_id, stored

SCHEMA = load_case_schema(ROOT / "corpus" / "case_schema.yaml")
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Reader(HTMLParser):
    """What a browser would make of a page: elements, attributes, texts; unclosed elements fail."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, name: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(name))]


def card(
    number: int, *values: CaseValue, texts: Sequence[str] = (), point: tuple[float, float] | None = None
) -> CaseCard:
    record = CaseRecord(f"case{number}", SCHEMA.version, values)
    quotes = [Quote(f"p{n}", text, "en", text, f"{text}.pdf", n + 1) for n, text in enumerate(texts)]
    return CaseCard(record, quotes, point, case_days(values), (("Score", "0.90"),))


def value(variable: str, text: str, *passages: str) -> CaseValue:
    return CaseValue(variable, text, None, passages)


@settings(max_examples=15)
@given(st.text(min_size=1), st.sampled_from(["", HOSTILE, "</style><script>x</script>", '" onload="x']))
def test_no_text_becomes_markup(text: str, hostile: str) -> None:
    said = f"{hostile}{text}"
    cards = [
        card(
            n, value("title", said), value("place", said), value("notes", said, "p0"), texts=[said], point=at
        )
        for n, at in enumerate([(16.8, -3.0), (13.5, 2.1), None])
    ]
    page = Reader(case_page(said, cards, SCHEMA, [said]))
    empty = Reader(case_page("t", [card(0, value("title", "t"))], SCHEMA))
    assert {tag for tag, _ in page.elements} - {tag for tag, _ in empty.elements} <= {
        "figure", "svg", "g", "path", "circle", "text", "figcaption", "details", "summary", "blockquote", "b",
        "html", "title",
    }  # fmt: skip
    assert not {"script", "img", "iframe", "form", "object"} & {tag for tag, _ in page.elements}
    assert not [name for _, found in page.elements for name in found if name.startswith("on")]
    assert all(link.startswith("#") for link in page.all("href"))
    assert not page.all("src")
    assert {link[1:] for link in page.all("href")} <= set(page.all("id"))
    assert len(page.all("id")) == len(set(page.all("id")))
    assert not {"\u202e", "\u202c"} & set("".join(page.texts))


def test_the_page_loads_nothing_and_says_so_to_the_browser() -> None:
    page = Reader(case_page("Cases", [], SCHEMA))
    (policy,) = [found for _, found in page.elements if found.get("http-equiv") == "Content-Security-Policy"]
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_a_card_has_words_for_values_and_leads_from_them_to_the_page() -> None:
    told = [
        value("title", "Swap at Gao"),
        value("country", "MLI"),
        value("status", "done", "p1"),
        value("start", "2020-10-05/2020-10-06"),
    ]
    page = case_page("Cases", [card(1, *told, texts=["one", "two"])], SCHEMA)
    texts = "|".join(Reader(page).texts)
    for words in ("Swap at Gao", "Mali", "Done", "2020-10-05", "two.pdf", "page 2", "Score", "0.90"):
        assert words in texts
    assert '<a class="mark" href="#case-1-2" aria-label="quote 2">2</a>' in page


def test_cases_stand_by_their_days_and_those_without_come_last() -> None:
    cards = [
        card(1, value("title", "undated")),
        card(2, value("title", "late"), value("start", "2021")),
        card(3, value("title", "early"), value("start", "2019-02"), value("end", "2022-01-01")),
    ]
    texts = [text for text in Reader(case_page("Cases", cards, SCHEMA)).texts if text.strip()]
    order = [text for text in texts if text in ("undated", "late", "early")]
    assert order == [*["early", "late", "undated"]] * 2  # in the timeline, then as cards


def test_a_mask_hides_a_name_wherever_it_stands() -> None:
    told = [value("title", "Talks of Moussa Aga"), value("mediator", "Moussa Aga"), value("start", "2020")]
    page = case_page(
        "Cases",
        [card(1, *told, value("place", "Moussa Aga's house"), texts=["MOUSSA AGA spoke"], point=(15, 1))],
        SCHEMA,
        hide=hiding(Mask({"moussa aga": 7})),
    )
    assert "moussa" not in page.lower()
    assert "█7" in page


def test_two_masks_are_one_in_which_no_number_means_two_persons() -> None:
    both = Mask({"amina": 1, "brahim": 2}, frozenset({"a"})) | Mask({"brahim": 1, "carla": 2})
    assert both.text("Amina, Brahim, Carla") == "█1, █2, █4"
    assert both.actors == {"a"}


@given(st.lists(st.dates(date(1900, 1, 1), date(2099, 12, 31)), min_size=1, max_size=5))
def test_days_lie_on_the_axis(days: list[date]) -> None:
    axis = Years.over((day, day) for day in days)
    assert all(0 <= axis.share(day) < 1 for day in days)
    assert 2 <= len(axis.marked(7)) <= 8


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("status", ["new", "known"])
def test_candidates_of_the_store_are_cards_of_the_page(status: str, tmp_path: Path) -> None:
    stored(1, tagged=2, group="JNIM")
    told = {"types": ("talks",), "tags": ("dialogue",), "status": "done", "country": "MLI", "score": 0.9}
    one = CaseCandidate(
        id="c1",
        title="Talks at Gao",
        armed_groups=(Party("JNIM", "jnim"),),
        counterparts=(),
        mediators=(),
        persons=(),
        place=Place("Gao", "Gao", "MLI", 16.27, 0.0, "exact"),
        date=None,
        released_number=None,
        passage_ids=(passage_id(1, 0), passage_id(1, 1)),
        n_documents=1,
        n_outlets=1,
        score_reasons=(),
        nearest=None,
        known_case=None,
        **told,  # type: ignore[arg-type]
    )
    candidates.save_candidates([one])
    target = tmp_path / "cases.html"
    config = load_config(ROOT / "config.yaml")
    steps.export_candidates(status, "html", target, config, mask=True)  # type: ignore[arg-type]
    page = target.read_text(encoding="utf-8")
    assert ("Talks at Gao" in page) == (status == "new")
    assert ("Talks 1 with JNIM at place 1." in page) == (status == "new")
    assert ("1.pdf</bdi>, page 1" in page) == (status == "new")
