"""config.yaml into a Config: every key known, none missing, every value in its range."""

from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails

from nijar_nlp.errors import ConfigError
from nijar_nlp.unique_keys import UniqueKeys

FILE_NAME = "config.yaml"


# What a broken rule is called where pydantic's own words are for programmers.
_RULES = {
    "missing": "The key is missing",
    "extra_forbidden": "There is no such key",
    "model_type": "Input should be a section with keys of its own",
    "dict_type": "Input should be a section with keys of its own",
    "tuple_type": "Input should be a list in brackets",
    "path_type": "Input should be the path of a file or folder",
}


# The same, by key, where a value has a form of its own.
FORMS = {
    "remote": "It must be an address such as s3://BUCKET/FOLDER, or empty",
    "database": "It must be sqlite:///FILE or postgres://USER:PASSWORD@HOST/NAME",
    "dask_scheduler": "It must be an address such as tcp://HOST:8786, or empty",
    "spacy": "It must be the name of a spaCy package",
    "focus_countries": "A country is three capital letters, such as MLI",
    "webhook": "It must be an address that begins with http:// or https://, or empty",
    "email": "It must be an address such as name@example.org, or empty",
    "smtp": "It must be HOST:PORT, such as localhost:25",
    "sign_on_header": "It must be the name of a header, such as X-Remote-User, or empty",
}


class _Loader(UniqueKeys, yaml.SafeLoader):
    """Reads YAML; no key may stand twice."""


def _named_path(value: object) -> object:
    if isinstance(value, str) and (not value.strip() or "\0" in value):
        raise ValueError("A path is not empty and has no null character")
    return value


def _address(value: str) -> str:
    if value:
        ip_address(value)
    return value


