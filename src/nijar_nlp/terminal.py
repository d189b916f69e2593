"""Results into tables on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from nijar_nlp.records import CaseCandidate, DateInterval, Party

# What a command does not need, it does not import.
if TYPE_CHECKING:
    import pandas as pd

    from nijar_nlp.doctor import Finding
    from nijar_nlp.steps import Retrained

# Places of evidence in a row of the table; the other formats give them all.
MOST_PROOFS = 3
MOST_SUSPECTS = 20


def show_candidates(
    candidates: Sequence[CaseCandidate],
    evidence: Mapping[str, Mapping[str, Any]],
    console: Console,
    most: int | None = None,
) -> None:
    """The ranked candidates, one row each (`most` of them); `evidence` gives file and page by passage id."""
    table = Table(title=_count(len(candidates), "candidate case"), show_lines=True, expand=True)
    table.add_column("score", width=5)
    table.add_column("candidate", ratio=3, overflow="fold")
    table.add_column("nearest known case", ratio=2, overflow="fold")
    for candidate in candidates[:most]:
        table.add_row(
            f"{candidate.score:.2f}",
            escape("\n".join(filter(None, _claims(candidate, evidence)))),
            escape(_nearest(candidate)),
        )
    console.print(table)
    if most is not None and len(candidates) > most:
        console.print(f"{len(candidates) - most} more: nijar candidates")


def show_summary(summary: Mapping[str, Any], console: Console) -> None:
    """What a run did: files, passages, tags, candidates, failures with their reason, time by stage."""
    files = summary["files"]
    console.print(
        f"{files['read']} files read, {files['known']} known already, {files['failed']} failed; "
        f"{summary['pages']} pages, {summary['passages']} passages."
    )
    console.print(
        "Passages tagged: " + ", ".join(f"{label} {count}" for label, count in summary["tags"].items()) + "."
    )
    candidates = summary["candidates"]
    console.print(
        f"Candidates: {candidates['new']} new, {candidates['known']} known cases found; "
        f"{candidates['passages_without']} tagged passages tell of no case and wait in the queue of passages."
    )
    if not any(files.values()):
        console.print("[yellow]No PDF was found[/]: check the paths, or put PDFs there.")
    elif not files["read"] and not files["failed"]:
        console.print("Nothing was new: no work was done twice.")
    for failure in summary["failures"]:
        console.print(f"[red]{escape(failure['file'])}[/]: {failure['problem']}: {escape(failure['reason'])}")
    for item in summary["put_aside"]:
        console.print(
            f"[red]put aside[/]: {item['document'][:12]} at {item['stage']}: {escape(item['reason'])}"
        )
    for problem in summary["metadata_problems"]:
        console.print(f"[yellow]metadata[/]: {escape(problem)}")
    for item in summary["missing"]:
        console.print(
            f"[yellow]missing[/]: {escape(item['what'])}. {escape(item['effect'])} {escape(item['remedy'])}"
        )
    stages = Table("stage", "seconds", "pages/s")
    for name, stage in summary["stages"].items():
        rate = f"{stage['pages_per_second']:.1f}" if stage["pages_per_second"] else "–"
        stages.add_row(name, f"{stage['seconds']:.1f}", rate)
    console.print(stages)


def show_status(status: Mapping[str, Any], console: Console) -> None:
    """What runs, the last runs, each stage's queue, failures with their reason, and the time to the end."""
    console.print("A run is under way." if status["running"] else "Nothing runs.")
    past = Table(
        Column("begun, UTC", no_wrap=True),
        Column("ended, UTC", no_wrap=True),
        "state",
        "stage",
        Column("reason", ratio=1),
    )
    for run in status["runs"]:
        stage = run["stage"] if run["state"] != "done" else ""
        past.add_row(
            _minute(run["started_at"]), _minute(run["ended_at"]), run["state"], stage, escape(run["reason"])
        )
    console.print(past)
    stages = Table("stage", "done", "waiting", "seconds", "pages/s in one worker")
    for name, stage in status["stages"].items():
        per_page = stage["seconds_per_page"]
        rate = f"{1 / per_page:.1f}" if per_page else "–"
        stages.add_row(name, str(stage["done"]), str(stage["waiting"]), f"{stage['seconds']:.1f}", rate)
    console.print(stages)
    left = status["seconds_left"]
    console.print("The rest would take " + ("a time not known yet." if left is None else f"{left:.0f} s."))
    for place, free in status["free_bytes"].items():
        console.print(f"{free / 1e9:.1f} GB free on the disk of {place}.")
    backup = status["last_backup"]
    console.print(f"The newest backup is of {backup}." if backup else "There is no backup: nijar backup.")
    for failure in status["failed"]:
        console.print(
            f"[red]{escape(failure['file'])}[/]: {failure['problem']}: {escape(failure['reason'])} "
            f"{escape(failure['remedy'])}"
        )
    for item in status["put_aside"]:
        console.print(
            f"[red]put aside[/]: {item['document'][:12]} at {item['stage']}: {escape(item['reason'])}"
        )


