"""Django's settings for the project, from the nearest config.yaml."""

from pathlib import Path

from nijar_nlp.config import find_config, load_config
from nijar_nlp.store import APPS
from nijar_nlp.store.connection import database_settings

_config = load_config(find_config(Path.cwd()))

DATABASES = {"default": database_settings(_config.database_url)}
INSTALLED_APPS = APPS
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
