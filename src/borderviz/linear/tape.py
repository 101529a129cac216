"""A line as a measuring tape: pieces joined, kilometres counted, sections cut out.

Lengths are geodesic on WGS84; coordinates are EPSG:4326 in (lon, lat).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Self

import numpy as np
import shapely
from numpy.typing import ArrayLike
from pyproj import Proj
from shapely.geometry import LineString

from borderviz.linear.geodesy import (
    RADIUS_KM,
    ROUGHNESS,
    WGS84,
    Floats,
    densified,
    on_earth,
    steps_m,
    stereographic,
    unit_vectors,
)
from borderviz.linear.nearest import Feet, Ints
from borderviz.linear.segments import Segments

JOIN_M = 50.0
_MARK_KM = 10.0
# A millionth of a metre: vertices that are nearer than that are the same.
_SAME_M = 1e-6
# The plane shows half the earth within twice the radius of its centre; a line may reach
# half of the way, which is an eighth of the girth.
_HEMISPHERE_M = 2 * WGS84.a
_LONGEST_M = _HEMISPHERE_M * np.tan(np.pi / 8)


class Tape:
    """
    A line with kilometres; made by `of`.

    Attributes
    ----------
    length_km
        Geodesic length.
    piece_km
        (low, high) of each piece, in the order in which they were given to `of`.
    crs
        The plane in which feet are looked for, as a PROJ string.
    scale_error
        Greatest relative departure of that plane's scale from 1 on the line.
    """

    def __init__(self, lonlats: Floats, pieces: list[tuple[int, int]]) -> None:
        self._lonlats, self._own = densified(lonlats)
        lons, lats = self._lonlats.T
        self._azimuths, _, self._metres = WGS84.inv(
            lons[:-1], lats[:-1], lons[1:], lats[1:]
        )
        self._km = np.append(0, np.cumsum(self._metres)) / 1000
        self.length_km = float(self._km[-1])
        km = self._km[self._own].tolist()
        self.piece_km = [(km[first], km[last]) for first, last in pieces]
        # Weighted by length, so that the plane is the same however dense the vertices.
        self.crs = stereographic(self._lonlats, np.convolve(self._metres, [0.5, 0.5]))
        plane = self._to_plane(lons, lats)
        if not np.all(np.hypot(*plane.T) <= _LONGEST_M):
            message = "the line is too long: over an eighth of the earth's girth away "
            raise ValueError(message + "from its own centre")
        scale = Proj(self.crs).get_factors(lons, lats).meridional_scale
        self.scale_error = float(np.max(np.abs(scale - 1)))
        count = int(np.ceil(self.length_km / _MARK_KM))
        marks = self.at(np.linspace(0, self.length_km, count + 1))
        self._marks = unit_vectors(*marks.T)
        closed = bool(steps_m(lonlats[[-1, 0]])[0] <= _SAME_M)
        self._segments = Segments(plane, closed=closed)

    @classmethod
    def of(cls, shapes: Sequence[LineString], *, reverse: bool = False) -> Self:
        """
        Join pieces into one line.

        Parameters
        ----------
        shapes
            In order: each begins where the one before ends, give or take 50 m, which
            count as part of the line. EPSG:4326, (lon, lat); heights are left out.
        reverse
            Count from the end of the last piece.

        Raises
        ------
        ValueError
            If there is no line, it has no length, a vertex is not on the earth, pieces
            do not meet, or the line is too long to be shown in one plane.
        """
        pieces = [shapely.get_coordinates(shape) for shape in shapes]
        pieces = [piece for piece in pieces if len(piece)]
        if not pieces:
            message = "there is no line: it has no vertex"
            raise ValueError(message)
        lonlats = np.concatenate(pieces)
        if not np.all(on_earth(*lonlats.T)):
            message = "a vertex of the line is not on the earth"
            raise ValueError(message)
        for number, (one, other) in enumerate(pairwise(pieces), 1):
            gap = steps_m(np.stack([one[-1], other[0]]))[0]
            if gap > JOIN_M:
                message = f"piece {number + 1} begins {gap:,.0f} m from the end of "
                message += f"piece {number}; up to {JOIN_M:g} m are joined"
                raise ValueError(message)
        differs = np.append(True, steps_m(lonlats) > _SAME_M)
        number_of = np.cumsum(differs) - 1
        if not number_of[-1]:
            message = "the line has no length"
            raise ValueError(message)
        ends = np.cumsum([0, *map(len, pieces)])
        spans = [(int(number_of[a]), int(number_of[b - 1])) for a, b in pairwise(ends)]
        lonlats = lonlats[differs]
        if reverse:
            last, lonlats = len(lonlats) - 1, lonlats[::-1]
            spans = [(last - high, last - low) for low, high in spans]
        return cls(lonlats, spans)

    def at(self, km: ArrayLike) -> Floats:
        """
        Find points on the line.

        Parameters
        ----------
        km
            (n,) or one; clipped to the line.

        Returns
        -------
        array
            (n, 2), (lon, lat).
        """
        wanted = np.clip(np.atleast_1d(np.asarray(km, float)), 0, self.length_km)
        segment = np.searchsorted(self._km[1:-1], wanted, side="right")
        return self._onward(segment, 1000 * (wanted - self._km[segment]))

    def about(self, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
        """
        Tell fast how far points are from the line, at least and at most.

        Parameters
        ----------
        lons, lats
            (n,), degrees.

        Returns
        -------
        least, most
            (n,) each, km; NaN for NaN.
        """
        cosines = unit_vectors(lons, lats) @ self._marks.T
        km = RADIUS_KM * np.arccos(np.minimum(cosines.max(axis=1), 1))
        return (1 - ROUGHNESS) * km - _MARK_KM / 2, (1 + ROUGHNESS) * km

    def section(self, low_km: float, high_km: float) -> LineString:
        """
        Cut out a part of the line: the vertices that were given, and its two ends.

        Parameters
        ----------
        low_km, high_km
            Clipped to the line.

        Raises
        ------
        ValueError
            If the part would run backwards.
        """
        if not low_km <= high_km:
            message = f"a section from {low_km} to {high_km} km runs backwards"
            raise ValueError(message)
        inside = self._own & (self._km > low_km) & (self._km < high_km)
        first, last = self.at([low_km, high_km])
        return LineString([first, *self._lonlats[inside], last])

    def _to_plane(self, lons: Floats, lats: Floats) -> Floats:
        """Project; NaN for what is not on the earth, or on its other half."""
        usable = on_earth(lons, lats)
        # A new Proj each time: one must not serve several threads at the same moment.
        x, y = Proj(self.crs)(np.where(usable, lons, 0), np.where(usable, lats, 0))
        plane = np.column_stack([x, y])
        plane[~usable | ~(np.hypot(x, y) <= _HEMISPHERE_M)] = np.nan
        return plane

    @staticmethod
    def _scale_at(plane: Floats) -> Floats:
        """Tell how much too large the plane is: 1 + rho^2 / 4R^2 on a sphere."""
        scale: Floats = 1 + (np.hypot(*plane.T) / (2000 * RADIUS_KM)) ** 2
        return scale

    def _onward(self, segment: Ints, metres: Floats) -> Floats:
        """Go some way along segments; (n, 2), (lon, lat)."""
        lons, lats = self._lonlats[segment].T
        there = WGS84.fwd(lons, lats, self._azimuths[segment], metres)
        return np.column_stack(there[:2])

    def _km_of(self, feet: Feet) -> Floats:
        along = np.clip(feet.share, 0, 1) * self._metres[feet.segment] / 1000
        km: Floats = np.minimum(self._km[feet.segment] + along, self.length_km)
        return km
