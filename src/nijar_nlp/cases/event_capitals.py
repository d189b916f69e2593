"""The capitals that stand for their states in the language of news."""

import tomllib
from importlib import resources

_TEXT = resources.files(__package__).joinpath("lexicons", "capitals.toml").read_text("utf-8")
# Capitals in small letters, with the id of their state in the register of actors.
CAPITALS: dict[str, str] = {name: state for state, names in tomllib.loads(_TEXT).items() for name in names}
