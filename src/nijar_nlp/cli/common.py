"""What several commands need: the configuration, the store open, a flow by name."""

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from nijar_nlp import prefect_server
from nijar_nlp.config import Config, find_config, load_config
from nijar_nlp.errors import ConfigError
from nijar_nlp.store.connection import connect, migrate

# A checkout serves also where the command is given from another folder.
_CHECKOUT = Path(__file__).resolve().parents[3]
# Prefect's defaults for us: nothing leaves the machine, its own server has time to start on a busy one.
PREFECT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # after 7 and 90 days
    "PREFECT_LOGGING_LEVEL": "ERROR",  # what failed and why is in the run's own summary and log
}


def configured(config_file: Path | None, database: str | None = None) -> Config:
    """The settings: of the file named, else of config.yaml here or above, else of the checkout's own."""
    if config_file is None:
        try:
            config_file = find_config(Path.cwd())
        except ConfigError:
            config_file = find_config(_CHECKOUT)
    return load_config(config_file, database=database)


def open_store(config: Config) -> None:
    """Connect to the store and bring its tables up to date; StoreError where it cannot be reached."""
    connect(config.database_url)
    migrate(config.path(config.store.backups))


def begin_server(config: Config) -> Callable[[], None]:
    """Begin a Prefect server for one run, unless one is named; what is returned sees to it that it answers.

    Workers on other machines would not reach it: there each process begins one of its own.
    """
    spread = config.run.task_runner == "dask" and not prefect_server.is_here(config.run.dask_scheduler)
    if os.environ.get("PREFECT_API_URL") or spread:
        return prefect_server.must_answer
    _set_prefect(config)
    return prefect_server.begin()


def load_flow(config: Config, name: str) -> ModuleType:
    """A flow's module, found by name in the project's flows folder: what a schedule runs, too."""
    _set_prefect(config)
    file = config.root / "flows" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"flows.{name}", file)
    if spec is None or spec.loader is None or not file.is_file():
        raise ConfigError(
            "There is no such flow", file, "It must lie beside config.yaml in flows/.", "Restore the folder."
        )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _set_prefect(config: Config) -> None:
    """Our defaults for Prefect, which reads them when it is imported."""
    for key, value in PREFECT.items():
        os.environ.setdefault(key, value)
    home = Path(os.environ.setdefault("PREFECT_HOME", str(config.root / "var" / "prefect")))
    home.mkdir(parents=True, exist_ok=True)
