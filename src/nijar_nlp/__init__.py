"""Reports and news in PDF, read for cases of negotiation with armed groups."""

__version__ = "0.1.0"
