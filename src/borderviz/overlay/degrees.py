"""One latitude or longitude as people write it: read where it can mean one thing only.

Decimal degrees with a point or a comma; degrees, minutes and seconds with their signs,
or apart with a letter or word for the hemisphere. What is more than a degree can be is
returned as it is: whether that are metres or swapped columns, the other number tells.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from borderviz.overlay.cells import is_missing, plain, simple, table
from borderviz.overlay_files.raw import Cell, Reason

_POINT = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.ASCII | re.I)
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
# As metres are written, and never degrees.
_THOUSANDS = re.compile(r"[+-]?\d{1,3}((,\d{3}){2,}(\.\d+)?|(,\d{3})+\.\d+)", re.ASCII)
# Signs that people take for each other; before the plain forms, which lose some.
_SIGNS = str.maketrans(
    dict.fromkeys("ºº˚", "°")
    | dict.fromkeys("′‘’ʹ´`＇", "'")
    | dict.fromkeys("″“”ʺ＂", '"')
    | dict.fromkeys("−–‒", "-")
)
_LONGEST = 60


@dataclass(frozen=True)
class Axis:
    """
    Which of two numbers is meant.

    Parameters
    ----------
    hemispheres
        The positive and the negative one: N and S, or E and W.
    limit
        The most degrees there are.
    heading
        The hemisphere that the column's heading names; empty if it names none.
    """

    hemispheres: str
    limit: int
    heading: str = ""

    def under(self, heading: str) -> Axis:
        """Return the axis for a column, with the hemisphere its heading names."""
        words = set(re.split(r"[\W_]+", simple(heading))) - {""}
        named = {_hemispheres()[word] for word in words & _hemispheres().keys()}
        # "Latitude (south coast)" names no hemisphere.
        if words - _hemispheres().keys() - _usual():
            return self
        named &= set(self.hemispheres)
        return Axis(
            self.hemispheres, self.limit, named.pop() if len(named) == 1 else ""
        )


LATITUDE, LONGITUDE = Axis("NS", 90), Axis("EW", 180)


@cache
def _hemispheres() -> dict[str, str]:
    """Map words for hemispheres to their letters."""
    named: dict[str, list[str]] = table("words")["hemispheres"]
    return {word: letter for letter, words in named.items() for word in words}


@cache
def _usual() -> frozenset[str]:
    """Collect the words of the usual headings of coordinates."""
    headings = table("headings")
    return frozenset(" ".join(headings["lat"] + headings["lon"]).split())


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Make the forms: with the sign of degrees, one number, and numbers apart."""
    degrees: dict[str, list[str]] = table("words")["degrees"]
    sign, minute, second = (any_of(degrees[k]) for k in ("degree", "minute", "second"))
    number, where = r"\d{1,3}(?:[.,]\d+)?", any_of(_hemispheres())
    start = rf"(?:(?P<before>{where})\.?)?\s*(?P<sign>[+-]?)\s*(?P<d>{number})"
    end = rf"\s*(?:(?P<after>{where})\.?)?"
    seconds = rf"(?:\s*(?P<s>{number})\s*(?:{second})?)?"
    # Seconds follow a sign for minutes: without one they would run into these.
    marked = rf"\s*(?:{sign})(?:\s*(?P<m>{number})\s*(?:(?:{minute}){seconds})?)?"
    gap = r"(?:\s*[:-]\s*|\s+)"
    apart = rf"{gap}(?P<m>{number})(?:{gap}(?P<s>{number}))?"
    bodies = (marked, "(?P<m>)(?P<s>)", apart)
    return tuple(re.compile(start + body + end, re.ASCII) for body in bodies)


def any_of(words: Iterable[str]) -> str:
    """Write a pattern for any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


def read_degrees(cell: Cell, axis: Axis) -> float | Reason | None:
    """
    Read a cell of latitudes or longitudes.

    Parameters
    ----------
    cell
        A number or a text.
    axis
        Which of the two, with what the heading says.

    Returns
    -------
    float, Reason or None
        Degrees, which may be beyond the limit; why it cannot be read; None for a cell
        that says nothing.

    Examples
    --------
    >>> read_degrees("37,5", LATITUDE), read_degrees("37°30′ S", LATITUDE)
    (37.5, -37.5)
    >>> read_degrees("37°30′", LATITUDE).key
    'row-degrees-hemisphere'
    """
    text = plain(cell)
    if len(text) > _LONGEST or isinstance(cell, bool):
        return Reason("row-degrees")
    number = plain_number(text)
    if number is None:
        if is_missing(text):
            return None
        text = simple(text.translate(_SIGNS)).strip()
        number = plain_number(text)
    if number is not None:
        south_or_west = axis.heading == axis.hemispheres[1] and number > 0
        return -number if south_or_west else number
    for form in _forms():
        match = form.fullmatch(text)
        if match:
            # A small s after seconds may say that they are seconds.
            if match["s"] and match["after"] == "s" and "S" not in plain(cell):
                return Reason("row-degrees")
            letters = match["before"], match["after"]
            parts = match["d"], match["m"], match["s"]
            return _composed(axis, letters, match["sign"], parts, form is _forms()[-1])
    return Reason("row-degrees")


def plain_number(text: str) -> float | None:
    """
    Read a plain number, with a point or a comma; None if it is none, or infinite.

    Examples
    --------
    >>> plain_number("37,95"), plain_number("1,234,567.8"), plain_number("1e999")
    (37.95, 1234567.8, None)
    """
    if _POINT.fullmatch(text):
        number = float(text)
    elif _COMMA.fullmatch(text):
        number = float(text.replace(",", "."))
    elif _THOUSANDS.fullmatch(text):
        number = float(text.replace(",", ""))
    else:
        return None
    return number if math.isfinite(number) else None


def _composed(
    axis: Axis,
    words: tuple[str | None, str | None],
    sign: str,
    written: tuple[str, str | None, str | None],
    needs_letter: bool,
) -> float | Reason:
    """Put degrees, minutes and seconds together, if they can mean one thing only."""
    letters = {_hemispheres()[word] for word in words if word}
    if letters - set(axis.hemispheres):
        return Reason("row-degrees-other", {"letters": "/".join(axis.hemispheres)})
    if len(letters) > 1 or all(words) or (letters and sign):
        return Reason("row-degrees-twice")
    parts = [part.replace(",", ".") for part in written if part]
    numbers = [float(part) for part in parts]
    if any("." in part for part in parts[:-1]):
        return Reason("row-degrees")
    if any(number >= 60 for number in numbers[1:]):
        return Reason("row-degrees-sixty")
    letter = letters.pop() if letters else "" if sign else axis.heading
    if not letter and (needs_letter or (len(parts) > 1 and not sign)):
        return Reason("row-degrees-hemisphere", {"letters": "/".join(axis.hemispheres)})
    size = sum(n / 60.0**power for power, n in enumerate(numbers))
    return -size if sign == "-" or letter == axis.hemispheres[1] else size
