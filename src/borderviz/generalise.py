"""How long a line is when it is drawn more coarsely: the same line with fewer bends.

A crooked line has no length of its own; it has one for each size of bend that is still
drawn (L. F. Richardson, The problem of contiguity, General Systems Yearbook 6, 1961;
B. Mandelbrot, How long is the coast of Britain?, Science 156, 1967). The bends are left
out by the method of D. H. Douglas and T. K. Peucker, Algorithms for the reduction of
the number of points required to represent a digitized line or its caricature,
Cartographica 10, 1973.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from pyproj import Proj
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from borderviz.geometry import length_km, line_parts
from borderviz.linear.geodesy import stereographic

TOLERANCES_M = (0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class Generalised:
    """
    Lines at one degree of coarseness.

    Parameters
    ----------
    tolerance_m
        Farthest that a vertex which was left out lies from the coarser line, in metres.
    length_km
        Geodesic length of what is left, in kilometres.
    vertices
        How many vertices are left, the ends included.
    """

    tolerance_m: float
    length_km: float
    vertices: int


def length_by_tolerance(
    shapes: Iterable[BaseGeometry], tolerances_m: Sequence[float] = TOLERANCES_M
) -> list[Generalised]:
    """
    Measure lines again and again, each time with smaller bends left out.

    Parameters
    ----------
    shapes
        EPSG:4326, (lon, lat). Each line is made coarser by itself and keeps both its
        ends, so lines that met still meet; areas and points count for nothing.
    tolerances_m
        Metres, not negative; 0 keeps every vertex.

    Returns
    -------
    list of Generalised
        One for each tolerance, in the order given. A greater tolerance never has the
        greater length: what it keeps is a part of what a smaller one keeps.

    Raises
    ------
    ValueError
        If a tolerance is negative.

    Examples
    --------
    A path with a bend of some 70 m:

    >>> path = LineString([(9, 50), (9.01, 50.0006), (9.02, 50)])
    >>> for found in length_by_tolerance([path], [0, 100]):
    ...     print(found.tolerance_m, round(found.length_km, 4), found.vertices)
    0 1.4401 3
    100 1.4339 2
    """
    lines = _lines(shapes)
    return [lines.at(tolerance) for tolerance in tolerances_m]


def tolerance_for(
    shapes: Iterable[BaseGeometry], km: float, coarsest_m: int = TOLERANCES_M[-1]
) -> int | None:
    """
    Find how coarsely lines must be drawn to be no longer than a length.

    Parameters
    ----------
    shapes
        As for `length_by_tolerance`.
    km
        The length, in kilometres.
    coarsest_m
        Where the search ends, in metres.

    Returns
    -------
    int or None
        The least tolerance in whole metres; 0 if the lines are as short already, None
        if they stay longer at the coarsest.
    """
    lines = _lines(shapes)

    def is_short(tolerance_m: float) -> bool:
        return lines.at(tolerance_m).length_km <= km

    if is_short(0):
        return 0
    # Between two tolerances measured anyway: coarse lines are the quicker to measure.
    longer = [t for t in TOLERANCES_M if t <= coarsest_m and not is_short(t)]
    found = bisect_left(range(coarsest_m + 1), True, max(longer) + 1, key=is_short)
    return found if found <= coarsest_m else None


def thinned(line: LineString, tolerance_m: float) -> LineString:
    """
    Leave out vertices by the method of Douglas and Peucker.

    Distances are those of a stereographic plane centred on the line, where they are
    too large by 0.06 % at 300 km from its centre; see `geodesy.stereographic`.

    Parameters
    ----------
    line
        EPSG:4326, (lon, lat).
    tolerance_m
        Farthest that a vertex which is left out may lie from the new line, in metres,
        not negative; 0 keeps every vertex.

    Returns
    -------
    LineString
        Vertices exactly as in `line`, in their order, among them both ends.

    Raises
    ------
    ValueError
        If the tolerance is negative.
    """
    return line if line.is_empty else _Laid(line).thinned(tolerance_m)


class _Laid:
    """A line laid into its plane once, to be thinned many times."""

    def __init__(self, line: LineString) -> None:
        self._line = line
        self._lonlats = shapely.get_coordinates(line)
        x, y = Proj(stereographic(self._lonlats))(*self._lonlats.T)
        # The height of a vertex is its number, by which it is found again afterwards.
        numbered = np.column_stack([x, y, np.arange(len(x))])
        self._plane = LineString(numbered)

    def thinned(self, tolerance_m: float) -> LineString:
        if not tolerance_m >= 0:
            message = f"a tolerance of {tolerance_m} m; allowed: 0 or more"
            raise ValueError(message)
        if tolerance_m == 0:
            return self._line
        kept = self._plane.simplify(tolerance_m, preserve_topology=False)
        numbers = shapely.get_coordinates(kept, include_z=True)[:, 2].astype(int)
        return LineString(self._lonlats[numbers])


class _Lines:
    """Lines with what has been measured of them so far, by tolerance."""

    def __init__(self, lines: Iterable[LineString]) -> None:
        self._laid = [_Laid(line) for line in lines if not line.is_empty]
        self._found: dict[float, Generalised] = {}

    def at(self, tolerance_m: float) -> Generalised:
        if tolerance_m not in self._found:
            kept = [line.thinned(tolerance_m) for line in self._laid]
            self._found[tolerance_m] = Generalised(
                tolerance_m=tolerance_m,
                length_km=sum(map(length_km, kept)),
                vertices=sum(len(line.coords) for line in kept),
            )
        return self._found[tolerance_m]


@lru_cache(maxsize=32)
def _measured(lines: tuple[LineString, ...]) -> _Lines:
    return _Lines(lines)


def _lines(shapes: Iterable[BaseGeometry]) -> _Lines:
    return _measured(tuple(line for shape in shapes for line in line_parts(shape)))
