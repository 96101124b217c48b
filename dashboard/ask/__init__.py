"""The only way to a number."""

from dashboard.ask.asking import Ask

__all__ = ["Ask"]
