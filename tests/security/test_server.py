"""What the server refuses: foreign pages, foreign names, what is off, and too much."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tomllib
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from borderviz.server import EVERYWHERE, HOME, NAMES, SETTINGS, server_command

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser
LIMIT = 20 * 1024 * 1024


def test_a_page_of_our_own_origin_may_connect(link):
    with link() as own:
        assert own.subprotocol == "streamlit"


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.invalid",
        "http://localhost.evil.invalid",
        "http://localhost@evil.invalid",
        "http://evil.invalid#localhost",
        "null",
        "file://",
    ],
)
def test_a_foreign_page_may_not_connect(link, origin):
    with pytest.raises(InvalidStatus) as refused, link(origin):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("host", ["evil.invalid", "localhost.evil.invalid", "10.0.0.9"])
def test_a_foreign_name_for_this_machine_is_refused(server, link, host):
    """DNS rebinding: the page of `host` is of one origin with what it asks for."""
    port = urlsplit(server.origin).port
    with (
        pytest.raises(InvalidStatus) as refused,
        link(f"http://{host}:{port}", host),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_other_origins_are_told_nothing(ask):
    for path in ("/_stcore/health", "/_stcore/host-config", "/"):
        found = ask("GET", path, headers={"Origin": "https://evil.invalid"})
        assert found.status == 200
        assert "access-control-allow-origin" not in found.headers


def test_no_page_is_allowed_to_steer_ours(ask):
    found = json.loads(ask("GET", "/_stcore/host-config").body)
    told = [urlsplit(origin).hostname or "" for origin in found["allowedOrigins"]]
    assert not any("localhost" in host or host in {"*", ""} for host in told)
    assert not found["enableCustomParentMessages"]


# --- what is off ---------------------------------------------------------------------


def test_the_agent_interface_is_off(ask):
    told = ask("GET", "/_stcore/agent/openapi.json").body.decode()
    assert "off" in told
    for path in ("interact", "mcp"):
        found = ask("POST", f"/_stcore/agent/{path}", b"{}")
        assert found.status >= 400


def test_a_message_that_is_no_message_ends_only_its_own_connection(server, link, ask):
    with link() as own:
        own.send(b"\xff" * 1000)
        with pytest.raises(ConnectionClosed):
            own.recv(timeout=60)
    said = [line for line in server.lines if "Traceback" in line]
    assert ask("GET", "/_stcore/health").body == b"ok"
    # Streamlit tells the operator of it; that is no failure of ours.
    for line in said:
        server.lines.remove(line)


def test_a_message_over_the_limit_ends_only_its_own_connection(link, ask):
    with link() as own:
        with suppress(ConnectionClosed):
            own.send(b"\0" * (LIMIT + 1024 * 1024))
        with pytest.raises(ConnectionClosed):
            own.recv(timeout=60)
    assert ask("GET", "/_stcore/health").body == b"ok"


def test_three_hundred_connections_leave_the_server_answering(server, link, ask, visit):
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(link())
        assert ask("GET", "/_stcore/health").body == b"ok"
        visit(at=server).open()
    assert ask("GET", "/_stcore/health").body == b"ok"


# --- the settings, wherever it is started --------------------------------------------


def test_both_ways_to_start_set_the_same():
    path = ROOT / ".streamlit" / "config.toml"
    config = tomllib.loads(path.read_text(encoding="utf-8"))
    names = config["server"].pop("allowedHosts")
    assert tuple(names) == HOME
    assert config["server"].pop("address") == "localhost"
    written = {
        f"--{section}.{key}={json.dumps(value).strip(chr(34))}"
        for section in ("server", "browser", "client", "runner")
        for key, value in config[section].items()
    }
    assert set(SETTINGS) == written
    for kept in ("CORS", "XsrfProtection"):
        assert f"--server.enable{kept}=true" in written


def hosts_of(monkeypatch, host, names=None):
    monkeypatch.delenv(NAMES, raising=False)
    if names is not None:
        monkeypatch.setenv(NAMES, names)
    flag = "--server.allowedHosts="
    command = server_command(port=1, host=host)
    return tuple(w.removeprefix(flag) for w in command if w.startswith(flag))


def test_names_under_which_it_answers(monkeypatch):
    for host in HOME:
        assert hosts_of(monkeypatch, host) == HOME
    for host in EVERYWHERE:
        assert hosts_of(monkeypatch, host) == ("*",)
    assert hosts_of(monkeypatch, "192.0.2.7") == ("192.0.2.7",)
    assert hosts_of(monkeypatch, "0.0.0.0", "map.example.org") == ()


@pytest.fixture(params=[None, "map.example.org localhost"], ids=["usual", "named"])
def elsewhere(request, tmp_path):
    """The server as `borderviz run` starts it, where no settings lie about."""
    with socket.create_server(("localhost", 0)) as free:
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k != NAMES}
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(NAMES, raising=False)
        if request.param:
            environment[NAMES] = request.param
            patch.setenv(NAMES, request.param)
        command = server_command(port=port, host="localhost")
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert any("URL:" in line for line in process.stdout)
        yield port, bool(request.param)
        process.kill()


def status_of(port, host):
    """What the server answers to a page of this name that wants its connection."""
    try:
        with connect(
            f"ws://{host}/_stcore/stream",
            sock=socket.create_connection(("localhost", port)),
            origin=f"http://{host}",
            proxy=None,
        ):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def test_it_answers_under_its_own_names_wherever_it_is_started(elsewhere):
    port, is_named = elsewhere
    assert status_of(port, f"localhost:{port}") == 101
    assert status_of(port, "map.example.org") == (101 if is_named else 403)
    assert status_of(port, "evil.invalid") == 403
    assert status_of(port, f"127.0.0.1:{port}") == (403 if is_named else 101)
