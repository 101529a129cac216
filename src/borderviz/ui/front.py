"""The server's front: what is answered before Streamlit is asked, and when it is ready.

`streamlit run` finds `app = App(...)` in a script and serves through it. Streamlit's
own files and those of the map frame never change while a process lives, so they come
from memory, compressed; the two documents also say at once which files they will need.
Everything else is Streamlit's, with two more headers.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, file_util
from streamlit.runtime import get_instance

from borderviz.errors import BorderVizError
from borderviz.paths import default_atlas
from borderviz.ui.forgetting import keep_forgetting
from borderviz.ui.front_documents import Documents
from borderviz.ui.front_files import Content, Shelf, answer
from borderviz.ui.front_sources import Sources
from borderviz.ui.gone import Gone
from borderviz.ui.rejoin import Rejoin
from borderviz.ui.sockets import send_at_once

# All below the address that `crowd_route` answers.
POINTS = "points/{rest:path}"
READY = "The atlas is loaded."
READING = "The atlas is still being read."
BROKEN = "The atlas cannot be shown. The command `borderviz check` says why."
FAILED = "The page failed when it was first drawn. The log says how."
SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
}


class Front:
    """Answers from memory what it knows, and hands on everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.base = base_path()
        self.shelf = Shelf()
        self.sources = Sources(file_util.get_static_dir())
        self.documents = Documents(self.sources)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _safely(send)
        headers = Headers(scope=scope)
        content = None
        if scope["method"] in ("GET", "HEAD") and "range" not in headers:
            content = await self._content(scope, headers)
        if content is None:
            await self.app(scope, receive, send)
            return
        encoding = content.encoding(headers.get("accept-encoding", ""))
        if content.has(encoding):
            body = content.body(encoding)
        else:
            body = await anyio.to_thread.run_sync(content.body, encoding)
        await answer(
            content,
            send,
            encoding=encoding,
            body=body,
            known=headers.get("if-none-match", ""),
            is_head=scope["method"] == "HEAD",
        )

    async def _content(self, scope: Scope, headers: Headers) -> Content | None:
        path = scope["path"]
        if not path.startswith(self.base + "/"):
            return None
        address = path[len(self.base) :]
        made = self.documents.made(address, scope, headers)
        if made is None and not self.sources.may_have(address):
            return None
        name = f"{address}\n{made.variant}" if made else address
        found = self.shelf.get(name)
        if found is None:
            read = made.read if made else self.sources.read
            found = await anyio.to_thread.run_sync(read, address)
            if found is not None:
                self.shelf.put(name, found)
        return found


def _safely(send: Send) -> Send:
    """Add to every answer the headers that cost nothing."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SAFE.items():
                headers.setdefault(name, value)
        await send(message)

    return with_headers


def base_path() -> str:
    """Return what stands before every address, without a slash at its end."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def parts() -> dict[str, Any]:
    """Collect what `App` takes besides the script."""
    base = base_path()
    routes = [Route(f"{base}/health", health), Route(f"{base}/{POINTS}", Points())]
    return {
        "routes": routes,
        "middleware": [Middleware(m) for m in (Gone, Front, Rejoin)],
        "lifespan": lifespan,
    }


class Points:
    """The operator's points; what answers takes libraries, so it is imported late."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on to the route that is meant, or to none."""
        router = await anyio.to_thread.run_sync(_points)
        await router(scope, receive, send)


@cache
def _points() -> Router:
    from borderviz.ui import crowd_route

    base = base_path()
    found = crowd_route.routes()
    return Router([Route(base + r.path, r.endpoint, methods=r.methods) for r in found])


_warming: list[asyncio.Task[tuple[bool, str]]] = []


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """
    Run the page once for nobody, beside the server, which answers meanwhile.

    What the first reader would wait for is then there: imports, the atlas, its files.
    """
    send_at_once()
    warming = asyncio.create_task(get_instance().does_script_run_without_error())
    _warming.append(warming)
    forgetting = asyncio.create_task(keep_forgetting())
    try:
        yield
    finally:
        _warming.remove(warming)
        warming.cancel()
        forgetting.cancel()


async def health(_: Request) -> Response:
    """Say whether readers can be sent here: 200 when the atlas can be shown."""
    trouble = await anyio.to_thread.run_sync(_trouble)
    return PlainTextResponse(
        f"{trouble or READY}\n",
        status_code=503 if trouble else 200,
        headers={"cache-control": "no-store"},
    )


def _trouble() -> str:
    """Say what keeps readers away; nothing if nothing does."""
    warming = _warming[-1] if _warming else None
    if warming is None or not warming.done():
        return READING
    from borderviz.ui.data import shared

    try:
        shared(default_atlas())
    except BorderVizError:
        return BROKEN
    return "" if warming.result()[0] else FAILED
