from .acronyms import spelt_out
from .annotator import Annotator, Input
from .chapters import Chapters, Heading
from .surroundings import Surroundings
from .telling import time_of_telling
from .versions import missing, version_of

__all__ = [
    "Annotator",
    "Chapters",
    "Heading",
    "Input",
    "Surroundings",
    "missing",
    "spelt_out",
    "time_of_telling",
    "version_of",
]
