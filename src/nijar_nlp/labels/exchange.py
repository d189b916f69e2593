"""Files of labels, as the tools that people label with write them, into examples, and back."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from nijar_nlp.errors import InputError, rule_of
from nijar_nlp.labels.rows import labels_of
from nijar_nlp.records import LANGUAGES, TAGS, Example, content_id


class Refused(NamedTuple):
    """A row of a file that cannot be used, counted from 1 without a head, and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class Brought:
    """The examples of a file, one a text, and the rows that were left out."""

    examples: tuple[Example, ...]
    refused: tuple[Refused, ...]


def bring_in(file: Path, language_of: Callable[[str], str], codebook: str, at: str) -> Brought:
    """The examples of a JSONL, JSON or CSV file in any of the forms of `labels.rows`.

    Rows with the same text are put together, a tag at a time. A bad row is named and left out. `language_of`
    is asked where a row does not say its language; `codebook` and `at` stand where a row does not say them.
    InputError where the file cannot be read at all.
    """
    found: dict[str, Example] = {}
    refused: list[Refused] = []
    for number, row in _rows(file):
        try:
            example = _example(row, language_of, codebook, at)
            if example is not None:
                first = found.get(example.text)
                found[example.text] = example if first is None else _together(first, example)
        except ValueError as error:
            refused.append(Refused(number, str(error)))
    return Brought(tuple(found.values()), tuple(refused))


def read_examples(file: Path) -> tuple[Example, ...]:
    """The examples of a file that `write_jsonl` wrote. Raises InputError."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
        return tuple(Example(**json.loads(line)) for line in lines if line.strip())
    except (OSError, ValueError, TypeError) as error:
        raise InputError(
            "A file of labels cannot be read",
            file,
            rule_of(error),
            "Import the labels again, or remove the file.",
        ) from error


def write_jsonl(examples: Iterable[Example]) -> str:
    """Examples in the project's own form, one line of JSON each."""
    return _lines(asdict(example) for example in examples)


def write_csv(examples: Iterable[Example]) -> str:
    """Examples as a table with a column a tag: 1, 0, or empty where it was not decided."""
    out = io.StringIO()
    columns = ["id", "language", "text", *TAGS, "document", "at", "codebook", "source"]
    table = csv.DictWriter(out, columns, extrasaction="ignore")
    table.writeheader()
    for example in examples:
        table.writerow(asdict(example) | {tag: int(there) for tag, there in example.tags.items()})
    return out.getvalue()


def write_prodigy(examples: Iterable[Example]) -> str:
    """Examples as Prodigy's annotated tasks: one line a tag that was decided, accepted or rejected."""
    return _lines(
        {
            "text": example.text,
            "label": tag,
            "answer": "accept" if there else "reject",
            "meta": {"id": example.id, "language": example.language},
        }
        for example in examples
        for tag, there in example.tags.items()
    )


def write_label_studio(examples: Iterable[Example]) -> str:
    """Examples as Label Studio's JSON: a list of tasks with one annotation of choices each."""
    tasks = [
        {
            "data": {"text": example.text, "id": example.id, "language": example.language},
            "annotations": [
                {
                    "result": [
                        {
                            "type": "choices",
                            "from_name": "tags",
                            "to_name": "text",
                            "value": {"choices": list(example.present)},
                        }
                    ]
                }
            ],
        }
        for example in examples
    ]
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def write_doccano(examples: Iterable[Example]) -> str:
    """Examples as doccano's JSONL of text classification."""
    return _lines({"id": e.id, "text": e.text, "label": list(e.present)} for e in examples)


# Every form that `nijar labels export` writes.
FORMS: Mapping[str, Callable[[Iterable[Example]], str]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "prodigy": write_prodigy,
    "label-studio": write_label_studio,
    "doccano": write_doccano,
}


def _example(
    row: Mapping[str, Any], language_of: Callable[[str], str], codebook: str, at: str
) -> Example | None:
    """A row as an example, None where a tool says that it was skipped; ValueError says what is wrong."""
    labelled = labels_of(row)
    if labelled is None:
        return None
    text, tags = labelled
    outer = {**row, **_mapping(row.get("meta")), **_mapping(row.get("data"))}
    language = str(outer.get("language") or language_of(text))
    if not language:
        raise ValueError(f"its language cannot be told; give one of {', '.join(LANGUAGES)} as language")
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is none of {', '.join(LANGUAGES)}")
    own = str(outer.get("id", ""))
    return Example(
        id=own if len(own) == 20 else content_id(text),
        text=text,
        language=language,
        tags=tags,
        document=str(outer.get("document") or ""),
        at=str(outer.get("at") or at),
        codebook=str(outer.get("codebook") or codebook),
        source="imported",
    )


def _together(one: Example, other: Example) -> Example:
    for tag, there in other.tags.items():
        if one.tags.get(tag, there) != there:
            raise ValueError(f"{tag} is both given and refused to the same text")
    return Example(**asdict(one) | {"tags": one.tags | other.tags})


def _rows(file: Path) -> Iterator[tuple[int, Any]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "A file of labels cannot be read", file, rule_of(error), "Give a UTF-8 file."
        ) from error
    if file.suffix == ".csv":
        yield from enumerate(csv.DictReader(io.StringIO(text)), start=1)
    elif text.lstrip().startswith("["):
        yield from enumerate(_json(text, file), start=1)
    else:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield number, _line(line)


def _line(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _json(text: str, file: Path) -> Sequence[Any]:
    try:
        rows: Sequence[Any] = json.loads(text)
        return rows
    except ValueError as error:
        raise InputError(
            "A file of labels is not JSON", file, f"{error}.", "Give a list of tasks, or one a line."
        ) from error


def _lines(values: Iterable[Any]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
