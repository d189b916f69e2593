"""Many names at once: an index of names by their words, matched over the tokens of a text."""

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from nijar_nlp.mentions.words import Token, is_arabic, joined, key_of, readings

T = TypeVar("T")
_ACRONYM_LETTERS = 7


class Found(NamedTuple, Generic[T]):
    """A name found in a text, half-open, with the first and last token and what it may stand for."""

    start: int
    end: int
    first: int
    last: int
    values: tuple[T, ...]


class _Node(Generic[T]):
    __slots__ = ("names", "nexts")

    def __init__(self) -> None:
        self.nexts: dict[str, _Node[T]] = {}
        self.names: list[tuple[str, T]] = []


class NameIndex(Generic[T]):
    """Names with values; the time to match a text does not depend on how many names there are."""

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for name, value in names:
            self._add(name, value)

    def _add(self, name: str, value: T) -> None:
        keys = key_of(name)
        for variant in _inflected(keys):
            node = self._root
            for key in variant:
                node = node.nexts.setdefault(key, _Node())
            node.names.append((name, value))

    def find(
        self, text: str, words: Sequence[Token], first: int = 0, last: int | None = None
    ) -> list[Found[T]]:
        """The longest name at each position, left to right, without overlaps.

        A name yields to a longer one that begins within it. `first` and `last` bound the words asked, both
        included.
        """
        found: list[Found[T]] = []
        at = first
        words = words if last is None else words[: last + 1]
        while at < len(words):
            best = self._longest(text, words, at)
            if best is None:
                at += 1
                continue
            for later in range(best.first + 1, best.last + 1):
                other = self._longest(text, words, later)
                if other is not None and other.last > best.last and _n_words(other) > _n_words(best):
                    best = other
                    break
            found.append(best)
            at = best.last + 1
        return found

    def _longest(self, text: str, words: Sequence[Token], at: int) -> Found[T] | None:
        best: Found[T] | None = None
        for start, key in readings(text, words[at]):
            node = self._root.nexts.get(key)
            last = at
            while node is not None:
                if node.names and (best is None or last > best.last):
                    written = text[start : words[last].end]
                    values = _distinct(v for name, v in node.names if written_as(name, written))
                    if values:
                        best = Found(start, words[last].end, at, last, values)
                if last + 1 == len(words) or not joined(text, words[last], words[last + 1]):
                    break
                last += 1
                node = node.nexts.get(words[last].key)
        return best


def _n_words(found: Found[T]) -> int:
    return found.last - found.first


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple({id(value): value for value in values}.values())


def written_as(name: str, written: str) -> bool:
    """Whether the capitals of the text allow the name: acronyms and one-word names need theirs."""
    if written.isupper() or is_arabic(name):
        return True
    if name.isupper() and len(name) <= _ACRONYM_LETTERS:
        return len(name) > 3 and written[0].isupper() and written[1:].islower()
    if " " not in name and "-" not in name:
        return written[0].isupper() or name.islower()
    return written != written.lower() or name[0].islower() or not _is_short(name)


def _is_short(name: str) -> bool:
    return len(key_of(name)) < 3


def _inflected(keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The name's keys and, for an Arabic plural in last place, those of its other case."""
    if not keys:
        return []
    variants = [keys]
    for ending, other in (("ون", "ين"), ("ين", "ون")):
        if keys[-1].endswith(ending) and len(keys[-1]) > 5 and keys[-1].startswith("ال"):
            stem = keys[-1][:-2]
            variants += [
                (*keys[:-1], stem + form) for form in (other, "يه") if stem.endswith("ي") or form == other
            ]
    return variants
