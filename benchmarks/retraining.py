"""What `nijar retrain` takes with many labels: time on the clock, processor time and memory, stage by stage.

    python benchmarks/retraining.py [--labels 20000] [--encoded 400]

Labelled texts are made by joining sentences of three seed passages of one language and the same tags, ten to
a document. They are brought in as `nijar labels import` would, into a project of its own in a temporary
folder. What the encoder says of them is made up and cached beforehand, so that the stages show what all else
takes; the encoder itself is timed apart, on `--encoded` of the texts, and reckoned up for all.
"""

import argparse
import random
import resource
import shutil
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import yaml

from nijar_nlp import corpus, steps, terminal
from nijar_nlp.config import Config, load_config
from nijar_nlp.labels import write_jsonl
from nijar_nlp.records import TAGS, Example, LabelledPassage, content_id
from nijar_nlp.steps import parts
from nijar_nlp.steps.examples import material
from nijar_nlp.store.connection import connect, disconnect, migrate

ROOT = Path(__file__).parents[1]
OF_A_DOCUMENT = 10
JOINED = 3


def made(seed: list[LabelledPassage], count: int) -> list[Example]:
    """So many labelled texts, each of sentences of several passages of one language and the same tags."""
    alike: dict[tuple[str, tuple[str, ...]], list[list[str]]] = defaultdict(list)
    for passage in seed:
        alike[passage.language, tuple(passage.tags)].append(passage.text.split(". "))
    kinds = [(kind, texts) for kind, texts in alike.items() if len(texts) > JOINED]
    dice = random.Random(0)  # noqa: S311 - no secret
    examples = []
    for number in range(count):
        ((language, tags), texts) = dice.choices(kinds, [len(texts) for _, texts in kinds])[0]
        text = ". ".join(dice.choice(sentences) for sentences in dice.sample(texts, JOINED))
        examples.append(
            Example(
                id=content_id("made", str(number)),
                text=f"{text} {number}",
                language=language,
                tags={tag: tag in tags for tag in TAGS},
                document=content_id("document", str(number // OF_A_DOCUMENT)),
                at="2026-01-01",
                codebook="1.2",
                source="imported",
            )
        )
    return examples


def project(folder: Path, count: int) -> Config:
    """A project with the corpus and models of this one, and so many labels that were brought in."""
    settings = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    settings["run"]["workers"] = 2
    (folder / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    (folder / "corpus").symlink_to(ROOT / "corpus")
    shutil.copytree(ROOT / "models", folder / "models")
    config = load_config(folder / "config.yaml")
    labels = config.path(config.learning.labels)
    labels.mkdir(parents=True)
    examples = made(list(corpus.load_labelled(config.path(config.corpus.seed))), count)
    (labels / "made.jsonl").write_text(write_jsonl(examples), encoding="utf-8")
    return config


def fill_cache(config: Config) -> list[str]:
    """Make up what the encoder says of everything that it would be asked about; the texts of the labels."""
    at_hand = material(config)
    dice = np.random.default_rng(0)
    everything = [*at_hand.gold, *at_hand.split.learn, *at_hand.split.locked]
    truth = np.array([[tag in e.present for tag in TAGS] for e in everything])
    said = dice.normal(np.where(truth, 3.0, -3.0), 2.0)
    parts.cached_encoder(config, config.tagger.encoder).remember([e.text for e in everything], said)
    return [e.text for e in at_hand.labelled]


def used() -> tuple[float, float]:
    """Seconds on the clock and of processors, children included."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic(), time.process_time() + children.ru_utime + children.ru_stime


def retrained(config: Config) -> None:
    """Retrain and print what each stage took."""
    begun = last = used()
    with terminal.progress() as bar:

        def told(stage: str, done: int, total: int) -> None:
            nonlocal last
            bar(stage, done, total)
            now = used()
            if done == total:
                print(f"| {stage} | {now[0] - last[0]:.1f} | {now[1] - last[1]:.1f} |", flush=True)
                last = now

        steps.retrain(config, promote=False, progress=told)
    end = used()
    print(f"| checked and kept | {end[0] - last[0]:.1f} | {end[1] - last[1]:.1f} |")
    print(f"| all but the encoder | {end[0] - begun[0]:.1f} | {end[1] - begun[1]:.1f} |")


def main() -> None:
    """Print one row a stage, the peak of memory, and what the encoder would take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=int, default=20000)
    parser.add_argument("--encoded", type=int, default=400, help="texts to time the encoder on; 0: do not")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = project(Path(folder), arguments.labels)
        connect(config.database_url)
        migrate()
        texts = fill_cache(config)
        print(f"{len(texts)} labels; one row a stage: seconds on the clock, seconds of processor", flush=True)
        retrained(config)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"peak memory {peak:.2f} GiB", flush=True)
        if arguments.encoded:
            shutil.rmtree(config.path(config.learning.cache))
            begun = used()
            parts.cached_encoder(config, config.tagger.encoder).log_odds(texts[: arguments.encoded])
            clock, processor = (end - start for end, start in zip(used(), begun, strict=True))
            n_read = min(arguments.encoded, len(texts))
            print(
                f"encoder, two threads: {n_read / clock:.1f} texts/s ({processor:.0f} s of processor for "
                f"{n_read}); all of them in {len(texts) / n_read * clock / 60:.1f} minutes"
            )
        disconnect()


if __name__ == "__main__":
    main()
