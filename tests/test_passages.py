"""Passages against documents of known text, and their offsets against every page."""

import json
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from nijar_nlp import pdf
from nijar_nlp.language import language_of
from nijar_nlp.passages import compose
from nijar_nlp.records import Document, LayoutLine, PageLayout, Reading
from tests.conftest import SAMPLE, letters, truth
from tests.layouts import write_layouts

# Of paragraphs whole, exactly one passage, and footnotes whole. Measured: 1.0, .99 and 1.0.
FLOORS = {"whole": 0.98, "unit": 0.95, "notes": 0.97}


def read(path: Path) -> Reading:
    document, layouts = pdf.read(path, pdf.ReadSettings())
    return compose(document, layouts, language_of)


def set_pdf(folder: Path, source: str, name: str = "made.pdf") -> Path:
    path = folder / name
    path.write_bytes(typst.compile(source.encode()))
    return path


def assert_exact(reading: Reading) -> None:
    """Every passage is what its parts say, within its pages, and no two parts of a page overlap."""
    pages = {page.page_number: page for page in reading.pages}
    taken: dict[int, list[tuple[int, int]]] = {number: [] for number in pages}
    for passage in reading.passages:
        stretches = [pages[p.page_number].text[p.start_char : p.end_char] for p in passage.parts]
        assert "".join(stretches) == passage.text
        assert passage.text == unicodedata.normalize("NFC", passage.text)
        assert {box.page for box in passage.boxes} == {part.page_number for part in passage.parts}
        for part in passage.parts:
            assert part.start_char < part.end_char
            taken[part.page_number].append((part.start_char, part.end_char))
    for number, stretches_taken in taken.items():
        ordered = sorted(stretches_taken)
        assert all(a[1] <= b[0] for a, b in pairwise(ordered))
        assert all(0 <= r.start_char < r.end_char <= len(pages[number].text) for r in pages[number].runs)


@pytest.fixture(scope="module")
def layouts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return list(write_layouts(tmp_path_factory.mktemp("layouts")))


def test_layouts_that_no_rule_was_fitted_to(layouts: list[Path]) -> None:
    counts = {"whole": [0, 0], "unit": [0, 0], "notes": [0, 0]}
    for path in layouts:
        reading = read(path)
        assert_exact(reading)
        blocks = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["blocks"]
        kept = [letters(p.text) for p in reading.passages if p.kind not in ("header", "footer")]
        said = "".join(kept)
        for block in blocks:
            if block["type"] == "para":
                key = letters(block["text"])
                for measure, good in (("whole", key in said), ("unit", key in kept)):
                    counts[measure][0] += good
                    counts[measure][1] += 1
            if "note" in block:
                counts["notes"][0] += letters(block["note"]) in said
                counts["notes"][1] += 1
    scores = {measure: good / total for measure, (good, total) in counts.items()}
    assert all(scores[measure] >= floor for measure, floor in FLOORS.items()), scores


def test_running_heads_are_labelled_and_nothing_else_is(layouts: list[Path]) -> None:
    for path in layouts:
        said = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        reading = read(path)
        furniture = [p.text for p in reading.passages if p.kind in ("header", "footer")]
        assert len(furniture) == 2 * reading.document.n_pages
        assert all(any(head in text for head in said["running"]) for text in furniture)


SAMPLES = [
    name for name, document in truth().items() if not document["problem"] and document["kind"] != "scan"
]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_is_read_passage_by_passage(name: str) -> None:
    reading = read(SAMPLE / name)
    assert_exact(reading)
    kept = {letters(passage.text) for passage in reading.passages}
    wanted = [q for q in truth()[name]["passages"] if q["kind"] in ("body", "heading")]
    missing = [q["text"][:60] for q in wanted if letters(q["text"]) not in kept]
    assert not missing


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_says_what_it_is(name: str) -> None:
    document, said = read(SAMPLE / name).document, truth()[name]
    assert (document.kind, document.language, document.outlet) == (
        said["kind"],
        said["language"],
        said["outlet"],
    )
    assert letters(document.title) == letters(said["title"])
    assert document.published is not None and document.published.found
    assert str(document.published.start).startswith(str(said["published"])[:7])


