"""Passages made by varying the grouping gold's build half into the time and memory that grouping them takes.

python benchmarks/grouping_growth.py [--sizes 1000 10000 100000]

A variant of a case happens at another time and in another place to other people: its days are shifted, its
places and persons get other names and degrees, its numbers and a third of its words change, the same way in
all its reports. So each variant is a case of its own, and the table can tell how many were found. Each size
is measured in a process of its own, with tagging and annotating left out.
"""

import argparse
import gc
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.grouping import b_cubed, evidence_of_gold, gold
from nijar_nlp import cases
from nijar_nlp.config import load_config
from nijar_nlp.records import DateInterval, Event, Evidence, Mention, Party, Place
from nijar_nlp.steps import parts

ROOT = Path(__file__).parents[1]
SIZES = (1_000, 10_000, 100_000)
SHIFT_DAYS, ALL_DAYS = 41, 20 * 365  # variants lie this far apart, within the study's twenty years
SCATTER = 4.0  # degrees by which a place is moved at most
CHANGED = 3  # one word in so many is another word
# Letters by the class in which names are compared, so that a name stays one name across scripts.
CLASSES = ("kقكغ", "sسزش", "tتط", "dدض", "bب", "fف", "mم", "nن", "lل", "rر")


@dataclass(frozen=True)
class Vocabulary:
    """Words by language and length, from which others of the same length are taken."""

    words: Mapping[tuple[str, int], Sequence[str]]

    def other(self, word: str, language: str, salt: str) -> str:
        """Another word in the place of one word in three; the same for the same salt."""
        dice = random.Random(f"{salt} {word}")  # noqa: S311 - not for secrets
        same = self.words.get((language, len(word)), ())
        return dice.choice(same) if same and dice.randrange(CHANGED) == 0 else word


def vocabulary(evidence: Sequence[Evidence]) -> Vocabulary:
    """The lower-case words of the texts."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for item in evidence:
        for word in item.text.split():
            if word.isalpha() and word == word.lower() and len(word) > 3:
                found[item.language, len(word)].add(word)
    return Vocabulary({key: sorted(words) for key, words in found.items()})


class Variation:
    """What one variant of a case changes: days, names, degrees, numbers and words."""

    def __init__(self, case: str, number: int, words: Vocabulary) -> None:
        self.salt = f"{case} {number}"
        dice = random.Random(self.salt)  # noqa: S311 - not for secrets
        order = dice.sample(range(len(CLASSES)), len(CLASSES))
        latin = {CLASSES[i][0]: CLASSES[j][0] for i, j in enumerate(order)}
        arabic = {letter: CLASSES[j][1] for i, j in enumerate(order) for letter in CLASSES[i][1:]}
        capitals = {one.upper(): other.upper() for one, other in latin.items()}
        self._letters = str.maketrans({**latin, **arabic, **capitals})
        self._days = timedelta(days=-(number * SHIFT_DAYS % ALL_DAYS))
        self._north, self._east = (dice.uniform(-SCATTER, SCATTER) for _ in range(2))
        self._factor = dice.uniform(0.5, 3.0)
        self._words = words

    def report(self, item: Evidence) -> Evidence:
        """The variant of a report."""
        identity = f"{item.passage_id} {self.salt}"
        return replace(
            item,
            passage_id=identity,
            document_id=identity,
            text=self._text(item),
            mentions=tuple(map(self._mention, item.mentions)),
            events=tuple(self._event(event, identity) for event in item.events),
            published=self._interval(item.published),
        )

    def _text(self, item: Evidence) -> str:
        named = {i for m in item.mentions if self._is_renamed(m) for i in range(m.start, m.end)}
        letters = [c.translate(self._letters) if i in named else c for i, c in enumerate(item.text)]
        words = "".join(letters).split(" ")
        return " ".join(self._words.other(word, item.language, self.salt) for word in words)

    def _is_renamed(self, mention: Mention) -> bool:
        return mention.type in ("PERSON", "PLACE") and mention.precision != "country"

    def _mention(self, mention: Mention) -> Mention:
        if mention.interval:
            return replace(mention, interval=self._interval(mention.interval))
        if not self._is_renamed(mention):
            return mention
        text, name = mention.text.translate(self._letters), mention.name.translate(self._letters)
        return replace(mention, text=text, name=name, entity=None, **self._degrees(mention))

    def _degrees(self, place: Mention | Place) -> dict[str, float]:
        if place.lat is None or place.lon is None:
            return {}
        return {"lat": place.lat + self._north, "lon": place.lon + self._east}

    def _event(self, event: Event, identity: str) -> Event:
        place = event.place
        if place and place.precision != "country":
            renamed = {
                "text": place.text.translate(self._letters),
                "name": place.name.translate(self._letters),
            }
            place = replace(place, **renamed, **self._degrees(place))
        return replace(
            event,
            id=f"{event.id} {self.salt}",
            passage_id=identity,
            persons=tuple(Party(party.text.translate(self._letters), None) for party in event.persons),
            place=place,
            date=self._interval(event.date),
            released_number=self._number(event.released_number),
            released_number_other_side=self._number(event.released_number_other_side),
        )

    def _number(self, number: int | None) -> int | None:
        return number and max(1, round(number * self._factor))

    def _interval(self, interval: DateInterval | None) -> DateInterval | None:
        if interval is None:
            return None
        start, end = (day and day + self._days for day in (interval.start, interval.end))
        return replace(interval, start=start, end=end)


def varied(size: int) -> tuple[list[Evidence], dict[str, str]]:
    """So many passages, and the case of each; the first variant of each case is the gold's own."""
    config = load_config(ROOT / "config.yaml")
    rows = gold("build")
    case = {row["id"]: row["case"] or row["id"] for row in rows}
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:  # the models stay out of this one
        evidence = apart.submit(evidence_of_gold, rows, config).result()
    words = vocabulary(evidence)
    made = (
        (variation.report(item), variation.salt)
        for number in count()
        for item in evidence
        for variation in [variation_of(case[item.passage_id], number, words)]
    )
    some = list(islice(made, size))
    return [item for item, _ in some], {item.passage_id: salt for item, salt in some}


def variation_of(case: str, number: int, words: Vocabulary) -> Variation:
    """The variation of a case by its number."""
    return Variation(case, number, words)


def measure(size: int) -> None:
    """One line of the table."""
    config = load_config(ROOT / "config.yaml")
    evidence, truth = varied(size)
    known, actors, settings = parts.known_cases(config), parts.actors(config), parts.case_settings(config)
    gc.collect()
    before = _peak_mb()
    began, wall = time.process_time(), time.perf_counter()
    found = cases.candidates(evidence, known, actors, settings, {})
    seconds, wall = time.process_time() - began, time.perf_counter() - wall
    group = {passage: passage for passage in truth}
    group |= {passage: one.id for one in found for passage in one.passage_ids}
    precision, recall, f1 = b_cubed(truth, group)
    print(
        f"{size:>8,} {len(set(truth.values())):>7,} {len(found):>10,} "
        f"{precision:6.3f} {recall:6.3f} {f1:6.3f} "
        f"{seconds:8.1f} {wall:8.1f} {1000 * seconds / size:8.2f} {before:8.0f} {_peak_mb():8.0f}",
        flush=True,
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--only", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        measure(options.only)
        return
    print(
        "passages   cases candidates   B³ P     R     F1    CPU s   wall s  ms each MB before  MB peak",
        flush=True,
    )
    for size in options.sizes:
        subprocess.run([sys.executable, __file__, "--only", str(size)], check=True)


if __name__ == "__main__":
    main()
