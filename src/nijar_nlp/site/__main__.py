"""Serves the site on one address: `python -m nijar_nlp.site HOST PORT`, for `nijar review`."""

import os
import sys

from nijar_nlp.errors import NijarError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nijar_nlp.site.settings")


def main(host: str, port: int) -> None:
    """Bring the tables up to date, say where to go, and serve until interrupted."""
    import django

    django.setup()
    from nijar_nlp.site.serving import serve

    serve(host, port)


if __name__ == "__main__":
    try:
        main(sys.argv[1], int(sys.argv[2]))
    except NijarError as error:
        sys.exit(f"nijar: {error}")
