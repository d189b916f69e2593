"""Texts into tags with calibrated probabilities and reasons."""

from nijar_nlp.tagger.model import Tagger
from nijar_nlp.tagger.training import Training, fit

__all__ = ["Tagger", "Training", "fit"]
