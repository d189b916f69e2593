"""A secret key of this installation, made once and readable by its owner alone."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from nijar_nlp.errors import ConfigError

_FILE = "secret_key"


def secret_key(folder: Path) -> str:
    """The key in a folder; where there is none yet, a random one is made.

    ConfigError where the folder cannot be written.
    """
    try:
        return _kept_key(folder)
    except OSError as error:
        raise ConfigError(
            "The secret key cannot be kept",
            folder,
            f"{error.strerror}.",
            "Make the folder writable for who serves the room, or name another as review.folder.",
        ) from error


def _kept_key(folder: Path) -> str:
    file = folder / _FILE
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = folder / f"{_FILE}.{os.getpid()}"
    if not file.exists():
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(get_random_secret_key())
        try:
            os.link(fresh, file)  # whole or not at all, and never over one that another process made
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text(encoding="utf-8").strip()
