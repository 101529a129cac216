"""Routes: legs bent a little to stay apart, with arrows the way people went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from borderviz.geometry import legs
from borderviz.model import Record
from borderviz.pictures.map_pen import Pen
from borderviz.pictures.map_projection import Floats, Projection
from borderviz.pictures.map_symbols import symbol_path
from borderviz.settings import Style

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

_CURVE = np.linspace(0, 1, 33)[:, None]
_ARROW = 21  # of the points of a curve: two thirds along


def draw_route(
    plate: Plate, pen: Pen, record: Record, style: Style, number: int
) -> list[Floats]:
    """
    Draw a route: legs bent a little, each route by another amount, with arrows.

    Parameters
    ----------
    plate, pen
        Where and how.
    record, style
        The route.
    number
        Which of the routes it is: routes that share two cities stay apart.

    Returns
    -------
    list of arrays
        Its curves, (x, y) on the picture; empty if none of them is in sight.
    """
    from matplotlib.path import Path

    points = [
        (p.x, p.y) for p in shapely.get_parts(pen.context.atlas.shapes[record.id])
    ]
    ways = legs(points, [w.group for w in record.waypoints])
    curves = [
        _bent(pen.projection, w.start, w.end, 0.05 + 0.022 * (number % 6)) for w in ways
    ]
    frame = shapely.box(*pen.projection.frame.box)
    seen = [shapely.intersects(shapely.LineString(c), frame) for c in curves]
    if not any(seen):
        return []
    is_other = pen.chosen != record.id and bool(
        (other := pen.context.atlas.records.get(pen.chosen)) and other.waypoints
    )
    alpha = 0.25 if is_other else 1.0
    path = Path.make_compound_path(*(Path(curve) for curve in curves))
    if pen.chosen == record.id:
        pen.stroke(plate, path, style.token, 12, alpha=0.28)
    pen.stroke(plate, path, "halo", style.weight + 2, alpha=0.9 * alpha)
    gid = f"route-{record.id}"
    pen.stroke(
        plate, path, style.token, style.weight, dash=style.dash, alpha=alpha, gid=gid
    )
    pen.canvas.say_more(
        gid, title=pen.context.plain(record.title), records=(record.id,)
    )
    for way, curve in zip(ways, curves, strict=True):
        if way.has_arrow and _is_inside(pen, curve[_ARROW]):
            arrow(plate, pen, curve, style.token, alpha)
    for lon, lat in points:
        stop(plate, pen, pen.projection.point(lon, lat), style.token, alpha)
    return curves


def _is_inside(pen: Pen, point: Floats) -> bool:
    x, y = point.tolist()
    return pen.projection.frame.holds(x, y, inset=5)


def _bent(
    projection: Projection,
    start: tuple[float, float],
    end: tuple[float, float],
    bend: float,
) -> Floats:
    a, b = projection.points(np.array([start, end]))
    control = (a + b) / 2 + np.array([-(b[1] - a[1]), b[0] - a[0]]) * -bend
    t = _CURVE
    curve: Floats = a * (1 - t) ** 2 + control * 2 * t * (1 - t) + b * t**2
    return curve


def arrow(plate: Plate, pen: Pen, curve: Floats, token: str, alpha: float) -> None:
    """Draw an arrow head, turned the way a curve runs two thirds along."""
    a, b = curve[_ARROW], curve[_ARROW + 1]
    turn = float(np.degrees(np.arctan2(b[0] - a[0], a[1] - b[1])))
    path = symbol_path("triangle", b, turn=turn, scale=0.56)
    pen.stroke(plate, path, "halo", 2.4, alpha=alpha)
    pen.fill(plate, path, token, alpha=alpha, gid="")


def stop(
    plate: Plate, pen: Pen, at: tuple[float, float], token: str, alpha: float = 1.0
) -> None:
    """Draw the ring of a city on a route."""
    path = symbol_path("ring", at, scale=3.5 / 6)
    pen.fill(plate, path, "halo", alpha=alpha, gid="")
    pen.stroke(plate, path, token, 1.6, alpha=alpha)
