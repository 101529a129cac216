"""Lengths, display simplification and the legs of routes: pure, and without a file.

Everything goes in and comes out as EPSG:4326 in (lon, lat). Metres are named here and
nowhere else; numbers that leave a function say their unit in its name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from borderviz.linear.geodesy import WGS84

LonLat = tuple[float, float]
METHOD = "geodesic on WGS84"
# One degree of latitude at the poles, where it is longest; a degree of longitude is
# nowhere longer than this times the cosine of the latitude.
_METRES_PER_DEGREE = 111_694.0


@dataclass(frozen=True)
class Leg:
    """
    One stroke of a route, to be drawn straight.

    Parameters
    ----------
    start, end
        (lon, lat); each is a waypoint or a junction of alternatives.
    has_arrow
        Whether `end` is a waypoint. A leg into a junction leads to no place, so an
        arrow there would point at nothing.
    """

    start: LonLat
    end: LonLat
    has_arrow: bool


def line_parts(shape: BaseGeometry) -> Iterator[LineString]:
    """
    Walk the lines of a shape, in order; areas and points have none.

    Parameters
    ----------
    shape
        Any geometry, collections included. The ring around an area is not a line.

    Examples
    --------
    >>> from shapely import from_wkt
    >>> harbour = from_wkt("GEOMETRYCOLLECTION (POINT (9 50), LINESTRING (9 50, 9 51))")
    >>> [line.wkt for line in line_parts(harbour)]
    ['LINESTRING (9 50, 9 51)']
    """
    if isinstance(shape, LineString):
        yield shape
    for part in getattr(shape, "geoms", ()):
        yield from line_parts(part)


def length_km(shape: BaseGeometry) -> float:
    """
    Measure the lines of a shape along the WGS84 ellipsoid.

    Each pair of neighbouring vertices is joined by the shortest way, so a step over the
    180th meridian is short too. Parts that do not touch are added without the gap.

    Parameters
    ----------
    shape
        EPSG:4326, (lon, lat).

    Returns
    -------
    float
        Kilometres; 0 for a shape without lines.

    Examples
    --------
    The wall of Oldtown runs one degree north:

    >>> round(length_km(LineString([(9, 50), (9, 51)])), 3)
    111.239
    >>> length_km(LineString([(9, 50), (9, 51)]).buffer(1))
    0.0
    """
    metres = 0.0
    for line in line_parts(shape):
        lons, lats = shapely.get_coordinates(line).T
        metres += WGS84.line_length(lons, lats)
    return metres / 1000


def simplified(shape: BaseGeometry, tolerance_m: float) -> BaseGeometry:
    """
    Drop vertices that a map of this tolerance would not show; for display only.

    Longitudes are narrowed by the cosine of the latitude that lies nearest the equator,
    and a degree is taken at its longest. Both err to the safe side: the tolerance holds
    everywhere, and away from that latitude bends to east and west are measured too
    large, by cos(nearest) / cos(farthest): 9 % between 37 and 43 degrees. Distances are
    those of straight strokes in (lon, lat), as a map draws them.

    Parameters
    ----------
    shape
        Lines or areas, EPSG:4326. Vertices that stay are exactly those of `shape`, and
        both ends of every line stay, so lines that met still meet.
    tolerance_m
        Farthest that a dropped vertex may lie from the new line, in metres, not
        negative; 0 drops only vertices on straight runs.

    Returns
    -------
    BaseGeometry
        A shape of the same type; rings stay rings and do not cross themselves.

    Examples
    --------
    A path with a bend of some 70 m:

    >>> path = LineString([(9, 50), (9.01, 50.0006), (9.02, 50)])
    >>> simplified(path, 100).wkt
    'LINESTRING (9 50, 9.02 50)'
    >>> len(simplified(path, 50).coords)
    3
    """
    if shape.is_empty:
        return shape
    _, south, _, north = shape.bounds
    nearest = 0.0 if south <= 0 <= north else min(abs(south), abs(north))
    narrowing = max(math.cos(math.radians(nearest)), 0.01)
    plane = shapely.transform(shape, lambda lonlat: lonlat * (narrowing, 1.0))
    kept = plane.simplify(tolerance_m / _METRES_PER_DEGREE, preserve_topology=True)
    narrowed, vertices = (
        map(tuple, shapely.get_coordinates(s)) for s in (plane, shape)
    )
    original = dict(zip(narrowed, vertices, strict=True))
    return shapely.transform(
        kept, lambda xy: np.array([original[tuple(p)] for p in xy])
    )


def legs(points: Sequence[LonLat], groups: Sequence[str | None]) -> list[Leg]:
    """
    Join the stages of a route without saying more than is known.

    Neighbouring waypoints of one group are alternatives: one stage, never joined to
    each other. From stage to stage each member leads to each; where both have several,
    all pass one junction, the mean of the two centroids, so that no pair is suggested.

    Parameters
    ----------
    points
        (lon, lat) of the waypoints, in the order of travel.
    groups
        One for each point; None is a stage of its own. A group that returns after other
        waypoints begins a new stage.

    Returns
    -------
    list of Leg
        In the order of travel; a leg without length (two stages at one place) is left
        out. Fewer than two stages have no legs.

    Raises
    ------
    ValueError
        If there are not as many groups as points.

    Examples
    --------
    From Hilltop or Dale, nobody knows which, to the port:

    >>> for leg in legs([(1, 4), (3, 4), (2, 0)], ["village", "village", None]):
    ...     print(leg.start, leg.end, leg.has_arrow)
    (1, 4) (2, 0) True
    (3, 4) (2, 0) True
    """
    drawn: list[Leg] = []
    for before, after in pairwise(stages(points, groups)):
        if len(before) > 1 and len(after) > 1:
            junction = _mean([_mean(before), _mean(after)])
            drawn += [Leg(point, junction, has_arrow=False) for point in before]
            drawn += [Leg(junction, point, has_arrow=True) for point in after]
        else:
            drawn += [Leg(a, b, has_arrow=True) for a in before for b in after]
    return [leg for leg in drawn if leg.start != leg.end]


def stages(
    points: Sequence[LonLat], groups: Sequence[str | None]
) -> list[list[LonLat]]:
    """
    Gather waypoints that are alternatives to each other; see `legs`.

    Parameters
    ----------
    points, groups
        As for `legs`.

    Raises
    ------
    ValueError
        If there are not as many groups as points.

    Examples
    --------
    >>> stages([(0, 0), (1, 0), (2, 0)], ["ford", "ford", None])
    [[(0, 0), (1, 0)], [(2, 0)]]
    """
    found: list[list[LonLat]] = []
    previous: str | None = None
    for point, group in zip(points, groups, strict=True):
        if group is not None and group == previous:
            found[-1].append(point)
        else:
            found.append([point])
        previous = group
    return found


def _mean(points: Sequence[LonLat]) -> LonLat:
    """Find the mean in degrees; not for stages on both sides of the 180th meridian."""
    lons, lats = zip(*points, strict=True)
    return sum(lons) / len(points), sum(lats) / len(points)


def area_km2(shape: BaseGeometry) -> float:
    """
    Measure an area on the WGS84 ellipsoid, in square kilometres; 0 for lines.

    Parameters
    ----------
    shape
        Any geometry, EPSG:4326, (lon, lat).
    """
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        return 0.0
    return abs(float(WGS84.geometry_area_perimeter(shape)[0])) / 1e6
