"""The deployment page, tried: its nginx in front of `rfd serve` on loopback with TLS and a sub-path, its unit under systemd's own check."""

import gzip
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HOST, LONGEST, ROOT, wait_for
from tests.browser.steps import done

NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def put(text: str, changes: dict[str, str]) -> str:
    """A text with each of some parts changed; every part must be there."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def certificate(folder: Path) -> None:
    """A certificate made for this run."""
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", folder / "key.pem", "-out", folder / "fullchain.pem"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)


def configured(folder: Path, public: int, inner: list[int]) -> Path:
    """The nginx file of the documentation, with this run's ports and certificate, in front of as many processes."""
    certificate(folder)
    servers = "\n".join(f"    server 127.0.0.1:{port};" for port in inner)
    here = {"listen 443": f"listen 127.0.0.1:{public}", "    server 127.0.0.1:8501;": servers, "/etc/ssl/rfd": str(folder)}
    (folder / "rfd.conf").write_text(put((ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8"), here), encoding="utf-8")
    kept = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{kept}types {{ text/html html; text/javascript js; text/css css; }}\ninclude {folder}/rfd.conf;\n}}\n",
        encoding="utf-8",
    )
    return folder / "nginx.conf"


@pytest.fixture(scope="module")
def deployed(demo_warehouse, tmp_path_factory):
    """(port, folder) of nginx in front of two processes of the dashboard, each served as the unit serves it."""
    if not NGINX or not shutil.which("openssl"):
        pytest.skip("no nginx or openssl here (Debian: apt-get install nginx-light openssl)")
    folder, public, inner = tmp_path_factory.mktemp("nginx"), free_port(), [free_port(), free_port()]
    command = [sys.executable, "-m", "dashboard", "serve", "--warehouse", demo_warehouse, "--base-path", "rfd", "--port"]
    quiet = {"cwd": ROOT, "env": os.environ | {"RFD_TLS": "1"}, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen([*command, str(port)], **quiet) for port in inner]
    running.append(subprocess.Popen([NGINX, "-e", folder / "error.log", "-c", configured(folder, public, inner)]))
    try:
        for port, process in zip(inner, running, strict=False):
            wait_for(f"http://127.0.0.1:{port}/rfd/_stcore/health", process)
        yield public, folder
    finally:
        for one in running:
            one.terminate()
            one.wait(timeout=60)


def got(deployed, path: str, host: str = HOST, **headers: str) -> tuple:
    """(status, headers, content) over TLS from this machine, asked for under a host's name, its certificate checked."""
    port, folder = deployed
    context = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
    with socket.create_connection(("127.0.0.1", port)) as plain, context.wrap_socket(plain, server_hostname=HOST) as secure:
        connection = http.client.HTTPSConnection(HOST, port, timeout=LONGEST)
        connection.sock = secure
        connection.request("GET", path, headers={"Host": host, "Connection": "close", **headers})
        answer = connection.getresponse()
        with answer:
            return answer.status, answer.headers, answer.read()


def test_nginx_gives_the_page_at_its_path_with_tls_its_headers_and_nothing_to_another_host(deployed):
    assert got(deployed, "/rfd")[1]["Location"].endswith("/rfd/")
    status, headers, content = got(deployed, "/rfd/")
    assert status == 200 and "max-age=31536000" in headers["Strict-Transport-Security"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"] and "nginx/" not in (headers["Server"] or "")
    ours = next(one for one in headers.get_all("Set-Cookie") if one.startswith("__Host-rfd-browser="))
    assert ours.endswith("; Secure")
    script = re.search(rb'src="\./?(static/js/[^"]+)"', content)[1].decode()
    _, packed, bytes_ = got(deployed, f"/rfd/{script}", **{"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip" and len(gzip.decompress(bytes_)) > 1024
    with pytest.raises(http.client.RemoteDisconnected):
        got(deployed, "/rfd/", host="evil.example")


# a file is in the memory of the process that made it: with another it would be found by one in two
@pytest.mark.parametrize("visit", range(3))
def test_a_person_opens_a_page_and_takes_a_file_through_nginx_from_the_process_that_made_it(deployed, browser, visit):
    context = browser.new_context(ignore_https_errors=True)
    context.set_default_timeout(LONGEST * 1000)
    page = context.new_page()
    page.goto(f"https://{HOST}:{deployed[0]}/rfd/downloads")
    done(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    assert waiting.value.path().read_bytes().startswith(b"\xef\xbb\xbfmeasure,")
    assert "/rfd/media/" in waiting.value.url
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)
    context.close()


def test_the_unit_is_one_that_systemd_takes(tmp_path):
    tool = shutil.which("systemd-analyze")
    if not tool:
        pytest.skip("no systemd-analyze here")
    program = tmp_path / "rfd"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    unit = put((ROOT / "docs" / "rfd.service").read_text(encoding="utf-8"), {"/opt/rfd/.venv/bin/rfd": str(program)})
    (tmp_path / "rfd.service").write_text(unit, encoding="utf-8")
    checked = subprocess.run(
        [tool, "verify", tmp_path / "rfd.service"], check=False, capture_output=True, text=True, timeout=LONGEST
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_options_of_the_unit_are_options_of_the_command():
    from dashboard.cli import parser

    unit = (ROOT / "docs" / "rfd.service").read_text(encoding="utf-8")
    options = parser().parse_args(re.search(r"ExecStart=\S+ (.*)", unit)[1].split())
    assert (options.address, options.port, options.base_path) == ("127.0.0.1", 8501, "rfd")
    parser().parse_args(re.search(r"ExecStartPre=\S+ (.*)", unit)[1].split())
