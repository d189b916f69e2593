"""One row of a labelling tool's file into a text and what was decided of its tags."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nijar_nlp.records import TAGS

Labelled = tuple[str, dict[str, bool]]


def labels_of(row: Any) -> Labelled | None:
    """The text of a row and, of each tag that was decided, whether it is there; None where it was skipped.

    The first of FORMS that knows the row reads it. ValueError says what is wrong with a row.
    """
    if not isinstance(row, Mapping):
        raise ValueError("it is no JSON object")
    for knows, read in FORMS:
        if knows(row):
            return read(row)
    raise ValueError("it has no labels: " + ", ".join(map(str, list(row)[:8])))


def _text(row: Mapping[str, Any]) -> str:
    text = row.get("text") or row.get("data") or row.get("sentence") or ""
    if not isinstance(text, str) or not text.strip():
        raise ValueError("it has no text")
    return text


def _complete(given: Sequence[Any]) -> dict[str, bool]:
    """Tags of which all that were not given were refused."""
    names = [str(name).strip() for name in given if str(name).strip()]
    if unknown := [name for name in names if name not in TAGS]:
        raise ValueError(f"label {unknown[0]!r} is none of {', '.join(TAGS)}")
    return {tag: tag in names for tag in TAGS}


def _own(row: Mapping[str, Any]) -> Labelled:
    """{"text", "tags"}: a list of all tags that are there, or what was decided by tag."""
    tags = row["tags"]
    if isinstance(tags, Mapping):
        if any(tag not in TAGS or not isinstance(there, bool) for tag, there in tags.items()):
            raise ValueError(f"tags must be true or false for some of {', '.join(TAGS)}")
        return _text(row), {str(tag): bool(there) for tag, there in tags.items()}
    return _text(row), _complete(_listed(tags))


def _columns(row: Mapping[str, Any]) -> Labelled:
    """A table with a column a tag: 1 or 0, true or false, yes or no; empty where it was not decided."""
    tags: dict[str, bool] = {}
    for tag in TAGS:
        value = str(row.get(tag) or ("0" if row.get(tag) in (0, False) else "")).strip().lower()
        if value in _YES | _NO:
            tags[tag] = value in _YES
        elif value:
            raise ValueError(f"{tag} is {value!r}, neither 1 nor 0")
    if not tags:
        raise ValueError("no tag was decided")
    return _text(row), tags


def _prodigy_binary(row: Mapping[str, Any]) -> Labelled | None:
    """{"text", "label", "answer": accept, reject or ignore}."""
    if row["answer"] == "ignore":
        return None
    given = _complete([row["label"]])
    return _text(row), {tag: row["answer"] == "accept" for tag, there in given.items() if there}


def _prodigy_choice(row: Mapping[str, Any]) -> Labelled | None:
    """{"text", "accept": [labels], "answer"}: what was not chosen was refused."""
    if row.get("answer", "accept") != "accept":
        return None
    return _text(row), _complete(_listed(row["accept"]))


def _cats(row: Mapping[str, Any]) -> Labelled:
    """{"text", "cats": {label: 1 or 0}}: spaCy's and Prodigy's."""
    cats = {str(tag): float(value) >= 0.5 for tag, value in row["cats"].items()}
    _complete(list(cats))
    return _text(row), cats


def _label_studio(row: Mapping[str, Any]) -> Labelled | None:
    """A task with annotations: the choices of the last one that was not cancelled."""
    kept = [one for one in row["annotations"] if not one.get("was_cancelled")]
    if not kept:
        return None
    results = [part for part in kept[-1].get("result", []) if part.get("type") == "choices"]
    return _text(row["data"]), _complete([name for part in results for name in part["value"]["choices"]])


def _doccano(row: Mapping[str, Any]) -> Labelled:
    """{"text" or "data", "label": list}; in its CSV, labels are joined by #."""
    given = row.get("label", row.get("labels"))
    return _text(row), _complete(_listed(given))


def _minimal(row: Mapping[str, Any]) -> Labelled:
    """Label Studio's minimal form: one column of choices, a name or {"choices": [names]}."""
    (given,) = (row[key] for key in row if key in _CHOICES)
    return _text(row), _complete(_listed(given["choices"] if isinstance(given, Mapping) else given))


def _listed(value: Any) -> list[Any]:
    """A list, also where a table holds it as text: JSON, or names with # or commas between."""
    if value is None:
        return []
    if not isinstance(value, str):
        if not isinstance(value, Sequence):
            raise ValueError("its labels are no list")
        return list(value)
    if value.lstrip().startswith(("[", "{")):
        parsed = json.loads(value)
        return list(parsed["choices"] if isinstance(parsed, Mapping) else parsed)
    return value.replace("#", ",").split(",")


_YES = {"1", "1.0", "true", "yes", "accept"}
_NO = {"0", "0.0", "false", "no", "reject"}
_CHOICES = ("choice", "choices", "sentiment", "topic")

# Which rows are of which form, and how they are read; the first that fits counts.
FORMS: Sequence[
    tuple[Callable[[Mapping[str, Any]], bool], Callable[[Mapping[str, Any]], Labelled | None]]
] = (
    (lambda row: "annotations" in row, _label_studio),
    (lambda row: "cats" in row, _cats),
    (lambda row: "answer" in row and "label" in row, _prodigy_binary),
    (lambda row: "accept" in row, _prodigy_choice),
    (lambda row: "tags" in row, _own),
    (lambda row: any(tag in row for tag in TAGS), _columns),
    (lambda row: "label" in row or "labels" in row, _doccano),
    (lambda row: any(key in row for key in _CHOICES), _minimal),
)
