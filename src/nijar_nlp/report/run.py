"""What a run did into one stand-alone HTML page and a few lines of Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import vl_convert
from markupsafe import Markup

from nijar_nlp.records import CaseCandidate
from nijar_nlp.report.pages import ENVIRONMENT


@dataclass(frozen=True)
class ReportData:
    """What a run report shows.

    `documents` has a row a document (outlet, month); `tags` a row a tagged passage (tag, country, year);
    `moved` is what is not as it was before (evaluation.Moved); `without` are the tagged passages that no
    candidate holds; `evidence` gives file, page and outlet by passage id.
    """

    summary: Mapping[str, Any]
    candidates: Sequence[CaseCandidate]
    moved: Sequence[Any]
    without: Sequence[str]
    evidence: Mapping[str, Mapping[str, Any]]
    documents: pd.DataFrame
    tags: pd.DataFrame


def write(folder: Path, data: ReportData) -> Path:
    """Write the report under a name made of the time, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"run-{datetime.now(UTC):%Y%m%d-%H%M%S}.html"
    file.write_text(render(data), encoding="utf-8")
    return file


def render(data: ReportData) -> str:
    """The page as HTML: no script, nothing loaded from elsewhere, all text escaped."""
    return ENVIRONMENT.get_template("run.html").render(
        summary=data.summary,
        new=[candidate for candidate in data.candidates if candidate.known_case is None],
        known=[candidate for candidate in data.candidates if candidate.known_case is not None],
        moved=data.moved,
        without=groupby(data.without, lambda passage: data.evidence[passage]["file"]),
        evidence=data.evidence,
        documents_chart=_bars(
            data.documents, "month", "outlet", "Documents by month of publication and outlet"
        ),
        tags_chart=_bars(data.tags, "year", "tag", "Tagged passages by year of publication and tag"),
        countries_chart=_bars(data.tags, "country", "tag", "Tagged passages by country and tag"),
    )


def markdown(summary: Mapping[str, Any]) -> str:
    """The run in a few lines of Markdown, without any text of a document."""
    files, candidates = summary["files"], summary["candidates"]
    lines = [
        "# Corpus run",
        "",
        "| files read | known already | failed | pages | passages | new candidates | known cases |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        f"| {files['read']} | {files['known']} | {files['failed']} | {summary['pages']} "
        f"| {summary['passages']} | {candidates['new']} | {candidates['known']} |",
        "",
        "| stage | seconds |",
        "| --- | --- |",
        *(f"| {name} | {stage['seconds']:.1f} |" for name, stage in summary["stages"].items()),
    ]
    if summary["moved"]:
        lines += ["", f"Not as before: {len(summary['moved'])} rates, groups or languages; see the report."]
    if summary["missing"]:
        lines += ["", *(f"Missing: {item['what']}. {item['effect']}" for item in summary["missing"])]
    return "\n".join(lines)


def _bars(frame: pd.DataFrame, across: str, colour: str, title: str) -> Markup:
    """A stacked bar chart as inline SVG; a sentence where there is nothing to show."""
    counts = frame.groupby([across, colour], as_index=False).size() if len(frame) else frame
    if counts.empty:
        return Markup("<p>{}: nothing to show.</p>").format(title)
    chart = (
        alt.Chart(counts, title=title)
        .mark_bar()
        .encode(
            x=alt.X(f"{across}:N", title=across),
            y=alt.Y("size:Q", title="number"),
            color=alt.Color(f"{colour}:N", title=colour),
        )
        .properties(width=620, height=220)
    )
    # drawn by vl-convert from escaped JSON; Vega writes text nodes, never markup
    return Markup(vl_convert.vegalite_to_svg(chart.to_json()))  # noqa: S704
