"""Texts into tags with calibrated probabilities and reasons."""

from nijar_nlp.tagger.cached import CachedEncoder
from nijar_nlp.tagger.encoder import Encoder
from nijar_nlp.tagger.model import Tagger, Weights
from nijar_nlp.tagger.training import SETTINGS, Labelled, Training, fit

__all__ = ["SETTINGS", "CachedEncoder", "Encoder", "Labelled", "Tagger", "Training", "Weights", "fit"]
