"""A stage's documents into batches of like work, so that no worker waits for another's long report."""

import heapq
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

from nijar_nlp.config import Config
from nijar_nlp.store import documents

# More batches than this would cost the orchestrator more than they bring; then they are larger.
MOST_BATCHES = 100
# Of a few long documents, so many batches a worker keep all at work to the end.
_BATCHES_A_WORKER = 4


def batches_of_files(files: Iterable[str], config: Config) -> list[list[str]]:
    """Files in batches of like size in bytes; one that has gone meanwhile weighs nothing."""
    return shared_out({file: _size(file) for file in files}, config)


def batches_of_documents(document_ids: Iterable[str], config: Config) -> list[list[str]]:
    """Documents in batches of like numbers of pages."""
    ids = list(document_ids)
    pages = documents.n_pages(ids)
    return shared_out({identity: pages.get(identity, 0) for identity in ids}, config)


def shared_out(weights: Mapping[str, int], config: Config) -> list[list[str]]:
    """The longest first, each to the batch with the least work so far (Graham 1969, LPT)."""
    wanted = max(math.ceil(len(weights) / config.run.batch_documents), _BATCHES_A_WORKER * config.run.workers)
    n_batches = min(wanted, len(weights), MOST_BATCHES)
    batches: list[list[str]] = [[] for _ in range(n_batches)]
    least = [(0, 0, number) for number in range(n_batches)]
    for item, weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])):
        work, length, number = least[0]
        batches[number].append(item)
        heapq.heapreplace(least, (work + weight, length + 1, number))
    return batches


def _size(file: str) -> int:
    try:
        return Path(file).stat().st_size
    except OSError:
        return 0
