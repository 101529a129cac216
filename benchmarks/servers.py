"""The pages, each behind a server of its own, all with the same settings."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

HERE = Path(__file__).parent
LEAFMAP = HERE.parent / ".cache" / "bench" / "leafmap"
PATIENCE_S = 60.0
HEALTH = "_stcore/health"
FLAGS = (
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--server.fileWatcherType=none",
    "--browser.gatherUsageStats=false",
    "--client.toolbarMode=minimal",
)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(page: str, port: int) -> list[str]:
    """
    Write the command that serves a page.

    Parameters
    ----------
    page
        `borderviz`, or the first word of a `_page.py` in the folder `pages`.
    port
        Where it listens.
    """
    if page == "borderviz":
        run = [sys.executable, "-m", "borderviz", "run", "--host", "127.0.0.1"]
        return [*run, "--port", str(port)]
    return streamlit(HERE / "pages" / f"{page}_page.py", port)


def streamlit(script: Path, port: int) -> list[str]:
    """Write the command that serves a script, with the settings that all have."""
    run = [sys.executable, "-m", "streamlit", "run", str(script), *FLAGS]
    return [*run, f"--server.port={port}"]


def environment(page: str) -> dict[str, str]:
    """
    Return a server's environment; leafmap is only in that of its own page.

    Where it is installed, importing altair imports IPython, which would make every
    other page slower to start.
    """
    found = dict(os.environ)
    if page == "leafmap":
        found["PYTHONPATH"] = str(LEAFMAP)
    else:
        # A section's own path must not reach what it measures.
        found.pop("PYTHONPATH", None)
    return found


@contextmanager
def serving(pages: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """
    Serve pages until the block ends; give their addresses.

    Parameters
    ----------
    pages
        Names as `command` takes them.
    """
    with ExitStack() as stack:
        addresses = {}
        for page in pages:
            port = free_port()
            run = running(command(page, port), port, environment(page))
            stack.enter_context(run)
            addresses[page] = f"http://127.0.0.1:{port}/"
        yield addresses


@contextmanager
def running(
    words: Sequence[str],
    port: int,
    environment: Mapping[str, str] | None = None,
    health: str = HEALTH,
) -> Iterator[subprocess.Popen[bytes]]:
    """
    Run one server until the block ends; all in the same folder, so with like settings.

    Parameters
    ----------
    words
        Its command.
    port
        Where it is asked for `health` until it answers.
    environment
        The whole of it; that of this process if none is given.
    health
        A path that a server which is well answers.

    Raises
    ------
    RuntimeError
        If a server does not answer; what it wrote is in the message.
    """
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            words,
            cwd=HERE.parent,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            if not _answers(server, f"http://127.0.0.1:{port}/{health}"):
                log.seek(0)
                said = log.read().decode(errors="replace")[-2000:]
                msg = f"this does not start: {' '.join(words)}\n{said}"
                raise RuntimeError(msg)
            yield server
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                # With those that it started, which would listen on without it.
                os.killpg(server.pid, signal.SIGKILL)


def _answers(server: subprocess.Popen[bytes], address: str) -> bool:
    """Wait until a server says that it is well."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return True
        except OSError:
            time.sleep(0.05)
    return False
