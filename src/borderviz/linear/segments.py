"""Straight segments in a plane: the nearest point of them, its side, cuts by circles.

Everything is in metres of one plane and vectorised over the points asked about. What
the plane means on the earth is the business of `linear`.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from borderviz.linear.nearest import Feet, Floats, Quadtree

_ROUNDING = 1e-6
_MANY = 200_000


class Segments:
    """
    A polyline in a plane, ready to be asked.

    Parameters
    ----------
    vertices
        (n, 2), n > 1, metres; neighbours differ.
    closed
        Whether the last vertex is the first.
    """

    def __init__(self, vertices: Floats, *, closed: bool) -> None:
        self.start, self.step = vertices[:-1], np.diff(vertices, axis=0)
        self.ends = vertices[[0, -1]]
        self.closed = closed
        self._squared = np.einsum("ij,ij->i", self.step, self.step)
        unit = self.step / np.sqrt(self._squared)[:, None]
        before, after = np.roll(unit, 1, axis=0), np.roll(unit, -1, axis=0)
        if not closed:
            before[0], after[-1] = unit[0], unit[-1]
        # Where a segment meets its neighbour no single direction tells left from right;
        # the bisector of both does: J. A. Baerentzen, H. Aanaes, "Signed distance
        # computation using the angle weighted pseudonormal", IEEE TVCG 11 (2005).
        self._headings = np.stack([before + unit, unit, unit + after])
        pairs = np.stack([vertices[:-1], vertices[1:]], axis=1)
        strokes: Any = shapely.linestrings(pairs)
        self._tree = shapely.STRtree(strokes)
        self._quadtree: Quadtree | None = None
        self._lock = Lock()

    def expect(self, count: int) -> None:
        """Get ready for that many points; worth some tenths of a second if many."""
        if count >= _MANY and self._quadtree is None:
            with self._lock:
                self._quadtree = Quadtree(self.start, self.step)

    def feet(self, points: Floats) -> Feet:
        """
        Find the nearest points of the segments.

        Parameters
        ----------
        points
            (n, 2), finite.
        """
        if self._quadtree and self._quadtree.useful and len(points):
            return self._quadtree.feet(points)
        (point, segment), distance = self._tree.query_nearest(
            shapely.points(points), return_distance=True
        )
        away = points[point] - self.start[segment]
        share = np.einsum("ij,ij->i", away, self.step[segment]) / self._squared[segment]
        return Feet(point, segment, share, distance)

    def sides(self, points: Floats, feet: Feet) -> NDArray[np.int8]:
        """
        Tell on which side points lie, from their own feet: 1 left, -1 right, 0 ahead.

        Parameters
        ----------
        points
            (n, 2).
        feet
            One foot for each point, in the same order.
        """
        where = 1 - (feet.share <= 0) + (feet.share >= 1)
        heading = self._headings[where, feet.segment]
        foot = np.clip(feet.share, 0, 1)[:, None] * self.step[feet.segment]
        away = points - self.start[feet.segment] - foot
        cross = heading[:, 0] * away[:, 1] - heading[:, 1] * away[:, 0]
        sign: NDArray[np.int8] = np.sign(cross).astype(np.int8)
        return sign

    def past_end(self, feet: Feet) -> NDArray[np.bool_]:
        """Tell which feet are an end of the polyline that their points lie beyond."""
        if self.closed:
            return np.zeros(len(feet.share), dtype=bool)
        first, last = feet.segment == 0, feet.segment == len(self.start) - 1
        past: NDArray[np.bool_] = (first & (feet.share < 0)) | (last & (feet.share > 1))
        return past

    def cuts(self, centres: Floats, rims: Floats, reach: Floats) -> Feet:
        """
        Find where the segments cut circles, near given points of their rims.

        Parameters
        ----------
        centres, rims
            (n, 2); each rim is a point of the circle around its centre.
        reach
            (n,), how far from its rim point a cut is looked for, at least.

        Returns
        -------
        Feet
            The cuts; `point` is the row of the rim, `share` is from 0 to 1, but for
            rounding.
        """
        points = shapely.points(rims)
        row, segment = self._tree.query(points, "dwithin", distance=reach)
        away = self.start[segment] - centres[row]
        step, squared = self.step[segment], self._squared[segment]
        radius = rims[row] - centres[row]
        # |away + share * step| = |radius|, solved for share.
        half = np.einsum("ij,ij->i", away, step) / squared
        rest = np.einsum("ij,ij->i", away - radius, away + radius) / squared
        with np.errstate(invalid="ignore"):
            root = np.sqrt(half * half - rest)
        share = np.concatenate([-half - root, -half + root])
        # A cut at a vertex must not fall between its segments by rounding.
        cut = np.flatnonzero((share >= -_ROUNDING) & (share <= 1 + _ROUNDING))
        twice = Feet(np.tile(row, 2), np.tile(segment, 2), share, np.zeros(len(share)))
        return twice.pick(cut)
