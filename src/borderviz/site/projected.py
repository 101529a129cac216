"""The frame of a small map: from degrees to its units, by Mercator's projection."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely.geometry import box as box_of
from shapely.geometry.base import BaseGeometry

from borderviz.geometry import LonLat

WIDE, HIGH = 420, 236
KM_PER_DEGREE = 111.32
# Beyond this the projection runs away.
FARTHEST = 84.0


def mercator(lat: float) -> float:
    """
    Project a latitude, in degrees as long as those of longitude.

    Examples
    --------
    >>> round(mercator(0), 6), round(mercator(45), 3)
    (0.0, 50.499)
    """
    lat = max(-FARTHEST, min(FARTHEST, lat))
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def latitude(y: float) -> float:
    """
    Return the latitude of a projected one.

    Examples
    --------
    >>> round(latitude(mercator(38.5)), 6)
    38.5
    """
    return math.degrees(math.atan(math.sinh(math.radians(y))))


@dataclass(frozen=True)
class Frame:
    """
    What part of the world a drawing shows.

    Parameters
    ----------
    lon, y
        Its middle: degrees of longitude, and projected latitude.
    scale
        Units of the drawing for a degree of longitude.
    """

    lon: float
    y: float
    scale: float

    @classmethod
    def around(cls, position: LonLat, degrees: float) -> Frame:
        """Show at least so many degrees of latitude to each side of a position."""
        lon, lat = position
        tall = mercator(lat + degrees) - mercator(lat - degrees)
        return cls(lon, mercator(lat), HIGH / tall)

    @classmethod
    def of(cls, bounds: tuple[float, ...], least: float) -> Frame:
        """Show a box of degrees with some room, and at least so many degrees."""
        west, south, east, north = bounds
        low, high = mercator(south), mercator(north)
        tall = max(high - low, least) * 1.3
        wide = max(east - west, least) * 1.2
        scale = min(HIGH / tall, WIDE / wide)
        return cls((west + east) / 2, (low + high) / 2, scale)

    def at(self, position: LonLat) -> tuple[float, float]:
        """Return where a position is in the drawing."""
        lon, lat = position
        x = WIDE / 2 + (lon - self.lon) * self.scale
        return x, HIGH / 2 - (mercator(lat) - self.y) * self.scale

    @cached_property
    def box(self) -> BaseGeometry:
        """What is shown, in degrees, with a margin for strokes to end in."""
        across, down = (
            (side / 2 + 6) / self.scale for side in (float(WIDE), float(HIGH))
        )
        return box_of(
            self.lon - across,
            latitude(self.y - down),
            self.lon + across,
            latitude(self.y + down),
        )

    @property
    def km_per_unit(self) -> float:
        """How many kilometres a unit of the drawing is, at its middle."""
        return KM_PER_DEGREE * math.cos(math.radians(latitude(self.y))) / self.scale


def path_data(shape: BaseGeometry, frame: Frame) -> str:
    """
    Write a shape as the data of a path, in whole units, strokes too short left out.

    Parameters
    ----------
    shape
        Lines or areas in degrees, cut to the frame.
    frame
        What is shown.
    """
    parts = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            rings = [part.exterior, *part.interiors]
            parts += [f"{_stroke(ring, frame)}Z" for ring in rings]
        elif part.geom_type in ("LineString", "LinearRing"):
            parts.append(_stroke(part, frame))
    return "".join(part for part in parts if part.count(" ") > 1)


def _stroke(line: BaseGeometry, frame: Frame) -> str:
    points: list[str] = []
    for lon, lat in shapely.get_coordinates(line):
        x, y = frame.at((float(lon), float(lat)))
        point = f"{x:.1f} {y:.1f}".replace(".0", "")
        if not points or point != points[-1]:
            points.append(point)
    return f"M{'L'.join(points)}" if len(points) > 1 else ""
