"""Reading PDF files: what is read, what cannot be and why, and the way back from text to boxes."""

import io
import os
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
import typst
from PIL import Image

from nijar_nlp import pdf
from nijar_nlp.errors import ReadingError
from nijar_nlp.language import language_of
from nijar_nlp.passages import compose
from nijar_nlp.pdf import bounded
from nijar_nlp.pdf.bounded import Limits
from nijar_nlp.records import Box, Reading
from tests.conftest import SAMPLE

SETTINGS = pdf.ReadSettings()
SCAN = SAMPLE / "2010-09-24_depeche-des-dunes_dialogue-prison.pdf"
ARABIC = SAMPLE / "2020-03-01_barid-as-sahra_ittifaq-ad-dawha.pdf"
TEXT = "The ferry crossed at noon with forty sacks of millet, two goats and the new schoolmaster. " * 3

needs_tesseract = pytest.mark.skipif(
    bool(pdf.missing_ocr_languages()) and not os.environ.get("CI"),
    reason="apt-get install tesseract-ocr tesseract-ocr-fra tesseract-ocr-ara",
)


def made(folder: Path, source: str, name: str = "made.pdf") -> Path:
    path = folder / name
    path.write_bytes(typst.compile(source.encode()))
    return path


def reading_of(path: Path, settings: pdf.ReadSettings = SETTINGS) -> Reading:
    document, layouts = pdf.read(path, settings)
    return compose(document, layouts, language_of)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return made(tmp_path, f"#set page(height: 10cm)\n= Ferry\n\n{TEXT}\n\n#lorem(160)")


def test_two_readings_are_the_same(plain: Path) -> None:
    assert reading_of(plain) == reading_of(plain)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"plain text", "not_a_pdf"),
        ("b.pdf", b"%PDF-1.7\nnothing more", "damaged"),
        ("c.pdf", b"", "not_a_pdf"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadingError) as caught:
        pdf.read(tmp_path / name, SETTINGS)
    assert caught.value.code == code
    assert name in str(caught.value)


