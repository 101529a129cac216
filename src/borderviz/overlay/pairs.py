"""Latitude and longitude in one cell."""

from __future__ import annotations

from borderviz.overlay.cells import is_missing, plain
from borderviz.overlay.degrees import Axis, read_degrees
from borderviz.overlay_files.raw import Cell, Reason

# What parts two coordinates in one cell, the surest first.
_BETWEEN = (";", ", ", ",", "/", " ")


def read_pair(cell: Cell, axis: Axis, part: int) -> float | Reason | None:
    """
    Read one of the two coordinates in a cell.

    Parameters
    ----------
    cell
        Latitude and longitude, with a comma, a semicolon or a space between.
    axis, part
        Which of the two is wanted, and whether it stands first (0) or second (1).

    Examples
    --------
    >>> from borderviz.overlay.degrees import LATITUDE, LONGITUDE
    >>> read_pair("(37.9, 126.7)", LONGITUDE, 1), read_pair("37,9; 126,7", LATITUDE, 0)
    (126.7, 37.9)
    """
    text = plain(cell).strip("()[] ")
    if is_missing(text):
        return None
    for sign in _BETWEEN:
        parts = [piece.strip() for piece in text.split(sign)]
        if len(parts) == 2 and all(parts):
            return read_degrees(parts[part], axis)
    return Reason("row-pair")
