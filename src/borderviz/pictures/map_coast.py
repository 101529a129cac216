"""Coasts: the outlines of land, without the edges where data end and without blots."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.content import Atlas
from borderviz.linear.geodesy import WGS84
from borderviz.pictures.map_projection import Floats, Projection

_CUT_M = 4000.0
_CUT_DEG = 0.03  # far land reaches so far under the nearer land
_EQUAL = 2e-4  # degrees: the steps in which far land is written
_SPECK = 2.5  # design units


def coast(shape: BaseGeometry, atlas: Atlas) -> BaseGeometry:
    """
    Take an outline without the straight edges where the data were cut off.

    Parameters
    ----------
    shape
        An area of the atlas's land, in degrees.
    atlas
        Where its parts of land begin and end there may be cuts.
    """
    areas = [s.bounds for _, s in atlas.land if s.geom_type.endswith("Polygon")]
    lons = tuple(sorted({x for west, _, east, _ in areas for x in (west, east)}))
    lats = tuple(sorted({y for _, south, _, north in areas for y in (south, north)}))
    return _outline(shape, lons, lats)


@lru_cache(maxsize=64)
def _outline(
    shape: BaseGeometry, lons: tuple[float, ...], lats: tuple[float, ...]
) -> BaseGeometry:
    """Take the outline without long edges along some meridians and parallels."""
    runs: list[Floats] = []
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        points = shapely.get_coordinates(ring)
        a, b = points[:-1], points[1:]
        cut = np.zeros(len(a), dtype=bool)
        for axis, values in enumerate((lons, lats)):
            level = np.abs(a[:, axis] - b[:, axis]) < _EQUAL
            away = np.abs(a[:, axis, None] - np.array(values)).min(axis=1)
            cut |= level & (away < _CUT_DEG)
        if cut.any():
            one, two = a[cut], b[cut]
            metres = WGS84.inv(one[:, 0], one[:, 1], two[:, 0], two[:, 1])[2]
            cut[cut] = np.asarray(metres) > _CUT_M
        runs += np.split(points, np.flatnonzero(cut) + 1)
    return shapely.MultiLineString([run for run in runs if len(run) > 1])


def without_specks(lines: BaseGeometry) -> BaseGeometry:
    """
    Leave out outlines of islands so small that a line around them is a blot.

    Parameters
    ----------
    lines
        Outlines on the picture.
    """
    parts = shapely.get_parts(lines)
    bounds = shapely.bounds(parts).reshape(-1, 4)
    wide = np.hypot(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    kept = [p for p in parts[wide > _SPECK] if p.geom_type == "LineString"]
    return shapely.MultiLineString(kept)


def coasts(projection: Projection, atlas: Atlas) -> list[Floats]:
    """
    List the coasts in the frame as lines on the picture: areas are named beside them.

    Parameters
    ----------
    projection, atlas
        As for `draw_land`.
    """
    found: list[Floats] = []
    for properties, shape in atlas.land:
        is_area = shape.geom_type in ("Polygon", "MultiPolygon")
        if is_area and properties.get("tier") != "close":
            lines = projection.shape(coast(shape, atlas), tolerance=1.0)
            found += [
                shapely.get_coordinates(part) for part in shapely.get_parts(lines)
            ]
    return [run for run in found if len(run) > 1]
