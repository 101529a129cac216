"""The pages with many points, each behind a server of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from servers import FLAGS, free_port

HERE = Path(__file__).parent
PATIENCE_S = 90.0


def command(page: str, port: int, points: Path) -> list[str]:
    """
    Write the command that serves a page with points.

    Parameters
    ----------
    page
        `borderviz` with the operator's points, `upload` without, or the name of a
        script here without `_page.py`.
    port, points
        Where it listens, and the file of points.
    """
    if page == "borderviz":
        run = [sys.executable, "-m", "borderviz", "run", "--host", "127.0.0.1"]
        return [*run, "--port", str(port), "--points", str(points)]
    if page == "upload":
        return [*command("borderviz", port, points)[:-2]]
    script = str(HERE / f"{page}_page.py")
    run = [sys.executable, "-m", "streamlit", "run", script, *FLAGS]
    return [*run, f"--server.port={port}", "--server.maxMessageSize=1000"]


@contextmanager
def serving(page: str, points: Path) -> Iterator[tuple[str, psutil.Process]]:
    """
    Serve a page until the block ends; give its address and its process.

    Raises
    ------
    RuntimeError
        If the server does not answer; what it wrote is in the message.
    """
    port = free_port()
    environment = {**os.environ, "BENCH_POINTS": str(points)}
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            command(page, port, points), env=environment, stdout=log, stderr=log
        )
        try:
            _wait(server, port)
            view = "?show=yours" if page == "upload" else ""
            yield f"http://127.0.0.1:{port}/{view}", psutil.Process(server.pid)
        except TimeoutError as error:
            log.seek(0)
            raise RuntimeError(log.read().decode(errors="replace")) from error
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{port}/_stcore/health", timeout=5
            ):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError


def memory_mb(process: psutil.Process) -> float:
    """
    Return the resident memory of a process and all it started, in MB.

    Parameters
    ----------
    process
        The server.
    """
    family = [process, *process.children(recursive=True)]
    return sum(each.memory_info().rss for each in family) / 1e6
