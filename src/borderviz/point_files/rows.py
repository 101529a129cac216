"""Rows with coordinates, gathered one by one, and what can be wrong with one."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from borderviz.errors import BorderVizError, Problem, shortened
from borderviz.faults import Fault
from borderviz.linear.geodesy import Floats

MOST_TOLD = 20
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_WITH_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
# Signs of degrees, minutes and seconds, a colon between two numbers, or a letter for a
# direction at either end.
_DEGREES = re.compile(r"[°º˚'′’\"″”]|\d:\d|^\s*[NSEW]\s*\d|\d\s*[NSEW]\s*$", re.I)


class BadRowError(BorderVizError):
    """A row without a usable point; caught where rows are gathered."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.field)


class Rows:
    """
    Points gathered row by row; a bad row keeps its place and has no coordinates.

    Attributes
    ----------
    bad_count
        How many rows have no point that can be used.
    problems
        The first of them, with the reason.
    """

    def __init__(self, file: Path, noun: str) -> None:
        self._file, self._noun = file.name, noun
        self.bad_count = 0
        self.problems: list[Problem] = []
        self._numbers = array("q")
        self._lons, self._lats, self._radii = array("d"), array("d"), array("d")

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def lons(self) -> Floats:
        """Longitudes, EPSG:4326; NaN for a bad row."""
        return np.array(self._lons)

    @property
    def lats(self) -> Floats:
        """Latitudes, EPSG:4326; NaN for a bad row."""
        return np.array(self._lats)

    @property
    def radii_km(self) -> Floats:
        """Radius of uncertainty; NaN where none is given."""
        return np.array(self._radii)

    def add(self, number: int, lon: float, lat: float, radius_km: float) -> None:
        """
        Enter a point.

        Raises
        ------
        BadRowError
            If it is not on the earth, or its radius is negative.
        """
        if abs(lat) > 90 and abs(lat) <= 180 and abs(lon) <= 90:
            cure = "Latitude and longitude look swapped: exchange them."
            raise BadRowError(Fault("latitude", lat, "-90 to 90", cure))
        for name, value, limit in (("latitude", lat, 90), ("longitude", lon, 180)):
            if not abs(value) <= limit:
                allowed = f"decimal degrees from -{limit} to {limit}"
                cure = "Mend the number, or reproject the file."
                raise BadRowError(Fault(name, value, allowed, cure))
        if radius_km < 0 or math.isinf(radius_km):
            allowed = "a number of km, 0 or more"
            fault = Fault("uncertainty", radius_km, allowed, "Mend the number.")
            raise BadRowError(fault)
        self._enter(number, lon, lat, radius_km)

    def add_bad(self, number: int, fault: Fault) -> None:
        """Enter a row that has no point, and why."""
        self._enter(number, *[float("nan")] * 3)
        self._tell(number, fault)

    def tell_far(self, unlocated: Iterable[int]) -> None:
        """Tell of points, by position, that are too far from every line."""
        for index in unlocated:
            there = f"{self._lats[index]:g}, {self._lons[index]:g}"
            allowed = "a point on the same half of the earth as a border"
            fault = Fault("", there, allowed, "Look whether the signs are right.")
            self._tell(self._numbers[index], fault)

    def _enter(self, number: int, lon: float, lat: float, radius_km: float) -> None:
        self._numbers.append(number)
        self._lons.append(lon)
        self._lats.append(lat)
        self._radii.append(radius_km)

    def _tell(self, number: int, fault: Fault) -> None:
        self.bad_count += 1
        if self.bad_count <= MOST_TOLD:
            where = self._file, f"{self._noun} {number}", fault.field
            told = str(fault.found), fault.allowed, fault.cure
            self.problems.append(Problem(*where, *told))


def number_in(text: str, field: str, *, comma: bool = False) -> float:
    """
    Read a decimal number.

    Parameters
    ----------
    text
        What stands in the cell.
    field
        Name of the column, for the message.
    comma
        Whether a comma may stand for the decimal point.

    Raises
    ------
    BadRowError
        If it is empty, written in degrees and minutes, or not a number.

    Examples
    --------
    >>> number_in(" -3.5", "lat"), number_in("37,8", "lat", comma=True)
    (-3.5, 37.8)
    """
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return float(text)
    if not text:
        raise BadRowError(Fault(field, "nothing", "a decimal number", "Fill it in."))
    if _WITH_COMMA.fullmatch(text):
        if comma:
            return float(text.replace(",", "."))
        cure = "Write a decimal point."
    elif _DEGREES.search(text):
        cure = "Add minutes / 60 and seconds / 3600 to the degrees; south and west are "
        cure += "negative."
    else:
        cure = "Mend the number."
    raise BadRowError(
        Fault(field, shortened(text), "a decimal number, such as 37.95", cure)
    )


def radius_in(value: object, field: str, *, comma: bool = False) -> float:
    """Read a radius that may be missing (NaN), a number or a number in a text."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return float("nan")
    if isinstance(value, str):
        return number_in(value, field, comma=comma)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadRowError(
            Fault(field, shortened(value), "a number of km, or nothing", "Mend it.")
        )
    return float(value)
