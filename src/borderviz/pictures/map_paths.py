"""From shapes on the picture to the paths and dashes of the plotting library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.pictures.map_projection import Floats

if TYPE_CHECKING:
    from matplotlib.path import Path


def dashes(dash: str | None, width: float) -> Any:
    """
    Turn a dash of the styles (`"6 5"`, in design units) into the library's.

    Parameters
    ----------
    dash
        Lengths of strokes and gaps; None or empty for a solid line.
    width
        Width of the line, in design units: the library counts dashes in it.
    """
    lengths = [float(part) / width for part in (dash or "").replace(",", " ").split()]
    return (0, tuple(lengths)) if lengths and sum(lengths) > 0 else "solid"


def path_of(shape: BaseGeometry) -> Path | None:
    """Turn lines or areas on the picture into one path; None if there is nothing."""
    from matplotlib.path import Path

    closed = shape.geom_type in ("Polygon", "MultiPolygon")
    runs: list[Floats] = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            closed = True
            # A hole is one only where it runs against its ring, which cutting may turn.
            part = shapely.orient_polygons(part)
            runs += [shapely.get_coordinates(r) for r in shapely.get_rings(part)]
        elif part.geom_type in ("LineString", "LinearRing"):
            runs.append(shapely.get_coordinates(part))
    runs = [run for run in runs if len(run) > 1]
    if not runs:
        return None
    codes = []
    for run in runs:
        code = np.full(len(run), Path.LINETO, dtype=np.uint8)
        code[0] = Path.MOVETO
        if closed:
            code[-1] = Path.CLOSEPOLY
        codes.append(code)
    return Path(np.vstack(runs), np.concatenate(codes))
