"""The servers and windows of the browser suite, and requests that no browser sends."""

from __future__ import annotations

import http.client
import socket
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from websockets.sync.client import connect

from browser.conftest import dashboard, serve, server, visit

__all__ = ["dashboard", "serve", "server", "visit"]


class Answer:
    """What came back: status, headers in small letters, and the body."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {k.lower(): v for k, v in response.getheaders()}
        self.body = b""
        with suppress(ConnectionError):  # refused, with much of the request unread
            self.body = response.read()


@pytest.fixture
def ask(server):
    """Send one request exactly as written; no client tidies its path."""
    netloc = urlsplit(server.origin).netloc

    def send(method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(netloc, timeout=60)
        connection.putrequest(method, "/", skip_host=True, skip_accept_encoding=True)
        connection._buffer[0] = f"{method} {path} HTTP/1.1".encode("latin-1")
        lengths = {} if body is None else {"Content-Length": str(len(body))}
        for key, value in ({"Host": netloc} | lengths | (headers or {})).items():
            connection.putheader(key, value)
        try:
            # Refused before all was sent? The answer is there all the same.
            with suppress(ConnectionError):
                connection.endheaders(body)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    return send


@pytest.fixture
def link(server):
    """Open the page's own connection, as a browser on any page would try to."""
    at = urlsplit(server.origin)

    def open_(origin=server.origin, host=at.hostname):
        return connect(
            f"ws://{host}:{at.port}/_stcore/stream",
            sock=socket.create_connection((at.hostname, at.port)),
            origin=origin,
            subprotocols=["streamlit"],
            open_timeout=30,
            proxy=None,
            max_size=None,
        )

    return open_
