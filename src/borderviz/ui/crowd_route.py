"""The address from which a map gets the points of the operator, tile by tile.

Stateless: what is shown stands in the address. It answers to any reader of the server,
as the page does; a reader's own data is never here.
"""

from __future__ import annotations

import gzip
import re

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from borderviz.crowd import AskedError, Crowd, is_tile, tile
from borderviz.render.overlay_map import row_data
from borderviz.ui.points import points

ADDRESS = "points"
_NUMBER = re.compile(r"\d{1,8}", re.ASCII)
# Not where its quality is 0: "gzip;q=0".
_GZIP = re.compile(r"(?:^|,)gzip(?:$|,|;q=(?:1|0\.0*[1-9]))")
_TYPE = "application/octet-stream"
_KEPT = {"cache-control": "public, max-age=31536000, immutable"}
_NOT_KEPT = {"cache-control": "no-store"}
# Smaller than this an answer does not gain by being packed.
_LEAST = 200


def routes() -> list[Route]:
    """List what the server answers beside the page; paths begin with a slash."""
    under = f"/{ADDRESS}/{{version}}"
    return [
        Route(f"{under}/row/{{index}}", _row, methods=["GET"]),
        Route(f"{under}/{{z}}/{{x}}/{{y}}", _tile, methods=["GET"]),
    ]


async def _row(request: Request) -> Response:
    """Answer what the map tells of one row: 404 for one that is not here."""
    shown = points().shown()
    given = request.path_params["index"]
    if shown is None or request.path_params["version"] != shown.version:
        return _refused(404)
    if not _NUMBER.fullmatch(given) or int(given) >= len(shown.overlay):
        return _refused(404)
    found = row_data(shown.overlay, int(given))
    return JSONResponse(found, headers=_KEPT)


async def _tile(request: Request) -> Response:
    """Answer a tile: 404 for data that is not here, 400 for what cannot be asked."""
    shown = points().shown()
    if shown is None or request.path_params["version"] != shown.version:
        return _refused(404)
    given = [request.path_params[name] for name in ("z", "x", "y")]
    asked = request.query_params.multi_items()
    if not all(map(_NUMBER.fullmatch, given)) or len(asked) > 1:
        return _refused(400)
    if asked and asked[0][0] != "f":
        return _refused(400)
    z, x, y = map(int, given)
    text = asked[0][1] if asked else ""
    try:
        found = await anyio.to_thread.run_sync(_made, shown, z, x, y, text)
    except AskedError:
        return _refused(400)
    headers = {**_KEPT, "vary": "accept-encoding"}
    if len(found) >= _LEAST and _takes_gzip(request.headers.get("accept-encoding", "")):
        found = await anyio.to_thread.run_sync(_packed, found)
        headers["content-encoding"] = "gzip"
    return Response(found, media_type=_TYPE, headers=headers)


def _made(shown: Crowd, z: int, x: int, y: int, asked: str) -> bytes:
    # A narrowing is not worked out for a tile that there is not.
    if not is_tile(z, x, y):
        raise AskedError
    return tile(shown, z, x, y, shown.masks.of(asked))


def _packed(found: bytes) -> bytes:
    return gzip.compress(found, 5, mtime=0)


def _takes_gzip(accepted: str) -> bool:
    return bool(_GZIP.search(accepted.lower().replace(" ", "")))


def _refused(status: int) -> Response:
    return Response(status_code=status, headers=_NOT_KEPT)
