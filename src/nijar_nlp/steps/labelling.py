"""Files of labels into the folder of labels, and all labels that there are into files."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from nijar_nlp import corpus, labels
from nijar_nlp.config import Config
from nijar_nlp.language import language_of
from nijar_nlp.records import content_id
from nijar_nlp.steps.examples import decided, disagreements, imported, stale_labels

_COLUMNS = ["passage_id", "tag", "said", "by", "codebook"]


def import_labels(file: Path, config: Config, codebook: str | None = None) -> labels.Brought:
    """Put a file's labels, in any form that `labels` knows, into the folder of labels.

    They are taken for labels by version `codebook`, by default the present one. A file brought in twice is
    kept once.
    """
    version = codebook or corpus.load_codebook(config.path(config.corpus.codebook)).version
    today = datetime.now(UTC).date().isoformat()
    brought = labels.bring_in(file, language_of, version, today)
    if brought.examples:
        folder = config.path(config.learning.labels)
        folder.mkdir(parents=True, exist_ok=True)
        name = content_id(*sorted(example.id for example in brought.examples))
        text = labels.write_jsonl(brought.examples)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return brought


def export_labels(form: str, config: Config) -> str:
    """All labels, of the store's decisions and brought in, as a file in one of labels.FORMS."""
    return labels.FORMS[form]([*decided(), *imported(config)])


def open_labels(config: Config) -> pd.DataFrame:
    """What people should decide again: what they differ on, and labels of a definition that has changed."""
    rows = [
        (
            one.passage_id,
            one.tag,
            f"present: {', '.join(one.present)}; absent: {', '.join(one.absent)}",
            "",
            "",
        )
        for one in disagreements()
    ]
    rows += [
        (one.passage_id, one.tag, "present" if one.present else "absent", ", ".join(one.by), one.codebook)
        for one in stale_labels(config)
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)
