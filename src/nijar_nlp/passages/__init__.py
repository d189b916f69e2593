"""Pages as printed into passages in reading order, and the page texts that they are stretches of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from nijar_nlp.passages.blocks import Block
from nijar_nlp.passages.charts import label_charts
from nijar_nlp.passages.facts import with_facts
from nijar_nlp.passages.flow import Run, is_justified, runs_of, set_edges
from nijar_nlp.passages.furniture import label_furniture
from nijar_nlp.passages.headings import set_levels
from nijar_nlp.passages.joining import join
from nijar_nlp.passages.notes import label_notes, mark_of
from nijar_nlp.passages.paragraphs import blocks_of
from nijar_nlp.passages.rows import Measures, Sheet, measure, sheets_of
from nijar_nlp.passages.tables import ruled_blocks, table_blocks
from nijar_nlp.passages.writing import Words, Writer
from nijar_nlp.records import Document, PageLayout, Reading

__all__ = ["compose"]


def compose(document: Document, layouts: Sequence[PageLayout], language_of: Callable[[str], str]) -> Reading:
    """The Reading of a document from its pages' layouts.

    For every passage the stretches of page text that its parts name make its text, exactly. Headers come
    first and footnotes and footers last on their page.
    """
    sheets = sheets_of(layouts)
    rows = list(chain.from_iterable(sheet.rows for sheet in sheets))
    label_furniture(sheets)
    measures = measure([row for row in rows if not row.kind])
    charts = label_charts(sheets, measures)
    label_notes(sheets, measures)
    runs = [run for sheet in sheets for run in runs_of(sheet)]
    set_edges(runs)
    measures = replace(measures, justified=is_justified(runs))
    body = join([_blocks(run, measures) for run in runs], justified=measures.justified)
    set_levels(body)
    writer = Writer(document, layouts, Words(rows))
    for block in _in_order(sheets, body, charts):
        writer.add(block, language_of)
    facts, passages = with_facts(document, writer.passages)
    return Reading(facts, writer.pages(), tuple(passages))


def _blocks(run: Run, measures: Measures) -> list[Block]:
    if not run.table:
        return blocks_of(run, measures)
    return table_blocks(run.rows) if run.rows[0].line.cell is None else ruled_blocks(run.rows)


def _in_order(
    sheets: Sequence[Sheet], body: Sequence[Block], charts: Mapping[int, Sequence[Block]]
) -> list[Block]:
    """All blocks by page: headers, then what starts on the page, then charts, footnotes and footers."""
    by_page: dict[int, list[Block]] = {sheet.number: [] for sheet in sheets}
    for sheet in sheets:
        by_page[sheet.number].extend(_single(sheet, "header"))
    for block in body:
        by_page[block.rows[0].page].append(block)
    open_note: Block | None = None
    for sheet in sheets:
        by_page[sheet.number].extend(charts.get(sheet.number, ()))
        notes = _notes(sheet, open_note)
        by_page[sheet.number].extend(notes)
        open_note = notes[-1] if notes else None
        by_page[sheet.number].extend(_single(sheet, "footer"))
    return list(chain.from_iterable(by_page.values()))


def _single(sheet: Sheet, kind: str) -> list[Block]:
    return [Block(kind, [row], row.x0, row.x1) for row in sheet.rows if row.kind == kind]


def _notes(sheet: Sheet, open_note: Block | None) -> list[Block]:
    """A page's footnotes; rows before the first mark go on with the note of the page before."""
    notes: list[Block] = []
    rows = [row for row in sheet.rows if row.kind == "footnote"]
    for row, after in zip_longest(rows, rows[1:]):
        mark = mark_of(row, after)[0]
        raised = bool(row.line.raised) and row.line.raised[0][0] == 0
        if mark and (raised or mark == row.text or _next(notes, mark)):
            notes.append(Block("footnote", [row], row.x0, row.x1, mark=mark))
        elif notes:
            notes[-1].rows.append(row)
        elif open_note is not None:
            open_note.rows.append(row)
        else:
            notes.append(Block("footnote", [row], row.x0, row.x1, mark=mark))
    return notes


def _next(notes: Sequence[Block], mark: str) -> bool:
    """Whether a mark that is not raised can be the next note's."""
    if not notes or not notes[-1].mark.isdigit() or not mark.isdigit():
        return True
    return int(mark) == int(notes[-1].mark) + 1
