"""Wiring: the one place that knows Prefect."""
