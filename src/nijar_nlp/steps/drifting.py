"""The documents of a run, held against those before, into what has moved."""

from collections.abc import Mapping, Sequence
from typing import Any

from nijar_nlp.evaluation import Moved, moved
from nijar_nlp.steps.finding import TAGGED_KINDS
from nijar_nlp.store.looks import looks


def drift(outcomes: Sequence[Mapping[str, Any]]) -> list[Moved]:
    """What is not in the files read by a run as it was in all before."""
    new = {outcome["document_id"] for outcome in outcomes if outcome["state"] == "read"}
    if not new:
        return []
    found = looks(TAGGED_KINDS, new)
    return moved(
        [look for look in found if look.document_id not in new],
        [look for look in found if look.document_id in new],
    )


def drift_facts(found: Sequence[Moved]) -> list[dict[str, Any]]:
    """The same for a summary: names of groups are words of documents and stay out."""
    return [
        {
            "kind": one.kind,
            "what": "" if one.kind == "group" else one.what,
            "outlet": one.outlet,
            "month": one.month,
            "before": round(one.before, 4),
            "now": round(one.now, 4),
            "documents": one.n_documents,
            "passages": list(one.passage_ids),
        }
        for one in found
    ]
