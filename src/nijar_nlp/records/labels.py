"""What people's decisions say to a learner: labels, examples, disagreements."""

from dataclasses import dataclass, field
from typing import NamedTuple

# How a label came about: one person's or several agreeing persons' correction of a tag; an adjudicator's;
# the acceptance of a candidate whose passage was shown with the tag; a file that was brought in.
LABEL_SOURCES = ("decided", "adjudicated", "implied", "imported")


@dataclass(frozen=True, slots=True)
class Label:
    """A training value: whether a passage carries a tag, by which codebook, said by whom and when.

    `source` is one of LABEL_SOURCES; `at` is the day of the last word on it, YYYY-MM-DD.
    """

    passage_id: str
    tag: str
    present: bool
    source: str
    by: tuple[str, ...]
    codebook: str
    at: str


class Disagreement(NamedTuple):
    """A tag on a passage about which people differ and that nobody has adjudicated: it makes no label."""

    passage_id: str
    tag: str
    present: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A passage to learn from or to measure on: `tags` says of each tag that was decided whether it is there.

    `document` is what it was taken from; `at` is the day on which it was labelled, YYYY-MM-DD or empty.
    """

    id: str
    text: str
    language: str
    tags: dict[str, bool] = field(default_factory=dict)
    document: str = ""
    at: str = ""
    codebook: str = ""
    source: str = ""

    @property
    def present(self) -> tuple[str, ...]:
        """The tags that the passage carries."""
        return tuple(tag for tag, there in self.tags.items() if there)
