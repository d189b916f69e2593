"""Errors that say what went wrong, with which input, by which rule, and what to do."""


class NijarError(Exception):
    """What failed, with which input, the rule it broke, and the remedy."""

    def __init__(self, what: str, which: object, rule: str, remedy: str) -> None:
        self.what, self.which, self.rule, self.remedy = what, str(which), rule, remedy
        super().__init__(f"{what}: {self.which}. {rule} {remedy}")


def rule_of(error: Exception) -> str:
    """What a caught error says; of the system's own without number and path, for these stand beside it."""
    said = error.strerror if isinstance(error, OSError) else None
    return f"{said or error}."


class ConfigError(NijarError):
    """A setting is unknown, missing or out of its range."""


class CorpusError(NijarError):
    """An entry of the codebook, a register, the seed or the gold breaks its rule."""


class InputError(NijarError):
    """A file or line that a user gave cannot be used."""


class ModelError(NijarError):
    """A model folder is absent, incomplete or not to be trusted."""


class StoreError(NijarError):
    """The database cannot be reached or does not fit this version."""


class ReadingError(NijarError):
    """A PDF cannot be read; `code` is one of records.PROBLEM_CODES."""

    def __init__(self, code: str, which: object, rule: str, remedy: str) -> None:
        self.code = code
        super().__init__("The PDF was not read", which, rule, remedy)
