"""Passages into harder ones: a tagged clause among sentences of other matters."""

import random
import re
from collections.abc import Mapping, Sequence

# Real paragraphs hold several matters, and the clause that decides is one among many.
MIX = 0.5
MOST_WORDS = 130
SHOUT = 0.03

_SENTENCE = re.compile(r"(?<=[.!?؟…»])\s+")


def mixed(text: str, language: str, untagged: Mapping[str, Sequence[str]], dice: random.Random) -> str:
    """The text, half the time with sentences of untagged passages of its language before or after it."""
    if dice.random() < MIX and len(text.split()) < MOST_WORDS:
        for _ in range(dice.choice((1, 1, 2))):
            sentences = _SENTENCE.split(dice.choice(untagged[language]))
            length = dice.randint(1, min(4, len(sentences)))
            first = dice.randint(0, len(sentences) - length)
            piece = " ".join(sentences[first : first + length])
            text = dice.choice((f"{text} {piece}", f"{piece} {text}"))
    return text.upper() if dice.random() < SHOUT and language != "ar" else text
