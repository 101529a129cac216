"""Writes the names that find room on the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.pictures.lettering import width_of
from borderviz.pictures.map_canvas import Canvas
from borderviz.pictures.map_coast import coasts
from borderviz.pictures.map_draw import Marks
from borderviz.pictures.map_groups import Heap
from borderviz.pictures.map_labels import SPACING, place_names
from borderviz.pictures.map_layout import Layout
from borderviz.pictures.map_lines import Drawn
from borderviz.pictures.map_marks import boxes_of, chosen_box
from borderviz.pictures.map_names import Name, names_of
from borderviz.pictures.map_projection import Floats
from borderviz.render.context import Context

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

_COLOURS = {"country": "muted", "sea": "sea-label", "river": "river", "place": "place"}


def names_are_on(context: Context) -> bool:
    """Tell whether the layer of names is on."""
    layers = context.atlas.settings.layers
    return any(x.places and x.id in context.view.layers for x in layers)


def towns(context: Context, layout: Layout) -> list[tuple[float, float]]:
    """
    List the dots that no group may hide: capitals and the largest places.

    Parameters
    ----------
    context, layout
        The map.
    """
    if not names_are_on(context):
        return []
    return [
        layout.projection.point(*at)
        for place, at in context.atlas.places
        if place.capital or place.rank == 1
    ]


def write_names(
    plate: Plate,
    marks: Marks,
    layout: Layout,
    drawn: Drawn,
    heaps: Sequence[Heap],
    ground: BaseGeometry,
) -> list[Name]:
    """
    Write the names that find room, if their plate is on.

    Parameters
    ----------
    plate, marks
        Where, and what draws the dots.
    layout
        The map.
    drawn, heaps
        What is on it already.
    ground
        The land, on the picture.

    Returns
    -------
    list of Name
        Those that were written.
    """
    context = marks.context
    if not names_are_on(context):
        return []
    symbols = boxes_of(heaps)
    if layout.chosen_mark:
        symbols.append(chosen_box(layout.chosen_mark))
    quiet = [*coasts(layout.projection, context.atlas), *drawn.quiet, *_edge(layout)]
    names = place_names(
        names_of(context, layout.projection, _stops(context, drawn)),
        layout.projection,
        drawn.mains,
        symbols,
        quiet,
        ground,
        width_of,
    )
    for name in names:
        if name.kind == "place" and not name.is_stop:
            marks.town(plate, name.at, capital=name.capital)
        _write(plate, marks.canvas, name)
    return names


def _edge(layout: Layout) -> list[Floats]:
    """Return the edge of the selected record's circle, if it is drawn."""
    mark, record = layout.chosen_mark, layout.chosen
    if not mark or not record or not record.uncertainty_km:
        return []
    radius = layout.projection.radius(float(record.uncertainty_km), mark.at)
    ring = shapely.Point(mark.at).buffer(radius).exterior
    return [shapely.get_coordinates(ring)]


def _stops(context: Context, drawn: Drawn) -> list[tuple[str, float, float]]:
    """List the cities on the routes that are drawn, each name once."""
    found: dict[str, tuple[str, float, float]] = {}
    for record, _, _ in drawn.records:
        points = shapely.get_parts(context.atlas.shapes.get(record.id))
        for waypoint, point in zip(record.waypoints, points, strict=False):
            words = context.plain(waypoint.name).split(" (")[0]
            found.setdefault(words, (words, point.x, point.y))
    return list(found.values())


def _write(plate: Plate, canvas: Canvas, name: Name) -> None:
    left, top, right, bottom = name.box
    anchor: Literal["left", "center", "right"] = "center"
    x = (left + right) / 2
    if "r" in name.place:
        anchor, x = "left", left + 2
    elif "l" in name.place:
        anchor, x = "right", right - 2
    canvas.write(
        plate,
        (x, (top + bottom) / 2 + name.size * 0.36),
        name.words,
        size=name.size,
        weight=name.weight,
        colour=_COLOURS[name.kind],
        anchor=anchor,
        halo="" if name.kind in ("country", "sea") else "halo",
        spacing=SPACING.get(name.kind, 0.0),
        gid=name.id,
    )
