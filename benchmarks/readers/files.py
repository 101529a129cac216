"""The files of a page, fetched as a browser fetches them: six connections, a cache."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import h11
from protocol import RefusedError

LINES = 6
CHUNK = 2**16
# Where a browser gets the token that it shows when it opens the socket.
TOKEN = "/_stcore/health"


@dataclass
class Files:
    """
    What one browser has fetched.

    Parameters
    ----------
    address
        Of the page.
    seen
        Paths in the cache; a file that may be kept is not fetched again.
    token
        The server's token against forged requests.
    received
        Bytes of the bodies, as they travelled.
    """

    address: str
    seen: set[str] = field(default_factory=set)
    token: str = ""
    received: int = 0

    async def fetch(self, paths: Iterable[str]) -> None:
        """
        Fetch what is not in the cache.

        Raises
        ------
        RefusedError
            If one of them is not answered with it.
        """
        wanted = [path for path in dict.fromkeys(paths) if path not in self.seen][::-1]
        await asyncio.gather(
            *[self._line(wanted) for _ in range(min(LINES, len(wanted)))]
        )

    async def _line(self, wanted: list[str]) -> None:
        """Fetch one after another on one connection, until nothing is left."""
        at = urlsplit(self.address)
        reader, writer = await asyncio.open_connection(at.hostname, at.port)
        line = h11.Connection(h11.CLIENT)
        try:
            while wanted:
                await self._one(wanted.pop(), at.netloc, line, reader, writer)
                line.start_next_cycle()
        finally:
            writer.close()

    async def _one(
        self,
        path: str,
        host: str,
        line: h11.Connection,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        headers = [("Host", host), ("Accept-Encoding", "gzip, deflate, br, zstd")]
        request = h11.Request(method="GET", target=path, headers=headers)
        writer.write(
            (line.send(request) or b"") + (line.send(h11.EndOfMessage()) or b"")
        )
        while True:
            event = line.next_event()
            if event is h11.NEED_DATA:
                line.receive_data(await reader.read(CHUNK))
            elif isinstance(event, h11.Response):
                self._head(path, event)
            elif isinstance(event, h11.Data):
                self.received += len(event.data)
            elif isinstance(event, h11.EndOfMessage):
                return
            else:
                msg = f"the connection ended while {path} was fetched"
                raise RefusedError(msg)

    def _head(self, path: str, response: h11.Response) -> None:
        if response.status_code != 200:
            msg = f"{path} was answered with {response.status_code}"
            raise RefusedError(msg)
        for name, value in response.headers:
            if name == b"cache-control" and b"immutable" in value:
                self.seen.add(path)
            if name == b"set-cookie" and value.startswith(b"_streamlit_xsrf="):
                self.token = value.decode().partition("=")[2].partition(";")[0]
