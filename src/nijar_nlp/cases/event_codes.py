"""Events in the codes of PLOVER and CAMEO, ACLED and UCDP, for tables that are joined with theirs."""

from typing import NamedTuple


class Codes(NamedTuple):
    """An event in other vocabularies; empty where one has no place for it.

    `plover` is the event type and `plover_mode` its mode; `cameo` is the root or base code; `acled` is the
    sub-event type; `ucdp` is "agreement" where the UCDP Peace Agreement Dataset would look for it.
    """

    plover: str = ""
    plover_mode: str = ""
    cameo: str = ""
    acled: str = ""
    ucdp: str = ""


_AGREEMENT = "Agreement"
# By type and status; "" stands for every status that has no row of its own. PLOVER keeps an announced pardon
# (concede) apart from a release that has happened (retreat), and a ransom paid apart from one demanded.
_TABLE: dict[tuple[str, str], Codes] = {
    ("talks", ""): Codes("CONSULT", "", "04"),
    ("talks", "called_for"): Codes("REQUEST", "meet", "026"),
    ("talks", "offered"): Codes("AGREE", "", "036"),
    ("talks", "agreed"): Codes("AGREE", "", "036"),
    ("talks", "under_way"): Codes("CONSULT", "visit", "046"),
    ("talks", "done"): Codes("CONSULT", "visit", "046"),
    ("talks", "failed"): Codes("REJECT", "", "164"),
    ("talks", "refused"): Codes("REJECT", "meet", "125"),
    ("talks", "denied"): Codes("", "", "016"),
    ("mediation", ""): Codes("CONSULT", "third-party", "045"),
    ("mediation", "called_for"): Codes("REQUEST", "meet", "028"),
    ("mediation", "offered"): Codes("AGREE", "", "039"),
    ("mediation", "agreed"): Codes("AGREE", "", "039"),
    ("mediation", "refused"): Codes("REJECT", "meet", "126"),
    ("mediation", "failed"): Codes("REJECT", "meet", "165"),
    ("ceasefire_or_local_agreement", ""): Codes("AGREE", "", "057", _AGREEMENT, "agreement"),
    ("ceasefire_or_local_agreement", "called_for"): Codes("REQUEST", "yield", "027"),
    ("ceasefire_or_local_agreement", "offered"): Codes("AGREE", "", "037"),
    ("ceasefire_or_local_agreement", "under_way"): Codes("CONSULT", "visit", "046"),
    ("ceasefire_or_local_agreement", "done"): Codes("RETREAT", "ceasefire", "0871", _AGREEMENT),
    ("ceasefire_or_local_agreement", "refused"): Codes("REJECT", "yield", "127"),
    ("ceasefire_or_local_agreement", "failed"): Codes("REJECT", "yield", "16"),
    ("ceasefire_or_local_agreement", "denied"): Codes("", "", "016"),
    ("prisoner_release", ""): Codes("RETREAT", "release", "0841", "Other"),
    ("hostage_release", ""): Codes("RETREAT", "release", "0841", "Other"),
    ("swap", ""): Codes("RETREAT", "release", "084", "Other"),
    ("ransom", ""): Codes("", "", "", "Other"),
    ("ransom", "called_for"): Codes("REQUEST", "yield", "10"),
    ("ransom", "done"): Codes("CONCEDE", "", "08"),
    ("ransom", "refused"): Codes("REJECT", "", "12"),
    ("amnesty", ""): Codes("CONCEDE", "", "08"),
    ("amnesty", "called_for"): Codes("REQUEST", "yield", "0253"),
    ("amnesty", "refused"): Codes("REJECT", "", "12"),
    ("policy_statement", ""): Codes("", "", "01"),
    ("policy_statement", "called_for"): Codes("REQUEST", "meet", "026"),
    ("policy_statement", "refused"): Codes("REJECT", "meet", "125"),
}
_RELEASES = ("prisoner_release", "hostage_release", "swap")
# A release that has not happened yet: asked for, promised, refused.
_NOT_YET = {
    "called_for": Codes("REQUEST", "yield", "0253"),
    "offered": Codes("CONCEDE", "", "0353"),
    "agreed": Codes("CONCEDE", "", "0353"),
    "under_way": Codes("CONSULT", "visit", "046"),
    "refused": Codes("REJECT", "yield", "1243"),
    "failed": Codes("REJECT", "yield", "1243"),
    "denied": Codes("", "", "016"),
}


def codes_of(kind: str, status: str) -> Codes:
    """The codes of an event of this type and status; all empty for a type that there is not."""
    if kind in _RELEASES and status in _NOT_YET:
        return _NOT_YET[status]
    return _TABLE.get((kind, status)) or _TABLE.get((kind, ""), Codes())
