"""Labels and the history of the codebook into the labels whose definition has changed since."""

from collections.abc import Iterable, Mapping

from nijar_nlp.records import Label


def stale(labels: Iterable[Label], definitions: Mapping[str, Mapping[str, str]], version: str) -> list[Label]:
    """The labels that were made by another definition of their tag than that of codebook `version`.

    `definitions` gives the content id of each tag's definition by version and tag; a label of a version that
    it does not hold is stale.
    """
    now = definitions[version]
    return [label for label in labels if definitions.get(label.codebook, {}).get(label.tag) != now[label.tag]]
