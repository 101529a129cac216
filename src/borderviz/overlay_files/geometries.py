"""Geometries as GeoJSON and KML write them, counted and checked before they are made.

A point costs two numbers in an array; all else becomes an object of shapely, for which
nothing but whole, finite numbers within the limits is good enough.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from borderviz.errors import BorderVizError
from borderviz.overlay_files.clean import told
from borderviz.overlay_files.limits import DEPTH, VERTICES, refuse_more
from borderviz.overlay_files.raw import Reason
from borderviz.overlay_files.shapes import Settled, settle

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Position = tuple[float, float]
_LEAST_OF_LINE, _LEAST_OF_RING = 2, 4


class BadGeometryError(BorderVizError):
    """A geometry that cannot be made; caught where they are gathered."""

    def __init__(self, found: object, *, why: str) -> None:
        self.reason, self.found = Reason(f"file-{why}"), told(found)
        super().__init__(why)


class Geometries:
    """Geometries gathered row by row; a row without one keeps its place."""

    def __init__(self) -> None:
        self._xs, self._ys = array("d"), array("d")
        self._others: dict[int, BaseGeometry] = {}
        self._bad: dict[int, tuple[str, Reason]] = {}
        self._closed: list[int] = []
        self._heights = self._vertices = 0
        self._has_height = self._was_closed = False
        self._makers: dict[str, Callable[[Any], BaseGeometry]] = {
            "Point": lambda value: shapely.Point(self._position(value)),
            "MultiPoint": lambda value: shapely.MultiPoint(self._positions(value, 1)),
            "LineString": self._line,
            "MultiLineString": lambda value: shapely.MultiLineString(
                [self._line(part) for part in value]
            ),
            "Polygon": self._polygon,
            "MultiPolygon": lambda value: shapely.MultiPolygon(
                [self._polygon(part) for part in value]
            ),
        }

    def add(self, geometry: Any) -> None:
        """
        Enter the geometry of the next row.

        Parameters
        ----------
        geometry
            An object of GeoJSON; None, or one without coordinates, is no geometry.

        Raises
        ------
        RefusedFileError
            If the file has too many vertices, or geometries too deep in one another.
        """
        self._has_height = self._was_closed = False
        point = (math.nan, math.nan)
        at = len(self._xs)
        try:
            if geometry is not None:
                if _kind(geometry) == "Point":
                    if geometry.get("coordinates") != []:
                        point = self._position(geometry.get("coordinates"))
                elif (shape := self._shape(geometry, 1)) is not None:
                    self._others[at] = shape
        except BadGeometryError as error:
            self._bad[at] = error.found, error.reason
        self._xs.append(point[0])
        self._ys.append(point[1])
        self._heights += self._has_height
        if self._was_closed:
            self._closed.append(at)

    def settled(self, crs: str) -> Settled:
        """Make them fit for the map; see `settle`."""
        xs, ys = np.array(self._xs), np.array(self._ys)
        shapes = np.full(len(xs), None, dtype=object)
        is_point = ~np.isnan(xs)
        shapes[is_point] = shapely.points(xs[is_point], ys[is_point])
        for at, shape in self._others.items():
            shapes[at] = shape
        return settle(
            shapes, self._bad, crs=crs, closed=self._closed, heights=self._heights
        )

    def _position(self, value: Any) -> Position:
        self._vertices += 1
        refuse_more(self._vertices, VERTICES, "vertices")
        if type(value) is not list or len(value) < 2:
            raise BadGeometryError(value, why="no-numbers")
        x, y = value[0], value[1]
        if type(x) not in (int, float) or type(y) not in (int, float):
            raise BadGeometryError(value, why="no-numbers")
        if len(value) > 2:
            self._has_height = True
        try:
            if math.isfinite(x) and math.isfinite(y):
                return float(x), float(y)
        except OverflowError:  # an integer of hundreds of digits
            pass
        raise BadGeometryError(value[:2], why="no-numbers")

    def _positions(self, value: Any, least: int) -> list[Position]:
        if type(value) is not list:
            raise BadGeometryError(value, why="no-numbers")
        # All of them at once: a line over the limit is not even walked.
        refuse_more(self._vertices + len(value), VERTICES, "vertices")
        found = [self._position(position) for position in value]
        if len(found) < least:
            raise BadGeometryError(value, why="short")
        return found

    def _line(self, value: Any) -> shapely.LineString:
        return shapely.LineString(self._positions(value, _LEAST_OF_LINE))

    def _polygon(self, value: Any) -> shapely.Polygon:
        if type(value) is not list or not value:
            raise BadGeometryError(value, why="no-numbers")
        rings = []
        for ring in value:
            positions = self._positions(ring, _LEAST_OF_RING - 1)
            if positions[0] != positions[-1]:
                positions.append(positions[0])
                self._was_closed = True
            if len(positions) < _LEAST_OF_RING:
                raise BadGeometryError(ring, why="short")
            rings.append(positions)
        return shapely.Polygon(rings[0], rings[1:])

    def _shape(self, geometry: Any, depth: int) -> BaseGeometry | None:
        """Make a geometry that is no point; None if it has no coordinates."""
        refuse_more(depth, DEPTH, "depth")
        kind = _kind(geometry)
        if kind == "GeometryCollection":
            parts = _parts(geometry.get("geometries"))
            made = [self._shape(part, depth + 1) for part in parts]
            return _collected([shape for shape in made if shape is not None])
        make = self._makers.get(kind) if isinstance(kind, str) else None
        if make is None:
            raise BadGeometryError(kind, why="geometry")
        parts = _parts(geometry.get("coordinates"))
        return make(parts) if parts else None


def _kind(geometry: Any) -> Any:
    if not isinstance(geometry, dict):
        raise BadGeometryError(geometry, why="geometry")
    return geometry.get("type")


def _parts(value: Any) -> list[Any]:
    if value is None:
        return []
    if type(value) is not list:
        raise BadGeometryError(value, why="no-numbers")
    return value


def _collected(shapes: list[BaseGeometry]) -> BaseGeometry | None:
    """Put shapes into one; a collection of one is that one."""
    if len(shapes) < 2:
        return shapes[0] if shapes else None
    return shapely.GeometryCollection(shapes)
