"""Mentions and events against the gold: F1 by type, and how often each slot of a found event is right."""

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nijar_nlp import corpus, forms
from nijar_nlp.cases import events_of
from nijar_nlp.config import load_config
from nijar_nlp.mentions import Annotator, Input

SLOTS = ("status", "country", "place", "date", "released_number", "released_number_other_side", "source")
PARTIES = ("armed_group", "counterpart", "mediator", "persons")
_NEAR_KM = 25.0
Form = dict[str, Any]


def annotated(gold: Sequence[Form], annotator: Annotator) -> list[Form]:
    """What the system writes for each passage under the gold's tags."""
    dates = [forms.publication_date(row.get("date")) for row in gold]
    found = annotator.annotate(
        [Input(row["text"], row["language"], day) for row, day in zip(gold, dates, strict=True)]
    )
    return [
        forms.annotation(
            row["id"],
            mentions,
            events_of(
                row["id"], row["text"], row["language"], row["tags"], mentions, states=annotator.states
            ),
        )
        for row, mentions in zip(gold, found, strict=True)
    ]


def f1(right: int, told: int, true: int) -> str:
    """Precision, recall and F1 as text; a dash where there was nothing to find or say."""
    if not told and not true:
        return "–"
    precision, recall = right / told if told else 0.0, right / true if true else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.2f} R {recall:.2f} F1 {both:.2f} (n {true})"


def _overlap(one: Form, other: Form) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _pairs(true: Sequence[Form], told: Sequence[Form], *, strict: bool) -> list[tuple[Form, Form]]:
    free, pairs = list(told), []
    for gold in true:
        for mention in free:
            same = (mention["start"], mention["end"]) == (gold["start"], gold["end"])
            if mention["type"] == gold["type"] and (same if strict else _overlap(gold, mention)):
                pairs.append((gold, mention))
                free.remove(mention)
                break
    return pairs


