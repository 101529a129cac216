"""A small map of the whole, with the part that is shown: for views from near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from borderviz.pictures.map_extent import opening
from borderviz.pictures.map_land import draw_land
from borderviz.pictures.map_layout import Layout
from borderviz.pictures.map_lines import shown
from borderviz.pictures.map_paths import path_of
from borderviz.pictures.map_pen import Pen
from borderviz.pictures.map_projection import Floats, Frame

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

FROM_ZOOMS = 1.2  # how many zooms nearer than the opening view a map must be
_HIGHEST, _LEAST = 128.0, 60.0
_TOLERANCE = 0.5


def draw_locator(
    plate: Plate, pen: Pen, layout: Layout, box: tuple[float, float, float, float]
) -> bool:
    """
    Show where the map is, if that is not plain and if there is room.

    Parameters
    ----------
    plate, pen
        Where, and how lines are drawn.
    layout
        The map.
    box
        Left, top, right, bottom of the room; the small map stands at its foot.

    Returns
    -------
    bool
        Whether it was drawn.
    """
    from matplotlib.patches import Polygon, Rectangle

    left, top, right, bottom = box
    height = min(_HIGHEST, bottom - top)
    if height < _LEAST:
        return False
    frame = Frame(left, bottom - height, min(right, left + 1.25 * height), bottom)
    atlas, canvas = pen.context.atlas, pen.canvas
    whole = opening(atlas, layout.projection.frame)
    if layout.projection.zoom < whole.zoom + FROM_ZOOMS:
        return False
    small = opening(atlas, frame)
    corner = (frame.left, frame.top)
    sea = Rectangle(corner, frame.width, frame.height, linewidth=0)
    sea.set_facecolor(canvas.colours["sea"])
    plate.add(sea)
    draw_land(plate, canvas, small, atlas, sea, prefix="locator-")
    own = Pen(canvas, small, pen.context, sea, "")
    for record, _, name in shown(pen.context):
        style = atlas.styles[name]
        for part in [] if style.dash or record.waypoints else record.geometry:
            shape = small.shape(atlas.shapes[part], tolerance=_TOLERANCE)
            path = path_of(shape)
            if path is not None and shape.geom_type.endswith("LineString"):
                own.stroke(plate, path, style.token, 1.5)
    ring = small.points(layout.projection.places(_edge(layout.projection.frame)))
    here = Polygon(ring, closed=True, facecolor="none", edgecolor=canvas.colours["ink"])
    here.set(linewidth=canvas.points(1.6), gid="locator-frame", joinstyle="miter")
    plate.add(here)
    here.set_clip_path(sea)
    edge = Rectangle(corner, frame.width, frame.height, fill=False)
    edge.set(edgecolor=canvas.colours["line"], linewidth=canvas.points(1))
    plate.add(edge)
    return True


def _edge(frame: Frame) -> Floats:
    """Walk around a frame in small steps."""
    t = np.linspace(0, 1, 9)
    low, high = np.zeros_like(t), np.ones_like(t)
    u = np.concatenate((t, high, t[::-1], low))
    v = np.concatenate((low, t, high, t[::-1]))
    return np.column_stack((frame.left + u * frame.width, frame.top + v * frame.height))
