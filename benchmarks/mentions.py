"""Words a second that become mentions, with spaCy and registers, and with 50,000 more names."""

import argparse
import random
import time
from pathlib import Path

from nijar_nlp import corpus
from nijar_nlp.config import load_config
from nijar_nlp.mentions import Annotator, Input
from nijar_nlp.records import Actor

_SYLLABLES = (
    "ka",
    "du",
    "mo",
    "ri",
    "sen",
    "tal",
    "bo",
    "ghi",
    "wa",
    "lem",
    "or",
    "zi",
    "har",
    "nou",
    "dia",
    "ye",
)


def invented_actors(number: int, seed: int = 1) -> list[Actor]:
    """Actors with one two-word name each, from syllables; the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - no secret hangs on it
    names: set[str] = set()
    while len(names) < number:
        words = ("".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))).capitalize() for _ in range(2))
        names.add(" ".join(words))
    return [Actor(f"invented-{i}", name, "armed_group", {}) for i, name in enumerate(sorted(names))]


def words_a_second(annotator: Annotator, texts: list[Input]) -> float:
    """The rate by processor time, after a first call that loads what is loaded late."""
    annotator.annotate(texts[:20])
    began = time.process_time()
    annotator.annotate(texts)
    return sum(len(text.text.split()) for text in texts) / (time.process_time() - began)


def main() -> None:
    """Print the rates by language on the seed's passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=400, help="passages of each language")
    given = parser.parse_args()
    config = load_config(Path("config.yaml"))
    register = config.path(config.corpus.register_)
    actors, places = (
        corpus.load_actors(register / "actors.yaml"),
        corpus.load_places(register / "places.yaml"),
    )
    annotators = {
        "registers and spaCy": Annotator(actors, places, config.mentions.spacy),
        "registers alone": Annotator(actors, places, {}),
        "registers alone, 50,000 more names": Annotator([*actors, *invented_actors(50_000)], places, {}),
    }
    seed = corpus.load_labelled(config.path(config.corpus.seed))
    print(f"{'words a second':36}" + "".join(f"{code:>9}" for code in ("en", "fr", "ar")))
    for name, annotator in annotators.items():
        rates = [
            words_a_second(
                annotator, [Input(p.text, code) for p in seed if p.language == code][: given.passages]
            )
            for code in ("en", "fr", "ar")
        ]
        print(f"{name:36}" + "".join(f"{rate:9,.0f}" for rate in rates))


if __name__ == "__main__":
    main()