def test_a_digest_is_split_into_articles() -> None:
    name = "2023-06_atelier-des-deux-rives_revue-de-presse.pdf"
    reading = read(SAMPLE / name)
    articles = reading.document.articles
    assert len(articles) == 9
    assert all(article.title and article.outlet and article.published for article in articles)
    assert sorted({passage.article for passage in reading.passages}) == list(range(9))


def test_a_wire_export_is_split_into_articles(tmp_path: Path) -> None:
    head = "= {title}\n\nBy Mariam Example\n\n312 words\n\n{date}\n\n{outlet}\n\nEnglish\n\nCopyright\n\n"
    body = "The mayor opened the bridge after two years of work, and the traders crossed it at noon. " * 3
    source = "#set page(height: auto)\n"
    for title, date, outlet in (
        ("A bridge for the river towns", "12 March 2021", "Reuters"),
        ("Rain ends the long dry season", "3 May 2021", "Agence France Presse"),
    ):
        source += (
            head.format(title=title, date=date, outlet=outlet) + body + "\n\nDocument RTRS000020210312\n\n"
        )
    articles = read(set_pdf(tmp_path, source)).document.articles
    found = [(a.title, a.outlet, a.author, str(a.published.start)) for a in articles if a.published]
    assert found == [
        ("A bridge for the river towns", "Reuters", "Mariam Example", "2021-03-12"),
        ("Rain ends the long dry season", "Agence France-Presse", "Mariam Example", "2021-05-03"),
    ]


def test_a_ruled_table_reads_as_sentences(tmp_path: Path) -> None:
    cells = "[*Place*], [*Wells*], [*Year*], [Old Ford], [12], [2019], [Mill by the river], [31], [2020]"
    source = f"#set page(height: auto)\n#table(columns: 3, {cells}, [Salt Hill], [7], [2021])"
    rows = [p.text for p in read(set_pdf(tmp_path, source)).passages if p.kind == "table"]
    assert rows[2] == "Place: Mill by the river; Wells: 31; Year: 2020"


def test_notes_are_apart_and_their_marks_are_not_in_the_text(tmp_path: Path) -> None:
    line = "The clerks counted the boats twice and wrote the number down. " * 4
    source = f"#set page(height: 12cm)\n{line}#footnote[Counted on a market day.] {line}"
    reading = read(set_pdf(tmp_path, source))
    note = next(p for p in reading.passages if p.kind == "footnote")
    assert (note.mark, note.text) == ("1", "Counted on a market day.")
    body = [p.text for p in reading.passages if p.kind == "body"]
    assert not any(character.isdigit() for character in "".join(body))


def test_headings_have_levels(tmp_path: Path) -> None:
    text = "The council met on market days and heard the millers first. " * 4
    source = f"#set page(height: auto)\n= Rivers\n\n{text}\n\n== Mills\n\n{text}\n\n== Fords\n\n{text}"
    headings = [(p.text, p.level) for p in read(set_pdf(tmp_path, source)).passages if p.kind == "heading"]
    assert headings == [("Rivers", 1), ("Mills", 2), ("Fords", 2)]


def test_ids_survive_other_paragraphs(tmp_path: Path) -> None:
    first = "The ferry was late again, and the letters came a day after the newspapers did. " * 3
    second = "Nobody had repaired the landing stage since the flood of the year before. " * 3
    layouts_of = [
        pdf.read(set_pdf(tmp_path, text, f"{number}.pdf"), pdf.ReadSettings())[1]
        for number, text in enumerate((first, f"{second}\n\n{first}"))
    ]
    document = Document("d" * 64, "x.pdf", 1)
    ids = [{p.text: p.id for p in compose(document, pages, language_of).passages} for pages in layouts_of]
    assert ids[0][first.strip()] == ids[1][first.strip()]


