"""
Measure how soon a fresh server is ready, and how soon its first reader has the page.

Usage: `python benchmarks/start/measure.py --json FILE [--quick]`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import servers  # noqa: E402
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: E402
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402
from websockets.sync.client import ClientConnection, connect  # noqa: E402

RUNS, QUICK_RUNS = 7, 1
PATIENCE_S = 60.0
LOOK_EVERY_S = 0.005
# A path that is answered with 200 once readers can be sent to the server.
READY = {"bare": servers.HEALTH, "borderviz": "health"}
Times = dict[str, float]


def main() -> int:
    """Measure, write the figures, and return the exit code."""
    options = _options()
    samples: dict[str, list[Times]] = {page: [] for page in READY}
    runs = QUICK_RUNS if options.quick else RUNS
    for n in range(runs):
        for page in sorted(READY, reverse=bool(n % 2)):
            samples[page].append(started(page))
        sys.stderr.write(f"start: round {n + 1} of {runs}\n")
    found = {"section": "start", "runs": runs, "samples": samples}
    options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, required=True, metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="one round")
    return parser.parse_args()


def started(page: str) -> Times:
    """
    Start a server, wait until it is ready, draw its page twice, and stop it.

    Parameters
    ----------
    page
        `bare` or `borderviz`.

    Returns
    -------
    dict
        Seconds from the start of the process until something answered
        (`answers_s`), until it was ready (`ready_s`) and until the first reader had
        the whole page (`drawn_s`); seconds that the first and the second run took
        with all its messages (`first_run_s`, `second_run_s`), and from SIGTERM to the
        end of the process (`stop_s`).
    """
    port = servers.free_port()
    address = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    server = subprocess.Popen(
        servers.command(page, port),
        cwd=HERE.parents[1],
        env=servers.environment(page),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait(f"{address}/{servers.HEALTH}", began)
        answers = time.perf_counter() - began
        wait(f"{address}/{READY[page]}", began)
        ready = time.perf_counter() - began
        first = drawn(address)
        whole = time.perf_counter() - began
        second = drawn(address)
    finally:
        told = time.perf_counter()
        server.terminate()
        try:
            server.wait(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            server.kill()
            raise
        stop = time.perf_counter() - told
    return {
        "answers_s": answers,
        "ready_s": ready,
        "drawn_s": whole,
        "first_run_s": first,
        "second_run_s": second,
        "stop_s": stop,
    }


def wait(address: str, began: float) -> None:
    """
    Ask again and again until an address is answered with 200.

    Raises
    ------
    TimeoutError
        If it never is.
    """
    while time.perf_counter() - began < PATIENCE_S:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_S):
                return
        except OSError:  # nobody listens, or 503
            time.sleep(LOOK_EVERY_S)
    msg = f"{address} never was ready"
    raise TimeoutError(msg)


def drawn(address: str) -> float:
    """Ask for the page as a new reader's browser does; return the seconds it took."""
    with connect(
        f"{address.replace('http', 'ws')}/_stcore/stream",
        origin=address,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
    ) as socket:
        began = time.perf_counter()
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        socket.send(asked.SerializeToString())
        _wait_for_the_end(socket)
        return time.perf_counter() - began


def _wait_for_the_end(socket: ClientConnection) -> None:
    while True:
        message = ForwardMsg()
        message.ParseFromString(socket.recv(timeout=PATIENCE_S))
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                msg = "the script failed"
                raise RuntimeError(msg)
            return


if __name__ == "__main__":
    sys.exit(main())
