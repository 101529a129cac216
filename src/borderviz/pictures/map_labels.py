"""Place names that give way to each other, to symbols and to lines; larger ones first.

The rules are those of the page (`web/labels.js`), but stricter, for nobody can zoom in:
no name covers a symbol or another name, and none stands on the wrong side of a border.
It is left out instead.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.pictures.map_aside import inside, line_points
from borderviz.pictures.map_names import Name
from borderviz.pictures.map_options import options
from borderviz.pictures.map_projection import Box, Floats, Projection

FROM_ZOOM = {1: 5.5, 2: 7.0, 3: 8.5, 4: 9.5}
# From which zoom to which an area's name stands there. The third rank says from near on
# which side of a border one is.
AREA_ZOOM: dict[str, dict[int, tuple[float, float]]] = {
    "country": {1: (4, 8), 2: (3.5, 7), 3: (7.5, 15), 4: (7.5, 15)},
    "sea": {1: (5, 9.5), 2: (6.5, 9.5), 3: (7, 10), 4: (8, 11)},
    "river": {1: (6, 15), 2: (7.5, 15), 3: (8.5, 15), 4: (9.5, 15)},
}
MOVES = {
    "country": 70.0,
    "sea": 150.0,
    "river": 60.0,
}  # to keep an area's name in sight
MARGIN = 5.0  # between a name and the frame
ROOM = 24.0  # that a country's name keeps from a border
OFF_LINES = 6.0  # that any area's name keeps from a main line
STOPS_TO = 9.0  # the zoom up to which cities on routes are named
SPACING = {"country": 3.0}


def overlaps(a: Box, b: Box) -> bool:
    """Tell whether two boxes have more than an edge in common."""
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def within(a: Box, b: Box) -> bool:
    """Tell whether a box lies wholly inside another."""
    return a[0] >= b[0] and a[1] >= b[1] and a[2] <= b[2] and a[3] <= b[3]


def place_names(
    names: Sequence[Name],
    projection: Projection,
    mains: Sequence[Floats],
    symbols: Sequence[Box],
    quiet: Sequence[Floats],
    ground: BaseGeometry,
    width: Callable[[str, float, int], float],
) -> list[Name]:
    """
    Choose which names are written, and where.

    Parameters
    ----------
    names
        Those that may be.
    projection
        Zoom and frame decide what is wanted and what fits.
    mains
        The main lines: a place is named on its own side of them.
    symbols
        Boxes that stay free.
    quiet
        Coasts, circles, routes: names of areas keep off them if they can.
    ground
        The land: names of countries stand on it, those of seas beside it.
    width
        Measures words: text, size, weight.
    """
    room = _Room(projection, mains, list(symbols), quiet, ground)
    middle = projection.frame.middle

    def away(name: Name) -> float:
        return 0.0 if name.kind == "place" else math.dist(name.at, middle)

    found = [n for n in names if n.words and wanted(n, projection.zoom, room.lines)]
    found.sort(key=lambda n: (n.order, away(n)))
    seen: set[str] = set()
    placed: list[Name] = []
    for name in found:
        if name.words in seen:
            continue
        # An area that is named in several places is read where it reads best.
        alike = [n for n in found if n.words == name.words and n.kind == name.kind]
        tried = [name] if name.kind == "place" else alike
        across = width(name.words, name.size, name.weight) + 4
        across += SPACING.get(name.kind, 0.0) * len(name.words)
        best = room.best(tried, across)
        if best:
            placed.append(best)
            room.take(best)
            seen.add(name.words)
    return placed


class _Room:
    """What is free, and for whom it is good."""

    def __init__(
        self,
        projection: Projection,
        mains: Sequence[Floats],
        taken: list[Box],
        quiet: Sequence[Floats],
        ground: BaseGeometry,
    ) -> None:
        left, top, right, bottom = projection.frame.box
        self.view = (left + MARGIN, top + MARGIN, right - MARGIN, bottom - MARGIN)
        self.lines, self.soft = line_points(mains), line_points(quiet)
        self.walls = shapely.MultiLineString([run for run in mains if len(run) > 1])
        shapely.prepare(self.walls)
        self.taken, self.words = taken, list[Box]()
        self.land = [part for part in shapely.get_parts(ground) if not part.is_empty]
        shapely.prepare(self.land)

    def take(self, name: Name) -> None:
        """Note where a name stands, and its dot."""
        gap = 0.0 if name.kind == "place" else 8.0
        left, top, right, bottom = name.box
        self.words.append(name.box)
        self.taken.append((left - gap, top, right + gap, bottom))
        if name.kind == "place":
            self.taken.append(name.dot)

    def best(self, names: Sequence[Name], across: float) -> Name | None:
        """Choose the place of a name among those where it may stand."""
        found: list[tuple[tuple[int, ...], int, Name]] = []
        for number, name in enumerate(names):
            if name.kind == "place" and not self._dot_fits(name):
                continue
            for side, box in options(name, across, name.size + 4, self.view):
                if self._is_free(name, box):
                    placed = replace(name, place=side, box=box)
                    found.append((self._cost(name, box), number, placed))
        return min(found, key=lambda row: row[:2])[2] if found else None

    def _is_free(self, name: Name, box: Box) -> bool:
        if not within(box, self.view) or any(overlaps(box, b) for b in self.taken):
            return False
        if name.kind != "place":
            return not len(inside(self.lines, grown(box, OFF_LINES)))
        may_cross = name.capital or name.rank == 1
        is_beside = may_cross or not len(inside(self.lines, box))
        return is_beside and self._same_side(name, box)

    def _cost(self, name: Name, box: Box) -> tuple[int, ...]:
        """Say what is bad about a place: the first number counts most."""
        crossing = int(bool(len(inside(self.lines, box))))
        if name.kind == "place":
            return (crossing,)
        busy = int(bool(len(inside(self.soft, grown(box, 2)))))
        wrong = {"country": 3 - self._on_land(box), "sea": self._on_land(box)}
        return crossing, wrong.get(name.kind, 0), busy

    def _on_land(self, box: Box) -> int:
        """Count on how many of three points of the words there is land."""
        y = (box[1] + box[3]) / 2
        points = [shapely.Point(x, y) for x in (box[0], (box[0] + box[2]) / 2, box[2])]
        return sum(bool(shapely.contains(self.land, p).any()) for p in points)

    def _dot_fits(self, name: Name) -> bool:
        """Tell whether a place's dot is in sight, and under no words."""
        is_under = any(overlaps(name.dot, box) for box in self.words)
        return within(name.dot, self.view) and not is_under

    def _same_side(self, name: Name, box: Box) -> bool:
        """Tell whether words stand on the side of the main lines where they belong."""
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        return not shapely.intersects(self.walls, shapely.LineString([name.at, middle]))


def grown(box: Box, by: float) -> Box:
    """Return a box that is wider and higher on every side."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def wanted(name: Name, zoom: float, lines: Floats) -> bool:
    """Tell whether a name belongs on a map of this zoom."""
    if name.is_stop:
        return zoom < STOPS_TO
    if name.kind == "place":
        return zoom >= FROM_ZOOM[name.rank] - (1 if name.capital else 0)
    low, high = AREA_ZOOM[name.kind][name.rank]
    if not low <= zoom <= high:
        return False
    if name.kind != "country" or not name.is_near:
        return True
    x, y = name.at
    return not len(inside(lines, (x - ROOM, y - ROOM, x + ROOM, y + ROOM)))
