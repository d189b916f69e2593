"""Candidates into tables and files for analysts: CSV, JSON Lines and XLSX."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, BinaryIO

import pandas as pd

from nijar_nlp.cases.cells import JOIN, safe
from nijar_nlp.cases.event_codes import codes_of
from nijar_nlp.errors import InputError
from nijar_nlp.records import CaseCandidate, Party

FORMATS = ("csv", "jsonl", "parquet", "xlsx")

# What each column of `table` and of the files holds.
COLUMNS: Mapping[str, str] = {
    "candidate": "Id of the candidate; it stays the same from run to run.",
    "title": "What, between whom, where and when.",
    "score": "0 to 1: how probably an analyst would accept it as a new case.",
    "score_reasons": "What raised or lowered the score, with log-odds, the strongest first.",
    "tags": "Tags of its passages: dialogue, prisoner_release, hostage_exchange.",
    "types": "Event types, the most told first.",
    "status": "Status of the main event type.",
    "plover": "PLOVER event type of the main event; empty where PLOVER has none.",
    "plover_mode": "PLOVER mode of the main event.",
    "cameo": "CAMEO root or base code of the main event.",
    "acled": "ACLED sub-event type of the main event.",
    "ucdp": "agreement where the UCDP Peace Agreement Dataset would list the main event.",
    "armed_groups": "Armed groups, the most told first.",
    "armed_group_ids": "Their ids in the register of actors; empty where unresolved.",
    "counterparts": "The other side.",
    "mediators": "Through whom.",
    "persons": "Persons released, negotiating or mediating.",
    "country": "ISO 3166-1 alpha-3 code of the country of the case.",
    "place": "Most told place.",
    "latitude": "Degrees north of the place.",
    "longitude": "Degrees east of the place.",
    "place_precision": "exact, near, admin or country.",
    "date_start": "First day on which it can have happened.",
    "date_end": "Last day on which it can have happened.",
    "date_precision": "day, week, month, season, year, range, before or after.",
    "released_number": "Persons released by the armed group, or by the state where only it releases.",
    "documents": "Number of documents, copies counted.",
    "outlets": "Number of outlets that tell it in their own words.",
    "known_case": "Id of the known case that it is; empty for a new one.",
    "nearest_case": "Id of the nearest known case.",
    "nearest_probability": "Probability that it is that known case.",
    "reasons_for": "What speaks for that.",
    "reasons_against": "What speaks against that.",
}
EVIDENCE_COLUMNS: Mapping[str, str] = {
    "document": "Id of the document: the SHA-256 of its file.",
    "file": "Name of the file.",
    "outlet": "Who published it.",
    "document_title": "Title of the document.",
    "page": "Page on which the passage begins, from 1.",
    "passage_id": "Id of the passage.",
    "passage": "Text of the passage.",
}

Hide = Callable[[str], str]


def table(candidates: Sequence[CaseCandidate]) -> pd.DataFrame:
    """One row a candidate, in the order given, with the columns of COLUMNS."""
    frame = pd.DataFrame([_row(candidate) for candidate in candidates], columns=list(COLUMNS))
    return frame.astype({"released_number": "Int64"})


def write(
    candidates: Sequence[CaseCandidate],
    evidence: Mapping[str, Mapping[str, Any]],
    form: str,
    stream: BinaryIO,
    hide: Hide | None = None,
) -> None:
    """Write candidates with their evidence: `evidence` gives document, file, outlet, title, page and text by
    passage id.

    csv: a row a passage, its candidate's columns before it. jsonl: a line a candidate, all its fields and
    `evidence`. parquet: as csv. xlsx: sheets `candidates`, `evidence` and `columns`. Text that a spreadsheet
    would take for a formula is prefixed with an apostrophe. `hide` replaces names in a text. Raises
    InputError for another format.
    """
    if form == "jsonl":
        for candidate in candidates:
            line = _hidden({**_plain(candidate), "evidence": _evidence_rows(candidate, evidence)}, hide)
            stream.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    elif form == "csv":
        frame = safe(_shown(_long(candidates, evidence), hide))
        stream.write(frame.to_csv(index=False, lineterminator="\n").encode())
    elif form == "parquet":
        _shown(_long(candidates, evidence), hide).to_parquet(stream, index=False)
    elif form == "xlsx":
        _write_xlsx(candidates, evidence, stream, hide)
    else:
        raise InputError(
            "There is no such format", form, f"A format is one of {', '.join(FORMATS)}.", "Choose one."
        )


def _hidden(value: Any, hide: Hide | None) -> Any:
    """A form of JSON with all its texts hidden; ids and hashes hold no names."""
    if hide is None:
        return value
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [_hidden(part, hide) for part in value]
    return {key: _hidden(part, hide) for key, part in value.items()} if isinstance(value, dict) else value


def _shown(frame: pd.DataFrame, hide: Hide | None) -> pd.DataFrame:
    return frame if hide is None else frame.map(lambda cell: _hidden(cell, hide))


def _write_xlsx(
    candidates: Sequence[CaseCandidate],
    evidence: Mapping[str, Mapping[str, Any]],
    stream: BinaryIO,
    hide: Hide | None,
) -> None:
    proofs = _long(candidates, evidence)[["candidate", *EVIDENCE_COLUMNS]]
    columns = pd.DataFrame([*COLUMNS.items(), *EVIDENCE_COLUMNS.items()], columns=["column", "holds"])
    with pd.ExcelWriter(stream, engine="openpyxl") as book:
        for name, frame in (
            ("candidates", table(candidates)),
            ("evidence", proofs[proofs["passage_id"] != ""]),
            ("columns", columns),
        ):
            sheet = safe(frame if name == "columns" else _shown(frame, hide))
            sheet.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))


def _long(candidates: Sequence[CaseCandidate], evidence: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """A row a passage; a candidate whose evidence is not given has one row without."""
    empty = dict.fromkeys(EVIDENCE_COLUMNS, "")
    rows = [
        {**_row(candidate), **proof}
        for candidate in candidates
        for proof in _evidence_rows(candidate, evidence) or [empty]
    ]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, *EVIDENCE_COLUMNS])
    return frame.astype({"released_number": "Int64"})


def _evidence_rows(
    candidate: CaseCandidate, evidence: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    rows = [
        {
            "document": found["document"],
            "file": found["file"],
            "outlet": found["outlet"],
            "document_title": found["title"],
            "page": found["page"],
            "passage_id": identity,
            "passage": found["text"],
        }
        for identity in candidate.passage_ids
        if (found := evidence.get(identity))
    ]
    return sorted(rows, key=lambda row: (row["file"], row["page"], row["passage_id"]))


def _plain(value: Any) -> Any:
    """A record as dictionaries, lists and texts, the names of its fields kept."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return _day(value) if isinstance(value, date) else value


