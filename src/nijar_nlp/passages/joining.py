"""Blocks that a column's or a page's end has cut in two, joined."""

from collections.abc import Sequence, Set

from nijar_nlp.passages.blocks import Block
from nijar_nlp.passages.paragraphs import (
    BULLET,
    ENUMERATOR,
    fits,
)
from nijar_nlp.passages.wording import ends_open, ends_sentence, starts_small

_FAR = 4  # texts looked back over for the beginning of a sentence


def join(groups: Sequence[list[Block]], *, justified: bool) -> list[Block]:
    """The blocks of all runs in order, those joined that one paragraph's lines had made."""
    indents = _indents([block for group in groups for block in group])
    out: list[Block] = []
    ends = {id(group[-1]) for group in groups if group}
    for group in groups:
        for number, block in enumerate(group):
            target = _target(out, block, ends) if number == 0 else None
            if target is not None and _goes_on(target, block, indents, justified):
                target.rows.extend(block.rows)
                ends.update([id(target)] if id(block) in ends else [])
                target.left, target.right = block.left, block.right
            else:
                out.append(block)
    return out


def _target(out: Sequence[Block], after: Block, ends: Set[int]) -> Block | None:
    """The last block that running text could continue.

    Where the text begins in the midst of a sentence, a whole text in between (a box, a float) is passed over
    for one that breaks off at a column's end; `ends` are the ids of the blocks that end a column.
    """
    last = None
    passed = 0
    for block in reversed(out):
        if block.kind == "heading" or passed == _FAR:
            break
        if block.kind not in ("body", "list"):
            continue
        last = last or block
        passed += 1
        alike = abs(block.rows[-1].size - after.rows[0].size) <= 0.08 * after.rows[0].size
        if id(block) in ends and alike and _is_wide(block) and not ends_sentence(block.text):
            return block
        if not starts_small(after.text):
            break
    return last


def _indents(blocks: Sequence[Block]) -> bool:
    """Whether the document sets its paragraphs' first lines in."""
    long = [block for block in blocks if block.kind == "body" and len(block.rows) > 1]
    return sum(block.indented for block in long) * 2 > len(long)


def _is_wide(block: Block) -> bool:
    """Whether a block's last row reaches well across its column, as a heading's or a signature's does not."""
    last = block.rows[-1]
    return last.x1 - last.x0 > 0.6 * (block.right - block.left)


def _goes_on(before: Block, block: Block, indents: bool, justified: bool) -> bool:
    last, first = before.rows[-1], block.rows[0]
    if block.kind not in ("body", "list") or last.bold != first.bold:
        return False
    if abs(last.size - first.size) > 0.08 * last.size:
        return False
    if ends_open(last.text) and starts_small(first.text):
        return True
    if BULLET.match(first.text) or ENUMERATOR.match(first.text):
        return False
    if not ends_sentence(last.text) and (starts_small(first.text) or _is_wide(before)):
        return True
    starts_anew = indents and block.indented and len(block.rows) > 1
    return not fits(last, first, before.right, justified=justified) and not starts_anew
