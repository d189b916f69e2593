"""An encoder that remembers what it said of a text."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nijar_nlp.records import TAGS
from nijar_nlp.tagger.encoder import MODEL_FILE, Encoder

# Texts between two writings of the file: a training that was killed goes on from there.
_AT_ONCE = 512
# Texts that a thread reads at once: enough for batches of like lengths.
_OF_A_THREAD = 64


@dataclass(frozen=True)
class CachedEncoder(Encoder):
    """An encoder with a file, in the folder `cache`, of the log-odds by a hash of the text, without the text.

    `workers` threads read what is new; `progress` is told how many texts were read, of how many.
    """

    cache: Path = Path()
    workers: int = 1
    progress: Callable[[int, int], None] = lambda done, total: None

    def log_odds(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """One row a text, one column a tag, in the order of records.TAGS."""
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        for start in range(0, len(new), _AT_ONCE):
            chunk = list(new.values())[start : start + _AT_ONCE]
            self.remember(chunk, self._read(chunk))
            self.progress(start + len(chunk), len(new))
        return np.array([self._known[key] for key in keys]).reshape(-1, len(TAGS))

    def remember(self, texts: Sequence[str], rows: Iterable[NDArray[np.float64]]) -> None:
        """Keep the log-odds of texts, one row each, also for processes to come."""
        self._known.update(zip(map(_key, texts), rows, strict=True))
        self._write()

    def _read(self, texts: Sequence[str]) -> Iterable[NDArray[np.float64]]:
        parts = [texts[i : i + _OF_A_THREAD] for i in range(0, len(texts), _OF_A_THREAD)]
        with ThreadPoolExecutor(self.workers) as pool:
            for rows in pool.map(super().log_odds, parts):
                yield from rows

    @cached_property
    def _known(self) -> dict[bytes, NDArray[np.float64]]:
        if not self._cache_file.is_file():
            return {}
        with np.load(self._cache_file) as stored:
            return dict(zip((key.tobytes() for key in stored["keys"]), stored["rows"], strict=True))

    @cached_property
    def _cache_file(self) -> Path:
        digest = hashlib.sha256(Path(self._file(MODEL_FILE)).read_bytes()).hexdigest()[:16]
        return self.cache / f"{self.folder.name}-{digest}.npz"

    def _write(self) -> None:
        self.cache.mkdir(parents=True, exist_ok=True)
        keys = np.frombuffer(b"".join(self._known), dtype=np.uint8).reshape(-1, 16)
        rows = np.array(list(self._known.values()))
        with tempfile.NamedTemporaryFile(dir=self.cache, suffix=".new", delete=False) as aside:
            np.savez(aside, keys=keys, rows=rows)
        Path(aside.name).replace(self._cache_file)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]
