"""News exports and press digests into articles, and what keeps other documents whole."""

from pathlib import Path

import pytest

from nijar_nlp.records import Reading
from tests.conftest import letters
from tests.exports import Item, write_exports
from tests.test_passages import assert_exact, read, set_pdf

BODY = "The mayor opened the bridge after two years of work, and the traders crossed it at noon. " * 3


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, tuple[Item, ...]]]:
    return list(write_exports(tmp_path_factory.mktemp("exports")))


def test_exports_in_six_forms_are_split_into_their_articles(
    exports: list[tuple[Path, tuple[Item, ...]]],
) -> None:
    for path, items in exports:
        reading = read(path)
        assert_exact(reading)
        found = [
            (a.title.replace("’", "'"), a.outlet, a.author, str(a.published.start) if a.published else "")
            for a in reading.document.articles
        ]
        assert found == [(item.title, item.outlet, item.author, item.day) for item in items], path.name
        assert reading.document.kind == "digest"


def test_every_paragraph_belongs_to_its_article(exports: list[tuple[Path, tuple[Item, ...]]]) -> None:
    for path, items in exports:
        reading = read(path)
        for number, item in enumerate(items):
            text = letters(" ".join(p.text for p in reading.passages if p.article == number))
            assert all(letters(paragraph) in text for paragraph in item.paragraphs), path.name


def test_a_headline_in_plain_type_is_told_by_the_lines_about_it(tmp_path: Path) -> None:
    heads = [
        ("Rain ends the dry season early", "3 May 2021"),
        ("A bridge for the river towns", "12 May 2021"),
    ]
    source = "#set par(spacing: 0.8em)\n"
    for title, day in heads:
        source += f"{title}\n\n{day}\n\n412 words\n\nHorn Dispatch\n\nEnglish\n\nCopyright 2021\n\n{BODY}\n\n"
        source += "Document HORN000020210503\n\n#v(20pt)\n"
    articles = read(set_pdf(tmp_path, source)).document.articles
    assert [(a.title, a.outlet) for a in articles] == [(title, "Horn Dispatch") for title, _ in heads]


def test_days_of_a_chronicle_are_no_articles(tmp_path: Path) -> None:
    source = "#set page(height: auto)\n= What happened at the ferry\n\nJune 2022\n\n"
    for day in ("3 March 2015", "9 April 2015", "21 June 2015"):
        source += f"== {day}\n\n{BODY}\n\n"
    document = read(set_pdf(tmp_path, source)).document
    assert len(document.articles) == 1
    assert document.published is not None
    assert (str(document.published.start), document.published.precision) == ("2022-06-01", "month")


def test_a_digest_that_cannot_be_split_has_no_single_day(tmp_path: Path) -> None:
    days = ("3 March 2015", "9 April 2015", "21 June 2015")
    source = "#set page(height: auto)\n" + "".join(f"{day}\n\n{BODY}\n\n" for day in days)
    reading: Reading = read(set_pdf(tmp_path, source))
    published = reading.document.published
    assert published is not None
    assert (str(published.start), str(published.end)) == ("2015-03-03", "2015-06-21")
    assert (published.precision, reading.document.kind) == ("range", "digest")
