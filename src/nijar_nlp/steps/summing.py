"""What became of each file, and what the store holds, into the summary of a run."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nijar_nlp import mentions
from nijar_nlp.config import Config
from nijar_nlp.evaluation import Moved
from nijar_nlp.pdf import missing_ocr_languages
from nijar_nlp.steps import extraction, parts
from nijar_nlp.steps.attempting import set_aside
from nijar_nlp.steps.auditing import coverage
from nijar_nlp.steps.drifting import drift_facts
from nijar_nlp.store import candidates, documents, findings, grouped


def summarise(
    outcomes: Sequence[Mapping[str, Any]],
    clock: Mapping[str, Mapping[str, float]],
    drifted: Sequence[Moved],
    config: Config,
) -> dict[str, Any]:
    """What a run did, from what became of each file, what moved, what it lacked, and what the store holds."""
    states = Counter(outcome["state"] for outcome in outcomes)
    pages = sum(outcome["n_pages"] for outcome in outcomes)
    return {
        "files": {state: states[state] for state in ("read", "known", "failed")},
        "failures": [
            {"file": Path(o["file"]).name, "problem": o["problem"], "reason": o["reason"]}
            for o in outcomes
            if o["problem"]
        ],
        "put_aside": put_aside(config),
        "missing": lacking(config),
        "moved": drift_facts(drifted),
        "coverage": coverage(config),
        "pages": pages,
        "passages": sum(outcome["n_passages"] for outcome in outcomes),
        "documents_tagged": int(clock["tag"]["items"]),
        "store": documents.counts(),
        "tags": findings.tag_counts(),
        "candidates": {
            "new": len(candidates.candidates("new")),
            "known": len({c.known_case for c in candidates.candidates("known")}),
            "passages_without": len(candidates.passages_without()),
        },
        "grouping": grouped.latest(),
        "stages": {
            name: {
                **taken,
                "pages_per_second": pages / taken["seconds"] if pages and taken["seconds"] else None,
            }
            for name, taken in clock.items()
        },
    }


def lacking(config: Config) -> list[dict[str, str]]:
    """What this machine lacks for the whole work: what, what it costs, how to get it."""
    found = [
        {
            "what": f"spaCy pipeline {package}",
            "effect": f"Persons and organisations in {code} are found by registers and patterns alone.",
            "remedy": "Install it, or name another in mentions.spacy; `nijar doctor` says more.",
        }
        for code, package in config.mentions.spacy.items()
        if package in mentions.missing(config.mentions.spacy.values())
    ]
    missing = missing_ocr_languages() if config.extraction.ocr == "auto" else []
    if missing:
        found.append(
            {
                "what": f"Tesseract data for {', '.join(missing)}",
                "effect": f"Its scans stay unread; {documents.textless_pages()} pages have no text.",
                "remedy": "Install it as `nijar doctor` says.",
            }
        )
    return found


def put_aside(config: Config) -> list[dict[str, str]]:
    """The documents that a stage gave up on after run.attempts attempts, with the last reason."""
    versions = {
        "read": extraction.version(config),
        "tag": parts.tag_version(config),
        "annotate": parts.annotate_version(config),
    }
    return [
        {"document": identity, "stage": stage, "reason": reason}
        for stage, version in versions.items()
        for identity, reason in sorted(set_aside(stage, version, config).items())
    ]
