from .auditing import Recall, in_audit, recall
from .measures import recall_curve, time_to_discovery, work_saved
from .simulating import simulate
from .stopping import STOP_BELOW, Screened, enough, screened
from .strategies import STRATEGIES

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
