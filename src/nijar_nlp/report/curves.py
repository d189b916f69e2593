"""A tagger's curves as a picture."""

import altair as alt
import pandas as pd
import vl_convert

# Points of a curve: more are not seen.
MOST_POINTS = 400


def recall_curves(curves: pd.DataFrame, title: str) -> bytes:
    """Recall against the share of records read (columns seed, read, recall), one line a seed, as PNG."""
    unit = alt.Scale(domain=[0, 1])
    few = _thinned(curves, "seed")
    chart = (
        alt.Chart(few, title=title)
        .mark_line()
        .encode(
            x=alt.X("read:Q", scale=unit, title="share of records read"),
            y=alt.Y("recall:Q", scale=unit, title="share of relevant records found"),
            color="seed:N",
        )
    )
    return bytes(vl_convert.vegalite_to_png(chart.to_json(), scale=2))


def _thinned(curves: pd.DataFrame, by: str) -> pd.DataFrame:
    """About MOST_POINTS of each curve; Altair refuses frames of more than 5,000 rows."""
    parts = [part for _, part in curves.groupby(by)]
    return pd.concat([part.iloc[:: max(len(part) // MOST_POINTS, 1)] for part in parts])


def curves(precision_recall: pd.DataFrame, reliability: pd.DataFrame) -> bytes:
    """Precision against recall, and true against stated frequency, side by side, as PNG.

    The frames are those of evaluation.precision_recall and evaluation.reliability.
    """
    unit = alt.Scale(domain=[0, 1])
    left = (
        alt.Chart(_thinned(precision_recall, "tag"), title="Precision and recall")
        .mark_line()
        .encode(
            x=alt.X("recall:Q", scale=unit),
            y=alt.Y("precision:Q", scale=unit),
            color="tag:N",
            order="recall:Q",
        )
    )
    right = (
        alt.Chart(reliability, title="Calibration")
        .mark_line(point=True)
        .encode(
            x=alt.X("stated:Q", scale=unit, title="stated probability"),
            y=alt.Y("true:Q", scale=unit, title="true frequency"),
            color="tag:N",
        )
    )
    diagonal = (
        alt.Chart(pd.DataFrame({"stated": [0, 1], "true": [0, 1]}))
        .mark_line(strokeDash=[4, 4], color="grey")
        .encode(x="stated:Q", y="true:Q")
    )
    both = alt.hconcat(left, alt.layer(diagonal, right))
    return bytes(vl_convert.vegalite_to_png(both.to_json(), scale=2))
