"""Gets the site ready and serves it with waitress."""

import socket
import sys

from django.core.management import call_command
from django.core.signing import dumps
from django.urls import reverse
from waitress import create_server

from nijar_nlp.errors import InputError
from nijar_nlp.review.views.accounts import FIRST_ACCOUNT
from nijar_nlp.store import candidates, indexing, people
from nijar_nlp.store.connection import migrate

_THREADS = 8


def serve(host: str, port: int) -> None:
    """Bring the tables up to date, say where to go, serve until interrupted; port 0 takes a free one.

    InputError where the address or the port is not to be had.
    """
    listening = _listening(host, port)
    from nijar_nlp.site.wsgi import application  # a process becomes the site only where it serves

    migrate()
    call_command("clearsessions")
    indexing.index_missing(candidates.candidates())
    server = create_server(application, sockets=[listening], threads=_THREADS, ident=None)
    print(welcome(f"http://{host}:{server.effective_port}"), flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        print("nijar: the review room is closed.", file=sys.stderr)


def _listening(host: str, port: int) -> socket.socket:
    """A socket on an address: who comes before the tables are ready waits."""
    try:
        if not 0 <= port < 2**16:
            raise OverflowError
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise InputError(
            "The review room cannot answer",
            f"{host}:{port}",
            "The address must be one of this machine, and the port (0 to 65535) free.",
            "End what uses the port, or name another with --port or --host.",
        ) from error


def welcome(address: str) -> str:
    """Where to go: the queue, or first to the link that makes the first account."""
    if people.anybody():
        return f"The review room is open: {address}{reverse('review:queue')}"
    link = reverse("review:first-account", args=[dumps("first", salt=FIRST_ACCOUNT)])
    return f"Make the first account, once: {address}{link}"
