"""When a run has nothing to do, and what gives it something to do."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nijar_nlp import steps
from nijar_nlp.config import Config
from nijar_nlp.errors import StoreError
from nijar_nlp.steps import parts
from nijar_nlp.store import documents, findings, grouped, models
from tests.conftest import SAMPLE
from tests.operations.conftest import FILES, identity, inbox

OTHER = "2018-03-22_gulf-of-guinea-monitor_dapchi.pdf"
LOOKED = {"seconds": 0.1, "items": 3}


def nothing_to_do(config: Config) -> dict[str, Any] | None:
    return steps.nothing_to_do([str(inbox(config))], str(config.file), config.database_url)


@pytest.fixture
def done(config: Config) -> Config:
    """The project after a run that ended with its report."""
    report = config.root / "report.html"
    report.write_text("<p>Nothing new</p>", encoding="utf-8")
    survey = steps.survey([inbox(config)], config)
    clock = dict.fromkeys(("survey", "read", "tag", "annotate", "group", "all"), LOOKED)
    summary = steps.summarise([vars(one) for one in survey.outcomes], clock, [], config)
    with steps.sole_run(config.file, None, [str(inbox(config))], None) as run_id:
        assert run_id is not None
        steps.end_run(run_id, {**summary, "report": str(report)}, config)
    return config


def test_a_run_with_nothing_to_do_is_noted_and_tells_what_the_store_holds(done: Config) -> None:
    summary = nothing_to_do(done)
    assert summary is not None
    assert summary["files"] == {"read": 0, "known": 3, "failed": 0}
    assert summary["store"] == documents.counts()
    assert summary["report"] == str(done.root / "report.html")
    assert models.Run.objects.filter(state="done").count() == 2
    assert nothing_to_do(done) is not None


def touched(config: Config) -> None:
    os.utime(inbox(config) / FILES[0], (1, 1))


def added(config: Config) -> None:
    shutil.copy(SAMPLE / OTHER, inbox(config))


def renamed(config: Config) -> None:
    (inbox(config) / FILES[0]).rename(inbox(config) / "renamed.pdf")


def removed(config: Config) -> None:
    (inbox(config) / FILES[0]).unlink()


def described(config: Config) -> None:
    (inbox(config) / "metadata.csv").write_text(f"file,outlet\n{FILES[0]},A monthly\n", encoding="utf-8")


def untagged(_: Config) -> None:
    documents.undo([identity(FILES[0])], "tag")


def tagged_anew(_: Config) -> None:
    document = identity(FILES[0])
    version = documents.stage_version(document, "tag")
    assert findings.save_taggings(document, {}, version, 0.0)


def regrouping(_: Config) -> None:
    grouped.lapse()


def grouped_by_another_run(config: Config) -> None:
    """As one over other paths does, or one that broke off before its report: this one's report is older."""
    grouped.lapse()
    steps.group(config)


def other_register(config: Config) -> None:
    register = config.root / "corpus" / "register"
    kept = register.resolve()
    register.unlink()
    shutil.copytree(kept, register)
    cases = register / "known_cases.yaml"
    text = cases.read_text(encoding="utf-8")
    cases.write_text(text.replace("Religious dialogue", "A dialogue", 1), encoding="utf-8")
    assert cases.read_text(encoding="utf-8") != text


def without_report(config: Config) -> None:
    (config.root / "report.html").unlink()


@pytest.mark.parametrize(
    "change",
    [
        touched, added, renamed, removed, described, untagged, tagged_anew, regrouping,
        grouped_by_another_run, other_register, without_report,
    ],
)  # fmt: skip
def test_what_changes_gives_a_run_something_to_do(change: Callable[[Config], None], done: Config) -> None:
    change(done)
    assert nothing_to_do(done) is None
    assert models.Run.objects.count() == 1  # whoever does the work notes it


def test_a_file_that_was_only_touched_is_known_by_its_content(done: Config) -> None:
    touched(done)
    assert steps.survey([inbox(done)], done).unread == ()
    assert nothing_to_do(done) is not None


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_taken_for_the_old_one(done: Config) -> None:
    """What docs/operations.md says: to tell it, every file would have to be read in every run."""
    file = inbox(done) / FILES[0]
    facts = file.stat()
    file.write_bytes(bytes(facts.st_size))
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert nothing_to_do(done) is not None
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns - 1))  # any other time, also an earlier one
    assert nothing_to_do(done) is None


def test_beside_another_run_it_is_not_begun(done: Config) -> None:
    with (
        steps.sole_run(done.file, None, ["elsewhere"], None),
        pytest.raises(StoreError, match="another one is under way"),
    ):
        nothing_to_do(done)


def test_evidence_that_changes_while_it_is_grouped_is_grouped_again(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = findings.evidence

    def changing(*arguments: Any) -> Any:
        found = read(*arguments)
        grouped.lapse()
        return found

    monkeypatch.setattr(findings, "evidence", changing)
    steps.group(config)
    assert not steps.is_grouped(config)
    monkeypatch.undo()
    steps.group(config)
    assert steps.is_grouped(config)


def test_other_code_groups_anew(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    assert steps.is_grouped(config)
    monkeypatch.setattr(parts, "code_version", lambda: "another")
    assert not steps.is_grouped(config)


def test_a_store_that_is_not_there_yet_has_everything_to_do(config: Config, tmp_path: Path) -> None:
    elsewhere = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    assert steps.nothing_to_do([str(inbox(config))], str(config.file), elsewhere) is None


def test_a_process_that_outlives_a_run_sees_another_register(config: Config) -> None:
    """As a Dask worker does: what it annotates would else bear the old register's version for ever."""
    before = parts.annotate_version(config)
    register = config.root / "corpus" / "register"
    kept = register.resolve()
    register.unlink()
    shutil.copytree(kept, register)
    assert parts.annotate_version(config) == before
    actors = register / "actors.yaml"
    text = actors.read_text(encoding="utf-8")
    one = parts.actors(config)[0]
    actors.write_text(text.replace(one.name, f"{one.name} of old"), encoding="utf-8")
    assert parts.actors(config)[0].name == f"{one.name} of old"
    assert parts.annotate_version(config) != before
