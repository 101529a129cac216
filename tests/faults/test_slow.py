"""Readers who take nothing of what they are sent, or one byte at a time."""

from __future__ import annotations

import socket
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed

from faults.conftest import assert_whole
from faults.readers import PATIENCE_S, Reader
from faults.serving import until

pytestmark = pytest.mark.browser

# Far less than what they did not take: some 500 messages wait for each, no more.
SLACK_MB = 40
ROUNDS = 80


def test_readers_who_take_nothing_are_let_go_and_hold_up_nobody(unharmed):
    """They ask for page after page: line and queue take some of it, then it ends."""
    before = unharmed.memory()
    deaf = [Reader(unharmed.origin, buffer=4096) for _ in range(2)]
    for number in range(ROUNDS):
        for reader in deaf:
            with suppress(ConnectionClosed):
                reader.ask(f"lang={('en', 'ko')[number % 2]}")
        if number % 10 == 0:
            assert_whole(unharmed)
        if unharmed.metric("active_sessions") == 0:
            break
    until(lambda: unharmed.metric("active_sessions") == 0)
    assert unharmed.memory() < before + SLACK_MB
    for reader in deaf:
        reader.vanish()


def test_one_who_is_gone_without_a_word_is_let_go(start, geodata):
    """A line that nobody cut and nobody answers on: a machine that lost its power."""
    pings = {"STREAMLIT_SERVER_WEBSOCKET_PING_INTERVAL": "2"}
    server = start(atlas=geodata, environment=pings)
    at = urlsplit(server.origin)
    with socket.create_connection((at.hostname, at.port), timeout=PATIENCE_S) as line:
        line.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {at.netloc}\r\n"
            f"Origin: {server.origin}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: streamlit\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        assert line.recv(12) == b"HTTP/1.1 101"
        until(lambda: server.metric("active_sessions") == 1)
        until(lambda: server.metric("active_sessions") == 0)
    assert_whole(server)
    assert server.tracebacks() == []
    server.end()


def test_files_taken_slowly_hold_up_nobody(unharmed):
    with Reader(unharmed.origin) as reader:
        path = urlsplit(reader.run("lang=en").script).path
    before, lines = unharmed.memory(), []
    for _ in range(50):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(PATIENCE_S)
        line.connect(reader.at)
        host = urlsplit(unharmed.origin).netloc
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert line.recv(12) == b"HTTP/1.1 200"
        lines.append(line)
    with Reader(unharmed.origin) as other:
        assert other.run("lang=en").exceptions == []
    assert unharmed.memory() < before + SLACK_MB
    for line in lines:
        line.close()


def test_lines_that_stay_half_open_hold_up_nobody(unharmed):
    """Some hundred who connect and say nothing, or half of a request."""
    at = urlsplit(unharmed.origin)
    lines = [
        socket.create_connection((at.hostname, at.port), timeout=PATIENCE_S)
        for _ in range(150)
    ]
    for number, line in enumerate(lines):
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "[:number])
    with Reader(unharmed.origin) as other:
        assert other.run("lang=en").exceptions == []
    for line in lines:
        line.close()


def test_one_who_comes_back_is_sent_what_the_page_shows_now(unharmed):
    """A line cut and opened again finds its session, and its session finds it."""
    reader = Reader(unharmed.origin).run("lang=en")
    session = reader.session
    reader.vanish()
    until(lambda: unharmed.metric("active_sessions") == 0)
    with Reader(unharmed.origin, session=session) as back:
        assert back.run("lang=ko").session == session
        assert back.exceptions == []
