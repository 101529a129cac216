"""Geometry as whole numbers: each point as its difference from the one before it."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry


def packed(shape: BaseGeometry, units: int) -> list[list[list[int]]]:
    """
    Write a geometry as whole numbers, differences after the first point.

    Parameters
    ----------
    shape
        Lines or polygons, (lon, lat), EPSG:4326.
    units
        Steps per degree: 100,000 is about a metre.

    Returns
    -------
    parts
        Parts, each a list of rings (one for a line), each a flat list lon, lat, lon, …

    Examples
    --------
    >>> packed(shapely.LineString([(1, 2), (1.5, 2)]), 10)
    [[[10, 20, 5, 0]]]
    """
    parts = []
    for part in shapely.get_parts(shape):
        rings = (
            [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        )
        parts.append([ring for r in rings if len(ring := _steps(r.coords, units)) > 2])
    return [part for part in parts if part]


def _steps(coordinates: Sequence[Sequence[float]], units: int) -> list[int]:
    flat: list[int] = []
    before = (0, 0)
    for lon, lat in coordinates:
        here = (round(lon * units), round(lat * units))
        if flat and here == before:
            continue
        flat += [here[0] - before[0], here[1] - before[1]]
        before = here
    return flat
