"""Symbols stand beside the main lines, not on them: where each may stand.

The same idea as on the page (`web/aside.js`): a symbol that would hide a line moves off
it, to where it costs least, and a hair line leads back to the true place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from borderviz.pictures.map_groups import Heap
from borderviz.pictures.map_projection import Box, Floats, Frame

Point = tuple[float, float]
NEAR = 9.5  # from this zoom on a single symbol stays on its spot
_STEP = 6.0  # design units between the points that stand for a line
_CLEAR = 4.0  # between a symbol and the middle of a line
_REACHES = (7.0, 13.0, 21.0, 31.0)
_TURNS = 20
_EDGE = 2.0  # between a symbol and the frame


class Taken(NamedTuple):
    """A disc where something stands already, and the place that it means."""

    spot: Point
    at: Point
    radius: float


def line_points(runs: Sequence[Floats]) -> Floats:
    """
    Stand points on the main lines, close to each other.

    Parameters
    ----------
    runs
        Lines on the picture: arrays of (x, y).
    """
    found = [np.empty((0, 2))]
    for run in runs:
        if len(run) < 2:
            continue
        lengths = np.hypot(*np.diff(run, axis=0).T)
        along = np.concatenate(([0.0], np.cumsum(lengths)))
        steps = np.arange(0.0, along[-1] + _STEP, _STEP)
        found.append(
            np.column_stack([np.interp(steps, along, run[:, i]) for i in (0, 1)])
        )
    return np.vstack(found)


def inside(points: Floats, box: Box) -> Floats:
    """Choose the points within a box: left, top, right, bottom."""
    x, y = points[:, 0], points[:, 1]
    left, top, right, bottom = box
    return points[(x >= left) & (x <= right) & (y >= top) & (y <= bottom)]


def spread(
    heaps: Sequence[Heap],
    zoom: float,
    lines: Floats,
    taken: Sequence[Taken],
    frame: Frame,
) -> list[Heap]:
    """
    Say where each heap stands: at its own place, or beside a line that it would hide.

    Parameters
    ----------
    heaps
        What is to be placed; their `spot` is set.
    zoom
        From near single symbols stay where they are.
    lines
        Points of the main lines; see `line_points`.
    taken
        What stands already: the selected record, the map's corners.
    frame
        Nothing leaves it.

    Returns
    -------
    list of Heap
        Places first, then the others, the largest first.
    """

    def is_fixed(heap: Heap) -> bool:
        return not heap.is_group and (heap.marks[0].is_place or zoom >= NEAR)

    discs = list(taken)
    fixed = [heap for heap in heaps if is_fixed(heap)]
    rest = [heap for heap in heaps if not is_fixed(heap)]
    rest.sort(key=lambda heap: (-len(heap.marks), heap.at[0], heap.at[1]))
    for heap in [*fixed, *rest]:
        held = frame.clamped(*heap.at, inset=heap.radius + _EDGE)
        spot = held if is_fixed(heap) else _spot(heap, held, discs, heaps, lines, frame)
        heap.spot = None if math.dist(spot, heap.at) < 0.5 else spot
        discs.append(Taken(heap.where, heap.at, heap.radius))
    return [*fixed, *rest]


def _spot(
    heap: Heap,
    held: Point,
    discs: Sequence[Taken],
    heaps: Sequence[Heap],
    lines: Floats,
    frame: Frame,
) -> Point:
    at, radius = held, heap.radius
    reach = 2 * radius + 50
    near = inside(lines, (at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach))
    others = [disc for disc in discs if math.dist(disc.spot, at) < 100]
    crowd = [
        other.at
        for other in heaps
        if other is not heap and math.dist(other.at, at) < 70
    ]

    def cost(spot: Point) -> float:
        total = 6 * max(0.0, radius + _CLEAR - _nearest(spot, near)[1])
        for other in others:
            touch = radius + other.radius + 1 - math.dist(spot, other.spot)
            total += 6 * max(0.0, touch)
            if spot != at and off(other.spot, at, spot) < other.radius:
                total += 25
            if other.spot != other.at and off(spot, other.at, other.spot) < radius:
                total += 25
        return total

    stay = cost(held)
    if stay < 6:
        return held
    foot, gap = _nearest(at, near)
    middle = foot if gap < radius + _CLEAR else at
    best, least = held, stay + 12
    for far in _REACHES:
        for turn in range(_TURNS):
            angle = 2 * math.pi * turn / _TURNS
            spot = (
                middle[0] + math.cos(angle) * (radius + far),
                middle[1] + math.sin(angle) * (radius + far),
            )
            if not frame.holds(*spot, inset=radius + _EDGE):
                continue
            total = math.dist(spot, at) + cost(spot)
            total += sum(max(0.0, 40 - math.dist(o, spot)) / 5 for o in crowd)
            if total < least:
                best, least = spot, total
    return best


def _nearest(at: Point, points: Floats) -> tuple[Point, float]:
    if not len(points):
        return at, math.inf
    away = np.hypot(points[:, 0] - at[0], points[:, 1] - at[1])
    n = int(away.argmin())
    return (float(points[n, 0]), float(points[n, 1])), float(away[n])


def off(point: Point, a: Point, b: Point) -> float:
    """
    Measure how far a point lies from a stroke between two others.

    Examples
    --------
    >>> off((1, 1), (0, 0), (4, 0)), off((7, 4), (0, 0), (4, 0))
    (1.0, 5.0)
    """
    across, down = b[0] - a[0], b[1] - a[1]
    length = across * across + down * down
    share = (
        ((point[0] - a[0]) * across + (point[1] - a[1]) * down) / length
        if length
        else 0
    )
    share = min(1.0, max(0.0, share))
    return math.dist(point, (a[0] + share * across, a[1] + share * down))
