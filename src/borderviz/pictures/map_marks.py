"""Which records have a mark on the map, and where each stands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from borderviz.layers import layer_of
from borderviz.pictures.map_aside import Taken, spread
from borderviz.pictures.map_groups import SYMBOL, Heap, Mark, heaped
from borderviz.pictures.map_projection import Floats, Projection
from borderviz.render.context import Context
from borderviz.render.symbol import symbol_of
from borderviz.selection import Selection

CHOSEN_RADIUS = 14.0
TOWN_RADIUS = 4.0


def marks_of(
    context: Context, selection: Selection, projection: Projection
) -> tuple[list[Mark], list[Mark]]:
    """
    List the records that have a point in the frame and are not hidden.

    Parameters
    ----------
    context, selection
        The view: a record shows if its layer is on and no filter hides it.
    projection
        Where it is on the picture.

    Returns
    -------
    tuple of two lists of Mark
        Those in the frame and those outside it, in the order of the atlas.
    """
    atlas = context.atlas
    found: list[Mark] = []
    outside: list[Mark] = []
    for identity, (lon, lat) in atlas.positions.items():
        record = atlas.records[identity]
        layer = layer_of(record, atlas.settings.layers)
        if not layer or layer.id not in context.view.layers:
            continue
        if identity in selection.hidden:
            continue
        at = projection.point(lon, lat)
        style = record.style or layer.style
        symbol, turn = symbol_of(record, atlas)
        is_place = "symbol" in atlas.styles[style].model_fields_set
        if all(map(math.isfinite, at)):
            row = found if projection.frame.holds(*at) else outside
            row.append(Mark(identity, style, at, symbol, turn, is_place))
    return found, outside


def arranged(
    marks: Sequence[Mark],
    chosen: str,
    projection: Projection,
    lines: Floats,
    towns: Sequence[tuple[float, float]] = (),
) -> list[Heap]:
    """
    Group what would overlap and stand it beside the lines; the selected one stays out.

    Parameters
    ----------
    marks
        Everything in the frame.
    chosen
        Id of the selected record, drawn by itself.
    projection
        Its zoom decides how large things are.
    lines
        Points of the main lines.
    towns
        Dots of places that no group may hide.
    """
    rest = [mark for mark in marks if mark.id != chosen]
    taken = [Taken(m.at, m.at, CHOSEN_RADIUS) for m in marks if m.id == chosen]
    taken += [Taken(at, at, TOWN_RADIUS) for at in towns]
    zoom = projection.zoom
    return spread(heaped(rest, zoom), zoom, lines, taken, projection.frame)


def boxes_of(heaps: Iterable[Heap]) -> list[tuple[float, float, float, float]]:
    """Return what the drawn marks cover: left, top, right, bottom of each."""
    found = []
    for heap in heaps:
        (x, y), r = heap.where, heap.radius + 0.5
        found.append((x - r, y - r, x + r, y + r))
    return found


def chosen_box(mark: Mark) -> tuple[float, float, float, float]:
    """Return what the selected record's symbol covers."""
    (x, y), r = mark.at, 1.25 * SYMBOL + 3
    return x - r, y - r, x + r, y + r
