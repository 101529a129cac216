"""A server's process as the system sees it, and waiting for what it does."""

from __future__ import annotations

import os
import re
import signal
import threading
from pathlib import Path

from browser.conftest import Server
from faults.readers import PATIENCE_S, get

BETWEEN_S = 0.02


def until(found, patience=PATIENCE_S):
    """Wait for a condition; what it returns is returned."""
    clock, is_over = threading.Event(), threading.Event()
    alarm = threading.Timer(patience, is_over.set)
    alarm.daemon = True
    alarm.start()
    try:
        while not (last := found()):
            assert not is_over.is_set(), f"never came true; at last {last!r}"
            clock.wait(BETWEEN_S)
    finally:
        alarm.cancel()
    return last


class Mortal(Server):
    """A server that a test may kill and start again where it was."""

    def __init__(self, folder, *, atlas=None, before=(), environment=(), port=0):
        self.folder, self.atlas = folder, atlas
        self.before, self.environment = tuple(before), dict(environment)
        self._start(port)

    def _start(self, port):
        super().__init__(
            self.atlas,
            port=port,
            before=self.before,
            environment={"TMPDIR": str(self.folder), **self.environment},
        )

    @property
    def pid(self):
        return self._process.pid

    def kill(self):
        """End it as a machine without memory would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(PATIENCE_S)

    def again(self):
        """Start it on the same port, with the same folder."""
        self._start(int(self.origin.rpartition(":")[2]))
        return self

    def end(self):
        """End it, whatever a test has left of it."""
        self._process.kill()
        self._process.wait(PATIENCE_S)

    def files(self):
        """List what is in its temporary folder."""
        return sorted(
            str(path.relative_to(self.folder)) for path in self.folder.rglob("*")
        )

    def children(self):
        """List the processes that it started and that are not gone, dead ones too."""
        found = Path(f"/proc/{self.pid}/task").glob("*/children")
        return [int(child) for path in found for child in path.read_text().split()]

    def memory(self):
        """Megabytes that it has in memory."""
        told = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", told).group(1)) / 1024

    def metric(self, name):
        """One of the numbers that the server counts itself; 0 if it counts none."""
        told = get(f"{self.origin}/_stcore/metrics").decode()
        found = [x for x in told.splitlines() if name in x and not x.startswith("#")]
        return sum(float(line.rpartition(" ")[2]) for line in found)

    def tracebacks(self):
        """What its log has that no operator should have to read."""
        return [line for line in self.lines if re.search("Traceback|Error", line)]


def stop_of(pid):
    """Hold a process where it is."""
    os.kill(pid, signal.SIGSTOP)


def go_of(pid):
    """Let a process go on."""
    os.kill(pid, signal.SIGCONT)
