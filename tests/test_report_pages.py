"""What only reports' pages have: mastheads, signatures, fact lists, charts, lists of acronyms, drawings."""

from pathlib import Path

import pytest

from tests.test_passages import assert_exact, read, set_pdf

BODY = (
    "The commission heard forty witnesses in the three valleys before it wrote down what it had learnt. " * 4
)
PAGE = "#set page(width: 16cm, height: 22cm, margin: 2cm)\n#set text(10pt)\n"


def said(folder: Path, source: str) -> list[tuple[str, str]]:
    """The kind and the text of the passages of a document in typst."""
    reading = read(set_pdf(folder, PAGE + source))
    assert_exact(reading)
    return [(passage.kind, passage.text) for passage in reading.passages]


def test_a_masthead_in_two_types_is_not_read_across(tmp_path: Path) -> None:
    mast = (
        "#text(18pt)[Harbour Assembly] #h(1fr) #box(width: 4cm)[Distr.: General] \\ "
        "#h(1fr) #box(width: 4cm)[3 May 2019] \\ #h(1fr) #box(width: 4cm)[Original: French]\n\n"
    )
    texts = [text for _, text in said(tmp_path, f"{mast}\n\n{BODY}")]
    assert "Harbour Assembly" in texts
    assert not any("Assembly Distr" in text or "French The" in text for text in texts)


@pytest.mark.parametrize(
    ("side", "last"), [("right", "Harbour of the Three Valleys"), ("left", "Three Valleys")]
)
def test_a_signature_is_one_passage(tmp_path: Path, side: str, last: str) -> None:
    lines = f"(Signed) Ada Mbarga \\ Coordinator \\ {last}"
    block = f"#pad(left: 6cm, align({side})[#set par(justify: false); {lines}])"
    texts = [text for _, text in said(tmp_path, f"{BODY}\n\n#v(1em)\n{block}")]
    assert lines.replace(" \\", "") in texts


def test_facts_with_labels_are_apart(tmp_path: Path) -> None:
    facts = ["Head of the harbour: Ada Mbarga", "Number of boats: forty", "Treaty on the fords: signed"]
    source = "#set page(width: 9.4cm)\n" + " \\ ".join(facts)
    texts = [text for _, text in said(tmp_path, f"{source}\n\n{BODY}")]
    assert set(facts) < set(texts)


def test_a_number_within_a_sentence_begins_no_item(tmp_path: Path) -> None:
    source = (
        "#set page(width: 9cm)\nThe share of those who stayed was put at 4 per cent, of those who left at,"
        f"\\\n9.3 per cent and 5 per cent in turn. {BODY}"
    )
    kinds = [kind for kind, text in said(tmp_path, source) if "9.3 per cent" in text]
    assert kinds == ["body"]


def test_a_sentence_that_goes_on_with_a_figure_is_no_note(tmp_path: Path) -> None:
    small = (
        "#text(8.5pt)[The fighting at the fords is said to have cost over\\ 300 lives, and more were lost.]"
    )
    kinds = [kind for kind, text in said(tmp_path, f"{BODY}\n\n{BODY}\n\n{small}") if "lives" in text]
    assert kinds == ["body"]


def test_rules_that_cut_words_are_a_drawing(tmp_path: Path) -> None:
    rows = ", ".join("[]" for _ in range(5 * 9))
    over = ", ".join(f"[Ford {n}: seven], [carts and boats]" for n in ("one", "two", "three", "four"))
    over = f"#grid(columns: 2, column-gutter: 3em, row-gutter: 0.7em, {over})"
    drawing = f"#place(table(columns: (1.37cm,) * 5, rows: 14pt, stroke: 0.4pt, {rows}))"
    found = said(tmp_path, f"{drawing}\n{over}\n\n#v(3cm)\n{BODY}")
    assert not any(kind == "table" for kind, _ in found)
    assert "Ford three: seven" in " ".join(text for _, text in found)