def _lines(page: int, words: list[list[str]], size: float, right_to_left: bool) -> Iterator[LayoutLine]:
    place = 0
    for number, row in enumerate(words):
        text = " ".join(row)
        yield LayoutLine(
            text=text,
            x0=60.0,
            top=70.0 + 14 * number,
            x1=60.0 + min(470.0, 5.0 * len(text)),
            bottom=82.0 + 14 * number,
            baseline=80.0 + 14 * number,
            size=size,
            bold=number % 7 == 3,
            font="",
            head_width=5.0 * len(row[0]),
            glyphs=range(place, place + len(text)),
            right_to_left=right_to_left,
        )
        place += len(text) + 2


WORD = st.text(st.characters(categories=("L", "Nd", "Po", "Pd")), min_size=1, max_size=12).map(
    lambda word: unicodedata.normalize("NFC", word)
)
ROWS = st.lists(st.lists(WORD, min_size=1, max_size=14), max_size=30)


@settings(max_examples=80)
@given(st.lists(st.tuples(ROWS, st.sampled_from((8.0, 10.0, 14.0)), st.booleans()), min_size=1, max_size=4))
def test_offsets_are_exact_whatever_the_lines(pages: list[tuple[list[list[str]], float, bool]]) -> None:
    made = [
        PageLayout(number, 595.0, 842.0, "text_layer", 1.0, tuple(_lines(number, rows, size, turned)))
        for number, (rows, size, turned) in enumerate(pages, start=1)
    ]
    reading = compose(Document("d" * 64, "x.pdf", 1, n_pages=len(made)), made, lambda _: "en")
    pages_read = {page.page_number: page for page in reading.pages}
    for passage in reading.passages:
        stretches = [pages_read[p.page_number].text[p.start_char : p.end_char] for p in passage.parts]
        assert "".join(stretches) == passage.text
    for layout, page in zip(made, reading.pages, strict=True):
        glyphs = {g: c for line in layout.lines for g, c in zip(line.glyphs, line.text, strict=True)}
        for run in page.runs:
            for place in range(run.start_char, run.end_char):
                glyph = run.first_glyph + run.step * (place - run.start_char)
                assert glyphs[glyph] == page.text[place]


def texts(reading: Reading, kind: str = "body") -> list[str]:
    return [passage.text for passage in reading.passages if passage.kind == kind]


def test_a_mark_alone_on_its_line_begins_its_note(tmp_path: Path) -> None:
    line = "The clerks counted the boats twice and wrote the number down. " * 4
    note = "#place(bottom)[#text(6pt)[#box(width: 12pt)[1]]#text(8pt)[Counted on a market day by two.]]"
    source = f"#set page(height: 12cm)\n{line}#super[1] {line}\n\n{note}"
    reading = read(set_pdf(tmp_path, source))
    assert [(p.mark, p.text) for p in reading.passages if p.kind == "footnote"] == [
        ("1", "Counted on a market day by two.")
    ]


def test_small_type_at_the_foot_of_a_cover_is_no_note(tmp_path: Path) -> None:
    source = "= The ferry\n\nRiver Towns Institute\n\n#place(bottom)[#text(7pt)[Background report]]"
    assert "footnote" not in {p.kind for p in read(set_pdf(tmp_path, source)).passages}


def test_lines_after_one_that_is_set_out_go_on_with_it(tmp_path: Path) -> None:
    text = "The clerks counted the boats twice and wrote the number down in the book of the harbour"
    source = "#set page(width: 9cm, height: auto)\n#grid(columns: (24pt, 1fr), row-gutter: 9pt, "
    source += f"[LP], [{text}], [TD], [Then])"
    assert any(letters(f"LP {text}") == letters(t) for t in texts(read(set_pdf(tmp_path, source))))


