"""The order in which a page's rows are read."""

from hypothesis import given
from hypothesis import strategies as st

from nijar_nlp.passages.flow import _headings_first, _tops
from nijar_nlp.passages.rows import Row
from nijar_nlp.records import LayoutLine

PLACES = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 12), st.sampled_from([8.0, 9.0, 12.0]), st.booleans()),
    max_size=25,
)


def row(x: int, y: int, size: float, bold: bool) -> Row:
    left, baseline = 20.0 * x, 6.0 * y
    line = LayoutLine(
        "text", left, baseline - size, left + 30, baseline + 2, baseline, size, bold, "Serif", 12.0, ()
    )
    return Row(line, 1, None)


def nearest_under(heading: Row, others: list[Row]) -> Row | None:
    low, high = heading.baseline + 0.5 * heading.size, heading.baseline + 3.5 * heading.size
    near = [other for other in others if low < other.baseline < high and other.over(heading)]
    return min(near, key=lambda other: other.baseline, default=None)


@given(PLACES)
def test_headings_move_before_their_text_as_one_by_one(places: list[tuple[int, int, float, bool]]) -> None:
    rows = [row(*place) for place in places]
    ordered = list(rows)
    for number, heading in enumerate(rows[1:], 1):
        under = nearest_under(heading, rows[:number])
        following = nearest_under(heading, rows[number + 1 : number + 2])
        jumps = rows[number - 1].baseline > heading.baseline + heading.size
        nearer = following is not None and under is not None and following.baseline <= under.baseline
        if jumps and under is not None and _tops(heading, under) and not nearer:
            ordered.remove(heading)
            ordered.insert(ordered.index(under), heading)
    assert _headings_first(rows) == ordered
