"""Every metric, declared once in the file of its subject; its rule is `queries/metrics/<rule>.sql`, the name where no rule is given."""

from dashboard.errors import Refused
from dashboard.metrics import adherence, blocks, coding, repeats, volumes
from dashboard.metrics.declared import Metric

__all__ = ["METRICS", "Metric", "metric"]

SUBJECTS = (volumes, repeats, blocks, adherence, coding)
METRICS: dict[str, Metric] = {
    declared.name: declared for subject in SUBJECTS for declared in vars(subject).values() if isinstance(declared, Metric)
}


def metric(name: str) -> Metric:
    """The declared metric of that name; Refused, naming those there are, when there is none."""
    if name not in METRICS:
        raise Refused(f"no measure is called {name!r}; there are: {', '.join(METRICS)}")
    return METRICS[name]
