"""Where the pages are: Streamlit servers, two file servers for the site, the file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from built_site import built
from peers import Peer
from servers import command, environment, free_port, running

ROOT = Path(__file__).parents[2]
RENDER = ROOT / "deploy" / "nginx" / "render.py"


@dataclass(frozen=True)
class Served:
    """Where a page is, and the process behind it; none where it is on disk."""

    address: str
    server: psutil.Process | None = None


@contextmanager
def served(peers: tuple[Peer, ...], folder: Path) -> Iterator[dict[str, Served]]:
    """
    Make what has to be made, and serve all pages until the block ends.

    Parameters
    ----------
    peers
        The pages; those behind nginx are left out where there is none.
    folder
        For the single file, and for nginx.
    """
    site, single = built(), folder / "map.html"
    words = [sys.executable, "-m", "borderviz", "export", "html", "-o", str(single)]
    subprocess.run(words, check=True, capture_output=True)
    with ExitStack() as stack:
        found = {}
        for peer in peers:
            if peer.served == "disk":
                found[peer.name] = Served(single.as_uri())
                continue
            port = free_port()
            run = _command(peer, port, site, folder)
            if run is None:
                continue
            health = "_stcore/health" if peer.served == "streamlit" else "robots.txt"
            its = running(run, port, environment(peer.name), health)
            process = psutil.Process(stack.enter_context(its).pid)
            found[peer.name] = Served(f"http://127.0.0.1:{port}/", process)
        yield found


def _command(peer: Peer, port: int, site: Path, folder: Path) -> list[str] | None:
    """Write the command that serves a page; None where there is no nginx."""
    if peer.served == "streamlit":
        return command(peer.name, port)
    if peer.served == "files":
        words = [sys.executable, "-m", "http.server", str(port), "-b", "127.0.0.1"]
        return [*words, "-d", str(site)]
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        return None
    words = [sys.executable, str(RENDER), "site", str(folder), "--root", str(site)]
    words += ["--listen", f"127.0.0.1:{port}"]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return [nginx, "-e", "stderr", "-p", str(folder), "-c", "nginx.conf"]
