"""A process of its own: ready when it can show the atlas, gone when it is told."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from borderviz.ui import front

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60
GOING_AWAY = (1001, 1012)


@pytest.fixture
def serve(request):
    """Start `streamlit run` for an atlas; give its process and address."""
    started = []

    def start(atlas, *flags):
        with socket.socket() as free:
            free.bind(("localhost", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py")),
                *("--server.port", str(port), *flags),
            ],
            cwd=ROOT,
            env={**os.environ, "BORDERVIZ_ATLAS": str(atlas)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process, f"http://localhost:{port}"

    yield start
    for process in started:
        process.kill()
        process.communicate()


def answers(address):
    """Yield status and words of an address as long as there is patience."""
    end = time.monotonic() + PATIENCE_S
    between = threading.Event()
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_S) as found:
                yield found.status, found.read().decode().strip()
        except urllib.error.HTTPError as error:
            yield error.code, error.read().decode().strip()
        except OSError:  # nobody listens yet
            between.wait(0.02)


def until(address, wanted):
    """Ask until the wanted answer comes; return all the different ones before it."""
    before = set()
    for found in answers(address):
        if found == wanted:
            return before
        before.add(found)
    pytest.fail(f"{address} never said {wanted}, but {before}")


def run_once(connection):
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    connection.send(asked.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(connection.recv(timeout=PATIENCE_S))
        if message.WhichOneof("type") == "script_finished":
            return message.script_finished


def read_to_the_end(connection):
    while True:
        connection.recv(timeout=PATIENCE_S)


def test_it_says_when_it_is_ready_and_leaves_when_it_is_told(serve, atlantis_copy):
    process, address = serve(atlantis_copy, "--server.baseUrlPath=/maps/")
    before = until(f"{address}/maps/health", (200, front.READY))
    assert before <= {(503, front.READING)}
    with connect(
        f"{address.replace('http', 'ws')}/maps/_stcore/stream",
        origin=address,
        subprotocols=["streamlit"],
        max_size=None,
    ) as connection:
        assert run_once(connection) == ForwardMsg.FINISHED_SUCCESSFULLY
        process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as closed:
            read_to_the_end(connection)
        assert closed.value.rcvd.code in GOING_AWAY
    said, _ = process.communicate(timeout=PATIENCE_S)
    assert "Traceback" not in said
    assert process.returncode in (0, -signal.SIGTERM)


def test_an_atlas_with_faults_is_told_and_then_mended(serve, atlantis_copy):
    file = atlantis_copy / "facts.toml"
    good = file.read_text("utf-8")
    file.write_text(f"{good}\n[broken]\n", "utf-8")
    _, address = serve(atlantis_copy)
    until(f"{address}/health", (503, front.BROKEN))
    file.write_text(good, "utf-8")
    assert until(f"{address}/health", (200, front.READY)) <= {(503, front.BROKEN)}
