"""config.yaml into a Config: every key known, none missing, every value in its range."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from nijar_nlp.errors import ConfigError

FILE_NAME = "config.yaml"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CollectionConfig(_Section):
    """Files and folders that share their terms; `outlet` stands where a document names none."""

    paths: tuple[Path, ...]
    licence: str
    sensitivity: Literal["", "open", "restricted", "sensitive"]
    outlet: str


class ArchivesConfig(_Section):
    """What a zip archive among the documents may hold, and where its PDFs are unpacked."""

    folder: Path
    max_files: int = Field(ge=0)
    max_mb: int = Field(ge=1)


class CorpusConfig(_Section):
    """Where the documents, the codebook, the case schema, the registers, the seed and the gold lie."""

    collections: dict[str, CollectionConfig]
    archives: ArchivesConfig
    codebook: Path
    case_schema: Path
    register_: Path = Field(alias="register")
    seed: Path
    gold: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files and folders of all collections."""
        return tuple(path for collection in self.collections.values() for path in collection.paths)


class StoreConfig(_Section):
    """The database address, where its backups go and how many are kept."""

    database: str = Field(pattern=r"^(sqlite|postgres|postgresql)://")
    backups: Path
    keep_backups: int = Field(ge=1)


class RunConfig(_Section):
    """How a corpus run is divided, when it gives up on a batch or a document, where report and log go."""

    task_runner: Literal["threads", "processes", "dask"]
    dask_scheduler: str
    workers: int = Field(ge=1, le=256)
    batch_documents: int = Field(ge=1, le=1000)
    batch_minutes: float = Field(gt=0)
    attempts: int = Field(ge=1)
    report: Path
    log: Path


class ExtractionConfig(_Section):
    """Limits of one reading process, and OCR."""

    memory_mb: int = Field(ge=512)
    cpu_seconds_per_page: float = Field(gt=0)
    wall_seconds: float = Field(gt=0)
    wall_seconds_per_page: float = Field(gt=0)
    max_file_mb: int = Field(ge=1)
    max_pages: int = Field(ge=1)
    ocr: Literal["auto", "off"]
    ocr_dpi: int = Field(ge=72, le=600)


class TaggerConfig(_Section):
    """Where the promoted models lie, and the encoder that a new one builds on."""

    models: Path
    encoder: str


class LearningConfig(_Section):
    """How decisions become the next model, and what it must keep to serve."""

    labels: Path
    cache: Path
    promotion: Literal["automatic", "confirm", "pause"]
    worse: float = Field(ge=0, lt=1)
    contradictions: float = Field(gt=0, lt=1)
    audit_share: float = Field(ge=0, le=1)


class MentionsConfig(_Section):
    """spaCy packages by language."""

    spacy: dict[Literal["en", "fr"], str]


class CasesConfig(_Section):
    """How events become candidates, and when a candidate is known."""

    same_event_days: int = Field(ge=0)
    known_threshold: float = Field(gt=0, lt=1)
    focus_countries: tuple[str, ...]


class AlertsConfig(_Section):
    """Who is told of a run that failed, of more failed files than usual, of a disk that fills up."""

    webhook: str = Field(pattern=r"^(https?://.*)?$")
    email: str
    smtp: str = Field(pattern=r"^[^:\s]+:\d+$")
    failed_share: float = Field(gt=0, le=1)
    free_gb: float = Field(ge=0)


class ReviewConfig(_Section):
    """Under which names and behind which proxy the review room answers, and how long a session lasts."""

    hosts: tuple[str, ...] = Field(min_length=1)
    https: bool
    trusted_proxy: str
    sign_on_header: str = Field(pattern=r"^([A-Za-z0-9-]+)?$")
    session_hours: float = Field(gt=0, le=24 * 30)
    folder: Path

    @model_validator(mode="after")
    def _header_needs_proxy(self) -> "ReviewConfig":
        if self.sign_on_header and not self.trusted_proxy:
            raise ValueError("sign_on_header needs trusted_proxy: a header from anybody would be believed")
        return self


class Config(_Section):
    """All settings; `file` is the config.yaml that they come from."""

    file: Path
    corpus: CorpusConfig
    store: StoreConfig
    run: RunConfig
    extraction: ExtractionConfig
    tagger: TaggerConfig
    learning: LearningConfig
    mentions: MentionsConfig
    cases: CasesConfig
    alerts: AlertsConfig

    review: ReviewConfig

    @property
    def root(self) -> Path:
        """The folder of config.yaml, from which relative paths start."""
        return self.file.parent

    def path(self, relative: Path) -> Path:
        """A path of the configuration, made absolute from the folder of config.yaml."""
        return self.root / relative

    @property
    def database_url(self) -> str:
        """The database address, a relative SQLite file made absolute."""
        scheme, _, rest = self.store.database.partition(":///")
        if scheme != "sqlite" or rest.startswith("/"):
            return self.store.database
        return f"sqlite:///{self.root / rest}"


def find_config(start: Path) -> Path:
    """The nearest config.yaml in `start` or a folder above it; ConfigError where there is none."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise ConfigError(
        "There is no configuration",
        start,
        f"{FILE_NAME} must lie in this folder or one above it.",
        "Change to the project's folder, or name the file with --config.",
    )


def load_config(path: Path, *, database: str | None = None) -> Config:
    """The settings of a file; `database` replaces store.database. ConfigError names the key at fault."""
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        if database is not None:
            values.setdefault("store", {})["database"] = database
        return Config(file=path.resolve(), **values)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, AttributeError) as error:
        raise ConfigError(
            "The configuration cannot be read", path, f"{error}.", "Mend the file; it must be YAML."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigError(
            "A setting is wrong",
            f"{path.name}: {key}",
            f"{first['msg']}.",
            "Every key of the shipped config.yaml must be there, and no other.",
        ) from error
