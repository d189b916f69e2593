"""A random sample of the store's passages, and what people said of it, into the recall of what was tagged."""

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from nijar_nlp.config import Config
from nijar_nlp.records import TAGS, Passage
from nijar_nlp.screening import in_audit, recall
from nijar_nlp.steps.examples import decided, imported
from nijar_nlp.steps.finding import TAGGED_KINDS
from nijar_nlp.store import documents, findings


@dataclass(frozen=True)
class Audit:
    """The sample: how many passages, which of them wait for people, and the recall by tag and part.

    `table` has the columns part, tag, present (passages that carry the tag by people's word), tagged (of them
    by the model), low and high (95 %), a row only where there is something to count.
    """

    n_passages: int
    waiting: tuple[Passage, ...]
    table: pd.DataFrame


def audit(config: Config) -> Audit:
    """The audit as it stands. The sample goes by a hash of the passages' ids: no model has a say in it."""
    share = config.learning.audit_share
    ids = [i for i in documents.passage_ids(TAGGED_KINDS) if in_audit(i, share)]
    said = {e.id: e.tags for e in (*imported(config), *decided(implied=False)) if e.id in set(ids)}
    waiting = [i for i in ids if set(said.get(i, {})) != set(TAGS)]
    tagged, where = findings.chosen_tags(ids), documents.provenance(ids)
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for identity, tags in said.items():
        for tag in (tag for tag, present in tags.items() if present):
            for part in ("all", *where[identity]):
                found[part, tag].append(tag in tagged.get(identity, ()))
    rows = [recall(part, tag, hits) for (part, tag), hits in sorted(found.items())]
    columns = ["part", "tag", "present", "tagged", "low", "high"]
    return Audit(len(ids), documents.passages_by_id(waiting), pd.DataFrame(rows, columns=columns))