def _row(candidate: CaseCandidate) -> dict[str, Any]:
    place, when, match = candidate.place, candidate.date, candidate.nearest
    return {
        "candidate": candidate.id,
        "title": candidate.title,
        "score": round(candidate.score, 4),
        "score_reasons": JOIN.join(candidate.score_reasons),
        "tags": JOIN.join(candidate.tags),
        "types": JOIN.join(candidate.types),
        "status": candidate.status,
        **codes_of(candidate.types[0] if candidate.types else "", candidate.status)._asdict(),
        "armed_groups": _names(candidate.armed_groups),
        "armed_group_ids": JOIN.join(party.id or "" for party in candidate.armed_groups).strip(JOIN),
        "counterparts": _names(candidate.counterparts),
        "mediators": _names(candidate.mediators),
        "persons": _names(candidate.persons),
        "country": candidate.country,
        "place": (place.name or place.text) if place else "",
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "place_precision": place.precision if place else "",
        "date_start": _day(when.start) if when and when.start else "",
        "date_end": _day(when.end) if when and when.end else "",
        "date_precision": when.precision if when else "",
        "released_number": candidate.released_number,
        "documents": candidate.n_documents,
        "outlets": candidate.n_outlets,
        "known_case": candidate.known_case or "",
        "nearest_case": match.case_id if match else "",
        "nearest_probability": round(match.probability, 4) if match else None,
        "reasons_for": JOIN.join(match.reasons_for) if match else "",
        "reasons_against": JOIN.join(match.reasons_against) if match else "",
    }


def _names(parties: Iterable[Party]) -> str:
    return JOIN.join(party.text for party in parties)


def _day(value: date) -> str:
    return value.isoformat()