def test_a_header_over_two_columns_stays_whole(tmp_path: Path) -> None:
    cells = "table.cell(colspan: 2)[Boats and carts counted], [Valley], "
    cells += "[12], [14], [Northern], [9], [31], [Southern]"
    found = said(tmp_path, f"#table(columns: (2.2cm, 2.2cm, 4cm), {cells})\n\n{BODY}")
    assert ("table", "Boats and carts counted; Valley") in found


def test_the_labels_of_a_chart_are_one_caption(tmp_path: Path) -> None:
    ticks = "".join(f"#place(top + left, dx: 2pt, dy: {90 - 18 * n}pt)[{5 * n}]" for n in range(6))
    legend = "#place(top + left, dx: 30pt, dy: 118pt)[Boats counted #h(3em) Carts counted]"
    chart = f"#block(height: 135pt, width: 100%)[#set text(8pt); {ticks}{legend}]"
    found = said(tmp_path, f"Figure 1. Traffic\n\n{chart}\n\nSource: the clerks.\n\n{BODY}")
    assert ("caption", "25; 20; 15; 10; 5; 0; Boats counted; Carts counted") in found
    assert [text for kind, text in found if kind == "body"] == [BODY.strip()]


def test_numbers_of_lines_are_no_chart(tmp_path: Path) -> None:
    numbers = "".join(f"#place(left, dx: -24pt, dy: {18 * n}pt)[{5 * (6 - n)}]" for n in range(6))
    found = said(tmp_path, f"#set par(leading: 11.2pt)\n{numbers}{BODY}")
    assert "caption" not in {kind for kind, _ in found}


def test_a_list_of_acronyms_has_one_row_each(tmp_path: Path) -> None:
    meant = {
        "BHV": "Bureau of the harbours and valleys",
        "CCBC": "Commission for the counting of boats and of carts on the fords and the salt roads",
        "TVF": "Three Valleys Forum",
        "WCC": "Water carriers of the lower valleys and of the harbour towns beyond them",
    }
    cells = ", ".join(f"[{short}], [{long}]" for short, long in meant.items())
    found = said(tmp_path, f"#grid(columns: (3cm, 6cm), row-gutter: 0.65em, {cells})\n\n{BODY}")
    assert [text for kind, text in found if kind == "table"] == [f"{a}; {b}" for a, b in meant.items()]


def test_an_item_ends_where_the_text_beside_it_begins(tmp_path: Path) -> None:
    item = "Clerks are counting the boats of the harbour at the fords"
    narrow = f"#set par(justify: false)\n- {item}"
    source = f"#grid(columns: (4.4cm, 7cm), [{narrow}], [{BODY}])\n\n{BODY}"
    texts = [text for _, text in said(tmp_path, source)]
    assert f"• {item}" in texts


def test_a_page_of_furniture_alone_has_no_text(tmp_path: Path) -> None:
    source = (
        "#set page(header: none, footer: [19-0427 #h(1fr) #context counter(page).display()])\n"
        f"{BODY}\n#pagebreak()\n{BODY}\n#pagebreak()\n#rect(width: 5cm, height: 5cm)\n#pagebreak()\n{BODY}"
    )
    found = said(tmp_path, source)
    assert sum(kind == "footer" for kind, _ in found) == 4


ARABIC = '#set page(height: auto)\n#set text(lang: "ar", font: "DejaVu Sans", 11pt)\n'


def test_an_arabic_line_with_an_acronym_is_no_heading(tmp_path: Path) -> None:
    text = "قالت بعثة BHV إن القوارب التي عبرت النهر في الربيع كانت أكثر مما عده الكتبة في السنة التي قبلها"
    assert [kind for kind, _ in said(tmp_path, f"{ARABIC}{text}")] == ["body"]


def test_latin_names_in_an_arabic_line_keep_their_order(tmp_path: Path) -> None:
    text = "شكر الكتبة كلا من Ada Mbarga، Jon Ferryman، Lea Fordham على عد القوارب في ميناء النهر."
    assert said(tmp_path, f"{ARABIC}{text}") == [("body", text)]


