"""How the dashboard is served: where it listens, under which path, with which sign-in; checked before anything is started."""

import re
import socket
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import Refused

SERVED = Path(__file__).parent / "serve.py"
WANTED = ("redirect_uri", "cookie_secret")
OWN = {"static", "media", "_stcore"}  # by these a file made for somebody is told from the server's own


@dataclass(frozen=True)
class Serving:
    """An address of this machine, a port, the path that a proxy serves it under, and the file with the sign-in."""

    address: str
    port: int
    base_path: str = ""
    secrets: Path | None = None


def command(serving: Serving) -> list[str]:
    """The command that serves; Refused, saying what to change, when it could not start or would start without its sign-in."""
    path = serving.base_path.strip("/")
    if not re.fullmatch(r"[A-Za-z0-9_-]*(/[A-Za-z0-9_-]+)*", path):
        raise Refused(f"--base-path {serving.base_path}: write a path of letters, digits and dashes, as rfd or tools/rfd")
    if OWN & set(path.split("/")):
        raise Refused(f"--base-path {serving.base_path}: static, media and _stcore are the server's own, so choose others")
    _listens(serving.address, serving.port)
    told = [f"--server.address={serving.address}", f"--server.port={serving.port}", "--server.headless=true"]
    told += [f"--server.baseUrlPath={path}"] if path else []
    told += [f"--secrets.files={_sign_in(serving.secrets, path)}"] if serving.secrets else []
    return [sys.executable, "-m", "streamlit", "run", str(SERVED), *told]


def _listens(address: str, port: int) -> None:
    if not 1 <= port <= 65535:
        raise Refused(f"--port {port}: a port is a number from 1 to 65535")
    try:
        (family, kind, _, _, where), *_ = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
        with socket.socket(family, kind) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(where)
    except socket.gaierror as error:
        raise Refused(
            f"--address {address}: no such address; 127.0.0.1 is this machine alone, 0.0.0.0 every network it is in"
        ) from error
    except OSError as error:
        raise Refused(
            f"{address}:{port} cannot be listened on ({error.strerror.lower()}): choose another --port or --address"
        ) from error


def _sign_in(path: Path, base: str) -> Path:
    """The file with the sign-in, once it is one; its secrets are in no message."""
    try:
        auth = tomllib.loads(path.read_text(encoding="utf-8")).get("auth", {})
    except (OSError, ValueError) as error:
        raise Refused(f"--secrets {path}: not a TOML file that can be read ({type(error).__name__})") from error
    missing = [name for name in WANTED if not auth.get(name)]
    if missing:
        raise Refused(f"--secrets {path}: [auth] has no {' and no '.join(missing)}")
    if not auth["redirect_uri"].endswith("/".join(["", *([base] if base else []), "oauth2callback"])):
        raise Refused(f"--secrets {path}: redirect_uri must end with {'/' + base if base else ''}/oauth2callback")
    return path.resolve()