def test_a_password_is_a_problem_with_a_code(plain: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(plain) as document:
        document.save(locked, encryption=pikepdf.Encryption(user="closed", owner="closed"))
    with pytest.raises(ReadingError) as caught:
        pdf.read(locked, SETTINGS)
    assert caught.value.code == "encrypted"


def test_limits_of_size_are_kept(plain: Path) -> None:
    with pytest.raises(ReadingError) as caught:
        pdf.read(plain, pdf.ReadSettings(max_pages=0))
    assert caught.value.code == "too_large"


def test_a_truncated_file_is_rebuilt(plain: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(plain.read_bytes()[:-400])
    try:
        assert reading_of(cut).document.n_pages > 0
    except ReadingError as error:
        assert error.code == "damaged"


@pytest.mark.parametrize("path", ["plain", ARABIC])
def test_every_character_has_the_box_of_its_glyph(path: str | Path, request: pytest.FixtureRequest) -> None:
    file = request.getfixturevalue(path) if isinstance(path, str) else path
    reading = reading_of(file)
    for passage in reading.passages:
        around = {box.page: [b for b in passage.boxes if b.page == box.page] for box in passage.boxes}
        for part in passage.parts:
            page = reading.pages[part.page_number - 1]
            boxes = pdf.boxes_of(file, page, part.start_char, part.end_char)
            assert len(boxes) == part.end_char - part.start_char
            text = page.text[part.start_char : part.end_char]
            assert all(b is not None for b, c in zip(boxes, text, strict=True) if c.isalnum())
            for box in (b for b in boxes if b is not None):
                assert any(_within(box, line) for line in around[part.page_number])


def _within(box: Box, line: Box) -> bool:
    slack = 4.0
    return line.x0 - slack <= box.x0 and box.x1 <= line.x1 + slack and line.top - slack <= box.bottom


def test_a_turned_page_reads_as_it_is_shown(plain: Path, tmp_path: Path) -> None:
    turned = tmp_path / "turned.pdf"
    with pikepdf.open(plain) as document:
        for page in document.pages:
            page.rotate(90, relative=False)
        document.save(turned)
    assert [p.text for p in reading_of(turned).passages if p.kind == "heading"] == ["Ferry"]
    page = reading_of(turned).pages[0]
    assert page.width < page.height or page.width > page.height
    assert all(0 <= b.x0 <= page.width for p in reading_of(turned).passages for b in p.boxes if b.page == 1)


def test_the_page_image_shows_the_boxes(plain: Path) -> None:
    box = next(p.boxes[0] for p in reading_of(plain).passages if p.kind == "heading")
    bare, drawn = (Image.open(io.BytesIO(pdf.page_image(plain, 1, boxes, dpi=72))) for boxes in ((), (box,)))
    assert bare.size == drawn.size
    middle = (int((box.x0 + box.x1) / 2), int(box.top) + 1)
    assert bare.getpixel((2, 2)) == drawn.getpixel((2, 2))
    assert (
        bare.crop((middle[0], middle[1] - 2, middle[0] + 9, middle[1] + 9)).tobytes()
        != drawn.crop((middle[0], middle[1] - 2, middle[0] + 9, middle[1] + 9)).tobytes()
    )
    with pytest.raises(ReadingError):
        pdf.page_image(plain, 99)


def test_a_line_of_two_sizes_has_the_larger_of_its_middle_and_the_usual(tmp_path: Path) -> None:
    small, large = "#text(8pt)[{}]".format, "#text(12pt)[{}]".format
    after_small = (
        small("Mills of the ford") + r" \ " + large("Eight mi") + small("llpond") + large("s " + "n" * 26)
    )
    after_large = (
        large("Mills of the ford") + r" \ " + small("Eight mi") + large("llpond") + small("s " + "n" * 26)
    )
    sizes = [
        [line.size for line in pdf.read(made(tmp_path, source), SETTINGS)[1][0].lines]
        for source in (after_small, after_large)
    ]
    assert sizes == [[8.0, 12.0], [12.0, 12.0]]


@needs_tesseract
def test_a_scan_is_read_by_ocr_with_boxes() -> None:
    reading = reading_of(SCAN)
    assert reading.document.kind == "scan"
    page = reading.pages[0]
    assert (page.source, page.language) == ("ocr", "fr")
    assert any("détenus" in passage.text for passage in reading.passages)
    assert not any("’" in passage.text.strip("’") for passage in reading.passages)
    part = reading.passages[1].parts[0]
    boxes = pdf.boxes_of(SCAN, page, part.start_char, part.end_char, SETTINGS)
    assert any(box is not None for box in boxes)


@needs_tesseract
def test_each_page_of_a_scan_is_read_in_its_own_language(tmp_path: Path) -> None:
    arabic = SAMPLE / "2021-03_markaz-ad-difaf_safaqat.pdf"
    bergers = "Les bergers de la vallée ont été reçus par le préfet avec les maîtres de l'école. " * 3
    french = made(tmp_path, f"#set page(width: 10cm, height: 6cm)\n{bergers}", "french.pdf")
    first, second = (
        Image.open(io.BytesIO(pdf.page_image(path, 1, dpi=200))).convert("L") for path in (arabic, french)
    )
    scan = tmp_path / "scan.pdf"
    first.save(scan, "PDF", resolution=200, save_all=True, append_images=[second])
    pages = reading_of(scan, pdf.ReadSettings(ocr_dpi=200)).pages
    assert [(page.source, page.language, page.problem) for page in pages] == [
        ("ocr", "ar", ""),
        ("ocr", "fr", ""),
    ]
    assert "قراءة في وقائع" in pages[0].text and "و2020" in pages[0].text
    assert "vallée ont été reçus par le préfet" in pages[1].text


def test_a_scan_without_ocr_says_what_it_needs() -> None:
    document, layouts = pdf.read(SCAN, pdf.ReadSettings(ocr=False))
    assert document.problem is not None and document.problem.code == "needs_ocr"
    assert "apt-get install" in document.problem.remedy
    assert layouts[0].problem == "needs_ocr"


def test_settings_have_a_hash() -> None:
    assert pdf.settings_hash(SETTINGS) == pdf.settings_hash(pdf.ReadSettings())
    assert pdf.settings_hash(SETTINGS) != pdf.settings_hash(pdf.ReadSettings(ocr=False))


def test_the_door_is_what_it_says() -> None:
    assert all(hasattr(pdf, name) for name in pdf.__all__)


SHORT = Limits(memory_mb=1024, cpu_seconds_per_page=0.0, wall_seconds=1.0, wall_seconds_per_page=0.0)


@pytest.mark.parametrize(
    ("function", "argument", "code"),
    [
        (time.sleep, 60, "timed_out"),
        (eval, "sum(range(10**10))", "timed_out"),
        (bytearray, 3 << 30, "out_of_memory"),
        (os._exit, 7, "crashed"),
    ],
)
def test_a_bounded_call_ends_with_a_code(function: object, argument: object, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        bounded.call(function, argument, limits=SHORT)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert bounded.call(len, "abc", limits=Limits()) == 3


def test_a_bounded_call_brings_results_and_errors_back(plain: Path, tmp_path: Path) -> None:
    document, layouts = bounded.call(pdf.read, plain, SETTINGS, limits=Limits())
    assert (document, layouts) == pdf.read(plain, SETTINGS)
    (tmp_path / "x.pdf").write_bytes(b"no")
    with pytest.raises(ReadingError) as caught:
        bounded.call(pdf.read, tmp_path / "x.pdf", SETTINGS, limits=Limits())
    assert caught.value.code == "not_a_pdf"


def _pages(path: Path) -> int:
    return len(bounded.call(pdf.read, path, SETTINGS, limits=Limits())[1])


def test_bounded_calls_work_from_threads_and_processes(plain: Path) -> None:
    wanted = _pages(plain)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(_pages, [plain] * 8)) == [wanted] * 8
    with ProcessPoolExecutor(1) as processes:
        assert processes.submit(_pages, plain).result() == wanted
