"""Records with yes or no into an order of reading, when to stop, and what was missed."""

from nijar_nlp.screening.auditing import Recall, in_audit, recall
from nijar_nlp.screening.measures import recall_curve, time_to_discovery, work_saved
from nijar_nlp.screening.simulating import simulate
from nijar_nlp.screening.stopping import STOP_BELOW, Screened, enough, screened
from nijar_nlp.screening.strategies import STRATEGIES

__all__ = [
    "STOP_BELOW",
    "STRATEGIES",
    "Recall",
    "Screened",
    "enough",
    "in_audit",
    "recall",
    "recall_curve",
    "screened",
    "simulate",
    "time_to_discovery",
    "work_saved",
]
