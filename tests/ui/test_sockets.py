"""Messages leave at once: the option that the server's own socket lacks."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

import pytest

from borderviz.ui import sockets
from borderviz.ui.sockets import OPEN_FILES, send_at_once

pytestmark = pytest.mark.skipif(
    not Path(OPEN_FILES).is_dir(), reason="this system does not list open files"
)


def open_files() -> set[str]:
    return {path.name for path in Path(OPEN_FILES).iterdir()}


def accepted(listening: socket.socket) -> int:
    """Connect, and ask what the server's end was given."""
    with closing(socket.create_connection(listening.getsockname())):
        end, _ = listening.accept()
        with closing(end):
            return end.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.fixture
def listening():
    """Listen as Streamlit does: without naming the protocol."""
    with closing(socket.socket(family=socket.AF_INET)) as found:
        found.bind(("127.0.0.1", 0))
        found.listen()
        yield found


def test_what_is_accepted_sends_at_once(listening):
    assert accepted(listening) == 0
    send_at_once()
    assert accepted(listening) != 0
    send_at_once()
    assert accepted(listening) != 0


def test_nothing_is_left_open_and_the_socket_still_listens(listening):
    listening.setblocking(False)
    before = open_files()
    send_at_once()
    assert open_files() == before
    assert listening.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    assert listening.getblocking() is False


def test_a_system_that_lists_no_files_is_left_alone(listening, monkeypatch, tmp_path):
    monkeypatch.setattr(sockets, "OPEN_FILES", str(tmp_path / "none"))
    send_at_once()
    assert accepted(listening) == 0


def test_other_sockets_are_left_alone():
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs), closing(socket.socket()) as free:
        send_at_once()
        assert free.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
