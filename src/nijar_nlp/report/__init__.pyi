from .casebook import CaseCard, Quote, case_page
from .run import ReportData, markdown, render, write

__all__ = ["CaseCard", "Quote", "ReportData", "case_page", "markdown", "render", "write"]
