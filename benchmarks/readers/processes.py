"""A server of its own for each measurement, and what it uses of the machine."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from servers import HERE, environment, free_port, running, streamlit

from borderviz.server import server_command

# Usually two minutes; here readers who have left are forgotten after this many seconds.
TTL_S = 2
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server that answers at an address."""

    address: str
    pid: int

    def cpu_s(self) -> float:
        """Return the processor time it has used."""
        text = Path(f"/proc/{self.pid}/stat").read_text("utf-8")
        fields = text.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory_mb(self) -> float:
        """Return its resident memory now."""
        return self._status("VmRSS") / 1024

    def threads(self) -> int:
        """Return how many threads it has."""
        return self._status("Threads")

    def _status(self, name: str) -> int:
        lines = Path(f"/proc/{self.pid}/status").read_text("utf-8").splitlines()
        return next(int(x.split()[1]) for x in lines if x.startswith(f"{name}:"))


def own_cpu_s() -> float:
    """Return the processor time that this process, so all readers, has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@contextmanager
def served(page: str, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """
    Serve a page until the block ends.

    Parameters
    ----------
    page
        `borderviz`, or another that `servers` knows.
    more
        Variables of the environment besides the usual.
    """
    port = free_port()
    if page == "borderviz":
        words = server_command(port=port, host="127.0.0.1")
    else:
        words = streamlit(HERE / "pages" / f"{page}_page.py", port)
    words = [*words, f"--server.disconnectedSessionTTL={TTL_S}"]
    with running(words, port, {**environment(page), **(more or {})}) as process:
        yield Server(f"http://127.0.0.1:{port}/", process.pid)
