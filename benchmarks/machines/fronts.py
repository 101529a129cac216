"""App processes and nginx before them, by the files that operators use."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from servers import command, environment, free_port, running

RENDER = Path(__file__).parents[2] / "deploy" / "nginx" / "render.py"
HEALTH = "health"
SHOWN = """() => Boolean(document.querySelector('.st-key-map iframe')
  ?.contentDocument?.body?.dataset.shown)"""


@contextmanager
def process(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run one process of the app until the block ends."""
    words = command("borderviz", port)
    given = environment("borderviz") | {
        "STREAMLIT_SERVER_ALLOWED_HOSTS": "localhost 127.0.0.1"
    }
    with running(words, port, given, HEALTH) as server:
        yield server


def kill(server: subprocess.Popen[bytes]) -> None:
    """Kill a process and the one it runs for the page, without a word of warning."""
    path = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    for child in path.read_text(encoding="utf-8").split():
        os.kill(int(child), signal.SIGKILL)
    server.kill()


@contextmanager
def nginx(
    program: str, kind: str, folder: Path, arguments: Sequence[str], health: str
) -> Iterator[str]:
    """Run nginx until the block ends; give the address it answers under."""
    port = free_port()
    listen = ["--listen", f"127.0.0.1:{port}", "--log", "access.log"]
    told = subprocess.run(
        [sys.executable, str(RENDER), kind, str(folder), *listen, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    words = [program, *told.stdout.split()[1:]]
    with running(words, port, None, health):
        yield f"http://127.0.0.1:{port}/"


def seat_at(cookies: Sequence[dict[str, object]], address: str) -> str:
    """Tell which process a browser is kept at."""
    host = urlsplit(address).hostname
    found = [
        str(c["value"]) for c in cookies if c["name"] == "seat" and c["domain"] == host
    ]
    return found[0] if found else ""
