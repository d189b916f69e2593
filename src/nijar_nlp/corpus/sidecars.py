"""Files that accompany PDFs (CSV, JSON, Zotero's CSV export) into what they say of each."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from nijar_nlp.errors import CorpusError, NijarError
from nijar_nlp.forms import publication_date
from nijar_nlp.records import SENSITIVITIES

NAMES = ("metadata.csv", "metadata.json")
FIELDS = ("title", "outlet", "author", "published", "symbol", "licence", "sensitivity")
# Zotero's export: File → Export Library → CSV
_ZOTERO = {
    "Title": "title",
    "Publication Title": "outlet",
    "Publisher": "outlet",
    "Author": "author",
    "Date": "published",
    "Report Number": "symbol",
    "Rights": "licence",
}


@dataclass(frozen=True)
class Sidecar:
    """What one file says of the PDFs beside it, by file name: values by field, with the row each is from.

    `problems` names the rows that could not be used; the others are.
    """

    file: Path
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def sidecars(pdf: Path, top: Path) -> Iterator[Sidecar]:
    """What accompanies a PDF, the nearest first: PDF.json, then metadata files up to the folder `top`."""
    own = pdf.with_name(f"{pdf.name}.json")
    for file in (own, *_shared(pdf.parent, top)):
        try:
            facts = file.stat()
        except OSError:
            continue
        yield _load(file, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=256)
def _shared(folder: Path, top: Path) -> tuple[Path, ...]:
    """The metadata files that PDFs of a folder may have, the nearest first."""
    folders = [folder, *(above for above in folder.parents if above.is_relative_to(top))]
    return tuple(folder / name for folder in folders for name in NAMES)


def said(sidecar: Sidecar, pdf: Path) -> tuple[Mapping[str, str], str]:
    """What a sidecar says of a PDF by field, and where: file and row. Nothing where it does not name it."""
    for name in (pdf.relative_to(sidecar.file.parent).as_posix(), pdf.name):
        if name in sidecar.values:
            return sidecar.values[name], f"{sidecar.file.name} {sidecar.rows[name]}"
    return {}, ""


@lru_cache(maxsize=256)
def _load(file: Path, _modified: int, _size: int) -> Sidecar:
    values: dict[str, dict[str, str]] = {}
    rows: dict[str, str] = {}
    problems = []
    try:
        found = list(_rows(file))
    except (NijarError, OSError, ValueError, TypeError, RecursionError, csv.Error) as error:
        return Sidecar(file, problems=(f"{file.name}: {type(error).__name__}: it cannot be read.",))
    for where, row in found:
        try:
            name, entry = _checked(row, file, where)
        except NijarError as error:
            problems.append(f"{file.name} {where}: {error.rule}")
            continue
        values[name], rows[name] = entry, where
    return Sidecar(file, values, rows, tuple(problems))


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix == ".csv":
        for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
            yield f"row {number}", _from_zotero(row) if "File Attachments" in row else dict(row)
    else:
        content = json.loads(text)
        if file.name not in NAMES:
            content = [{"file": file.name.removesuffix(".json"), **content}]
        for number, row in enumerate(content, start=1):
            yield f"entry {number}", dict(row)


def _from_zotero(row: Mapping[str, Any]) -> dict[str, Any]:
    """Zotero's columns under our names; the first PDF among the attachments is the file."""
    attached = [part.strip() for part in str(row["File Attachments"] or "").split(";")]
    pdf = next((part for part in attached if part.lower().endswith(".pdf")), "")
    found: dict[str, Any] = {"file": PurePosixPath(pdf.replace("\\", "/")).name}
    for column, name in _ZOTERO.items():
        if row.get(column) and not found.get(name):
            found[name] = row[column]
    if not found.get("published"):
        found["published"] = row.get("Publication Year") or ""
    return found


def _checked(row: Mapping[str, Any], file: Path, where: str) -> tuple[str, dict[str, str]]:
    """The file named and the values of a row; CorpusError where it breaks a rule."""

    def refuse(rule: str) -> CorpusError:
        return CorpusError("A row cannot be used", f"{file.name} {where}", rule, "Mend the row.")

    unknown = sorted(str(key) for key in row if key not in (*FIELDS, "file"))
    if unknown:
        raise refuse(f"There is no field {', '.join(unknown)}; there are file, {', '.join(FIELDS)}.")
    entry = {key: str(row[key]).strip() for key in FIELDS if row.get(key)}
    name = str(row.get("file") or "").strip()
    if not name:
        raise refuse("It names no file.")
    if entry.get("sensitivity", "open") not in SENSITIVITIES:
        raise refuse(f"sensitivity is one of {', '.join(SENSITIVITIES)}.")
    try:
        publication_date(entry.get("published"))
    except NijarError as error:
        raise refuse(f"published: {error.rule}") from error
    return name, entry
