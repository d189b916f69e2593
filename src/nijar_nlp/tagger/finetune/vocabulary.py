"""A tokenizer of a hundred languages into one of English, French and Arabic."""

import json
from pathlib import Path
from typing import Any

import wordfreq
from tokenizers import Tokenizer

from nijar_nlp.records import LANGUAGES

# The commonest words of each language, whose pieces stay.
N_WORDS = 60000
N_CAPITALS = 8000
_SPECIAL = 4
_BLOCKS = ((0, 0x250), (0x600, 0x700), (0x2000, 0x20D0), (0x2200, 0x2300), (0x2580, 0x25A0))


def pruned(source: Path) -> tuple[dict[str, Any], list[int]]:
    """The tokenizer's description with fewer pieces, and the old numbers of those that stay, in order.

    Single characters of the three languages stay, so that every word can still be spelled.
    """
    description = json.loads(source.read_text(encoding="utf-8"))
    pieces = description["model"]["vocab"]
    keep = _of_words(Tokenizer.from_file(str(source))) | set(range(_SPECIAL)) | {len(pieces) - 1}
    keep |= {
        number for number, (piece, _) in enumerate(pieces) if _is_letter(piece) or _is_short_number(piece)
    }
    order = sorted(keep)
    new = {old: number for number, old in enumerate(order)}
    description["model"]["vocab"] = [pieces[old] for old in order]
    for token in description["added_tokens"]:
        token["id"] = new[token["id"]]
    for token in description["post_processor"]["special_tokens"].values():
        token["ids"] = [new[old] for old in token["ids"]]
    return description, order


def _of_words(tokenizer: Tokenizer) -> set[int]:
    keep: set[int] = set()
    for language in LANGUAGES:
        words = wordfreq.top_n_list(language, N_WORDS)
        forms = [*words, *(w.capitalize() for w in words), *(w.upper() for w in words[:N_CAPITALS])]
        for encoding in tokenizer.encode_batch(forms, add_special_tokens=False):
            keep.update(encoding.ids)
    return keep


def _is_letter(piece: str) -> bool:
    bare = piece.lstrip("▁")
    return len(bare) <= 1 and all(any(low <= ord(c) < high for low, high in _BLOCKS) for c in piece)


def _is_short_number(piece: str) -> bool:
    return piece.lstrip("▁").isdigit() and len(piece) <= 5
