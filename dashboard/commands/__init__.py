"""What each command does: one function each, of the command's name, given the parsed options."""

from dashboard.commands.checks import check
from dashboard.commands.data import demo, layouts, load, publish, versions
from dashboard.commands.outputs import export, report, signals
from dashboard.commands.questions import curve, measure, measures, rows
from dashboard.commands.serving import serve
from dashboard.commands.timing import bench

__all__ = [
    "bench", "check", "curve", "demo", "export", "layouts", "load", "measure", "measures", "publish", "report", "rows",
    "serve", "signals", "versions",
]  # fmt: skip
