"""What `rfd serve` starts, and what it refuses to start with."""

import socket
from pathlib import Path

import pytest

from dashboard.errors import Refused
from dashboard.serving import Serving, command
from tests.worked.command import run

AUTH = '[auth]\nredirect_uri = "https://rfd.test{}/oauth2callback"\ncookie_secret = "a-very-secret-text"\n'


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def secrets(folder: Path, text: str) -> Path:
    (folder / "secrets.toml").write_text(text, encoding="utf-8")
    return folder / "secrets.toml"


def test_a_server_listens_on_this_machine_alone_unless_it_is_told_otherwise():
    from dashboard.cli import parser

    options = parser().parse_args(["serve"])
    assert (options.address, options.port, options.base_path, options.secrets) == ("127.0.0.1", 8501, "", None)


def test_the_address_the_path_and_the_sign_in_reach_the_server(tmp_path):
    path, port = secrets(tmp_path, AUTH.format("/tools/rfd")), free_port()
    told = command(Serving("127.0.0.1", port, "/tools/rfd/", path))
    assert {
        "--server.address=127.0.0.1",
        f"--server.port={port}",
        "--server.baseUrlPath=tools/rfd",
        f"--secrets.files={path}",
    } <= set(told)
    assert told[-1] != "--server.baseUrlPath=" and not [one for one in command(Serving("127.0.0.1", port)) if "baseUrl" in one]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"port": 0}, "from 1 to 65535"),
        ({"port": 70000}, "from 1 to 65535"),
        ({"address": "no.such.host.invalid"}, "no such address"),
        ({"address": "192.0.2.1"}, "cannot be listened on"),
        ({"base_path": "a b"}, "letters, digits and dashes"),
        ({"base_path": "../etc"}, "letters, digits and dashes"),
        ({"base_path": "static"}, "the server's own"),
        ({"base_path": "tools/media"}, "the server's own"),
    ],
)
def test_where_it_cannot_listen_is_refused_with_what_to_change(given, words):
    with pytest.raises(Refused, match=words):
        command(Serving(**{"address": "127.0.0.1", "port": free_port()} | given))


def test_a_port_that_is_taken_is_exit_code_2_and_names_the_option(demo_warehouse):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, _, err = run("serve", "--warehouse", demo_warehouse, "--port", taken.getsockname()[1])
    assert status == 2 and "choose another --port" in err and "Traceback" not in err


def test_nothing_is_served_before_a_version_is_published(tmp_path):
    status, _, err = run("serve", "--warehouse", tmp_path)
    assert status == 2 and "no version has been published" in err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[auth", "not a TOML file"),
        ("", "no redirect_uri and no cookie_secret"),
        (AUTH.format("").replace("cookie_secret", "cookie"), "no cookie_secret"),
        (AUTH.format("/elsewhere"), "redirect_uri must end with /rfd/oauth2callback"),
    ],
)
def test_a_sign_in_that_could_not_work_is_refused_and_its_secrets_are_not_told(tmp_path, text, words):
    with pytest.raises(Refused, match=words) as refused:
        command(Serving("127.0.0.1", free_port(), "rfd", secrets(tmp_path, text)))
    assert "a-very-secret-text" not in str(refused.value)
