"""The division of a stage's work: nothing lost, nothing twice, and batches of like weight."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from nijar_nlp.config import load_config
from nijar_nlp.steps.sharing import MOST_BATCHES, batches_of_files, shared_out
from tests.conftest import ROOT

CONFIG = load_config(ROOT / "config.yaml")
WEIGHTS = st.dictionaries(st.text(min_size=1, max_size=6), st.integers(0, 1000), max_size=300)


@given(WEIGHTS)
def test_each_is_in_one_batch_and_no_batch_is_empty(weights: dict[str, int]) -> None:
    batches = shared_out(weights, CONFIG)
    assert sorted(item for batch in batches for item in batch) == sorted(weights)
    assert all(batches) and len(batches) <= MOST_BATCHES


@given(WEIGHTS)
def test_no_batch_outweighs_the_lightest_by_more_than_one_of_its_items(weights: dict[str, int]) -> None:
    batches = shared_out(weights, CONFIG)
    work = [sum(weights[item] for item in batch) for batch in batches]
    for batch, own in zip(batches, work, strict=True):
        assert own - min(work) <= weights[batch[-1]]


def test_a_long_file_does_not_keep_short_ones_waiting(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.pdf" for number in range(CONFIG.run.batch_documents)]
    for file in files:
        file.write_bytes(b" " * 10)
    files[3].write_bytes(b" " * 10_000)
    batches = batches_of_files([str(file) for file in (*files, tmp_path / "gone.pdf")], CONFIG)
    assert batches[0] == [str(files[3])]
    assert len(batches) >= 2 * CONFIG.run.workers
