from .cached import CachedEncoder
from .encoder import Encoder
from .model import Tagger, Weights
from .training import SETTINGS, Labelled, Training, fit

__all__ = ["SETTINGS", "CachedEncoder", "Encoder", "Labelled", "Tagger", "Training", "Weights", "fit"]
