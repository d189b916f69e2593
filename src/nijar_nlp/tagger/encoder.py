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

# Padded tokens of a batch: batches of like lengths waste little, and this many fit the processor's cache.
BATCH_TOKENS = 2048
MOST_TOKENS = 384
# Share of capitals from which a text is read in small letters: the encoder has seen few words in capitals.
SHOUTING = 0.6


@dataclass(frozen=True)
class Encoder:
    """An ONNX encoder and its tokenizer, in one folder.

    Its head weighs the tokens by attention of its own for each tag (Bahdanau et al. 2015) and gives every
    token its share in the log-odds, so that one clause of a long paragraph is enough.

    Each process uses one thread: as many processes as cores are faster than threads in one.
    """

    folder: Path

    def log_odds(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """One row a text, one column a tag, in the order of records.TAGS."""
        codes = [encoding.ids for encoding in self._tokenizer.encode_batch([quiet(text) for text in texts])]
        found = np.zeros((len(texts), len(TAGS)))
        for batch in _batches([len(code) for code in codes]):
            longest = max(len(codes[i]) for i in batch)
            ids = np.full((len(batch), longest), self._padding, dtype=np.int64)
            mask = np.zeros((len(batch), longest), dtype=np.int64)
            for row, i in enumerate(batch):
                ids[row, : len(codes[i])] = codes[i]
                mask[row, : len(codes[i])] = 1
            found[batch] = self._session.run(["shares"], {"ids": ids, "mask": mask})[0].sum(axis=1)
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

    @cached_property
    def _padding(self) -> int:
        padding = self._tokenizer.token_to_id("<pad>")
        return 0 if padding is None else padding


def quiet(text: str) -> str:
    """The text in small letters where most of its letters are capitals; offsets stay."""
    letters = [character for character in text if character.isalpha()]
    if letters and sum(character.isupper() for character in letters) > SHOUTING * len(letters):
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return text


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Positions in batches of like length, none above BATCH_TOKENS padded tokens unless alone."""
    batches: list[list[int]] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batches and (len(batches[-1]) + 1) * lengths[position] <= BATCH_TOKENS:
            batches[-1].append(position)
        else:
            batches.append([position])
    return batches