def _minute(moment: str | None) -> str:
    """A time (UTC) as narrow columns hold it."""
    return moment[:16].replace("T", " ") if moment else "–"


def show_findings(findings: Sequence[Finding], console: Console) -> None:
    """What `nijar doctor` found: present, missing but optional, or missing and needed."""
    for finding in findings:
        mark = (
            "[green]ok[/]"
            if finding.present
            else "[red]missing[/]"
            if finding.needed
            else "[yellow]absent[/]"
        )
        console.print(f"{mark:>20} {escape(finding.name)}: {escape(finding.detail)}")


def show_retrained(trained: Retrained, console: Console) -> None:
    """What a retraining came to: what was checked, what the gate found, and what to do next."""
    for sentence in trained.checks:
        console.print(escape(sentence))
    for sentence in trained.verdict.found:
        against = sentence in trained.verdict.against
        console.print(
            f"[{'red' if against else 'green'}]{'against' if against else 'for'}[/] {escape(sentence)}"
        )
    if trained.serves:
        console.print(f"{trained.version} serves from the next batch on. Next: nijar run tags again.")
    elif trained.verdict.passed:
        console.print(
            f"{trained.version} passed and is kept aside. Next: nijar models promote {trained.version}"
        )
    else:
        console.print(f"{trained.version} was refused and is kept aside; the model that served still serves.")
    if trained.suspects:
        named = ", ".join(f"{passage} {tag}" for passage, tag in trained.suspects[:MOST_SUSPECTS])
        console.print(f"Look again at labels that contradict what the model was sure of: {named}.")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each stage on standard error, told by (stage, done, of how many)."""
    bars: dict[str, TaskID] = {}
    with Progress(
        TextColumn("{task.description:>22}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as shown:

        def told(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = shown.add_task(stage)
            shown.update(bars[stage], completed=done, total=total)

        yield told


def show_frame(frame: pd.DataFrame, title: str, console: Console) -> None:
    """A data frame as a table, numbers with three digits."""
    table = Table(*map(str, frame.columns), title=title)
    for row in frame.itertuples(index=False):
        table.add_row(*(f"{value:.3f}" if isinstance(value, float) else escape(str(value)) for value in row))
    console.print(table)


def when(interval: DateInterval | None) -> str:
    """A date interval with its precision, for a person to read."""
    if interval is None or (interval.start is None and interval.end is None):
        return "date not known"
    start, end = interval.start, interval.end
    if start and end:
        if interval.precision in ("day", "month", "year") and start.year == end.year:
            return start.isoformat()[: {"day": 10, "month": 7, "year": 4}[interval.precision]]
        return start.isoformat() if start == end else f"{start} to {end} ({interval.precision})"
    return f"from {start}" if start else f"before {end}"


def _claims(candidate: CaseCandidate, evidence: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What a candidate claims, line by line; empty where it claims nothing."""
    places = [candidate.place.name if candidate.place else "", candidate.country]
    proofs = [evidence[passage] for passage in candidate.passage_ids if passage in evidence]
    shown = list(dict.fromkeys(f"{proof['file']} p. {proof['page']}" for proof in proofs))
    more = f" and {len(shown) - MOST_PROOFS} more" if len(shown) > MOST_PROOFS else ""
    return [
        candidate.title,
        f"{', '.join(candidate.types)} ({candidate.status})".replace("_", " "),
        " · ".join(filter(None, (", ".join(filter(None, places)), when(candidate.date)))),
        _line("parties", (*candidate.armed_groups, *candidate.counterparts)),
        _line("mediators", candidate.mediators),
        _line("persons", candidate.persons),
        f"{_count(candidate.n_documents, 'document')}, {_count(candidate.n_outlets, 'outlet')}: "
        + "; ".join(shown[:MOST_PROOFS])
        + more,
    ]


def _line(name: str, parties: Sequence[Party]) -> str:
    named = ", ".join(dict.fromkeys(party.text for party in parties))
    return f"{name}: {named}" if named else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _nearest(candidate: CaseCandidate) -> str:
    match = candidate.nearest
    if match is None:
        return "none near"
    reasons = [f"+ {reason}" for reason in match.reasons_for] + [
        f"- {reason}" for reason in match.reasons_against
    ]
    return "\n".join([f"{match.case_id} ({match.probability:.2f})", *reasons])
