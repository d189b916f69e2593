"""Texts into tags with calibrated probabilities and reasons."""

from nijar_nlp.tagger.model import Tagger
from nijar_nlp.tagger.training import SETTINGS, Training, fit

__all__ = ["SETTINGS", "Tagger", "Training", "fit"]
