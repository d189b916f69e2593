"""Templates into pages that need nothing from elsewhere: all text escaped and harmless."""

from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from nijar_nlp.display import country_name, harmless


def _plain(value: Any) -> Any:
    """What a template prints; text of documents without the characters that turn what stands around it."""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


ENVIRONMENT = Environment(
    loader=PackageLoader("nijar_nlp.report", "templates"),
    autoescape=select_autoescape(default=True),
    finalize=_plain,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters["country"] = country_name
