"""How evidence becomes candidates: the few values that a user may set."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseSettings:
    """How events become candidates, and when a candidate is known.

    `same_event_days`: dates of releases further apart than this speak against one event (talks are given
    longer). `known_threshold`: from this probability on a candidate counts as known. `focus_countries` (ISO
    3166-1 alpha-3) and `focus_families` (ids of actors whose branches the study is about) raise the score.
    """

    same_event_days: int = 21
    known_threshold: float = 0.5
    focus_countries: tuple[str, ...] = ()
    focus_families: tuple[str, ...] = (
        "al-qaeda",
        "islamic-state",
        "taliban",
        "boko-haram",
        "hezbollah",
        "hamas",
        "hts",
    )
