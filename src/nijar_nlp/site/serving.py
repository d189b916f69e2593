"""Gets the site ready and serves it with waitress."""

import sys

from django.core.management import call_command
from django.core.signing import dumps
from django.urls import reverse
from waitress import create_server

from nijar_nlp.review.views.accounts import FIRST_ACCOUNT
from nijar_nlp.site.wsgi import application
from nijar_nlp.store import candidates, indexing, people
from nijar_nlp.store.connection import migrate

_THREADS = 8


def serve(host: str, port: int) -> None:
    """Bring the tables up to date, say where to go, serve until interrupted; port 0 takes a free one."""
    migrate()
    call_command("clearsessions")
    indexing.index_missing(candidates.candidates())
    server = create_server(application, host=host, port=port, threads=_THREADS, ident=None)
    print(welcome(f"http://{host}:{server.effective_port}"), flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        print("nijar: the review room is closed.", file=sys.stderr)


def welcome(address: str) -> str:
    """Where to go: the queue, or first to the link that makes the first account."""
    if people.anybody():
        return f"The review room is open: {address}{reverse('review:queue')}"
    link = reverse("review:first-account", args=[dumps("first", salt=FIRST_ACCOUNT)])
    return f"Make the first account, once: {address}{link}"
