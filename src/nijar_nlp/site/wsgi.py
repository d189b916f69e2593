"""The site as a WSGI application, for waitress or gunicorn."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nijar_nlp.site.settings")
application = get_wsgi_application()
import_module("nijar_nlp.site.urls")  # the pages too: no first visitor waits for them
