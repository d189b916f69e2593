"""The one place with a database: records in, records out.

Django wants its settings before a model is defined: they are made here, without a database, unless a web site
brings its own. `store.connection.connect` names the database.
"""

import os

import django
from django.conf import settings

APPS = ("django.contrib.contenttypes", "django.contrib.auth", "nijar_nlp.store")

if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
    settings.configure(
        INSTALLED_APPS=APPS,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
