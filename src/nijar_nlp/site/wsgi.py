"""The site as a WSGI application, for waitress or gunicorn."""

import gc
import os
from contextlib import suppress
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from nijar_nlp.errors import CorpusError
from nijar_nlp.review import library

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nijar_nlp.site.settings")
application = get_wsgi_application()
import_module("nijar_nlp.site.urls")  # the pages too: no first visitor waits for them
with suppress(CorpusError):  # the page that needs it says what is wrong
    library.load()
gc.freeze()  # what is loaded by now stays: no collection goes through it again while somebody waits
