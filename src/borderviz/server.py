"""The dashboard's own process: how it is started, and how it ends with this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.resources import files

# The same as in `.streamlit/config.toml`, which only a checkout has.
SETTINGS = (
    "--server.headless=true",
    "--server.enableCORS=true",
    "--server.enableXsrfProtection=true",
    "--server.enableStaticServing=false",
    "--server.enableAgentApi=false",
    "--server.maxUploadSize=20",
    "--server.maxMessageSize=20",
    "--server.fileWatcherType=none",
    "--browser.gatherUsageStats=false",
    "--client.toolbarMode=minimal",
    "--client.showErrorDetails=none",
    "--client.showErrorLinks=false",
    "--runner.postScriptGC=false",
)
HOME = ("localhost", "127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::")
# Set by whoever serves the page under another name; names apart by blanks.
NAMES = "STREAMLIT_SERVER_ALLOWED_HOSTS"


def server_command(*, port: int, host: str) -> list[str]:
    """
    Write the command that serves the dashboard, whatever the working folder is.

    A browser is answered only under the names of this machine or of `host`, so that no
    other site can pretend to be it (DNS rebinding); where every address is listened to,
    under any name. `STREAMLIT_SERVER_ALLOWED_HOSTS` says otherwise.

    Parameters
    ----------
    port, host
        Where the server listens.
    """
    script = files("borderviz").joinpath("ui", "app.py")
    flags = [f"--server.port={port}", f"--server.address={host}", *SETTINGS]
    if not os.environ.get(NAMES):
        names = HOME if host in HOME else ("*",) if host in EVERYWHERE else (host,)
        flags += [f"--server.allowedHosts={name}" for name in names]
    # -P: a file in the working folder must not stand in for a module of that name.
    return [sys.executable, "-P", "-m", "streamlit", "run", str(script), *flags]


def serve(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """
    Run a server until it ends, or until this process is told to stop.

    Ctrl-C and SIGTERM both end the server as well, and are no failure.

    Parameters
    ----------
    command, environment
        What to start, and the whole environment it gets.

    Returns
    -------
    int
        The server's exit code; 0 after an interruption.
    """
    usual = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with subprocess.Popen(command, env=environment) as server:
            try:
                return server.wait()
            except KeyboardInterrupt:
                for name in usual:
                    signal.signal(name, signal.SIG_IGN)
                _stop(server)
                return 0
    finally:
        for name, handler in usual.items():
            signal.signal(name, handler)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End a server, with some seconds to close its connections."""
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.kill()
