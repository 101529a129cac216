"""The three pages, each behind a server of its own, all with the same settings."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

HERE = Path(__file__).parent
PATIENCE_S = 60.0
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
        `bare`, `naive` or `borderviz`.
    port
        Where it listens.
    """
    if page == "borderviz":
        run = [sys.executable, "-m", "borderviz", "run", "--host", "127.0.0.1"]
        return [*run, "--port", str(port)]
    script = str(HERE / f"{page}_page.py")
    run = [sys.executable, "-m", "streamlit", "run", script, *FLAGS]
    return [*run, f"--server.port={port}"]


@contextmanager
def serving(pages: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """
    Serve pages until the block ends; give their addresses.

    Raises
    ------
    RuntimeError
        If a server does not answer; what it wrote is in the message.
    """
    with ExitStack() as stack:
        addresses = {}
        for page in pages:
            port = free_port()
            stack.enter_context(_server(page, port))
            addresses[page] = f"http://127.0.0.1:{port}/"
        yield addresses


@contextmanager
def _server(page: str, port: int) -> Iterator[None]:
    """Run one server; all of them in the same folder, so with the same settings."""
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            command(page, port),
            cwd=HERE.parent,
            env=dict(os.environ),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            if not _answers(server, port):
                log.seek(0)
                msg = f"the {page} page does not start:\n{log.read().decode()[-2000:]}"
                raise RuntimeError(msg)
            yield
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until a server says that it is well."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health"):
                return True
        except urllib.error.URLError:
            time.sleep(0.1)
    return False
