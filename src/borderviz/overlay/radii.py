"""How exactly a place is known, as people write it: in kilometres, or as they say."""

from __future__ import annotations

import re
from functools import cache

from borderviz.overlay.cells import is_missing, plain, simple, table
from borderviz.overlay.degrees import any_of, plain_number
from borderviz.overlay_files.raw import Cell, Reason
from borderviz.spelling import fold

# Half of the way around the earth: a circle cannot be larger.
MOST_KM = 20_040.0
_LONGEST = 60
_UNITS = ("metres", "kilometres")
_OPEN = re.compile(r"\d{1,3},\d{3}", re.ASCII)


def km_of_one(heading: str) -> float:
    """
    Tell how many kilometres the unit has that a heading names; a kilometre by default.

    Examples
    --------
    >>> km_of_one("Radius (m)"), km_of_one("uncertaintyInMeters"), km_of_one("Radius")
    (0.001, 0.001, 1.0)
    """
    words = fold(heading, hyphen=" ").split()
    metres, kilometres = ([fold(u) for u in table("words")["units"][k]] for k in _UNITS)
    if set(words) & set(kilometres) or not words:
        return 1.0
    # Names of fields run their words together; a single letter says nothing there.
    long = tuple(unit for unit in metres if len(unit) > 1)
    if set(words) & set(metres):
        return 0.001
    is_joined = words[-1].endswith(long) and not words[-1].endswith(tuple(kilometres))
    return 0.001 if is_joined else 1.0


@cache
def _pattern() -> re.Pattern[str]:
    units = table("words")["units"]
    m, km = (any_of(map(str.lower, units[key])) for key in _UNITS)
    return re.compile(rf"([^a-z]*?)\s*(?:(?P<km>{km})|(?P<m>{m}))\.?")


def read_radius(cell: Cell, km_of_one: float) -> float | Reason | None:
    """
    Read a cell of radii.

    Parameters
    ----------
    cell
        A number, or a text of one with or without its unit.
    km_of_one
        How many kilometres a number without a unit counts.

    Returns
    -------
    float, Reason or None
        Kilometres; why it cannot be read; None for a cell that says nothing.

    Examples
    --------
    >>> read_radius("2,5", 1.0), read_radius("500 m", 1.0), read_radius("-1", 1.0).key
    (2.5, 0.5, 'row-radius')
    """
    text = plain(cell)
    if is_missing(text):
        return None
    if len(text) > _LONGEST or isinstance(cell, bool):
        return Reason("row-radius")
    if match := _pattern().fullmatch(simple(text)):
        text, km_of_one = match[1].strip(), 0.001 if match["m"] else 1.0
    # A comma before three digits may be a decimal one, or part thousands.
    number = None if _OPEN.fullmatch(text) else plain_number(text)
    if number is None or not 0 <= number * km_of_one <= MOST_KM:
        return Reason("row-radius")
    return number * km_of_one
