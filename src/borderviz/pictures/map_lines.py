"""Borders, zones and routes by the atlas's styles, as `web/lines.js` draws them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.layers import layer_of
from borderviz.model import Record
from borderviz.pictures.map_paths import path_of
from borderviz.pictures.map_pen import Pen
from borderviz.pictures.map_projection import Floats, Projection
from borderviz.pictures.map_routes import draw_route
from borderviz.render.context import Context
from borderviz.settings import Style

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

_TOLERANCE = 0.2


@dataclass
class Drawn:
    """
    What was drawn of lines and areas, for the legend and for what must keep off them.

    Parameters
    ----------
    records
        Records with their layer's id and the name of their style, in order.
    mains
        The lines without a dash, which nothing may hide: (x, y) on the picture.
    quiet
        Routes: names of areas keep off them if they can.
    """

    records: list[tuple[Record, str, str]] = field(default_factory=list)
    mains: list[Floats] = field(default_factory=list)
    quiet: list[Floats] = field(default_factory=list)


def shown(context: Context) -> list[tuple[Record, str, str]]:
    """List the records that are lines, areas or routes on layers that are on."""
    atlas = context.atlas
    wholes = {r.part_of for r in atlas.records.values() if r.part_of}
    found = []
    for record in atlas.records.values():
        layer = layer_of(record, atlas.settings.layers)
        is_drawn = bool(record.geometry or record.waypoints)
        # A whole that is made of parts is drawn by its parts.
        if not layer or layer.id not in context.view.layers or record.id in wholes:
            continue
        if is_drawn:
            found.append((record, layer.id, record.style or layer.style))
    return found


def draw_lines(bands: Plate, lines: Plate, routes: Plate, pen: Pen) -> Drawn:
    """
    Draw what is on: areas first, then lines, then routes with their arrows.

    Parameters
    ----------
    bands, lines, routes
        The layers they are drawn on.
    pen
        How.
    """
    found = Drawn()
    number = 0
    for record, layer, name in shown(pen.context):
        style = pen.context.atlas.styles[name]
        if record.waypoints:
            curves = draw_route(routes, pen, record, style, number)
            if curves:
                found.records.append((record, layer, name))
                found.quiet += curves
            number += 1
            continue
        is_seen = False
        for part in record.geometry:
            shape = pen.projection.shape(
                pen.context.atlas.shapes[part], tolerance=_TOLERANCE
            )
            if _seen(shape, pen.projection):
                is_seen = True
                found.mains += _draw(bands, lines, pen, record, style, shape)
        if is_seen:
            found.records.append((record, layer, name))
    return found


def _seen(shape: BaseGeometry, projection: Projection) -> bool:
    return bool(shapely.intersects(shape, shapely.box(*projection.frame.box)))


def _draw(
    bands: Plate,
    lines: Plate,
    pen: Pen,
    record: Record,
    style: Style,
    shape: BaseGeometry,
) -> list[Floats]:
    path = path_of(shape)
    is_chosen = pen.chosen in (record.id, record.part_of)
    if shape.geom_type in ("Polygon", "MultiPolygon", "GeometryCollection"):
        gid = f"area-{record.id}"
        pen.fill(bands, path, style.token, alpha=0.34 if is_chosen else 0.2, gid=gid)
        pen.stroke(bands, path, style.token, style.weight, alpha=0.45)
        return []
    if is_chosen:
        pen.stroke(lines, path, style.token, 16, alpha=0.28)
    if not style.dash:
        pen.stroke(lines, path, "halo", style.weight + 3, alpha=0.9)
    pen.stroke(
        lines, path, style.token, style.weight, dash=style.dash, gid=f"line-{record.id}"
    )
    pen.canvas.say_more(
        f"line-{record.id}",
        title=pen.context.plain(record.title),
        records=(record.id,),
    )
    if style.dash:
        return []
    return [shapely.get_coordinates(part) for part in shapely.get_parts(shape)]
