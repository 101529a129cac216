"""Everybody's circle at once: how many of them cover each place, as steps of shade.

Drawn circle upon circle a hundred would hide the map; counted, they show where records
may lie. The same steps as on the page (`web/coverage.js`), as areas with smooth edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from borderviz.pictures.map_draw import Marks
from borderviz.pictures.map_groups import Mark
from borderviz.pictures.map_projection import Floats, Projection
from borderviz.render.context import Context

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

STEPS = (1, 2, 4, 8)  # the least number of records for each shade
SHADES = (0.10, 0.19, 0.29, 0.40)
_GRID = 1.5  # design units between the points at which circles are counted


def draw_coverage(plate: Plate, pen: Marks, marks: Sequence[Mark]) -> None:
    """
    Shade how many records may lie at each place.

    Parameters
    ----------
    plate, pen
        Where and how.
    marks
        Whose circles count, those from outside the frame too.
    """
    from contourpy import contour_generator
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    counts, x, y = counted(pen.context, pen.projection, marks)
    generator = contour_generator(x, y, counts, fill_type="OuterCode")
    for low, high, shade in zip(STEPS, (*STEPS[1:], 1e9), SHADES, strict=True):
        found: Any = generator.filled(low - 0.5, high - 0.5)
        vertices, codes = found
        if not vertices:
            continue
        patch = PathPatch(
            Path(np.vstack(vertices), np.concatenate(codes)),
            facecolor=pen.canvas.colours["ink"],
            linewidth=0,
            alpha=shade,
            gid=f"coverage-{low}",
        )
        plate.add(patch)
        patch.set_clip_path(pen.clip)


def counted(
    context: Context, projection: Projection, marks: Sequence[Mark]
) -> tuple[Floats, Floats, Floats]:
    """
    Count the circles over a grid of points.

    Parameters
    ----------
    context, projection, marks
        As for `draw_coverage`.

    Returns
    -------
    tuple of arrays
        Counts by row and column, x of the columns, y of the rows, in design units.
    """
    frame = projection.frame
    x = np.arange(frame.left - _GRID, frame.right + 2 * _GRID, _GRID)
    y = np.arange(frame.top - _GRID, frame.bottom + 2 * _GRID, _GRID)
    counts = np.zeros((len(y), len(x)))
    for mark in marks:
        km = context.atlas.records[mark.id].uncertainty_km
        if not km:
            continue
        across, down = mark.at
        radius = projection.radius(float(km), mark.at)
        a, b = np.searchsorted(x, (across - radius - _GRID, across + radius + _GRID))
        c, d = np.searchsorted(y, (down - radius - _GRID, down + radius + _GRID))
        away = np.hypot(x[None, a:b] - across, y[c:d, None] - down)
        # A soft edge: the outline that is found in the counts is then smooth.
        counts[c:d, a:b] += np.clip((radius - away) / _GRID + 0.5, 0, 1)
    return counts, x, y
