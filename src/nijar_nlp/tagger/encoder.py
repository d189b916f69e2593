"""Texts into the log-odds of a fine-tuned multilingual encoder."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from nijar_nlp.errors import ModelError
from nijar_nlp.records import TAGS

MODEL_FILE = "encoder.onnx"
TOKENIZER_FILE = "tokenizer.json"

MOST_TOKENS = 384
# Share of capitals from which a text is read in small letters: the encoder has seen few words in capitals.
SHOUTING = 0.6


@dataclass(frozen=True)
class Encoder:
    """An ONNX encoder and its tokenizer, in one folder.

    Its head weighs the tokens by attention of its own for each tag (Bahdanau et al. 2015) and gives every
    token its share in the log-odds, so that one clause of a long paragraph is enough.

    Texts go through one by one: eight-bit activations are scaled over a whole batch, so that neighbours would
    move a text's log-odds, and larger batches were no faster (22 passages/s alone, 22 at 512 tokens, 16 at
    2,048, side by side on one core). Each process uses one thread: as many processes as cores are faster
    than threads in one.
    """

    folder: Path

    def log_odds(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """One row a text, one column a tag, in the order of records.TAGS."""
        found = np.zeros((len(texts), len(TAGS)))
        for row, text in enumerate(texts):
            ids = np.array([self._tokenizer.encode(quiet(text)).ids], dtype=np.int64)
            (shares,) = self._session.run(["shares"], {"ids": ids, "mask": np.ones_like(ids)})
            found[row] = shares[0].sum(axis=0)
        return found

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(
            self._file(MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(self._file(TOKENIZER_FILE))
        tokenizer.enable_truncation(MOST_TOKENS)
        return tokenizer

    def _file(self, name: str) -> str:
        if not (self.folder / name).is_file():
            raise ModelError(
                "The encoder is absent",
                self.folder.name,
                f"{name} must lie in its folder.",
                "Restore the models folder.",
            )
        return str(self.folder / name)


def quiet(text: str) -> str:
    """The text in small letters where most of its letters are capitals; offsets stay."""
    letters = [character for character in text if character.isalpha()]
    if letters and sum(character.isupper() for character in letters) > SHOUTING * len(letters):
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return text