_Place = Annotated[Path, BeforeValidator(_named_path)]
_Seconds = Annotated[float, Field(gt=0, le=24 * 3600)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _no_truth_for_a_number(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, bool) and cls.model_fields[info.field_name or ""].annotation in (int, float):
            raise ValueError("Input should be a number, not true or false")
        return value


class CollectionConfig(_Section):
    """Files and folders that share their terms; `outlet` stands where a document names none.

    What lies at `remote` is copied into the first of the paths before each run.
    """

    paths: tuple[_Place, ...] = Field(min_length=1)
    remote: str = Field(pattern=r"^(\w[\w+.-]*://\S+)?$")
    licence: str
    sensitivity: Literal["", "open", "restricted", "sensitive"]
    outlet: str


class ArchivesConfig(_Section):
    """What a zip archive among the documents may hold, and where its PDFs are unpacked."""

    folder: _Place
    max_files: int = Field(ge=0)
    max_mb: int = Field(ge=1)


class CorpusConfig(_Section):
    """Where the documents, the codebook, the case schema, the registers, the seed and the gold lie."""

    collections: dict[str, CollectionConfig]
    archives: ArchivesConfig
    codebook: _Place
    case_schema: _Place
    register_: _Place = Field(alias="register")
    seed: _Place
    gold: _Place

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files and folders of all collections."""
        return tuple(path for collection in self.collections.values() for path in collection.paths)


class StoreConfig(_Section):
    """The database address, where its backups go and how many are kept."""

    database: str = Field(pattern=r"^(sqlite:///|postgres(ql)?://)[^\s]")
    backups: _Place
    keep_backups: int = Field(ge=1)


class RunConfig(_Section):
    """How a corpus run is divided, when it gives up on a batch or a document, where report and log go."""

    task_runner: Literal["threads", "processes", "dask"]
    dask_scheduler: str = Field(pattern=r"^(\w+://\S+|[^\s/]+:\d+)?$")
    workers: int = Field(ge=1, le=256)
    batch_documents: int = Field(ge=1, le=1000)
    batch_minutes: float = Field(gt=0, le=30 * 24 * 60)
    attempts: int = Field(ge=1)
    report: _Place
    log: _Place


class ExtractionConfig(_Section):
    """Limits of one reading process, and OCR."""

    memory_mb: int = Field(ge=512, le=2**24)
    cpu_seconds_per_page: _Seconds
    wall_seconds: _Seconds
    wall_seconds_per_page: _Seconds
    max_file_mb: int = Field(ge=1)
    max_pages: int = Field(ge=1, le=1_000_000)
    ocr: Literal["auto", "off"]
    ocr_dpi: int = Field(ge=72, le=600)


class TaggerConfig(_Section):
    """Where the promoted models lie, and the encoder that a new one builds on."""

    models: _Place
    encoder: str = Field(min_length=1)


class LearningConfig(_Section):
    """How decisions become the next model, and what it must keep to serve."""

    labels: _Place
    cache: _Place
    promotion: Literal["automatic", "confirm", "pause"]
    worse: float = Field(ge=0, lt=1)
    contradictions: float = Field(gt=0, lt=1)
    audit_share: float = Field(ge=0, le=1)


class MentionsConfig(_Section):
    """spaCy packages by language."""

    spacy: dict[Literal["en", "fr"], Annotated[str, Field(pattern=r"^\w+$")]]


class CasesConfig(_Section):
    """How events become candidates, and when a candidate is known."""

    same_event_days: int = Field(ge=0, le=3660)
    known_threshold: float = Field(gt=0, lt=1)
    focus_countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], ...]


class AlertsConfig(_Section):
    """Who is told of a run that failed, of more failed files than usual, of a disk that fills up."""

    webhook: str = Field(pattern=r"^(https?://.*)?$")
    email: str = Field(pattern=r"^([^\r\n]*\S@\S[^\r\n]*)?$")
    smtp: str = Field(pattern=r"^[^:\s]+:\d+$")
    failed_share: float = Field(gt=0, le=1)
    free_gb: float = Field(ge=0)


class ReviewConfig(_Section):
    """Under which names and behind which proxy the review room answers, and how long a session lasts."""

    hosts: tuple[str, ...] = Field(min_length=1)
    https: bool
    trusted_proxy: Annotated[str, AfterValidator(_address)]
    sign_on_header: str = Field(pattern=r"^([A-Za-z0-9-]+)?$")
    session_hours: float = Field(gt=0, le=24 * 30)
    folder: _Place

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
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise ConfigError(
            "The configuration cannot be read", path, f"{error.strerror}.", "Check the path and its rights."
        ) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        rule = " ".join(str(error).split())
        raise ConfigError(
            "The configuration cannot be read", path, f"{rule}.", "Mend the file; it must be YAML."
        ) from error
    if not isinstance(values, dict):
        rule = "It must be YAML with a section a line."
        raise ConfigError(
            "The configuration cannot be read", path, rule, "Begin with the shipped config.yaml."
        )
    if database is not None and isinstance(values.get("store"), dict):
        values["store"]["database"] = database
    try:
        config = Config.model_validate(values | {"file": path.resolve()})
    except ValidationError as error:
        raise _refusal(path, error.errors()[0], database) from error
    _keep_apart(config)
    return config


def _refusal(path: Path, found: ErrorDetails, database: str | None) -> ConfigError:
    """What is wrong with one setting, without its value, which may be a password."""
    key = ".".join(str(part) for part in found["loc"])
    rule = _RULES.get(found["type"], found["msg"].removeprefix("Value error, "))
    if found["type"] == "string_pattern_mismatch":
        rule = next(FORMS[str(part)] for part in found["loc"] if part in FORMS)
    if database is not None and key == "store.database":
        return ConfigError("The database cannot be used", "--database", f"{rule}.", "Mend the address.")
    remedy = "The shipped config.yaml has every key with unit and reason."
    if found["type"] == "extra_forbidden":
        near = get_close_matches(str(found["loc"][-1]), _keys(Config), n=1)
        remedy = f"Did you mean {near[0]}? {remedy}" if near else f"Remove it. {remedy}"
    return ConfigError("A setting is wrong", f"{path.name}: {key}", f"{rule}.", remedy)


def _keys(section: type[BaseModel]) -> list[str]:
    """The names of all keys of a section and of the sections in it."""
    found = []
    for name, field in section.model_fields.items():
        found.append(field.alias or name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found += _keys(field.annotation)
    return found


def _keep_apart(config: Config) -> None:
    """ConfigError where a folder that the work writes and `nijar forget` cleans holds what it reads."""
    corpus, models = config.corpus, config.tagger.models
    read = [config.file, corpus.codebook, corpus.case_schema, corpus.register_, corpus.seed, corpus.gold]
    held = [config.path(path).resolve() for path in (*read, models, *corpus.paths)]
    written = {
        "corpus.archives.folder": corpus.archives.folder,
        "store.backups": config.store.backups,
        "run.report": config.run.report,
        "run.log": config.run.log,
        "learning.labels": config.learning.labels,
        "learning.cache": config.learning.cache,
        "review.folder": config.review.folder,
    }
    for key, folder in written.items():
        place = config.path(folder).resolve()
        inside = next((path for path in held if path.is_relative_to(place)), None)
        if inside is not None:
            raise ConfigError(
                "A setting is wrong",
                f"{config.file.name}: {key}",
                f"This folder is written and cleaned by the work, and {inside} lies in it.",
                "Name a folder of its own.",
            )
