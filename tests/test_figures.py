"""Word's Arabic type whose map of characters mixes up the figures."""

from pathlib import Path

import pikepdf
import pytest

from nijar_nlp import pdf
from nijar_nlp.pdf.figures import mixes_figures

WORDS = "اجتمع المجلس في الميناء يوم "
RIGHT = b"<0010> <0012> <002D>\n<0013> <001C> <0030>\n<001D> <001D> <003A>"
MIXED = (
    b"<0010> <0012> <002D>\n<0013> <0017> [<0033> <0035> <0030> <0030> <0032>]\n"
    b"<0018> <0019> <0031>\n<001A> <001D> [<0031> <0036> <0030> <003A>]"
)


def made(folder: Path, figures: bytes, producer: str) -> Path:
    """One Arabic line, drawn from right to left as Word does it, and the date 30/05/2026 after it."""
    letters = sorted(set(WORDS))
    glyphs = {letter: 0x200 + number for number, letter in enumerate(letters)}
    pairs = b"\n".join(b"<%04X> <%04X>" % (glyph, ord(letter)) for letter, glyph in glyphs.items())
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"%d beginbfrange\n%s\nendbfrange\n%d beginbfchar\n%s\nendbfchar\nendcmap end end"
        % (figures.count(b"\n") + 1, figures, len(letters), pairs)
    )
    document = pikepdf.new()
    document.docinfo["/Producer"] = producer
    page = document.add_blank_page(page_size=(400, 200))
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.Arial, Flags=32,
        FontBBox=[0, -200, 1000, 900], ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
    )  # fmt: skip
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name.Arial, DW=500,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=document.make_indirect(descriptor),
    )  # fmt: skip
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name.Arial,
        Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[document.make_indirect(descendant)],
        ToUnicode=document.make_stream(cmap),
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
    words = b"".join(b"%04X" % glyphs[letter] for letter in reversed(WORDS))
    date = b"".join(b"%04X" % (ord(sign) - 29) for sign in "30/05/2026")
    page.Contents = document.make_stream(
        b"BT /F1 12 Tf 1 0 0 1 120 120 Tm <%s> Tj 1 0 0 1 55 120 Tm <%s> Tj ET" % (words, date)
    )
    path = folder / "made.pdf"
    document.save(path)
    return path


@pytest.mark.parametrize(("figures", "producer"), [(MIXED, "Microsoft® Word 2013"), (RIGHT, "Writer")])
def test_figures_are_read_as_they_are_shown(tmp_path: Path, figures: bytes, producer: str) -> None:
    _, layouts = pdf.read(made(tmp_path, figures, producer), pdf.ReadSettings(ocr=False))
    text = " ".join(line.text for line in layouts[0].lines)
    assert "30/05/2026" in text
    assert "المجلس" in text


@pytest.mark.parametrize(
    ("content", "mixed"), [(RIGHT, False), (MIXED, True), (b"<0013> <001C> <0041>", False)]
)
def test_only_maps_with_one_figure_twice_are_wrong(content: bytes, mixed: bool) -> None:
    assert mixes_figures(content) is mixed
