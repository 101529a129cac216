"""The panel for a cell of the density map: how many rows lie there, and the first."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.overlay_record import close_html
from borderviz.render.overlay_rows import (
    chooser,
    date_of,
    mark_of,
    row_name,
    swatch,
)
from borderviz.render.record_html import article, section

# Rows that are named; the table has all of them.
LISTED = 50
# Cells on a side of a tile, and the circumference of the earth.
SIDE, EARTH_KM = 64, 40_075.0

Address = tuple[int, int, int, int]


def cell_html(
    overlay: Overlay, rows: NDArray[np.int32], address: Address, context: Context
) -> Html:
    """
    Write the whole panel of a cell.

    Parameters
    ----------
    overlay
        The rows of the map.
    rows
        Indices of all that lie in the cell and are shown, by date.
    address
        The cell: zoom, x and y of the tile, and its number in it.
    context
        Words.
    """
    lat, lon, km = _middle(address)
    zoom = tag(
        "button",
        context.say("overlay-map-nearer"),
        type="button",
        class_="bv-button",
        data_bv="own-cell",
        data_cell=",".join(map(str, address)),
    )
    where = context.say(
        "overlay-cell-where",
        km=context.number(float(f"{km:.2g}"), 2),
        lat=context.number(lat, 3),
        lon=context.number(lon, 3),
    )
    head = tag(
        "header",
        close_html(context),
        tag("p", overlay.name, class_="bv-kicker"),
        tag("h2", context.say("overlay-map-here", count=len(rows))),
        tag("p", where, class_="bv-small"),
        tag("p", zoom, class_="bv-actions"),
    )
    listed = [_row(overlay, index, context) for index in rows[:LISTED].tolist()]
    items = tag("ul", *listed, class_="bv-own-listed") if listed else Html("")
    more = len(rows) - len(listed)
    said = (
        tag("p", context.say("overlay-map-more", count=more), class_="bv-small")
        if more
        else Html("")
    )
    title = context.say("overlay-cell-listed", count=len(listed))
    return article(context, head, section(title, items, said), more="bv-own-record")


def _row(overlay: Overlay, index: int, context: Context) -> Html:
    button = chooser(row_name(overlay, index, context), index)
    date = date_of(overlay, index, context)
    words = tag("span", button, tag("small", date) if date else "")
    return tag("li", swatch(mark_of(overlay, index)), words)


def _middle(address: Address) -> tuple[float, float, float]:
    """Return latitude and longitude of a cell's middle, and how wide it is there."""
    z, x, y, cell = address
    down, right = divmod(cell, SIDE)
    across = SIDE << z
    lon = 360 * (x * SIDE + right + 0.5) / across - 180
    north = math.pi * (1 - 2 * (y * SIDE + down + 0.5) / across)
    lat = math.atan(math.sinh(north))
    return math.degrees(lat), lon, EARTH_KM * math.cos(lat) / across
