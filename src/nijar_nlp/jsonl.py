"""Lines of JSON into checked values, and back."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Annotated, Any, TypeVar

import click
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nijar_nlp.errors import InputError, rule_of

Line = TypeVar("Line", bound=BaseModel)


class PassageLine(BaseModel):
    """One passage to work on: other keys are allowed and ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | int
    text: str
    language: str | None = None
    date: Annotated[str, Field(coerce_numbers_to_str=True)] | None = None  # a year may be a number
    source: str | None = None


def read_lines(lines: Iterable[str], shape: type[Line], name: str) -> Iterator[Line]:
    """Each non-empty line as `shape`; InputError names the file and the number of the first bad line."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield shape.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            key = ".".join(str(part) for part in first["loc"])
            raise InputError(
                "A line cannot be used",
                f"{name}, line {number}" + (f", key {key}" if key else ""),
                f"{first['msg']}.",
                'Each line is one JSON object with at least "id" and "text".',
            ) from error


@contextmanager
def opened(path: str, mode: str) -> Iterator[IO[str]]:
    """A UTF-8 text file, or a standard stream for `-`; InputError where it cannot be used."""
    try:
        with click.open_file(path, mode, encoding="utf-8") as stream:
            yield stream
    except BrokenPipeError:
        raise  # who reads has seen enough: that is no error of a file
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "A file cannot be used", path, rule_of(error), "Check its path and that it is UTF-8."
        ) from error


def write_line(stream: IO[str], value: Any) -> None:
    """One value as one line of JSON, letters kept as they are."""
    stream.write(json.dumps(value, ensure_ascii=False) + "\n")


def work(source: str, target: str, size: int, answer: Callable[[list[PassageLine]], Iterable[Any]]) -> int:
    """Read passages, answer them `size` at a time, write one line each in the same order; how many."""
    count = 0
    with opened(source, "r") as lines, opened(target, "w") as out:
        batch: list[PassageLine] = []
        for line in read_lines(lines, PassageLine, source if source != "-" else "standard input"):
            batch.append(line)
            if len(batch) == size:
                count += _flush(batch, out, answer)
                batch = []
        return count + _flush(batch, out, answer)


def work_whole(source: str, target: str, answer: Callable[[list[PassageLine]], Iterable[Any]]) -> None:
    """Read all passages, answer them together, write one line each in the same order."""
    with opened(source, "r") as lines, opened(target, "w") as out:
        name = source if source != "-" else "standard input"
        _flush(list(read_lines(lines, PassageLine, name)), out, answer)


def _flush(
    batch: list[PassageLine], out: IO[str], answer: Callable[[list[PassageLine]], Iterable[Any]]
) -> int:
    for value in answer(batch) if batch else ():
        write_line(out, value)
    return len(batch)
