"""The nearest of many segments for very many points: exact, by a tree of square cells.

A cell keeps the segments that may be nearest to a point in it. Another segment is left
out when some point p of the line is nearer to all four corners: the points to which p
is nearer than a segment form a convex set (half-planes, one for each point of the
segment, cut with each other), so p is nearer to the whole cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# A cell with at most so many segments is not divided, nor one of so few metres.
_FEW, _SMALL_M = 8, 20.0
# The first cell reaches so far from the origin of the plane: farther than the widest
# circle around a point of a hemisphere, whose stereographic image ends at 12,756 km.
_REACH_M = 20_000_000.0
# Distances that differ by less are equal but for rounding; in metres.
_ROUNDING_M = 1e-6
# Where a line lies on itself again and again, all of its layers are as near and no
# division helps: a tree that grows beyond this is given up.
_MOST_PAIRS, _MOST_IN_CELL = 2_000_000, 150
_CORNERS = np.array([[-1, -1], [1, -1], [-1, 1], [1, 1]], dtype=float)


@dataclass(frozen=True)
class Feet:
    """
    Points of the segments that are nearest to points asked about.

    Parameters
    ----------
    point
        Which point was asked about; more than one foot may be as near.
    segment
        The segment on which the foot lies.
    share
        Where the perpendicular meets the segment's straight: 0 is its start, 1 its
        end. Not clipped: below 0 and above 1 the foot is that end.
    distance
        Metres from the point to the foot.
    """

    point: Ints
    segment: Ints
    share: Floats
    distance: Floats

    def pick(self, rows: Ints) -> Feet:
        """Keep some of the feet, in the order of their row numbers."""
        return Feet(
            self.point[rows],
            self.segment[rows],
            self.share[rows],
            self.distance[rows],
        )


class Quadtree:
    """
    Segments of one plane by the cells in which they may be the nearest.

    Parameters
    ----------
    start, step
        (n, 2) each: where a segment begins and how it goes on, metres.

    Attributes
    ----------
    useful
        Whether it can be asked; not where too many segments lie on each other.
    """

    def __init__(self, start: Floats, step: Floats) -> None:
        self._start, self._step = start, step
        self._squared = np.einsum("ij,ij->i", step, step)
        # One array a coordinate: numpy picks from those several times faster.
        self._columns = [column.copy() for column in (*start.T, *step.T)]
        self.useful = self._grow()

    def feet(self, points: Floats) -> Feet:
        """
        Find the nearest points of the segments.

        Parameters
        ----------
        points
            (n, 2), n > 0, no more than 20,000 km east, west, north or south of the
            plane's origin.
        """
        x, y = points.T.copy()
        cell = self._cells_of(x, y)
        count = self._count[cell]
        begin = np.cumsum(count) - count
        point = np.repeat(np.arange(len(points)), count)
        within = np.arange(len(point)) - np.repeat(begin - self._first[cell], count)
        segment = self._segments[within]
        share, squared = self._from(x[point], y[point], segment)
        least = np.minimum.reduceat(squared, begin)
        near = np.flatnonzero(squared <= np.repeat(least, count) * (1 + 1e-12))
        distance = np.sqrt(squared[near])
        return Feet(point[near], segment[near], share[near], distance)

    def _from(self, x: Floats, y: Floats, segment: Ints) -> tuple[Floats, Floats]:
        """Measure from points to segments, pair by pair: share and squared distance."""
        start_x, start_y, step_x, step_y = (line[segment] for line in self._columns)
        x, y = x - start_x, y - start_y
        share = (x * step_x + y * step_y) / self._squared[segment]
        clipped = np.clip(share, 0, 1)
        x -= clipped * step_x
        y -= clipped * step_y
        return share, x * x + y * y

    def _cells_of(self, x: Floats, y: Floats) -> Ints:
        """Walk down to the cell of each point."""
        cell = np.zeros(len(x), dtype=np.int64)
        on_way = np.flatnonzero(self._child[cell] >= 0)
        while len(on_way):
            here = cell[on_way]
            right, up = x[on_way] > self._x[here], y[on_way] > self._y[here]
            cell[on_way] = self._child[here] + right + 2 * up
            on_way = on_way[self._child[cell[on_way]] >= 0]
        return cell

    def _grow(self) -> bool:
        """Divide the square, level by level, until few segments are left in a cell."""
        centres, half = np.zeros((1, 2)), _REACH_M
        cell = np.zeros(len(self._start), dtype=np.int64)
        segment = np.arange(len(self._start))
        levels: list[tuple[Floats, Ints, Ints, Ints]] = []
        total = 0
        while len(centres):
            if len(cell) > max(_MOST_PAIRS, 40 * len(self._start)):
                return False
            kept = self._candidates(centres, half, cell, segment)
            cell, segment = cell[kept], segment[kept]
            count = np.bincount(cell, minlength=len(centres))
            divided = (count > _FEW) & (half > _SMALL_M)
            total += len(centres)
            child = np.full(len(centres), -1)
            child[divided] = total + 4 * np.arange(divided.sum())
            final = ~divided[cell]
            levels.append((centres, child, np.where(divided, 0, count), segment[final]))
            half /= 2
            centres = (centres[divided][:, None] + half * _CORNERS).reshape(-1, 2)
            parent = (np.cumsum(divided) - 1)[cell[~final]]
            segment = np.repeat(segment[~final][None], 4, axis=0).ravel()
            cell = (4 * parent + np.arange(4)[:, None]).ravel()
            order = np.argsort(cell, kind="stable")
            cell, segment = cell[order], segment[order]
        centres, self._child, self._count, self._segments = (
            np.concatenate(column) for column in zip(*levels, strict=True)
        )
        self._x, self._y = centres.T.copy()
        self._first = np.cumsum(self._count) - self._count
        return bool(self._count.max() <= _MOST_IN_CELL)

    def _candidates(
        self, centres: Floats, half: float, cell: Ints, segment: Ints
    ) -> NDArray[np.bool_]:
        """Tell which pairs of cell (ascending) and segment must be kept."""
        corners = centres[:, None] + half * _CORNERS
        x, y = np.moveaxis(corners[cell], 2, 0)
        pairs = [self._from(x[:, k], y[:, k], segment) for k in range(4)]
        shares, squares = zip(*pairs, strict=True)
        squared = np.stack(squares, axis=1)
        begin = np.searchsorted(cell, np.arange(len(centres)))
        least = np.minimum.reduceat(squared, begin, axis=0)
        kept = np.ones(len(cell), dtype=bool)
        for k, share in enumerate(shares):
            # p is the nearest point of the line to the corner k.
            nearest = np.empty(len(centres), dtype=np.int64)
            hits = np.flatnonzero(squared[:, k] <= least[cell, k])
            nearest[cell[hits]] = hits
            there = segment[nearest]
            onward = np.clip(share[nearest], 0, 1)[:, None] * self._step[there]
            to_p = corners - (self._start[there] + onward)[:, None]
            reach = np.hypot(to_p[..., 0], to_p[..., 1]) + _ROUNDING_M
            kept &= ~np.all(squared > (reach * reach)[cell], axis=1)
        return kept