def test_narrow_justified_lines_are_no_table(tmp_path: Path) -> None:
    text = "Uninterruptedly administrators misunderstand unaccountable intergovernmental correspondence. " * 4
    source = (
        f"#set page(width: 7.5cm, height: auto)\n#set par(justify: true)\n#set text(hyphenate: false)\n{text}"
    )
    reading = read(set_pdf(tmp_path, source))
    assert not texts(reading, "table")
    assert [letters(t) for t in texts(reading)] == [letters(text)]


def test_text_beside_a_ruled_table_is_not_in_it(tmp_path: Path) -> None:
    cells = "[], [2019], [2020], [Old Ford], [12], [19], [Salt Hill], [7], [21]"
    source = "#set page(height: auto)\n#grid(columns: 2, column-gutter: 20pt, align: horizon, "
    source += f"[The wells of the district, counted twice.], table(columns: (90pt, 70pt, 70pt), {cells}))"
    reading = read(set_pdf(tmp_path, source))
    assert texts(reading) == ["The wells of the district, counted twice."]
    assert texts(reading, "table")[-1] == "Salt Hill; 2019: 7; 2020: 21"


def test_a_sentence_goes_on_behind_a_box(tmp_path: Path) -> None:
    half = "The council asked the millers and the herders of the four villages beyond the river to say "
    half += "when their animals drink, how many they are and which of"
    rest = "the wells they prefer, and wrote it down."
    box = "#place(top + right, block(stroke: 1pt, inset: 6pt, width: 4cm)[#text(9pt)[A box stands here.]])"
    source = f"#set page(height: 8cm, width: 14cm)\n#v(1fr)\n{half}\n#pagebreak()\n{box}\n#v(24pt)\n{rest}"
    assert f"{half} {rest}" in texts(read(set_pdf(tmp_path, source)))


def test_a_title_is_not_parted_from_its_name(tmp_path: Path) -> None:
    lines = (
        r"The question was put to the court and \ Mr.~Prendergast-Montgomery, coming from afar, \ answered."
    )
    source = f"#set page(width: 420pt, height: 200pt)\n#set text(size: 11pt)\n{lines}"
    reading = read(set_pdf(tmp_path, source))
    assert len(texts(reading)) == 1


def test_a_long_lettered_heading_is_no_list(tmp_path: Path) -> None:
    title = "B. Good offices and special assignments of the representative of the secretary in the valleys"
    source = f"#set page(width: 420pt, height: 300pt)\n*{title}*\n\n{'The talks went on. ' * 12}"
    assert texts(read(set_pdf(tmp_path, source)), "heading") == [title]


PLAIN = "#set page(width: 300pt, height: 400pt)\n#set text(size: 10pt)\n"
TALKS = "The talks went on in the valley until the envoys had gone home again. " * 4


def test_a_line_in_a_typeface_of_its_own_is_a_heading(tmp_path: Path) -> None:
    title = '#text(font: "DejaVu Sans Mono", size: 9pt)[{}]\\ '
    source = f"{PLAIN}{title.format('Visits')}{TALKS}\n\n{title.format('Term: four years')}{TALKS}"
    assert texts(read(set_pdf(tmp_path, source)), "heading") == ["Visits"]


def test_a_font_known_by_its_number_is_a_typeface(tmp_path: Path) -> None:
    text = '#text(font: "New Computer Modern{}")[{}]'
    source = f"{PLAIN}{text.format('', 'Method')}\\ {text.format(' Math', TALKS)}"
    assert texts(read(set_pdf(tmp_path, source)), "heading") == ["Method"]


def test_a_line_apart_over_numbered_text_is_a_heading(tmp_path: Path) -> None:
    source = f"{PLAIN}Background\n\n1. {TALKS}\n\nUnder way\n\n2. {TALKS}\n\nHe asked for\\ {TALKS}"
    source = source.replace("1. ", "1\\. ").replace("2. ", "2\\. ")
    assert texts(read(set_pdf(tmp_path, source)), "heading") == ["Background", "Under way"]


