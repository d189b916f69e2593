"""A random sample of the store's passages, and what people said of it, into the recall of what was tagged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nijar_nlp.config import Config
from nijar_nlp.records import TAGS, Passage
from nijar_nlp.screening import Recall, in_audit, recall, screened
from nijar_nlp.steps.examples import decided, imported
from nijar_nlp.steps.finding import TAGGED_KINDS
from nijar_nlp.store import documents, findings, queue

if TYPE_CHECKING:
    import pandas as pd


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
    import pandas as pd  # takes a second, which a run need not wait for

    ids = [i for i in documents.passage_ids(TAGGED_KINDS) if in_audit(i, config.learning.audit_share)]
    said = _said(config)
    waiting = [i for i in ids if set(said.get(i, {})) != set(TAGS)]
    table = pd.DataFrame(_recalls(said), columns=Recall._fields)
    return Audit(len(ids), documents.passages_by_id(waiting), table)


def coverage(config: Config) -> dict[str, Any]:
    """What a report shows of it: recall by tag so far, and where the review of the candidates stands."""
    stand = screened(*queue.screened())
    found = [one._asdict() for one in _recalls(_said(config)) if one.part == "all"]
    return {
        "recall": [{name: value for name, value in row.items() if name != "part"} for row in found],
        "screening": {**stand._asdict(), "p": round(stand.p, 4), "stop": stand.stop},
    }


def _said(config: Config) -> dict[str, Mapping[str, bool]]:
    """By id, what people said of passages of the sample."""
    share = config.learning.audit_share
    examples = (*imported(config), *decided(implied=False))
    said = {e.id: e.tags for e in examples if in_audit(e.id, share)}
    return {p.id: said[p.id] for p in documents.passages_by_id(said) if p.kind in TAGGED_KINDS}


def _recalls(said: Mapping[str, Mapping[str, bool]]) -> list[Recall]:
    tagged, where = findings.chosen_tags(said), documents.provenance(said)
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for identity, tags in said.items():
        for tag in (tag for tag, present in tags.items() if present):
            for part in ("all", *where[identity]):
                found[part, tag].append(tag in tagged.get(identity, ()))
    return [recall(part, tag, hits) for (part, tag), hits in sorted(found.items())]
