"""`borderviz run`: what it starts, what it says first, and how it ends."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from borderviz import cli

CHECKOUT = Path(__file__).parents[2]
GEODATA = CHECKOUT / "geodata"


@pytest.fixture
def told(monkeypatch, capfd):
    """Run the command in a plain environment; return exit code, output, complaints."""
    for name in ("BORDERVIZ_ATLAS", "PORT"):
        monkeypatch.delenv(name, raising=False)

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        return ended.value.code, *capfd.readouterr()

    return run


@pytest.fixture
def _stand_in(monkeypatch, tmp_path):
    """Start a script that tells what it was given, in place of the interpreter."""
    script = tmp_path / "interpreter"
    script.write_text('#!/bin/sh\necho "$BORDERVIZ_ATLAS"\necho "$@"\nexit 7\n')
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))


@pytest.mark.usefixtures("_stand_in")
def test_run_prints_its_address_then_serves_and_hands_on_the_exit_code(told, tmp_path):
    code, out, err = told("run", "--port", 9999, "--atlas", tmp_path)
    assert (code, err) == (7, "")
    address, atlas, words = out.splitlines()
    assert (address, atlas) == ("http://localhost:9999", str(tmp_path))
    assert " -m streamlit run " in words
    assert " --server.port=9999" in words
    assert " --server.address=localhost" in words


@pytest.mark.usefixtures("_stand_in")
@pytest.mark.parametrize(
    ("port", "host", "address"),
    [
        (None, "localhost", "http://localhost:8501"),
        ("", "localhost", "http://localhost:8501"),
        ("8600", "0.0.0.0", "http://localhost:8600"),
        ("8600", "192.0.2.7", "http://192.0.2.7:8600"),
        ("8600", "::1", "http://[::1]:8600"),
    ],
)
def test_run_takes_its_port_from_the_environment(
    told, monkeypatch, port, host, address
):
    if port is not None:
        monkeypatch.setenv("PORT", port)
    _, out, _ = told("run", "--host", host)
    first, _, words = out.splitlines()
    assert first == address
    assert f" --server.address={host}" in words


@pytest.mark.parametrize("port", ["abc", "70000"])
def test_run_refuses_a_port_that_is_none(told, monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    code, out, err = told("run")
    assert (code, out) == (2, "")
    assert "PORT" in err


def test_the_server_is_private_wherever_it_is_started():
    command = cli.server_command(port=1, host="localhost")
    script = Path(command[command.index("run") + 1])
    assert script == CHECKOUT / "src" / "borderviz" / "ui" / "app.py"
    assert script.is_file()
    assert {
        "--server.headless=true",
        "--server.enableStaticServing=false",
        "--server.fileWatcherType=none",
        "--browser.gatherUsageStats=false",
        "--client.toolbarMode=minimal",
        "--client.showErrorDetails=none",
    } <= set(command)


SERVE = """
import os, sys
from borderviz.server import serve
child = "import threading; print('ready', flush=True); threading.Event().wait()"
sys.exit(serve([sys.executable, "-c", child], os.environ))
"""


@pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interruption_ends_the_server_too_and_quietly(name):
    with subprocess.Popen(
        [sys.executable, "-c", SERVE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            process.send_signal(getattr(signal, name))
            # The pipes close only when the server has ended as well.
            assert process.communicate(timeout=30) == ("", "")
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0


def test_serving_leaves_the_signals_as_they_were():
    before = [signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)]
    assert cli.serve([sys.executable, "-c", "raise SystemExit(3)"], os.environ) == 3
    after = [signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)]
    assert after == before
