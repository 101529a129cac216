"""A reader's rows as the map gets them: all of them once, then which of them to show.

The rows travel in an element of the page, compressed and in base64, so that no text of
an upload is ever read as markup; the frame unpacks them in `overlay-data.js`.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.overlay_style import MARKS, OTHER, kinds, mark_number

UNITS = 100_000  # steps per degree: about a metre
# Of the tiles, as the frame of the map sees it; `ui.crowd_route` answers there.
ADDRESS = "../../points"
# Letters of a title that the map shows; of all titles together.
TITLE, TITLES = 200, 4_000_000
# This type and all after it have parts.
_COLLECTIONS = shapely.GeometryType.MULTIPOINT


def packed_html(overlay: Overlay) -> Html:
    """
    Write the rows as an element of the page that is read by the map alone.

    Parameters
    ----------
    overlay
        The reader's rows. The result depends on nothing else: make it once and keep it
        for the session; an element that stays the same is not sent again.
    """
    return tag(
        "div",
        b64encode(_packed(overlay)).decode(),
        class_="bv-own-data",
        data_version=overlay.version,
        hidden=True,
    )


def command(
    overlay: Overlay, mask: NDArray[np.bool_], chosen: int = -1, *, on: bool = True
) -> dict[str, Any]:
    """
    Say which rows the map shows.

    Parameters
    ----------
    overlay
        n rows.
    mask
        (n,) true where a row passes the filters.
    chosen
        Index of the chosen row; -1 for none.
    on
        Whether the overlay is shown at all.
    """
    bits = np.packbits(mask, bitorder="little").tobytes()
    return {
        "version": overlay.version,
        # Of what is off nothing needs to be told: a mask of many rows is long.
        "shown": "" if mask.all() or not on else b64encode(bits).decode(),
        "on": on,
        "chosen": chosen,
    }


def crowd_command(
    overlay: Overlay,
    mask: NDArray[np.bool_],
    chosen: int = -1,
    *,
    asked: str,
    cell: Sequence[int] | None = None,
    on: bool = True,
) -> dict[str, Any]:
    """
    Say which rows the map shows of more than a browser gets: it asks for tiles of them.

    Parameters
    ----------
    overlay, mask, chosen, on
        As for `command`; a chosen row that is not shown counts as none.
    asked
        How the address of a tile asks for the rows that are shown.
    cell
        The chosen cell: zoom, x and y of its tile, number; None for none.
    """
    is_chosen = 0 <= chosen < len(mask) and bool(mask[chosen])
    return {
        "version": overlay.version,
        "shown": "",
        "on": on,
        "chosen": chosen if is_chosen else -1,
        "crowd": {
            "address": ADDRESS,
            "f": asked,
            "looks": [[mark.token, mark.symbol] for mark in (*MARKS, OTHER)],
            "total": len(overlay),
            "count": int(np.count_nonzero(mask)),
            "cell": cell,
            "whole": _extent(overlay, None),
            "box": _extent(overlay, mask) if mask.any() else None,
        },
    }


def row_data(overlay: Overlay, index: int) -> dict[str, Any]:
    """
    Say what the map tells of one row that it got in a tile.

    Parameters
    ----------
    overlay, index
        The row. All words are untrusted: the map sets them as text.
    """
    km, number = float(overlay.radii_km[index]), int(overlay.category[index])
    return {
        "title": _line(overlay.titles[index], TITLE),
        "date": overlay.dates[index],
        "end": overlay.date_ends[index],
        "category": _line(overlay.categories[number], TITLE) if number >= 0 else "",
        "number": int(overlay.numbers[index]),
        "km": km if np.isfinite(km) else None,
        "lat": float(overlay.lats[index]),
        "lon": float(overlay.lons[index]),
        "look": int(mark_number(overlay, index)),
    }


def _extent(overlay: Overlay, mask: NDArray[np.bool_] | None) -> list[float]:
    """Return west, south, east, north of some rows; None for all."""
    where = True if mask is None else mask
    both = (overlay.lons, overlay.lats)
    low = [float(np.min(a, where=where, initial=np.inf)) for a in both]
    high = [float(np.max(a, where=where, initial=-np.inf)) for a in both]
    return [*low, *high]


def fit_html(context: Context) -> Html:
    """Write the button that brings all rows now shown into view."""
    words = context.say("overlay-map-fit")
    return tag("button", words, type="button", class_="bv-button", data_bv="own-fit")


def _packed(overlay: Overlay) -> bytes:
    """Join words and numbers: length of the words, the words as JSON, the arrays."""
    arrays = _arrays(overlay)
    head = {
        "arrays": [[name, array.dtype.str[1:], array.size] for name, array in arrays],
        "units": UNITS,
        "marks": [[mark.token, mark.symbol] for mark in (*MARKS, OTHER)],
        "categories": [_line(name, TITLE) for name in overlay.categories],
        "titles": _lines(overlay.titles),
        "dates": _lines(overlay.dates),
        "ends": _lines(overlay.date_ends),
    }
    words = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    text = words.encode("utf-8", "replace")
    text += b" " * (-len(text) % 4)
    parts = [len(text).to_bytes(4, "little"), text]
    parts += [a.astype(a.dtype.newbyteorder("<")).tobytes() for _, a in arrays]
    squeezing = zlib.compressobj(3, zlib.DEFLATED, -15)
    return squeezing.compress(b"".join(parts)) + squeezing.flush()


def _line(text: str, most: int) -> str:
    """Write a text in one line of at most so many letters."""
    whole = text.replace("\n", " ")
    return whole if len(whole) <= most else whole[: most - 1] + "…"


def _lines(texts: Sequence[str]) -> str:
    """Write a text a line; where they are many, all of them shorter."""
    length = sum(map(len, texts))
    most = TITLE if length <= TITLES else max(20, TITLES // len(texts))
    return "\n".join(_line(text, most) for text in texts)


Named: TypeAlias = list[tuple[str, NDArray[Any]]]


def _arrays(overlay: Overlay) -> Named:
    """List what is numbers, the widest first: so each lies on its boundary."""
    count = len(overlay.numbers)
    shapes = overlay.shapes if overlay.shapes is not None else np.empty(0, object)
    parts, rows = _parts(shapes)
    is_point = shapely.get_type_id(parts) == shapely.GeometryType.POINT
    return [
        ("at", _whole(np.column_stack([overlay.lons, overlay.lats]))),
        ("numbers", np.diff(overlay.numbers, prepend=0).astype(np.int32)),
        ("radii", overlay.radii_km.astype(np.float32)),
        ("points", _whole(shapely.get_coordinates(parts[is_point]))),
        ("pointRows", rows[is_point].astype(np.int32)),
        *_paths(parts[~is_point], rows[~is_point]),
        ("category", overlay.category),
        ("kinds", kinds(overlay)),
        ("shaped", np.isin(np.arange(count), rows).astype(np.uint8)),
    ]


def _whole(coordinates: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.round(coordinates * UNITS).astype(np.int32).ravel()


def _parts(
    shapes: NDArray[np.object_],
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Take collections apart, down to points, lines and areas; each with its row."""
    parts, rows = shapely.get_parts(shapes, return_index=True)
    while (shapely.get_type_id(parts) >= _COLLECTIONS).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        rows = rows[inner]
    kept = ~shapely.is_empty(parts)
    return parts[kept], rows[kept]


def _paths(parts: NDArray[np.object_], rows: NDArray[np.int64]) -> Named:
    """Write lines and areas: steps from vertex to vertex, and how many belong where."""
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    outlines, of_outline = shapely.get_rings(parts[is_area], return_index=True)
    rings = np.concatenate([parts[~is_area], outlines])
    owner = np.concatenate(
        [np.flatnonzero(~is_area), np.flatnonzero(is_area)[of_outline]]
    )
    rings = rings[np.argsort(owner, kind="stable")]
    vertices = _whole(shapely.get_coordinates(rings)).reshape(-1, 2)
    steps = np.diff(vertices, axis=0, prepend=np.zeros((1, 2), np.int32))
    return [
        ("path", steps.ravel()),
        ("ringSizes", shapely.get_num_coordinates(rings).astype(np.int32)),
        ("partRings", np.bincount(owner, minlength=len(parts)).astype(np.int32)),
        ("partRows", rows.astype(np.int32)),
        ("areas", is_area.astype(np.int32)),
    ]
