"""The gate: raw cells in, released tables out; nothing else computes a number that leaves."""

from dashboard.disclosure.released import Released

__all__ = ["Released"]
