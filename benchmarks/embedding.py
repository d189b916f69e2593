"""Texts into vectors: the mean of the last states of the project's encoder, of length 1."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from nijar_nlp.tagger.encoder import MODEL_FILE, MOST_TOKENS, TOKENIZER_FILE, quiet

STATES = "/encoder/encoder/layer.11/output/LayerNorm/LayerNormalization_output_0"
# Numbers of the fields in ONNX's protocol buffers: a model's graph, a graph's outputs, an output's name.
_GRAPH, _OUTPUT, _NAME = 7, 12, 1


def embedded(texts: Sequence[str], folder: Path, states: str = STATES) -> NDArray[np.float64]:
    """One row a text, by the encoder in a folder; `states` names what in its graph is averaged."""
    # Messages put one after the other are merged: so the graph gains an output.
    output = _field(_GRAPH, _field(_OUTPUT, _field(_NAME, states.encode())))
    session = onnxruntime.InferenceSession((folder / MODEL_FILE).read_bytes() + output)
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    tokenizer.enable_truncation(MOST_TOKENS)
    rows = []
    for text in texts:
        ids = np.array([tokenizer.encode(quiet(text)).ids], dtype=np.int64)
        (found,) = session.run([states], {"ids": ids, "mask": np.ones_like(ids)})
        mean = found[0].mean(axis=0, dtype=np.float64)
        rows.append(mean / np.linalg.norm(mean))
    return np.array(rows)


def _field(number: int, body: bytes) -> bytes:
    """A field of a protocol buffer: its number, its length, its bytes."""
    length, rest = b"", len(body)
    while rest > 127:
        length, rest = length + bytes([rest & 127 | 128]), rest >> 7
    return bytes([number << 3 | 2]) + length + bytes([rest]) + body
