"""The models folder: what is in it, and which model serves."""

import shutil
import subprocess
from pathlib import Path

import pandas as pd

from nijar_nlp import registry
from nijar_nlp.config import Config
from nijar_nlp.errors import ModelError
from nijar_nlp.evaluation import paired
from nijar_nlp.records import TAGS
from nijar_nlp.steps import evaluating
from nijar_nlp.steps.examples import gold_examples, material


def serving(config: Config) -> str | None:
    """The version that serves; None where none does yet."""
    models = config.path(config.tagger.models)
    return registry.current(models) if (models / registry.CURRENT).is_file() else None


def models(config: Config) -> pd.DataFrame:
    """One row a version, oldest first: when it was made, from what, what the gate said, whether it serves."""
    folder, current = config.path(config.tagger.models), serving(config)
    rows = []
    for version in registry.versions(folder):
        passport = registry.passport(folder, version)
        counts = {name: part["passages"] for name, part in passport.counts.items()}
        rows.append(
            {
                "serves": "*" if version == current else "",
                "version": version,
                "made_at": passport.made_at,
                "learned_from": ", ".join(f"{name} {n}" for name, n in counts.items()),
                "gate": _gate(passport),
            }
        )
    return pd.DataFrame(rows, columns=["serves", "version", "made_at", "learned_from", "gate"])


def _gate(passport: registry.Passport) -> str:
    if not passport.verdict:
        return ""
    return "passed" if passport.verdict["passed"] else "refused"


def model_card(config: Config, version: str | None) -> str:
    """A version's card; ModelError where it has none."""
    folder = config.path(config.tagger.models)
    version = version or registry.current(folder)
    registry.passport(folder, version)
    return registry.card(folder, version)


def compare_models(config: Config, version: str, other: str | None, gold: Path | None) -> pd.DataFrame:
    """`version` less `other` (or less the one that serves), on `gold` or on the locked passages."""
    other = other or serving(config)
    if other is None:
        raise ModelError("There is nothing to compare with", version, "None serves.", "Name another version.")
    if gold is not None:
        examples = gold_examples(gold, "")
        groups = [example.document for example in examples]
    else:
        split = material(config).split
        examples, groups = split.locked, [split.groups[example.id] for example in split.locked]
    said = [evaluating.said_of(examples, evaluating.model(config, name)) for name in (other, version)]
    table = paired(said[0], said[1], TAGS, groups)
    return table.rename(columns={"champion": other, "challenger": version})


def promote_model(config: Config, version: str, why: str) -> str:
    """Let a version serve; a sentence that says so, and what the gate had said of it."""
    folder = config.path(config.tagger.models)
    against = registry.passport(folder, version).verdict.get("against", [])
    registry.promote(folder, version, why)
    return " ".join([f"{version} serves from the next batch on.", *(f"The gate: {one}" for one in against)])


def rollback_model(config: Config, why: str) -> str:
    """Let the version serve again that served before; a sentence that says which."""
    return f"{registry.rollback(config.path(config.tagger.models), why)} serves again from the next batch on."


def commit_of(root: Path) -> str:
    """The commit of the code in a checkout, with + where files differ from it; empty outside of one."""
    git = shutil.which("git")
    if git is None:
        return ""
    asked = [git, "-C", str(root), "describe", "--always", "--abbrev=40", "--dirty=+", "--exclude=*"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    return done.stdout.strip() if done.returncode == 0 else ""
