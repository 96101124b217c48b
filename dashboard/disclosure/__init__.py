"""The gate: raw cells in, released tables out; nothing else computes a number that leaves."""

from dashboard.disclosure.gate import release
from dashboard.disclosure.numbers import PROFILES
from dashboard.disclosure.released import Released

__all__ = ["PROFILES", "Released", "release"]
