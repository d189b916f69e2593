"""Labelled passages into a tuned network."""

import random
from collections.abc import Iterator, Mapping, Sequence

import torch
from rich.progress import track
from tokenizers import Tokenizer
from torch import Tensor, nn

from nijar_nlp.records import LANGUAGES, TAGS, LabelledPassage
from nijar_nlp.tagger.encoder import quiet
from nijar_nlp.tagger.finetune.mixing import mixed
from nijar_nlp.tagger.finetune.network import Network

EPOCHS = 4
BATCH = 16
RATE = 1e-4
HEAD_RATE = 1e-3
WARM_UP = 0.1
# Share of the words that are masked, so that no single name gives a tag away.
MASKED = 0.08
MOST_TOKENS = 256


def tune(
    network: Network,
    tokenizer: Tokenizer,
    passages: Sequence[LabelledPassage],
    *,
    epochs: int = EPOCHS,
    rate: float = RATE,
    seed: int = 0,
) -> None:
    """Tune in place: binary cross-entropy per tag, AdamW, linear warm-up and decay from `rate`."""
    torch.manual_seed(seed)
    dice = random.Random(seed)  # noqa: S311 - no secret
    tokenizer.enable_truncation(MOST_TOKENS)
    heads = [*network.head.parameters(), *network.attention.parameters()]
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": heads, "lr": HEAD_RATE * rate / RATE}], weight_decay=0.01
    )
    steps = epochs * -(-len(passages) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, (steps - step) / steps)
    )
    network.train()
    for ids, mask, truth in track(_batches(tokenizer, passages, epochs, dice), "tuning", steps):
        optimiser.zero_grad()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            shares = network(ids, mask)
        nn.functional.binary_cross_entropy_with_logits(shares.sum(1), truth).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()


def averaged(one: Mapping[str, Tensor], other: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The mean of two tunings of one network: it does better on texts of other kinds than either.

    Wortsman et al. 2022, Model soups.
    """
    return {name: (weights + other[name]) / 2 for name, weights in one.items()}


def _batches(
    tokenizer: Tokenizer, passages: Sequence[LabelledPassage], epochs: int, dice: random.Random
) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Batches of like length: token numbers, mask and truth."""
    untagged = {code: [p.text for p in passages if p.language == code and not p.tags] for code in LANGUAGES}
    padding, masking = _number(tokenizer, "<pad>"), _number(tokenizer, "<mask>")
    for _ in range(epochs):
        texts = [quiet(mixed(p.text, p.language, untagged, dice)) for p in passages]
        codes = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
        order = sorted(range(len(codes)), key=lambda i: (len(codes[i]) // 16, dice.random()))
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        dice.shuffle(batches)
        for batch in batches:
            longest = max(len(codes[i]) for i in batch)
            ids = torch.tensor([codes[i] + [padding] * (longest - len(codes[i])) for i in batch])
            mask = (ids != padding).long()
            hidden = (torch.rand(ids.shape) < MASKED) & (ids > padding + 2)
            truth = torch.tensor([[float(tag in passages[i].tags) for tag in TAGS] for i in batch])
            yield torch.where(hidden, masking, ids), mask, truth


def _number(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ValueError(f"the tokenizer has no {token}")
    return number
