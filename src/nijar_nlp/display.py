"""Values and text of documents into what a page may show."""

import gettext
import re
from functools import lru_cache

import pycountry

# Characters that turn the direction of what follows, and control characters: a page shows text without them.
_HARMFUL = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def harmless(text: str) -> str:
    """A text without the characters that would turn or hide what stands around it."""
    return _HARMFUL.sub("", text)


@lru_cache(maxsize=1024)
def country_name(code: str, language: str = "en") -> str:
    """A country's short name by its ISO 3166-1 alpha-3 code; what is no code stands for itself."""
    country = pycountry.countries.get(alpha_3=code) if code else None
    if country is None:
        return code
    name: str = getattr(country, "common_name", country.name)
    own = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True)
    short, _, rest = own.gettext(name).partition(", ")
    if rest and pycountry.countries.get(name=short):  # the two Congos
        return f"{rest.removeprefix('The ')} {short}"
    return short
