"""The corpus folder as records: codebook, case schema, registers, labelled passages and the manifest."""

from nijar_nlp.corpus.archives import unpacked
from nijar_nlp.corpus.case_schema import (
    case_days,
    check_value,
    check_values,
    dump_case_records,
    load_case_records,
    load_case_schema,
)
from nijar_nlp.corpus.forms import RuleError, days_of
from nijar_nlp.corpus.loading import (
    codebook_versions,
    load_actors,
    load_codebook,
    load_known_cases,
    load_labelled,
    load_places,
    manifest,
)
from nijar_nlp.corpus.remote import RemoteFile, remote_files
from nijar_nlp.corpus.sidecars import FIELDS, Sidecar, said, sidecars

__all__ = [
    "FIELDS",
    "RemoteFile",
    "RuleError",
    "Sidecar",
    "case_days",
    "check_value",
    "check_values",
    "codebook_versions",
    "days_of",
    "dump_case_records",
    "load_actors",
    "load_case_records",
    "load_case_schema",
    "load_codebook",
    "load_known_cases",
    "load_labelled",
    "load_places",
    "manifest",
    "remote_files",
    "said",
    "sidecars",
    "unpacked",
]
