"""The case schema: wrong entries are refused with file, entry and rule; a candidate fills what it can."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from nijar_nlp import corpus
from nijar_nlp.cases import CaseSettings, candidates, draft_record
from nijar_nlp.corpus.loading import load_actors
from nijar_nlp.errors import CorpusError
from nijar_nlp.records import VARIABLE_TYPES, CaseRecord, CaseValue
from tests.cases_evidence import day, evidence

CORPUS = Path(__file__).parents[1] / "corpus"
SCHEMA = corpus.load_case_schema(CORPUS / "case_schema.yaml")
ACTORS = load_actors(CORPUS / "register" / "actors.yaml")


def written(folder: Path, change: Any) -> Path:
    data = yaml.safe_load((CORPUS / "case_schema.yaml").read_text(encoding="utf-8"))
    change(data)
    file = folder / "case_schema.yaml"
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    return file


def variable(data: dict[str, Any], identity: str) -> dict[str, Any]:
    return next(item for item in data["variables"] if item["id"] == identity)


def test_the_schema_holds_the_variables_of_the_study() -> None:
    ids = [variable.id for variable in SCHEMA.variables]
    assert {"level", "initiator", "mediator", "venue", "start", "end", "type", "status"} <= set(ids)
    assert {"concessions_state", "concessions_group", "outcome", "helped", "hindered", "sources"} <= set(ids)
    assert {variable.type for variable in SCHEMA.variables} == set(VARIABLE_TYPES)
    assert {variable.id for variable in SCHEMA.variables if variable.masked} == {"mediator", "persons"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: variable(d, "level").update(type="list"), "entry level, type = 'list'"),
        (lambda d: variable(d, "level").update(choices=[]), "entry level.*two choices or more"),
        (lambda d: variable(d, "title").update(choices=variable(d, "level")["choices"][:1]), "entry title"),
        (lambda d: variable(d, "level").update(many="perhaps"), "many = 'perhaps'.*true or false"),
        (lambda d: variable(d, "start").update(choises=[]), "entry start, choises"),
        (lambda d: variable(d, "start").pop("definition"), "entry start, definition"),
        (lambda d: variable(d, "start").update(section="parts"), "entry start, section = 'parts'"),
        (lambda d: variable(d, "start").update(id="end"), "entry end.*id is its own"),
        (lambda d: variable(d, "level")["choices"].append(variable(d, "level")["choices"][0]), "stands once"),
        (lambda d: d.pop("version"), "the schema, version"),
        (lambda d: d["sections"].append(d["sections"][0]), "sections"),
    ],
)
def test_a_wrong_entry_is_refused_with_file_entry_and_rule(tmp_path: Path, change: Any, told: str) -> None:
    with pytest.raises(CorpusError, match=f"(?s)case_schema.yaml, .*{told}"):
        corpus.load_case_schema(written(tmp_path, change))


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("level", "regional", "one of local, national, international"),
        ("start", "2020-13", "a year, a month or a day"),
        ("start", "2021/2020", "not before the start"),
        ("released_by_group", "many", "whole number"),
        ("title", " ", "not empty"),
        ("colour", "red", "no variable colour"),
    ],
)
def test_a_wrong_value_is_refused_with_its_rule(name: str, value: str, rule: str) -> None:
    with pytest.raises(corpus.RuleError, match=rule):
        corpus.check_values(SCHEMA, [CaseValue(name, value)])


def test_only_some_variables_hold_several_values() -> None:
    corpus.check_values(SCHEMA, [CaseValue("mediator", "Qatar"), CaseValue("mediator", "Switzerland")])
    with pytest.raises(corpus.RuleError, match="level holds one value"):
        corpus.check_values(SCHEMA, [CaseValue("level", "local"), CaseValue("level", "national")])


def test_records_go_to_a_file_and_come_back(tmp_path: Path) -> None:
    values = (CaseValue("mediator", "Qatar", "qatar", ("p1", "p2")), CaseValue("start", "2020-02/2020-03"))
    records = (CaseRecord("NEW-1", SCHEMA.version, values), CaseRecord("NEW-2", SCHEMA.version, ()))
    file = tmp_path / "cases.yaml"
    file.write_text(corpus.dump_case_records(records), encoding="utf-8")
    assert corpus.load_case_records(file, SCHEMA) == records


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (CaseRecord("A", "0.9", ()), "entry A, schema_version = '0.9'"),
        (CaseRecord("A", SCHEMA.version, (CaseValue("level", "high"),)), "entry A.*level is one of"),
    ],
)
def test_a_wrong_record_is_refused(tmp_path: Path, record: CaseRecord, told: str) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(corpus.dump_case_records([record]), encoding="utf-8")
    with pytest.raises(CorpusError, match=f"cases.yaml, {told}"):
        corpus.load_case_records(file, SCHEMA)


def test_a_candidate_fills_its_record_and_every_value_has_its_passage() -> None:
    items = [
        evidence(
            f"Report {n}: soldiers of Arsal exchanged.",
            "swap",
            when=day("2015-12-01"),
            place="Arsal",
            groups=["nusra-front"],
            counterparts=["lebanon"],
            mediators=["qatar"],
            number=16,
            published="2015-12-02",
            outlet=f"outlet {n}",
        )
        for n in range(2)
    ]
    (candidate,) = candidates(items, (), ACTORS, CaseSettings(), {})
    record = draft_record(candidate, items, SCHEMA, ACTORS)
    corpus.check_values(SCHEMA, record.values)
    told = {value.variable: value for value in record.values}
    assert {name: told[name].value for name in ("level", "status", "released_by_group", "start")} == {
        "level": "international",
        "status": "done",
        "released_by_group": "16",
        "start": "2015-12-01",
    }
    assert told["mediator"] == ("mediator", "Qatar", "qatar", tuple(sorted(i.passage_id for i in items)))
    assert [value.value for value in record.of("sources")] == [f"outlet {n}, 2015-12-02" for n in range(2)]
    assert all(value.passage_ids for value in record.values)
    assert not record.of("helped")