def test_type_drawn_bold_by_a_stroke_is_bold(tmp_path: Path) -> None:
    stroke = "#set text(stroke: 0.3pt + black)\n"
    source = f"{PLAIN}#text(stroke: 0.3pt + black)[Second day]\\ {TALKS}"
    assert texts(read(set_pdf(tmp_path, source)), "heading") == ["Second day"]
    whole = read(set_pdf(tmp_path, f"{PLAIN}{stroke}{TALKS}\n\nThe envoys left.\n\n{TALKS}", "whole.pdf"))
    assert not texts(whole, "heading") and len(texts(whole)) == 3


def test_a_title_between_a_list_and_a_sentence_is_in_neither(tmp_path: Path) -> None:
    items = "- The valley: a long road home (no. 12)\n- The ford: another report (no. 13)"
    title = '#text(font: "DejaVu Sans Mono", size: 9.5pt)[Visit]'
    text = f"{items}\n{title}\n\nEnvoys came in March to the ford.\n"
    source = f"{PLAIN}#set par(leading: 3pt, spacing: 3pt)\n{text}"
    reading = read(set_pdf(tmp_path, source))
    assert texts(reading, "heading") == ["Visit"]
    assert texts(reading, "list")[-1].endswith("(no. 13)")


def test_a_title_of_three_lines_in_italics_is_a_heading(tmp_path: Path) -> None:
    title = (
        "What the drought, the floods and the hunger of the herds have done to the peace of the valley "
        "and to its fords, with a word on the mills"
    )
    source = f"{PLAIN}{TALKS}\n\n_{title}_\n\n1\\. {TALKS}\n\n_{TALKS.strip()}_\n\n2\\. {TALKS}"
    assert texts(read(set_pdf(tmp_path, source)), "heading") == [title]


def test_a_standfirst_and_a_byline_in_italics_are_no_headings(tmp_path: Path) -> None:
    stand = (
        "JNIM freed the five teachers of Ansongo in exchange for two of its jailed fighters "
        "after elders of Gao had gone to see it"
    )
    source = f"{PLAIN}_{stand}_\n\n{TALKS}\n\n_By Ada Mbarga in Gao_\n\n{TALKS}"
    reading = read(set_pdf(tmp_path, source))
    assert not {stand, "By Ada Mbarga in Gao"} & set(texts(reading, "heading"))
    assert stand in texts(reading) and reading.document.title != stand
    assert reading.document.articles[0].author == "Ada Mbarga in Gao"


def test_a_figures_number_and_title_are_one_caption(tmp_path: Path) -> None:
    source = f"{PLAIN}{TALKS}\n\nFigure I\\ *Crossings of the ford by month*\n#v(60pt)\n{TALKS}"
    assert texts(read(set_pdf(tmp_path, source)), "caption") == ["Figure I Crossings of the ford by month"]


def test_a_line_that_closes_a_bracket_goes_on(tmp_path: Path) -> None:
    facts = r"*Five mills* needed (March \ June) for the valley \ Two fords were closed"
    reading = read(set_pdf(tmp_path, f"{PLAIN}{TALKS}\n\n{facts}\n\n{TALKS}"))
    assert any("(March June) for" in text for text in texts(reading))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("50 Years of the Mission", "50 Years of the Mission"),
        ("#context counter(page).display() Years of the Mission", "Years of the Mission"),
    ],
)
def test_a_running_head_keeps_its_own_figures(tmp_path: Path, head: str, title: str) -> None:
    chapters = "".join(f"{TALKS}\n= The talks of year {chr(97 + number)}\n" for number in range(24)) + TALKS
    source = f"{PLAIN}#set page(header: [{head}])\n{chapters}"
    assert read(set_pdf(tmp_path, source)).document.title == title
