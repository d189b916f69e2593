"""The learning loop with real parts: decisions in the store, a challenger, the gate, and the way back."""

import json
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from nijar_nlp import corpus, registry, steps
from nijar_nlp.config import Config, load_config
from nijar_nlp.records import (
    TAGS,
    Decision,
    Document,
    LabelledPassage,
    Part,
    Passage,
    Reading,
    Subject,
    Tagging,
    content_id,
)
from nijar_nlp.steps import evaluating, parts
from nijar_nlp.steps.examples import material
from nijar_nlp.store import decisions, documents, findings, people
from nijar_nlp.store.connection import connect, disconnect, migrate
from nijar_nlp.store.models import Tag
from tests.conftest import NIJAR, ROOT

OF_A_DOCUMENT = 3
N_DECISIONS = 300
FLIPPED_ONE_IN = 5


def lines(folder: Path) -> list[str]:
    return [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]


def write(folder: Path, chosen: list[str]) -> None:
    folder.mkdir(parents=True)
    (folder / "all.jsonl").write_text("\n".join(chosen) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """A project with a part of the seed and of the gold; the rest of the gold lies in its store."""
    root = tmp_path_factory.mktemp("learning")
    settings = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    settings["learning"]["worse"] = 0.05  # the locked part is small
    (root / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    gold = lines(ROOT / "corpus" / "gold" / "passages")
    write(root / "corpus" / "seed", lines(ROOT / "corpus" / "seed")[::8])
    write(root / "corpus" / "gold" / "passages", gold[::3])
    for name in ("codebook.yaml", "codebook_versions.json", "gold/passages_field"):
        (root / "corpus" / name).symlink_to(ROOT / "corpus" / name)
    encoder = settings["tagger"]["encoder"]
    (root / "models").mkdir()
    (root / "models" / encoder).symlink_to(ROOT / "models" / encoder)
    floors = {
        "gold_sha256": evaluating.gold_sha256(root / "corpus" / "gold"),
        "most_calibration_error": 0.1,
        "floors": {"all": {tag: {"recall": 0.8} for tag in TAGS}},
    }
    (root / "corpus" / "gold" / "floors.json").write_text(json.dumps(floors), encoding="utf-8")
    loaded = load_config(root / "config.yaml")
    connect(loaded.database_url)
    migrate()
    people.create_person("amina", "analyst")
    fill_store(gold)
    yield loaded
    disconnect()
    shutil.rmtree(root)


def fill_store(gold: list[str]) -> None:
    rest = [line for i, line in enumerate(gold) if i % 3][:N_DECISIONS]
    for start in range(0, len(rest), OF_A_DOCUMENT):
        identity = content_id("document", start)
        passages = tuple(
            Passage(
                id=content_id(identity, number),
                document_id=identity,
                number=number,
                kind="body",
                language=json.loads(line)["language"],
                text=json.loads(line)["text"],
                parts=(Part(1, 0, 1),),
                boxes=(),
            )
            for number, line in enumerate(rest[start : start + OF_A_DOCUMENT])
        )
        document = Document(identity, f"{start}.pdf", 1)
        documents.save_reading(Reading(document, passages=passages), "test", 0.0)


def truths() -> list[tuple[str, str, bool]]:
    """Of every stored passage, one tag and whether it is there: the one that it carries, or one in turn."""
    by_text = {p.text: p for p in corpus.load_labelled(ROOT / "corpus" / "gold" / "passages")}
    found = []
    for document in documents.documents():
        for passage in documents.passages(document.id):
            truth: LabelledPassage = by_text[passage.text]
            tag = truth.tags[0] if truth.tags else TAGS[len(found) % len(TAGS)]
            found.append((passage.id, tag, tag in truth.tags))
    return found


def decide(passage: str, tag: str, present: bool) -> None:
    decisions.record(
        Decision(
            kind="correct_tag",
            subject=Subject("tag", passage, tag),
            by="amina",
            token=str(uuid.uuid4()),
            value={"present": present},
            codebook="1.2",
        )
    )


def test_the_drill(config: Config) -> None:
    models = config.path(config.tagger.models)
    first = steps.retrain(config)
    assert first.serves, first.verdict.against
    for passage, tag, present in truths():
        decide(passage, tag, present)

    second = steps.retrain(config)
    assert second.serves, second.verdict.against
    assert registry.current(models) == second.version == parts.tag_version(config) != first.version
    assert any("Leakage: 0 locked passages" in sentence for sentence in second.checks)
    assert any("newest" in sentence for sentence in second.checks)
    passport = registry.passport(models, second.version)
    assert passport.champion == first.version
    assert 0.6 * N_DECISIONS < passport.counts["labelled"]["passages"] < N_DECISIONS
    assert "passed" in steps.model_card(config, None)

    command = [NIJAR, "--config", config.file, "models", "compare", first.version]
    compared = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert all(tag[:5] in compared for tag in TAGS)

    for passage, tag, present in truths()[::FLIPPED_ONE_IN]:
        decide(passage, tag, not present)
    poisoned = steps.retrain(config)
    assert not poisoned.serves
    assert any("have them adjudicated" in sentence for sentence in poisoned.verdict.against)
    assert registry.current(models) == second.version
    flipped = {(passage, tag) for passage, tag, _ in truths()[::FLIPPED_ONE_IN]}
    assert len(flipped & set(poisoned.suspects)) > 0.7 * len(poisoned.suspects)
    assert list(steps.models(config)["gate"]) == ["passed", "passed", "refused"]

    assert first.version in steps.rollback_model(config, "the drill")
    assert parts.tag_version(config) == first.version


def test_only_what_a_new_model_changes_is_written(config: Config) -> None:
    identity = documents.documents()[0].id
    one, other = (passage.id for passage in documents.passages(identity)[:2])

    def said(model: str, first: float, second: float) -> bool:
        probabilities = {one: first, other: second}
        taggings = {
            passage: Tagging({"dialogue": p}, ("dialogue",) if p > 0.5 else (), {}, model)
            for passage, p in probabilities.items()
        }
        return findings.save_taggings(identity, taggings, model, 0.0)

    def models() -> dict[str, str]:
        rows = Tag.objects.filter(passage__document_id=identity)
        return dict(rows.values_list("passage_id", "model"))

    assert said("m1", 0.9, 0.3)
    assert not said("m2", 0.905, 0.4)
    assert models() == {one: "m1", other: "m2"}
    assert said("m3", 0.9, 0.6)
    assert said("m4", 0.01, 0.6)
    assert models() == {other: "m3"}
    assert documents.stage_version(identity, "tag") == "m4"


def test_what_is_locked_is_never_learned_from(config: Config) -> None:
    at_hand = material(config)
    learned = {e.text for e in at_hand.split.learn} | {p.text for p in at_hand.seed}
    assert not learned & {e.text for e in at_hand.split.locked}
    assert not at_hand.leaks
