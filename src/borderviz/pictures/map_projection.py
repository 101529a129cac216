"""From degrees to a picture: a conformal projection centred on the middle of the map.

It is the stereographic one, at the place itself and not at the pole. Angles are true
everywhere; north is straight up and the scale exact at the middle, and changes with the
distance from it alone. No latitude is special: unlike a cone or a cylinder it works the
same at the equator and near a pole.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]
# What a pixel of a web map is at zoom 0 on the equator, and the radius of its sphere.
ZOOM_0_M = 156_543.033928
_RADIUS_M = 6_371_000.0
# Straight strokes of coarse geometry are bent at least so often: a degree.
_STEP_DEG = 1.0
_MARGIN = 0.06  # of the frame: what is clipped beyond it, so that no cut is seen


@dataclass(frozen=True)
class Frame:
    """The map's rectangle on the picture, in design units; y runs down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom

    def holds(self, x: float, y: float, inset: float = 0.0) -> bool:
        """Tell whether a point lies inside, at least so far from the edge."""
        return (
            self.left + inset <= x <= self.right - inset
            and self.top + inset <= y <= self.bottom - inset
        )

    def clamped(self, x: float, y: float, inset: float) -> tuple[float, float]:
        """Move a point inside, at least so far from the edge."""
        return (
            min(max(x, self.left + inset), self.right - inset),
            min(max(y, self.top + inset), self.bottom - inset),
        )


@dataclass(frozen=True)
class Projection:
    """
    Where on the picture a place is.

    Parameters
    ----------
    lat, lon
        What stands in the middle of the frame, in degrees.
    unit_m
        Metres of ground per design unit, at the middle.
    frame
        The map's rectangle.
    """

    lat: float
    lon: float
    unit_m: float
    frame: Frame

    @cached_property
    def _transformer(self) -> Transformer:
        plane = CRS.from_proj4(
            f"+proj=stere +lat_0={self.lat!r} +lon_0={self.lon!r} +k=1 "
            "+ellps=WGS84 +units=m +no_defs"
        )
        return Transformer.from_crs("EPSG:4326", plane, always_xy=True)

    @property
    def zoom(self) -> float:
        """The zoom at which a web map shows the middle at this scale."""
        narrowing = math.cos(math.radians(self.lat))
        return math.log2(ZOOM_0_M * narrowing / self.unit_m)

    def points(self, lonlat: Floats) -> Floats:
        """Project n places, (lon, lat) by row, to (x, y) in design units."""
        if not len(lonlat):
            return np.empty((0, 2))
        x, y = self._transformer.transform(lonlat[:, 0], lonlat[:, 1])
        across, down = self.frame.middle
        return np.column_stack(
            (across + np.asarray(x) / self.unit_m, down - np.asarray(y) / self.unit_m)
        )

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Project one place."""
        x, y = self.points(np.array([[lon, lat]]))[0]
        return float(x), float(y)

    def places(self, xy: Floats) -> Floats:
        """Find the (lon, lat) of n points of the picture."""
        across, down = self.frame.middle
        lon, lat = self._transformer.transform(
            (xy[:, 0] - across) * self.unit_m,
            (down - xy[:, 1]) * self.unit_m,
            direction="INVERSE",
        )
        return np.column_stack((lon, lat))

    @cached_property
    def degrees(self) -> Box:
        """West, south, east, north of what the frame shows, and a little more."""
        frame = self.frame
        across = np.linspace(-_MARGIN, 1 + _MARGIN, 25)
        down = np.full_like(across, -_MARGIN)
        sides = [(across, down), (across, 1 - down), (down, across), (1 - down, across)]
        xy = np.vstack(
            [
                np.column_stack(
                    (frame.left + u * frame.width, frame.top + v * frame.height)
                )
                for u, v in sides
            ]
        )
        lonlat = self.places(xy)
        turn = (lonlat[:, 0] - self.lon + 180) % 360 - 180
        west, east = self.lon + turn.min(), self.lon + turn.max()
        south, north = float(lonlat[:, 1].min()), float(lonlat[:, 1].max())
        poles = [self._shows_pole(-90), self._shows_pole(90)]
        if any(poles):
            west, east = -180.0, 180.0
        return (
            max(float(west), -180.0),
            -90.0 if poles[0] else south,
            min(float(east), 180.0),
            90.0 if poles[1] else north,
        )

    def _shows_pole(self, lat: float) -> bool:
        if abs(lat - self.lat) > 120:
            return False
        return self.frame.holds(*self.point(0, lat), inset=-_MARGIN * self.frame.width)

    def shape(self, shape: BaseGeometry, *, tolerance: float = 0.0) -> BaseGeometry:
        """
        Clip a shape to the view, bend its long strokes, project and thin it out.

        Parameters
        ----------
        shape
            EPSG:4326, (lon, lat).
        tolerance
            How far a vertex may lie from the line to be left out, in design units.
        """
        kept = shapely.clip_by_rect(shape, *self.degrees)
        if kept.is_empty:
            return kept
        drawn = shapely.transform(shapely.segmentize(kept, _STEP_DEG), self.points)
        return (
            drawn.simplify(tolerance, preserve_topology=False) if tolerance else drawn
        )

    def scale_at(self, x: float, y: float) -> float:
        """Tell by how much the scale at a point is larger than at the middle."""
        across, down = self.frame.middle
        away = math.hypot(x - across, y - down) * self.unit_m / (2 * _RADIUS_M)
        return 1 + away * away

    @property
    def most_scale(self) -> float:
        """The scale at the corners, as a multiple of that in the middle."""
        return self.scale_at(self.frame.left, self.frame.top)

    def radius(self, km: float, at: tuple[float, float]) -> float:
        """Turn a short distance at a point of the picture into design units."""
        return km * 1000 / self.unit_m * self.scale_at(*at)
