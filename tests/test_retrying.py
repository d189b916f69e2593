"""What is done again on demand and after an upgrade, and what stays as it is."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import typst

from nijar_nlp import pdf, steps
from nijar_nlp.config import Config, load_config
from nijar_nlp.errors import InputError
from nijar_nlp.passages import compose
from nijar_nlp.records import DateInterval, Reading, Tagging
from nijar_nlp.steps import parts
from nijar_nlp.steps.reading import identity_of
from nijar_nlp.store import documents, findings, models
from tests.conftest import SAMPLE

pytestmark = pytest.mark.usefixtures("store")

ARTICLE = SAMPLE / "2022-02-07_sahel-wire_senegal-champions.pdf"
TEXT = "The ferry crossed at noon with forty sacks of millet, two goats and the new schoolmaster. " * 3


@pytest.fixture
def config(project: Path) -> Config:
    return load_config(project / "config.yaml")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A file that is read and one that is damaged."""
    folder = tmp_path / "pdfs"
    folder.mkdir()
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (folder / "good.pdf").write_bytes(typst.compile(f"= Ferry\n\n{TEXT}".encode()))
    return sorted(folder.iterdir())


def states(files: list[Path], config: Config) -> list[str]:
    return [outcome.state for outcome in steps.read_files(files, config)]


@pytest.mark.parametrize("named", [True, False])
def test_only_what_failed_is_read_again(files: list[Path], config: Config, named: bool) -> None:
    assert states(files, config) == ["failed", "read"]
    again = steps.reopen("failed", files if named else None, config)
    assert again == [files[0].resolve()]
    assert states(files, config) == ["failed", "known"]


def test_a_file_that_failed_and_was_mended_is_another_document(files: list[Path], config: Config) -> None:
    steps.read_files(files, config)
    shutil.copy(files[1], files[0])
    assert steps.reopen("failed", files, config) == []
    assert states(files, config) == ["known", "known"]


def test_an_older_extractors_files_are_read_again(files: list[Path], config: Config) -> None:
    steps.read_files(files, config)
    assert steps.reopen("extractor-older-than", None, config, version=pdf.EXTRACTOR) == []
    assert len(steps.reopen("extractor-older-than", None, config, version=str(int(pdf.EXTRACTOR) + 1))) == 2
    with pytest.raises(InputError):
        steps.reopen("extractor-older-than", None, config, version="new")


def test_a_stage_is_done_again_for_the_named_documents_alone(files: list[Path], config: Config) -> None:
    steps.read_files(files, config)
    good = identity_of(files[1])
    findings.save_taggings(good, {}, parts.tag_version(config), 0.1)
    assert steps.untagged(config) == []
    assert steps.reopen("tag", files[:1], config) == []
    assert steps.untagged(config) == []
    assert steps.reopen("tag", None, config) == [files[1].resolve()]
    assert steps.untagged(config) == [good]


def test_settings_that_a_reading_does_not_depend_on_leave_it(files: list[Path], config: Config) -> None:
    steps.read_files(files, config)
    changed = config.model_copy(
        update={"extraction": config.extraction.model_copy(update={"ocr_dpi": 400, "max_pages": 9})}
    )
    assert states(files, changed) == ["failed", "known"]


def read_once(language: str, day: int = 1) -> Reading:
    document, layouts = pdf.read(ARTICLE, pdf.ReadSettings())
    reading = compose(document, layouts, lambda _: language)
    moment = date(2022, 2, day)
    return replace(
        reading,
        document=replace(reading.document, published=DateInterval(moment, moment, "day", "first page")),
    )


def test_passages_that_stay_keep_what_was_found_in_them() -> None:
    one = read_once("en")
    identity = one.document.id
    documents.save_reading(one, "1-a", 0.1)
    tagging = Tagging({"dialogue": 0.9}, ("dialogue",), {}, "m1")
    findings.save_taggings(identity, {one.passages[3].id: tagging}, "m1", 0.1)
    findings.save_annotations(identity, [], "n1", 0.1)
    documents.save_reading(one, "2-a", 0.1)
    assert models.Tag.objects.count() == 1
    assert documents.is_done(identity, "annotate", "n1")
    documents.save_reading(read_once("en", day=2), "3-a", 0.1)
    assert models.Tag.objects.count() == 1
    assert not documents.is_done(identity, "annotate", "n1")
    documents.save_reading(read_once("fr"), "4-a", 0.1)
    assert models.Tag.objects.count() == 0
    assert not documents.is_done(identity, "tag", "m1")


def test_the_store_gives_pages_back_with_the_way_to_their_glyphs() -> None:
    one = read_once("en")
    documents.save_reading(one, "1-a", 0.1)
    assert documents.pages(one.document.id) == one.pages
    assert any(page.runs for page in one.pages)


def test_a_page_that_waits_for_ocr_counts_as_failed() -> None:
    one = read_once("en")
    documents.save_reading(replace(one, pages=(replace(one.pages[0], problem="needs_ocr"),)), "1-a", 0.1)
    assert documents.failed() == {one.document.id}
