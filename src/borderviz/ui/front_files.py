"""Files answered from memory: read once a process, compressed once a process.

Streamlit opens a file for each request and sends it as it is; a first visit asks for
more than a hundred. Here a file is read when it is first asked for, compressed when
somebody first takes it compressed, and both are kept as long as there is room.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock

import brotli
from starlette.types import Send

Headers = list[tuple[bytes, bytes]]

# The tenfold of what a first visit needs; the largest of Streamlit's parts would fit.
ROOM_BYTES = 40_000_000
# Below it, and in these, there is nothing to gain.
LEAST_BYTES = 600
DENSE = {".png", ".woff", ".woff2", ".gif", ".jpg", ".ico", ".br", ".gz", ".zip"}
# 2.1 MB of scripts: 0.03 s and 468 kB, where 11 takes 2 s for 419 kB.
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
FOR_GOOD = b"public, max-age=31536000, immutable"
ASK_AGAIN = b"no-cache"
# As `.streamlit` serves them, whatever the system's own tables say.
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".woff2": "font/woff2",
}


class Content:
    """
    One file as it is answered, in each encoding that somebody took.

    Parameters
    ----------
    data
        The file.
    name
        Its ending says what it is.
    is_for_good
        Whether another content would have another address.
    """

    def __init__(self, data: bytes, name: str, *, is_for_good: bool) -> None:
        ending = Path(name).suffix
        kind = TYPES.get(ending) or mimetypes.guess_type(name)[0]
        self.kind = (kind or "application/octet-stream").encode()
        self.caching = FOR_GOOD if is_for_good else ASK_AGAIN
        self.digest = hashlib.sha256(data).hexdigest()[:20]
        self.is_dense = ending in DENSE or len(data) < LEAST_BYTES
        self._bodies = {"": data}
        self._lock = Lock()

    def has(self, encoding: str) -> bool:
        """Tell whether the answer is at hand."""
        return encoding in self._bodies

    def body(self, encoding: str) -> bytes:
        """Return the file as it travels: `br`, `gzip`, or empty for as it is."""
        with self._lock:
            if encoding not in self._bodies:
                self._bodies[encoding] = _ENCODERS[encoding](self._bodies[""])
            return self._bodies[encoding]

    @property
    def size(self) -> int:
        """Bytes of memory that it takes."""
        return sum(map(len, list(self._bodies.values())))

    def encoding(self, accepted: str) -> str:
        """Choose from what a browser says that it takes."""
        if self.is_dense:
            return ""
        taken = _taken(accepted)
        return next((name for name in _ENCODERS if name in taken), "")

    def headers(self, encoding: str) -> Headers:
        """Write what goes with every answer, a 304 too."""
        tag = f'"{self.digest}-{encoding}"' if encoding else f'"{self.digest}"'
        found = [(b"etag", tag.encode()), (b"cache-control", self.caching)]
        return found if self.is_dense else [*found, (b"vary", b"Accept-Encoding")]


def _brotli(data: bytes) -> bytes:
    found: bytes = brotli.compress(data, quality=BROTLI_QUALITY)
    return found


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, GZIP_LEVEL, mtime=0)


# The better first.
_ENCODERS: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}


def _taken(accepted: str) -> set[str]:
    """Read an Accept-Encoding header; what has the quality 0 is refused."""
    found = set()
    for part in accepted.split(","):
        name, *options = (word.strip().lower() for word in part.split(";"))
        refused = any(
            o.startswith("q=") and not o[2:].strip("0.") for o in options if o
        )
        if not refused:
            found.add(name)
    return found


class Shelf:
    """Contents by address; what was not asked for longest makes room."""

    def __init__(self, room_bytes: int = ROOM_BYTES) -> None:
        self.room_bytes = room_bytes
        self._found: OrderedDict[str, Content] = OrderedDict()
        self._lock = Lock()

    def get(self, address: str) -> Content | None:
        """Return what is kept."""
        with self._lock:
            found = self._found.get(address)
            if found:
                self._found.move_to_end(address)
            return found

    def put(self, address: str, content: Content) -> None:
        """Keep a content in memory, and forget others for it."""
        with self._lock:
            self._found[address] = content
            sizes = [(name, known.size) for name, known in self._found.items()]
            total = sum(size for _, size in sizes)
            for name, size in sizes[:-1]:
                if total <= self.room_bytes:
                    break
                del self._found[name]
                total -= size

    def addresses(self) -> Iterable[str]:
        """List what is kept."""
        with self._lock:
            return list(self._found)


async def answer(
    content: Content,
    send: Send,
    *,
    encoding: str,
    body: bytes,
    known: str,
    is_head: bool,
) -> None:
    """
    Send a file.

    Parameters
    ----------
    content, encoding, body
        The file, and as it travels.
    send
        Where to.
    known
        What the browser has of it: the If-None-Match header.
    is_head
        Whether only the headers are wanted.
    """
    headers = content.headers(encoding)
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    if "*" in tags or headers[0][1].decode() in tags:
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    headers += [
        (b"content-type", content.kind),
        (b"content-length", str(len(body)).encode()),
    ]
    if encoding:
        headers.append((b"content-encoding", encoding.encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if is_head else body})
