"""Invariants of what leaves the review room: masked tables, agreement, drawings."""

import csv
import io
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nijar_nlp import drawing
from nijar_nlp.cases import RECORD_FORMATS, mask_of, write_records
from nijar_nlp.corpus import load_case_schema
from nijar_nlp.errors import InputError
from nijar_nlp.records import CaseRecord, CaseValue
from nijar_nlp.review.agreement import agreement
from tests.conftest import ROOT

SCHEMA = load_case_schema(ROOT / "corpus" / "case_schema.yaml")
NAMES = st.text(alphabet="abcdefgh ÉéüñÇ'-.", min_size=2, max_size=12).filter(
    lambda name: len(name.strip()) > 1
)


@settings(max_examples=50)
@example(["aa"], "\r", "csv")
@given(st.lists(NAMES, min_size=1, max_size=4), st.text(max_size=20), st.sampled_from(["csv", "jsonl"]))
def test_no_masked_name_leaves_in_a_masked_file(names: list[str], around: str, form: str) -> None:
    values = [CaseValue("mediator", name, "elder" if n == 0 else None) for n, name in enumerate(names)]
    said = f"{around} {names[0].upper()} {around}"
    record = CaseRecord(
        "ABCD1", SCHEMA.version, (*values, CaseValue("notes", said), CaseValue("initiator", names[-1]))
    )
    stream = io.BytesIO()
    write_records([record], SCHEMA, form, stream, mask_of([record], SCHEMA, {"elder": ["other of elder"]}))
    written = stream.getvalue().decode()
    if form == "csv":
        row = next(csv.DictReader(io.StringIO(written)))
        cells = [row[name] for name in ("mediator", "notes", "initiator")]
    else:
        kept = json.loads(written)["values"]
        cells = [item["value"] for name in ("mediator", "notes", "initiator") for item in kept.get(name, [])]
        assert "elder" not in written
    assert not [name for name in names for cell in cells if name.strip().lower() in cell.lower()]


@settings(max_examples=50)
@given(st.text(alphabet="=+-@\t\r |!ab\"'\n", min_size=1, max_size=12))
def test_no_cell_is_a_formula(text: str) -> None:
    record = CaseRecord("c", SCHEMA.version, (CaseValue("notes", text),))
    stream = io.BytesIO()
    write_records([record], SCHEMA, "csv", stream)
    row = next(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))
    assert not row["notes"].lstrip().startswith(("=", "+", "-", "@"))


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match=", ".join(RECORD_FORMATS)):
        write_records([], SCHEMA, "doc", io.BytesIO())


def test_alpha_is_that_of_the_textbook() -> None:
    # two observers, ten units, nominal: Krippendorff, Computing Krippendorff's Alpha-Reliability, example A
    pairs = list(zip("0100000001", "1110010000", strict=True))
    found = agreement("example", pairs)
    assert found.alpha == pytest.approx(0.095, abs=0.001)
    assert (found.units, found.differing) == (10, 4)
    assert found.low is not None and found.high is not None
    assert found.low <= found.alpha <= found.high


@settings(max_examples=20)
@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 2), min_size=2, max_size=12))
def test_alpha_does_not_ask_who_is_who(units: list[tuple[str, str]]) -> None:
    one, other = agreement("x", units), agreement("x", [(b, a) for a, b in units])
    assert one == other
    values = {value for unit in units for value in unit}
    assert (one.alpha is None) == (len(values) < 2)
    assert one.alpha is None or one.alpha <= 1
    if one.differing == 0 and one.alpha is not None:
        assert one.alpha == 1


@given(
    st.dictionaries(st.text("abc", min_size=1), st.fixed_dictionaries({"x": st.integers(0, 500)}), max_size=9)
)
def test_bars_stay_in_the_drawing(counts: dict[str, dict[str, int]]) -> None:
    made = drawing.chart("t", "a", counts, ["x"])
    assert made.total == sum(found["x"] for found in counts.values())
    assert all(bar.y >= 0 and bar.y + bar.height <= 180.01 and bar.x + bar.width <= 900 for bar in made.bars)


@given(st.lists(st.tuples(st.floats(-60, 75), st.floats(-179, 179)), max_size=6))
def test_places_stay_on_the_map(places: list[tuple[float, float]]) -> None:
    seen = drawing.frame(places)
    for lat, lon in places:
        x, y = seen.point(lat, lon)
        assert 0 <= x <= 900
        assert 0 <= y <= seen.height + 0.1


def test_the_map_of_the_sahel_has_land_and_borders() -> None:
    drawn = drawing.paths(drawing.frame([(16.8, -3.0), (13.5, 2.1)]))
    assert drawn["land"] and len(drawn["borders"]) > 5
    assert sum(map(len, drawn["land"] + drawn["borders"])) < 300_000


def test_names_on_the_map_do_not_hide_one_another() -> None:
    placed = drawing.names([(10, 10, "Gao"), (12, 12, "Ansongo"), (10, 200, "Kidal"), (899, 50, "Far")])
    assert [name for _, _, name in placed] == ["Gao", "Kidal", "Far"]
    assert placed[-1][0] < 899 - 8 * len("Far")
