"""Word's Arabic type whose map of characters mixes up the figures."""

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from nijar_nlp import pdf
from nijar_nlp.pdf import bounded
from nijar_nlp.pdf.figures import mixes_figures
from nijar_nlp.pdf.reading import reread

SETTINGS = pdf.ReadSettings(ocr=False)

WORDS = "اجتمع المجلس في الميناء يوم "
GLYPHS = {letter: 0x200 + number for number, letter in enumerate(sorted(set(WORDS)))}


def ranges(lines: bytes) -> bytes:
    return b"%d beginbfrange\n%s\nendbfrange\n" % (lines.count(b"\n") + 1, lines)


def pairs(lines: bytes) -> bytes:
    return b"%d beginbfchar\n%s\nendbfchar\n" % (lines.count(b"\n") + 1, lines)


RIGHT = ranges(b"<0010> <0012> <002D>\n<0013> <001C> <0030>\n<001D> <001D> <003A>")
MIXED = ranges(
    b"<0010> <0012> <002D>\n<0013> <0017> [<0033> <0035> <0030> <0030> <0032>]\n"
    b"<0018> <0019> <0031>\n<001A> <001D> [<0031> <0036> <0030> <003A>]"
)
MIXED_PAIRS = pairs(
    b"<0010> <002D>\n<0012> <002F>\n<0013> <0033>\n<0014> <0035>\n<0015> <0030>\n<0016> <0030>\n"
    b"<0018> <0031>\n<0019> <0032>"
)
BRACKETS = pairs(b"<0003> <0020>\n<000B> <0028>\n<000C> <0029>")
WORD = "Microsoft® Word 2013"


def made(folder: Path, figures: bytes, producer: str = WORD) -> Path:
    """One Arabic line, drawn from right to left as Word does it, and the date 30/05/2026 after it.

    The other fonts of its page have maps that cannot be read.
    """
    document = pikepdf.new()
    document.docinfo["/Producer"] = producer
    page = document.add_blank_page(page_size=(400, 200))
    page.Resources = pikepdf.Dictionary(Font={**flawed_fonts(document), "/F1": font(document, figures)})
    words = b"".join(b"%04X" % GLYPHS[letter] for letter in reversed(WORDS))
    date = b"".join(b"%04X" % (ord(sign) - 29) for sign in "30/05/2026")
    page.Contents = document.make_stream(
        b"BT /F1 12 Tf 1 0 0 1 120 120 Tm <%s> Tj 1 0 0 1 55 120 Tm <%s> Tj ET" % (words, date)
    )
    path = folder / "made.pdf"
    document.save(path)
    return path


def font(document: pikepdf.Pdf, figures: bytes) -> pikepdf.Object:
    """A font whose map tells its letters, and its figures as it is given."""
    letter_lines = b"\n".join(b"<%04X> <%04X>" % (glyph, ord(letter)) for letter, glyph in GLYPHS.items())
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"%s%sendcmap end end" % (figures, pairs(letter_lines))
    )
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.Arial, Flags=32,
        FontBBox=[0, -200, 1000, 900], ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
    )  # fmt: skip
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name.Arial, DW=500,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=document.make_indirect(descriptor),
    )  # fmt: skip
    whole = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name.Arial,
        Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[document.make_indirect(descendant)],
        ToUnicode=document.make_stream(cmap),
    )  # fmt: skip
    return document.make_indirect(whole)


def flawed_fonts(document: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Fonts with a number, a name, and a stream that cannot be unpacked in the place of their maps."""
    packed = document.make_stream(b"no deflated bytes")
    packed.Filter = pikepdf.Name.FlateDecode
    return {
        f"/F{number}": document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Encoding=pikepdf.Name("/Identity-H"), ToUnicode=to_unicode
            )
        )
        for number, to_unicode in enumerate([7, pikepdf.Name("/Identity-H"), packed], start=2)
    }


@pytest.mark.parametrize(
    ("figures", "producer"),
    [(MIXED, WORD), (MIXED + BRACKETS, WORD), (BRACKETS + MIXED_PAIRS, WORD), (RIGHT, "Writer")],
)
def test_figures_are_read_as_they_are_shown(tmp_path: Path, figures: bytes, producer: str) -> None:
    _, layouts = pdf.read(made(tmp_path, figures, producer), SETTINGS)
    text = " ".join(line.text for line in layouts[0].lines)
    assert "30/05/2026" in text
    assert "المجلس" in text


@pytest.mark.parametrize(
    ("content", "mixed"),
    [
        (RIGHT, False),
        (MIXED, True),
        (MIXED + BRACKETS, True),
        (MIXED_PAIRS, True),
        (RIGHT + BRACKETS, False),
        (ranges(b"<0013> <001C> <0041>"), False),
    ],
)
def test_only_maps_with_one_figure_twice_are_wrong(content: bytes, mixed: bool) -> None:
    assert mixes_figures(content) is mixed


def test_a_map_of_brackets_that_never_close_costs_little() -> None:
    content = b"beginbfrange " + b"<0013> <0017> [" * 100_000
    assert bounded.call(mixes_figures, content, limits=bounded.Limits(wall_seconds=10.0)) is False


def test_reading_again_has_the_time_of_all_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    granted: list[int] = []
    monkeypatch.setattr(bounded, "announce_progress", granted.append)
    pdf.read(made(tmp_path, MIXED), SETTINGS)
    assert granted == [1]


def test_a_page_that_cannot_be_read_again_stays_as_it_was(tmp_path: Path) -> None:
    path = made(tmp_path, RIGHT)
    _, (page,) = pdf.read(path, SETTINGS)
    old = replace(page, lines=page.lines[:0])
    lost = replace(old, page_number=2)
    seen = replace(old, problem="no_text", reason="OCR found 3 words, with a confidence of 0.21.")
    assert reread(path.read_bytes(), [old, lost, seen]) == [page, lost, seen]
    assert reread(b"no PDF", [old]) == [old]