@pytest.mark.parametrize("type_", ["#emph[Boats on the upper river]", "#strong[#text(8pt)[Boats]]"])
def test_a_short_line_in_a_type_of_its_own_is_a_heading(tmp_path: Path, type_: str) -> None:
    found = said(tmp_path, f"{BODY}\n\n{type_}\n\n{BODY}\n\n#emph[Not over a text.]")
    assert [kind for kind, text in found if text.startswith("Boats")] == ["heading"]
    assert ("body", "Not over a text.") in found


def test_a_heading_that_the_file_has_after_its_text_is_read_before_it(tmp_path: Path) -> None:
    items = "#v(1em)\n- Seven boats came to the ford.\n- Nine went on.\n"
    source = f"#strong[UPPER FORD]\n{items}\n{BODY}\n#place(top, dy: 9cm)[#strong[LOWER FORD]]"
    below = "#place(top, dy: 9.6cm, block(width: 100%)[- Two boats sank.\n- One was mended.])\n"
    texts = [
        text
        for _, text in said(tmp_path, source.replace("#place(top, dy: 9cm)", below + "#place(top, dy: 9cm)"))
    ]
    assert texts.index("LOWER FORD") < texts.index("• Two boats sank.")


def test_fields_whose_labels_come_back_are_apart(tmp_path: Path) -> None:
    entry = "مقر الجمعية: الميناء القديم \\ الرئيس العام: آدم \\ هدف الجمعية: حماية القوارب"
    entries = "\n\n#v(1em)\n".join([entry] * 4)
    source = '#set page(width: 6.4cm)\n#set text(lang: "ar", font: "DejaVu Sans")\n' + entries
    texts = [text for _, text in said(tmp_path, source)]
    assert texts.count("الرئيس العام: آدم") == 4


def test_small_type_in_a_ruled_table_is_no_note(tmp_path: Path) -> None:
    cells = ", ".join(f"[{n} boats], [{n} carts], [ford {n}]" for n in range(2, 9))
    table = f"#text(8pt)[#table(columns: (3cm,) * 3, [Boats], [Carts], [Ford], {cells})]"
    kinds = {kind for kind, text in said(tmp_path, f"{BODY}\n\n{table}") if "carts" in text}
    assert kinds == {"table"}


def test_words_in_a_smaller_type_part_no_paragraph(tmp_path: Path) -> None:
    words = "The clerk wrote " + "of #text(8pt)[`forty-boats`] and then of the carts " * 12 + "went home."
    bodies = [text for kind, text in said(tmp_path, f"{words}\n\n{BODY}") if kind == "body"]
    assert len(bodies) == 2
    assert bodies[0].endswith("went home.")


@pytest.mark.parametrize(
    ("foot", "title"),
    [
        ("Yearbook of the Valleys", "Yearbook of the Valleys"),
        ("2019 Yearbook of the Valleys", "2019 Yearbook of the Valleys"),
        ("The New Humanitarian", "Valley number A"),
    ],
)
def test_a_chapters_heading_is_not_the_title_of_the_whole(tmp_path: Path, foot: str, title: str) -> None:
    chapters = "".join(
        f"#text(20pt)[Valley number {name}]\n\n{BODY}\n#pagebreak(weak: true)\n" for name in "ABCDEFGHIJKLM"
    )
    source = f"{PAGE}#set page(footer: [{foot} #h(1fr) #context counter(page).display()])\n"
    assert read(set_pdf(tmp_path, source + chapters)).document.title == title


@pytest.mark.parametrize(
    ("masthead", "title"),
    [
        ("Floods on the upper river", "Floods on the upper river"),
        ("The New Humanitarian", "Main points"),
        ("Cedar House Centre", "Main points"),
    ],
)
def test_a_masthead_that_comes_back_as_running_head_is_the_title(
    tmp_path: Path, masthead: str, title: str
) -> None:
    head = f"#context text(if here().page() == 1 {{ 18pt }} else {{ 9pt }})[{masthead}]"
    source = f'{PAGE}#set document(author: "Cedar House Centre")\n#set page(header: [{head}])\n'
    source += f"#text(14pt)[Main points]\n\n{BODY}\n#pagebreak()\n{BODY}"
    assert read(set_pdf(tmp_path, source)).document.title == title
