"""What was asked of the database once already, while one request is answered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_Found = TypeVar("_Found")

_KNOWN: ContextVar[dict[tuple[str, str], Any] | None] = ContextVar("known", default=None)


@contextmanager
def one_answer() -> Iterator[None]:
    """Ask what `once` asks only once, until the block ends."""
    token = _KNOWN.set({})
    try:
        yield
    finally:
        _KNOWN.reset(token)


def once(what: str, name: str, ask: Callable[[str], _Found]) -> _Found:
    """What is found by a name, from this answer where it was asked already; always anew outside of one."""
    known = _KNOWN.get()
    if known is None:
        return ask(name)
    if (what, name) not in known:
        known[what, name] = ask(name)
    found: _Found = known[what, name]
    return found