def mention_scores(gold: Sequence[Form], told: Sequence[Form], wrong: list[str]) -> None:
    """Print strict and overlap F1 by type, and how far what was matched is resolved as in the gold."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row, form in zip(gold, told, strict=True):
        found = [m for m in form["mentions"] if m["how"] != "coreference"]
        strict = _pairs(row["mentions"], found, strict=True)
        loose = _pairs(row["mentions"], found, strict=False)
        for kind, items in (("true", row["mentions"]), ("told", found)):
            for item in items:
                counts[item["type"]][kind] += 1
        for kind, pairs in (("strict", strict), ("overlap", loose)):
            for true, _ in pairs:
                counts[true["type"]][kind] += 1
        wrong += _misses(row, found, loose)
        for true, mention in loose:
            _resolved(row, true, mention, counts[true["type"]], wrong)
    for kind, count in sorted(counts.items()):
        line = f"{kind:12} strict {f1(count['strict'], count['told'], count['true'])}"
        line += f"  overlap {f1(count['overlap'], count['told'], count['true'])}"
        for name in ("id", "country", "spot", "interval", "value"):
            if count[f"{name} asked"]:
                line += f"  {name} {count[f'{name} right'] / count[f'{name} asked']:.2f}"
        print(line)


def _misses(row: Form, found: Sequence[Form], loose: Sequence[tuple[Form, Form]]) -> Iterable[str]:
    for true in row["mentions"]:
        if all(true is not pair[0] for pair in loose):
            yield f"{row['id']} missed {true['type']} {true['text']!r}"
    for mention in found:
        if all(mention is not pair[1] for pair in loose):
            yield f"{row['id']} extra {mention['type']} {mention['text']!r}"


def _resolved(row: Form, true: Form, mention: Form, count: Counter[str], wrong: list[str]) -> None:
    checks: dict[str, tuple[Any, Any]] = {}
    if true["type"] in ("ARMED_GROUP", "PERSON", "ORG"):
        checks["id"] = (true["id"], mention["id"])
    elif true["type"] == "PLACE" and true["country"]:
        checks["country"] = (true["country"], mention["country"])
        if "lat" in true:
            checks["spot"] = (True, mention["lat"] is not None and _km(true, mention) <= _NEAR_KM)
    elif true["type"] == "DATE":
        checks["interval"] = (true["interval"], mention["interval"])
    elif true["type"] == "NUMBER":
        checks["value"] = (true["value"], mention["value"])
    for name, (expected, got) in checks.items():
        count[f"{name} asked"] += 1
        count[f"{name} right"] += expected == got
        if expected != got:
            wrong.append(f"{row['id']} {name} of {true['text']!r}: {got} for {expected}")


def _km(one: Form, other: Form) -> float:
    north = math.radians(one["lat"] - other["lat"])
    east = math.radians(one["lon"] - other["lon"]) * math.cos(math.radians(one["lat"]))
    return 6371 * math.hypot(north, east)


def event_scores(gold: Sequence[Form], told: Sequence[Form], wrong: list[str]) -> None:
    """Print how well types, statuses and slots are told; slots over events whose type was found."""
    count: Counter[str] = Counter()
    for row, form in zip(gold, told, strict=True):
        free = list(form["events"])
        count["told"] += len(free)
        for true in row["events"]:
            count["true"] += 1
            event = next((e for e in free if e["type"] == true["type"]), None)
            if event is None:
                wrong.append(f"{row['id']} missed event {true['type']} {true['status']}")
                continue
            free.remove(event)
            count["type"] += 1
            _slots(row, true, event, count, wrong)
        wrong += [f"{row['id']} extra event {e['type']} {e['status']}" for e in free]
    print("type       ", f1(count["type"], count["told"], count["true"]))
    for slot in PARTIES:
        print(f"{slot:12}", f1(count[f"{slot} right"], count[f"{slot} told"], count[f"{slot} true"]))
    for slot in (
        "status",
        "country",
        "place",
        "date",
        "released_number",
        "released_number_other_side",
        "source",
    ):
        print(
            f"{slot:12} {count[f'{slot} right']}/{count['type']}"
            f" = {count[f'{slot} right'] / max(count['type'], 1):.2f}"
        )


def _slots(row: Form, true: Form, event: Form, count: Counter[str], wrong: list[str]) -> None:
    for slot in PARTIES:
        right = _same_parties(true[slot], event[slot])
        count[f"{slot} true"] += len(true[slot])
        count[f"{slot} told"] += len(event[slot])
        count[f"{slot} right"] += right
        if not right == len(true[slot]) == len(event[slot]):
            wrong.append(f"{row['id']} {true['type']} {slot}: {_texts(event[slot])} for {_texts(true[slot])}")
    for slot in ("status", "country", "released_number", "released_number_other_side", "source"):
        _count(row, true, slot, event[slot], true[slot], event[slot] == true[slot], count, wrong)
    place, true_place = (event["place"] or {}).get("text"), (true["place"] or {}).get("text")
    _count(row, true, "place", place, true_place, place == true_place, count, wrong)
    day, true_day = _days(event["date"]), _days(true["date"])
    _count(row, true, "date", day, true_day, day == true_day, count, wrong)


def _count(
    row: Form,
    true: Form,
    slot: str,
    got: object,
    expected: object,
    right: bool,
    count: Counter[str],
    wrong: list[str],
) -> None:
    count[f"{slot} right"] += right
    if not right:
        wrong.append(f"{row['id']} {true['type']} {slot}: {got} for {expected}")


def _days(found: Form | None) -> tuple[Any, ...] | None:
    return (found["start"], found["end"]) if found and (found["start"] or found["end"]) else None


def _texts(parties: Sequence[Form]) -> list[str]:
    return [party["text"] for party in parties]


def _same_parties(true: Sequence[Form], told: Sequence[Form]) -> int:
    free, same = list(told), 0
    for gold in true:
        for party in free:
            one, other = gold["text"].casefold(), party["text"].casefold()
            if (gold["id"] and gold["id"] == party["id"]) or one in other or other in one:
                free.remove(party)
                same += 1
                break
    return same


def date_scores(gold: Sequence[Form], told: Sequence[Form]) -> None:
    """Print how often the days of a dated mention are right, by the system and by dateparser alone.

    dateparser is given the mention's own words, so that finding them counts for neither.
    """
    try:
        import dateparser  # only for this comparison: no dependency of the project
    except ImportError:
        print("dateparser is not installed, so its dates are left out: pip install dateparser")
        return
    asked = ours = theirs = 0
    for row, form in zip(gold, told, strict=True):
        base = (
            datetime.fromisoformat(row["date"]) if len(row.get("date") or "") == len("2020-10-09") else None
        )
        settings = {"PREFER_DATES_FROM": "past"} | ({"RELATIVE_BASE": base} if base else {})
        found = {(m["start"], m["end"]): m for m in form["mentions"] if m["type"] == "DATE"}
        for true in row["mentions"]:
            days = _days(true.get("interval")) if true["type"] == "DATE" else None
            if days is None:
                continue
            asked += 1
            mine = found.get((true["start"], true["end"]))
            ours += mine is not None and _days(mine["interval"]) == days
            day = dateparser.parse(true["text"], languages=[row["language"]], settings=settings)
            theirs += day is not None and days == (day.date().isoformat(),) * 2
    print(f"date intervals right: {ours}/{asked}; dateparser alone: {theirs}/{asked}")


def main() -> None:
    """Print the scores by language; with --errors, every difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=("en", "fr", "ar"), help="this language only")
    parser.add_argument(
        "--half", choices=("worked", "held"), help="the passages worked with, or those held out"
    )
    parser.add_argument("--errors", action="store_true", help="list every difference")
    parser.add_argument("--plain", action="store_true", help="without the registers, for comparison")
    parser.add_argument("--dateparser", action="store_true", help="dates beside those of dateparser alone")
    given = parser.parse_args()
    config = load_config(Path("config.yaml"))
    register = config.path(config.corpus.register_)
    actors = () if given.plain else corpus.load_actors(register / "actors.yaml")
    places = () if given.plain else corpus.load_places(register / "places.yaml")
    annotator = Annotator(actors, places, config.mentions.spacy)
    for language in (given.language,) if given.language else ("en", "fr", "ar"):
        path = config.path(config.corpus.gold) / f"events_{language}.jsonl"
        gold = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        gold = [row for row in gold if given.half in (None, row["half"])]
        told, wrong = annotated(gold, annotator), []
        missing = annotator.missing or "none"
        print(f"\n{language}: {len(gold)} passages ({given.half or 'both halves'}); missing: {missing}")
        mention_scores(gold, told, wrong)
        event_scores(gold, told, wrong)
        if given.dateparser:
            date_scores(gold, told)
        if given.errors:
            print("\n".join(wrong))


if __name__ == "__main__":
    main()
