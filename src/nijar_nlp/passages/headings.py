"""Headings into levels, by their type and their numbering."""

import re
from collections.abc import Sequence

from nijar_nlp.passages.blocks import Block

_NUMBERINGS = (  # from the highest to the lowest, as reports use them
    re.compile(r"^(?:chapter|chapitre|part|partie|annex|annexe|الفصل|الباب|المرفق)\b", re.IGNORECASE),
    re.compile(r"^[IVX]{1,5}\.?\s"),
    re.compile(r"^[A-Z]\.\s"),
    re.compile(r"^\d{1,2}\.?\s"),
    re.compile(r"^\d{1,2}\.\d{1,2}\.?\s"),
    re.compile(r"^\d{1,2}\.\d{1,2}\.\d{1,2}"),
    re.compile(r"^\(?[a-z]\)"),
)


def set_levels(blocks: Sequence[Block]) -> None:
    """Give each heading its level: 1 for the largest type; within one type, by its numbering."""
    headings = [block for block in blocks if block.kind == "heading"]
    keys = sorted({_key(block) for block in headings})
    for block in headings:
        block.level = keys.index(_key(block)) + 1


def _key(block: Block) -> tuple[float, int]:
    text = block.rows[0].text
    number = next((k for k, form in enumerate(_NUMBERINGS) if form.match(text)), len(_NUMBERINGS))
    return -round(block.rows[0].size), number
