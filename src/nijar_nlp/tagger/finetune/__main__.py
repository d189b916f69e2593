"""Tune an encoder on a folder of labelled passages and write it to a new folder of models/."""

import argparse
import json
from pathlib import Path

import torch
from tokenizers import Tokenizer

from nijar_nlp.records import LabelledPassage
from nijar_nlp.tagger.encoder import MODEL_FILE, TOKENIZER_FILE
from nijar_nlp.tagger.finetune.base import load_base, tokenizer_file
from nijar_nlp.tagger.finetune.network import Network, export
from nijar_nlp.tagger.finetune.training import EPOCHS, RATE, averaged, tune
from nijar_nlp.tagger.finetune.vocabulary import pruned


def main() -> None:
    """Read, prune, tune, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passages", type=Path, help="folder of JSONL files: id, language, text, tags, …")
    parser.add_argument("target", type=Path, help="a new folder, for example models/encoder-3")
    parser.add_argument("--start", type=Path, help="weights that an earlier tuning kept, to go on from")
    parser.add_argument("--keep", type=Path, help="keep the full weights here, outside the repository")
    parser.add_argument(
        "--average", action="store_true", help="average the tuned weights with those of --start"
    )
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--rate", type=float, default=RATE, help="of the body; with --start, half does")
    options = parser.parse_args()
    if options.average and not options.start:
        parser.error("--average needs --start: the weights to average with")
    description, keep = pruned(tokenizer_file())
    options.target.mkdir(parents=True)
    tokenizer_target = options.target / TOKENIZER_FILE
    tokenizer_target.write_text(json.dumps(description, ensure_ascii=False), encoding="utf-8")
    network = Network(load_base(), keep)
    start = torch.load(options.start, weights_only=True) if options.start else None
    if start:
        network.load_state_dict(start)
    tokenizer = Tokenizer.from_file(str(tokenizer_target))
    tune(network, tokenizer, list(_passages(options.passages)), epochs=options.epochs, rate=options.rate)
    if start and options.average:
        network.load_state_dict(averaged(network.state_dict(), start))
    if options.keep:
        torch.save(network.state_dict(), options.keep)
    export(network, options.target / MODEL_FILE)


def _passages(folder: Path) -> list[LabelledPassage]:
    rows = (
        json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.open(encoding="utf-8")
    )
    return [LabelledPassage(**{**row, "tags": tuple(row["tags"])}) for row in rows]


if __name__ == "__main__":
    main()
