"""The seed in figures: counts, near-duplicates, vocabulary, agreement of a second reading.

python benchmarks/seed_figures.py [--write]

Prints Markdown; with --write it replaces what stands between the two marks in corpus/seed/README.md.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import cohen_kappa_score

from nijar_nlp import corpus
from nijar_nlp.config import load_config
from nijar_nlp.records import TAGS, LabelledPassage

ROOT = Path(__file__).parents[1]
README = ROOT / "corpus" / "seed" / "README.md"
SECOND = ROOT / "corpus" / "seed" / "second_reading" / "labels.jsonl"
MARKS = ("<!-- figures -->\n", "<!-- end of figures -->\n")
LANGUAGES = ("en", "fr", "ar")
GOLD = ("passages", "passages_field")
WINDOW = 1000
NEAR = 0.5

_MARKS_OF_ARABIC = re.compile("[\u0640\u064b-\u0652\u0670]")
_WORD = re.compile(r"[^\W\d_]+")


def words(text: str) -> list[str]:
    """The words of a text in lower case; Arabic without vowel signs and tatweel, numbers left out."""
    return _WORD.findall(_MARKS_OF_ARABIC.sub("", text).casefold())


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def counts(seed: Sequence[LabelledPassage]) -> str:
    """Passages by language and tag, and by language and register."""
    each = {code: [p for p in seed if p.language == code] for code in LANGUAGES} | {"all": list(seed)}
    tags = [
        (code, len(ps), *(sum(tag in p.tags for p in ps) for tag in TAGS), sum(not p.tags for p in ps))
        for code, ps in each.items()
    ]
    kinds = {code: Counter(p.register for p in ps) for code, ps in each.items()}
    registers = [(kind, *(kinds[code][kind] for code in each)) for kind, _ in kinds["all"].most_common()]
    by_tag = table(["language", "passages", *TAGS, "no tag"], tags)
    return f"{by_tag}\n{table(['register', *each], registers)}"


def nearest(passages: Sequence[LabelledPassage]) -> list[float]:
    """For each passage the highest Jaccard index of its set of words with a passage outside its pair."""
    pairs = [(p.id.rsplit("-", 1)[0], p.pair) if p.pair else p.id for p in passages]
    one_hot = CountVectorizer(analyzer=words, binary=True).fit_transform(p.text for p in passages)
    sizes = one_hot.sum(axis=1).A1
    best = []
    for i, shared in enumerate((one_hot @ one_hot.T).toarray()):
        alike = shared / (sizes[i] + sizes - shared)
        best.append(max(float(a) for a, pair in zip(alike, pairs, strict=True) if pair != pairs[i]))
    return best


def variety(seed: Sequence[LabelledPassage]) -> str:
    """Near-duplicates and vocabulary by language."""
    rows = []
    for code in LANGUAGES:
        passages = [p for p in seed if p.language == code]
        running = [word for p in passages for word in words(p.text)]
        windows = [running[i : i + WINDOW] for i in range(0, len(running) - WINDOW + 1, WINDOW)]
        within = sum(len(set(window)) for window in windows) / (WINDOW * len(windows))
        near = nearest(passages)
        share = sum(a > NEAR for a in near) / len(near)
        types = len(set(running))
        rows.append(
            (
                code,
                f"{len(running):,}",
                f"{types:,}",
                f"{types / len(running):.3f}",
                f"{within:.3f}",
                f"{share:.2%}",
                f"{sorted(near)[len(near) // 2]:.2f}",
            )
        )
    head = ["language", "words", "distinct", "types/tokens", f"the same, in {WINDOW:,} words"]
    return table([*head, f"nearest over {NEAR}", "median nearest"], rows)


def agreement(seed: Sequence[LabelledPassage], gold: Sequence[LabelledPassage]) -> str:
    """Cohen's kappa of the second reading with the tags, by part and tag, and every difference."""
    first = {p.id: p for p in seed} | {f"gold/{p.id}": p for p in gold}
    with SECOND.open(encoding="utf-8") as stream:
        read = [(line["id"], set(line["tags"])) for line in map(json.loads, stream)]
    parts = {code: [r for r in read if first[r[0]].language == code] for code in LANGUAGES} | {
        "of these, gold": [r for r in read if r[0].startswith("gold/")],
        "all": read,
    }
    rows = []
    for part, lines in parts.items():
        kappas = [
            cohen_kappa_score([tag in first[i].tags for i, _ in lines], [tag in tags for _, tags in lines])
            for tag in TAGS
        ]
        alike = sum(set(first[i].tags) == tags for i, tags in lines)
        rows.append((part, len(lines), *(f"{kappa:.3f}" for kappa in kappas), alike))
    apart = [i for i, tags in read if set(first[i].tags) != tags]
    head = ["language", "read twice", *TAGS, "same tags"]
    return f"{table(head, rows)}\nRead otherwise: {', '.join(apart) or 'none'}.\n"


def main() -> None:
    """Print the figures, or write them into the seed's README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="into corpus/seed/README.md")
    config = load_config(ROOT / "config.yaml")
    seed = corpus.load_labelled(config.path(config.corpus.seed))
    folder = config.path(config.corpus.gold)
    gold = [p for part in GOLD for p in corpus.load_labelled(folder / part)]
    sections = {
        "Counts": counts(seed),
        "Near-duplicates and vocabulary": variety(seed),
        "Agreement of the second reading": agreement(seed, gold),
    }
    text = "\n".join(f"### {title}\n{body}" for title, body in sections.items())
    if parser.parse_args().write:
        before, rest = README.read_text(encoding="utf-8").split(MARKS[0])
        README.write_text(before + MARKS[0] + text + MARKS[1] + rest.split(MARKS[1])[1], encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
