"""Fills a database with made-up results of any size, for trying the review room on them.

    python benchmarks/review_store.py sqlite:////tmp/large.sqlite3 --passages 200000 --candidates 5000

makes people reader0 … reader9 too, analysts whose password is PASSWORD.
"""

import argparse
import itertools
import random
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model

from nijar_nlp.records import CaseCandidate, DateInterval, Party, content_id
from nijar_nlp.store import candidates, models, people, search
from nijar_nlp.store.connection import connect, migrate

PASSWORD = "a dry river in march"  # noqa: S105 - of a database of made-up results
COUNTRIES = ("MLI", "NER", "BFA", "MRT", "SOM", "LBN", "SYR", "NGA", "YEM", "AFG")
GROUPS = ("jnim", "al-shabaab", "boko-haram", "islamic-state", "ansar-dine", "taliban")
WORDS = [
    "captives",
    "released",
    "after",
    "talks",
    "elders",
    "ransom",
    "village",
    "road",
    "market",
    "otages",
    "libérés",
    "négociations",
    "accord",
    "chefs",
    "prisonniers",
    "convoi",
    "رهائن",
    "مفاوضات",
    "الأسرى",
    "اتفاق",
    "الجيش",
    "المدينة",
    "soldiers",
    "governor",
    "delegation",
    "exchange",
    "truce",
]
# Words as in a language: a few everywhere (WORDS), most of them in a passage or two.
SYLLABLES = ("ba", "di", "fo", "gu", "ka", "le", "mo", "nu", "ra", "si", "ta", "vu")
NAMES = ["".join(name) for name in itertools.product(SYLLABLES, SYLLABLES, SYLLABLES, ("n", "r", "s"))]
PASSAGES_A_DOCUMENT = 100
DOCUMENTS_AT_ONCE = 50
PASSAGES_A_CANDIDATE = 6
_TABLES = (
    models.Document,
    models.Page,
    models.Passage,
    models.PassageEntry,
    models.Tag,
    models.Mention,
)


def main() -> None:
    """Read the options and fill the database."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database")
    parser.add_argument("--passages", type=int, default=200_000)
    parser.add_argument("--candidates", type=int, default=5_000)
    options = parser.parse_args()
    connect(options.database)
    migrate()
    dice = random.Random(7)  # noqa: S311 - made-up results
    texts = [_text(dice) for _ in range(5000)]
    folded = [search.searchable(text) for text in texts]
    tagged: list[str] = []
    with transaction.atomic():
        for begin in range(0, options.passages // PASSAGES_A_DOCUMENT, DOCUMENTS_AT_ONCE):
            numbers = range(begin, min(begin + DOCUMENTS_AT_ONCE, options.passages // PASSAGES_A_DOCUMENT))
            tagged += _documents(numbers, texts, folded, dice)
    candidates.save_candidates([_candidate(n, tagged, dice) for n in range(options.candidates)])
    for number in range(10):
        people.create_person(f"reader{number}", "analyst", PASSWORD)
    print(f"{models.Passage.objects.count()} passages, {models.Candidate.objects.count()} candidates")


def _text(dice: random.Random) -> str:
    """Sixty words, a third of them of those that most passages have."""
    rare = dice.choices(NAMES, weights=[1 / (1 + rank) for rank in range(len(NAMES))], k=40)
    words = rare + dice.choices(WORDS, k=20)
    dice.shuffle(words)
    return " ".join(words)


def _documents(numbers: range, texts: list[str], folded: list[str], dice: random.Random) -> list[str]:
    """Add documents with their passages, tags and mentions; the ids of the passages that carry a tag."""
    rows: dict[type[Model], list[Any]] = {table: [] for table in _TABLES}
    for number in numbers:
        identity, outlet = f"{number:064x}", f"Outlet {number % 60}"
        day = date(2010, 1, 1) + timedelta(days=dice.randrange(5000))
        published = {"start": str(day), "end": str(day), "precision": "day", "found": ""}
        facts = {"title": f"Report {number}", "outlet": outlet, "published": published, "n_pages": 20}
        rows[models.Document].append(models.Document(id=identity, file=f"{number}.pdf", n_bytes=1, **facts))
        size = {"width": 595.0, "height": 842.0, "source": "text_layer", "quality": 1.0}
        rows[models.Page] += [models.Page(document_id=identity, page_number=n, **size) for n in range(1, 21)]
        for n in range(PASSAGES_A_DOCUMENT):
            which = dice.randrange(len(texts))
            for row in _passage(identity, n, (texts[which], folded[which]), (outlet, day), dice):
                rows[type(row)].append(row)
    for table, made in rows.items():
        table._default_manager.bulk_create(made, batch_size=2000)
    return [tag.passage_id for tag in rows[models.Tag]]


def _passage(
    document: str, n: int, text: tuple[str, str], source: tuple[str, date], dice: random.Random
) -> list[Model]:
    """The rows of a passage; each seventh carries a tag and names a group."""
    key, page = content_id(document, n), n // 5 + 1
    place = {"page_number": page, "parts": [[page, 0, 9]], "boxes": [[page, 72, 72, 500, 120]]}
    common = {"language": dice.choice(("en", "fr", "ar"))}
    probability = dice.random() if n % 7 == 0 else None
    entry = models.PassageEntry(
        passage_id=key,
        folded=text[1],
        outlet=source[0],
        published=source[1],
        country=dice.choice(COUNTRIES) if probability else "",
        top_probability=probability,
        uncertainty=probability and 1 - abs(2 * probability - 1),
        tagged=probability is not None,
        **common,
    )
    rows: list[Model] = [
        models.Passage(id=key, document_id=document, number=n, kind="body", text=text[0], **place, **common),
        entry,
    ]
    if probability is not None:
        tag = {"label": "dialogue", "probability": probability, "chosen": True, "model": "m1"}
        group = dice.choice(GROUPS)
        record = {"start": 0, "end": 5, "text": text[0][:5], "type": "ARMED_GROUP", "entity": group}
        rows += [
            models.Tag(passage_id=key, reasons=[[0, 8, 2.0]], **tag),
            models.Mention(passage_id=key, type="ARMED_GROUP", entity=group, record=record),
        ]
    return rows


def _candidate(number: int, tagged: list[str], dice: random.Random) -> CaseCandidate:
    day = date(2010, 1, 1) + timedelta(days=dice.randrange(5000))
    begin = number * PASSAGES_A_CANDIDATE % max(1, len(tagged) - PASSAGES_A_CANDIDATE)
    group = dice.choice(GROUPS)
    return CaseCandidate(
        id=content_id("large", number),
        title=f"Talks {number}: {group}",
        types=("talks",),
        tags=("dialogue",),
        status="done",
        armed_groups=(Party(group, group),),
        counterparts=(),
        mediators=(),
        persons=(),
        country=dice.choice(COUNTRIES),
        place=None,
        date=DateInterval(day, day, "day"),
        released_number=None,
        passage_ids=tuple(tagged[begin : begin + PASSAGES_A_CANDIDATE]),
        n_documents=1,
        n_outlets=1,
        score=dice.random(),
        score_reasons=(),
        nearest=None,
        known_case=None,
    )


if __name__ == "__main__":
    main()
