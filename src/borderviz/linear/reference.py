"""Where points lie along a line: kilometres, side, distance, and ranges of circles.

Distances are geodesic on WGS84; the nearest point of the line is looked for in a plane
made for that line. Coordinates are EPSG:4326 in (lon, lat).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from borderviz.linear.geodesy import WGS84, Floats
from borderviz.linear.nearest import Feet, Ints
from borderviz.linear.tape import Tape
from borderviz.linear.threads import in_parts

DIRECTIONS = 48
MOST_KM = 2000.0
_ANGLES = np.linspace(0, 2 * np.pi, DIRECTIONS, endpoint=False)
_RAYS = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
_ON_LINE_KM = 0.0005
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Positions:
    """
    Where points lie along a line; arrays with one entry a point.

    Parameters
    ----------
    km
        Along the line from its origin; NaN for a point that is not usable.
    distance_km
        Geodesic, to the foot on the line; NaN likewise.
    side
        1 left of the direction of growing km, -1 right; 0 on the line (nearer than half
        a metre), beyond an end, or straight ahead of a point where the line turns back.
    beyond
        Whether the foot is an end of the line and the point lies past it.
    """

    km: Floats
    distance_km: Floats
    side: NDArray[np.int8]
    beyond: NDArray[np.bool_]


class LinearReference(Tape):
    """A line along which points can be located; see `Tape` for the line itself."""

    def locate(self, lons: ArrayLike, lats: ArrayLike) -> Positions:
        """
        Find where points lie along the line.

        The foot is the point of the line that is nearest in the plane `crs`; of several
        the one with the least km. A straight way of length d in that plane, rho from
        its centre, strays from the geodesic by up to d^2 rho / 4R^2: the foot of a far
        point may lie that much beside the true one, 7 m for d = 60 km and rho = 300 km.
        The distance to it is then too long by a few parts in a thousand million.

        Parameters
        ----------
        lons, lats
            (n,), degrees; NaN, a latitude over 90 or a longitude over 180 is allowed.

        Returns
        -------
        Positions
            NaN also for points on the half of the earth that is away from the line.
        """
        lon, lat = _arrays(lons, lats)
        self._segments.expect(len(lon))
        parts = in_parts(
            lambda part: self._positions(lon[part], lat[part]), len(lon), _CHUNK
        )
        rows = ((p.km, p.distance_km, p.side, p.beyond) for p in parts)
        return Positions(*map(np.concatenate, zip(*rows, strict=True)))

    def ranges(
        self, lons: ArrayLike, lats: ArrayLike, radius_km: ArrayLike
    ) -> tuple[Floats, Floats]:
        """
        Find the least and the greatest km that a point within a circle may have.

        The feet of all points of a disc are the part of the line inside the disc and
        the feet of its rim: on the straight way from a point to a foot outside, the
        rim is crossed at a point with the same foot. The part inside is clipped at the
        circle, of the rim 48 points are taken. So a point of the disc may have its foot
        outside the range only where the range holds a point of the line almost as near:
        no farther by more than 2 pi / 48 of the radius (13 %). Beside a straight line
        the range is too narrow by 0.2 % of the radius at most.

        A circle of the plane `crs` stands for that on the ground. With a radius r and a
        centre rho from that of the plane it is r^2 rho / 4R^2 beside it: 0.2 m for
        r = 10 km and rho = 300 km, 18 m for r = 100 km.

        Parameters
        ----------
        lons, lats
            (n,), degrees.
        radius_km
            (n,) or one for all; 0 and NaN mean a point, more than 2000 km mean 2000.

        Returns
        -------
        low, high
            (n,) each, km; NaN as in `locate`. On a ring a disc over the origin reaches
            from 0 to the whole length.

        Raises
        ------
        ValueError
            If a radius is negative.
        """
        lon, lat, radius = _arrays(lons, lats, radius_km)
        if np.any(radius < 0):
            message = f"a radius is negative: {np.nanmin(radius):g} km"
            raise ValueError(message)
        self._segments.expect(DIRECTIONS * int(np.sum(radius > 0)))
        parts = in_parts(
            lambda part: self._ranges(lon[part], lat[part], radius[part]),
            len(lon),
            _CHUNK // DIRECTIONS,
        )
        low, high = map(np.concatenate, zip(*parts, strict=True))
        return low, high

    def _nearest(self, lon: Floats, lat: Floats) -> tuple[Floats, Ints, Feet]:
        """Find points in the plane, which of them are usable, and the feet of those."""
        plane = self._to_plane(lon, lat)
        usable = np.flatnonzero(np.isfinite(plane[:, 0]))
        return plane, usable, self._first(self._segments.feet(plane[usable]))

    def _positions(self, lon: Floats, lat: Floats) -> Positions:
        plane, usable, feet = self._nearest(lon, lat)
        km, distance = np.full((2, len(lon)), np.nan)
        side, beyond = np.zeros(len(lon), np.int8), np.zeros(len(lon), bool)
        km[usable] = self._km_of(feet)
        there = np.clip(feet.share, 0, 1) * self._metres[feet.segment]
        foot = self._onward(feet.segment, there)
        metres = WGS84.inv(lon[usable], lat[usable], *foot.T)[2]
        distance[usable] = metres / 1000
        off = distance[usable] >= _ON_LINE_KM
        beyond[usable] = self._segments.past_end(feet) & off
        side[usable] = self._segments.sides(plane[usable], feet) * off
        side[beyond] = 0
        return Positions(km, distance, side, beyond)

    def _first(self, feet: Feet) -> Feet:
        """Keep one foot for each point: that with the least km."""
        order = np.lexsort((self._km_of(feet), feet.point))
        point = feet.point[order]
        return feet.pick(order[np.diff(point, prepend=-1) > 0])

    def _ranges(
        self, lon: Floats, lat: Floats, radius: Floats
    ) -> tuple[Floats, Floats]:
        plane, usable, nearest = self._nearest(lon, lat)
        low, high = np.full((2, len(lon)), np.nan)
        low[usable] = high[usable] = self._km_of(nearest)
        disc = np.flatnonzero((radius > 0) & np.isfinite(low))
        centres = plane[disc]
        metres = np.minimum(radius[disc], MOST_KM) * 1000 * self._scale_at(centres)

        def widen(rows: Ints, km: Floats | float) -> None:
            np.minimum.at(low, disc[rows], km)
            np.maximum.at(high, disc[rows], km)

        for end, km in zip(self._segments.ends, (0.0, self.length_km), strict=True):
            widen(np.flatnonzero(np.hypot(*(centres - end).T) <= metres), km)
        owner = np.repeat(np.arange(len(disc)), DIRECTIONS)
        rims = (centres[:, None] + metres[:, None, None] * _RAYS).reshape(-1, 2)
        feet = self._segments.feet(rims)
        widen(owner[feet.point], self._km_of(feet))
        # The line cuts the rim only where it is nearer than the next point of the rim.
        reach = 1.1 * np.pi / DIRECTIONS * metres[owner]
        near = feet.point[feet.distance <= reach[feet.point]]
        cuts = self._segments.cuts(centres[owner[near]], rims[near], reach[near])
        widen(owner[near[cuts.point]], self._km_of(cuts))
        return low, high


def _arrays(*columns: ArrayLike) -> list[Floats]:
    """Make equally long arrays of numbers out of arrays and single numbers."""
    arrays = [np.atleast_1d(np.asarray(column, dtype=float)) for column in columns]
    return np.broadcast_arrays(*arrays)  # type: ignore[return-value]
