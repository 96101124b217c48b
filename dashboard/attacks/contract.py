"""The attack on the code: a module that could tell a number without the gate, or a gate that could ask for itself."""

import ast
from pathlib import Path

from dashboard.attacks.ground import Ground, Result

PRODUCT = Path(__file__).parent.parent
# who must not know whom: the gate asks nothing, and what shows numbers never holds a connection
FORBIDDEN = {
    "disclosure": ("duckdb", "streamlit", "dashboard.warehouse", "dashboard.load", "dashboard.build", "dashboard.ask"),
    "charts": ("duckdb", "streamlit", "dashboard.warehouse", "dashboard.load", "dashboard.ask"),
    "stats": ("duckdb", "streamlit", "dashboard.warehouse", "dashboard.load", "dashboard.ask", "dashboard.disclosure"),
    "pages": ("duckdb", "dashboard.warehouse", "dashboard.load", "dashboard.build", "dashboard.ask.rows", "dashboard.ask.road"),
}


def imports(ground: Ground) -> Result:
    """Read the source of the gate, the charts, the statistics and the pages for a name that none of them may know."""
    modules = [(kind, path) for kind in FORBIDDEN for path in sorted((PRODUCT / kind).glob("*.py"))]
    broken = sum(any(name.startswith(FORBIDDEN[kind]) for name in imported(path)) for kind, path in modules)
    return Result("import contract", len(modules), broken, 0.0)


def imported(path: Path) -> list[str]:
    """Every name a file imports, whole: `dashboard.ask.rows` for `from dashboard.ask import rows`."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found
