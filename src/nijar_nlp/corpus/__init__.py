"""The corpus folder as records: codebook, registers, labelled passages and the manifest."""

from nijar_nlp.corpus.loading import (
    load_actors,
    load_codebook,
    load_known_cases,
    load_labelled,
    load_places,
    manifest,
)

__all__ = [
    "load_actors",
    "load_codebook",
    "load_known_cases",
    "load_labelled",
    "load_places",
    "manifest",
]
