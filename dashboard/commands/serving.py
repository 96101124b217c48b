"""`rfd serve`: the process becomes the server."""

import os
from pathlib import Path

from dashboard.commands.terminal import open_warehouse


def serve(options) -> None:
    """Become the server, so that whoever stops this process stops it."""
    from dashboard.serving import SERVED, Serving, command

    open_warehouse(options)
    told = command(Serving(options.address, options.port, options.base_path, options.secrets))
    environment = os.environ | {"RFD_WAREHOUSE": str(options.warehouse.resolve())}
    for name in ("RFD_ACCESS", "RFD_AUDIT_LOG", "RFD_AUDIT_HEAD"):
        if environment.get(name):
            environment[name] = str(Path(environment[name]).resolve())
    os.chdir(SERVED.parent.parent)
    os.execve(told[0], told, environment)
