"""The configuration into how PDFs are read: settings, bounds and versions, without the models' imports."""

from nijar_nlp import pdf
from nijar_nlp.config import Config
from nijar_nlp.pdf.bounded import Limits


def settings(config: Config) -> pdf.ReadSettings:
    """How a PDF is read."""
    extraction = config.extraction
    return pdf.ReadSettings(
        ocr=extraction.ocr == "auto",
        ocr_dpi=extraction.ocr_dpi,
        max_file_mb=extraction.max_file_mb,
        max_pages=extraction.max_pages,
    )


def limits(config: Config) -> Limits:
    """What a reading process may take."""
    extraction = config.extraction
    return Limits(
        memory_mb=extraction.memory_mb,
        cpu_seconds_per_page=extraction.cpu_seconds_per_page,
        wall_seconds=extraction.wall_seconds,
        wall_seconds_per_page=extraction.wall_seconds_per_page,
    )


def version(config: Config) -> str:
    """What any reading depends on at most."""
    return versions(config)["failure"]


def versions(config: Config) -> dict[str, str]:
    """By result (text, scan, failure) what a reading depends on: the extractor's version and its settings."""
    return pdf.versions(settings(config))
