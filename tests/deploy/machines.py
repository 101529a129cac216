"""App processes and an nginx before them, run as docs/operating.md says."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

from faults.serving import until

ROOT = Path(__file__).parents[2]
RENDER = ROOT / "deploy" / "nginx" / "render.py"
PATIENCE_S = 60


def free_port():
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """A process with a group of its own; one of its lines says that it answers."""

    ready = ""

    def __init__(self, command, **more):
        self.lines = []
        self._is_ready = threading.Event()
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            **more,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        assert self._is_ready.wait(PATIENCE_S), self.lines
        assert self.process.poll() is None, self.lines

    def _listen(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if self.ready in line:
                self._is_ready.set()
        self._is_ready.set()

    def send(self, number):
        """Send a signal to the process and to what it has started."""
        os.killpg(self.process.pid, number)

    def ended(self, patience=PATIENCE_S):
        """Wait until it is gone; return its exit code."""
        code = self.process.wait(patience)
        self._listener.join(patience)
        return code

    def stop(self):
        """End it, whatever state it is in."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.ended(15)
            except subprocess.TimeoutExpired:
                self.send(signal.SIGKILL)
                self.ended()


class App(Running):
    """One process of the app, with a temporary folder of its own."""

    ready = "URL:"

    def __init__(self, atlas, folder, port):
        self.port, self.atlas, self.folder = port, atlas, folder
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "borderviz", "run", "--atlas", str(atlas)]
        super().__init__(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            env={
                **os.environ,
                "TMPDIR": str(folder),
                "STREAMLIT_SERVER_ALLOWED_HOSTS": "localhost 127.0.0.1",
            },
            cwd=folder.parent,
        )
        # As a balancer would: no reader comes before it says so.
        until(lambda: ask(self.origin, "/health")[0] == 200)

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.port}"

    def left(self):
        """Name what lies in its temporary folder."""
        return sorted(path.name for path in self.folder.iterdir())

    def tracebacks(self):
        return [line for line in self.lines if "Traceback" in line]


class Nginx(Running):
    """The nginx that a file of ours describes, written by the script of ours."""

    ready = "start worker processes"

    def __init__(self, program, kind, folder, *arguments):
        self.port, self.folder = free_port(), folder
        self.origin = f"http://localhost:{self.port}"
        listen = ["--listen", f"localhost:{self.port}"]
        told = subprocess.run(
            [sys.executable, str(RENDER), kind, str(folder), *listen, *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
        # Word for word what the script says; only more is told in the log.
        name, *rest = told.stdout.split()
        assert name == "nginx"
        super().__init__([program, *rest, "-g", "error_log stderr notice;"])

    def served(self, path):
        """Tell which processes answered for an address, in order of their answers."""
        log = (self.folder / "access.log").read_text(encoding="utf-8")
        pattern = rf'GET {re.escape(path)} \d+ \d+ "(.+)" [\d.]+$'
        return re.findall(pattern, log, re.MULTILINE)


def ask(origin, path, *, method="GET", **headers):
    """Send one request as written; return status, headers in small letters, body."""
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=PATIENCE_S)
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    try:
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        found = {}
        for key, value in answer.getheaders():
            found[key.lower()] = ", ".join(
                filter(None, [found.get(key.lower()), value])
            )
        return answer.status, found, answer.read()
    finally:
        connection.close()
