"""A reverse proxy as small as a test needs: it passes everything on, with headers.

One thread a connection; after the head of a request and of its answer it copies bytes,
so that the page's WebSocket goes through as well.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

END = b"\r\n\r\n"


class Proxy:
    """Listens on this machine; each answer gets `headers`, in place of its own."""

    def __init__(self, origin: str, headers: Mapping[str, str]) -> None:
        self._target = urlsplit(origin)
        self._extra = {key.lower(): (key, value) for key, value in headers.items()}
        self._listener = socket.create_server(("localhost", 0))
        self.origin = f"http://localhost:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def stop(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(
                    target=self._serve, args=(client,), daemon=True
                ).start()

    def _serve(self, client: socket.socket) -> None:
        at = self._target.hostname, self._target.port
        with suppress(OSError), client, socket.create_connection(at) as server:
            head, rest = read_head(client)
            if not head:
                return
            is_socket = b"upgrade: websocket" in head.lower()
            server.sendall(self._request(head, is_socket) + END + rest)
            back = threading.Thread(target=copy, args=(client, server), daemon=True)
            back.start()
            answer, body = read_head(server)
            client.sendall(self._answer(answer, is_socket) + END + body)
            copy(server, client)

    def _request(self, head: bytes, is_socket: bool) -> bytes:
        """One request a connection: the answer's end is the connection's."""
        lines = [x for x in head.split(b"\r\n") if not is_connection(x, is_socket)]
        return b"\r\n".join([*lines] if is_socket else [*lines, b"Connection: close"])

    def _answer(self, head: bytes, is_socket: bool) -> bytes:
        if is_socket:
            return head
        first, *lines = head.split(b"\r\n")
        kept = [
            line
            for line in lines
            if line.partition(b":")[0].decode().lower() not in self._extra
            and not is_connection(line, is_socket)
        ]
        own = [f"{key}: {value}".encode() for key, value in self._extra.values()]
        return b"\r\n".join([first, *kept, *own, b"Connection: close"])


def is_connection(line: bytes, is_socket: bool) -> bool:
    """Whether a header is about this connection alone."""
    return not is_socket and line.lower().startswith((b"connection:", b"keep-alive:"))


def read_head(source: socket.socket) -> tuple[bytes, bytes]:
    """Read up to the end of the headers; return them and what came with them."""
    found = b""
    while END not in found:
        piece = source.recv(65536)
        if not piece:
            return b"", b""
        found += piece
    head, _, rest = found.partition(END)
    return head, rest


def copy(source: socket.socket, target: socket.socket) -> None:
    """Pass bytes on until one side has no more."""
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
