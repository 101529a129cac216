"""One date as people write it: read as exactly as it is written, and never guessed.

Where day and month could change places, both readings are returned: the column they
stand in, or the reader, decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from borderviz.dates import PartialDate
from borderviz.overlay.cells import is_missing, plain, simple, table
from borderviz.overlay.degrees import any_of
from borderviz.overlay_files.raw import Cell, Reason

_LONGEST = 60
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*([-/.])\s*(\d{1,2})(?:\s*\2\s*(\d{1,2}))?(\s*\.)?", re.ASCII
)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})\.?", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/]\s*(\d{4})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(\.\d+)?", re.ASCII)
_SHORT = re.compile(r"\d{1,2}[-/. ]+(\d{1,2}|[^\W\d_]+)[-/. ]+'?\d{2}", re.ASCII)
_BEYOND = re.compile(r"0000([-/.].*)?|-\d{1,6}([-/.].*)?|\d{5,6}[-/.]\d.*", re.ASCII)
_CLOCK = r"\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*([ap]\.?m\.?)?"
_ZONE = r"(z|utc|gmt|[+-]\d{2}:?\d{2})?"


@dataclass(frozen=True)
class Read:
    """
    What a text may mean.

    Parameters
    ----------
    text
        A partial date in ISO form; the day comes first where `other` is not empty.
    other
        The same with day and month exchanged, if that is a date, too.
    order
        `day` or `month`, where the text tells which of them comes first.
    is_cut
        Whether the text may say more than was read: 2024.1 may be October.
    """

    text: str
    other: str = ""
    order: Literal["", "day", "month"] = ""
    is_cut: bool = False


@cache
def _months() -> dict[str, int]:
    """Map names of months to their numbers."""
    listed: list[list[str]] = table("words")["dates"]["months"]
    return {name: n for n, names in enumerate(listed, 1) for name in names}


@cache
def _named() -> tuple[re.Pattern[str], ...]:
    """Make the forms with words: for the year, the month and the day, or a month."""
    words = table("words")["dates"]
    year, month, day = (any_of(words[key]) for key in ("year", "month", "day"))
    name = rf"(?P<name>{any_of(_months())})\.?"
    y, d = r"(?P<y>\d{4})", r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.)?"
    gap = r"(?:\s*[-/,]\s*|\s+)"
    units = (
        rf"{y}\s*(?:{year})(?:\s*(?P<m>\d{{1,2}})\s*(?:{month})"
        rf"(?:\s*(?P<d>\d{{1,2}})\s*(?:{day}))?)?"
    )
    forms = (
        units,
        rf"(?:{d}{gap}(?:of\s+|de\s+)?)?{name}{gap}(?:of\s+|de\s+)?{y}",
        rf"{name}\s+{d}{gap}{y}",
        rf"{y}{gap}{name}(?:{gap}{d})?",
    )
    return tuple(re.compile(form, re.ASCII) for form in forms)


@cache
def _time() -> re.Pattern[str]:
    """Make the form of what may follow a date: a time of the day, a weekday."""
    half = any_of(table("words")["dates"]["half"])
    clock = rf"(?:t|,?\s+)\s*(?:(?:{half})\s*)?{_CLOCK}\s*{_ZONE}"
    return re.compile(rf"(?:\s*\([^\d()]{{1,12}}\))?(?:{clock})?$")


def read_date(cell: Cell) -> Read | Reason | None:
    """
    Read a cell of dates.

    Parameters
    ----------
    cell
        A text, or the number of a year.

    Returns
    -------
    Read, Reason or None
        What it may mean; why it cannot be read; None for a cell that says nothing.

    Examples
    --------
    >>> read_date("2024. 10. 19.").text, read_date("Oct 2024").text
    ('2024-10-19', '2024-10')
    >>> read_date("03/04/2021")
    Read(text='2021-04-03', other='2021-03-04', order='', is_cut=False)
    """
    text = plain(cell)
    if is_missing(text):
        return None
    if isinstance(cell, bool) or len(text) > _LONGEST:
        return Reason("row-date")
    if _ISO.fullmatch(text):
        return _real(text)
    text = simple(text)
    day = _time().sub("", text, count=1).strip() if ":" in text or "(" in text else text
    return _read(day) or _unread(text)


def _read(text: str) -> Read | Reason | None:
    """Read a text in one of the forms; None if it has none of them."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, sign, month, day, dot = match.groups()
        if sign == "." and len(month) == 1 and not day and not dot:
            # A number that was 2024.10 has lost its last digit.
            return Read(year, is_cut=True) if year != "0000" else None
        return _date(year, month, day)
    if match := _YEAR_LAST.fullmatch(text):
        return _either(match[1], match[3], match[4])
    if match := _MONTH_YEAR.fullmatch(text):
        return _date(match[2], match[1])
    if match := _COMPACT.fullmatch(text):
        return _date(*match.groups())
    for form in _named():
        if match := form.fullmatch(text):
            parts = match.groupdict()
            month = str(_months()[parts["name"]]) if "name" in parts else parts["m"]
            return _date(parts["y"], month, parts["d"])
    return _real(text) if _ISO.fullmatch(text) else None


def _date(year: str, month: str | None = None, day: str | None = None) -> Read | Reason:
    """Write a date in ISO form, if it exists."""
    parts = (year, *(part.zfill(2) for part in (month, day) if part))
    return _real("-".join(parts))


def _real(text: str) -> Read | Reason:
    if text.startswith("0000"):
        return Reason("row-date-range")
    try:
        PartialDate.parse(text)
    except ValueError:
        return Reason("row-date-none")
    return Read(text)


def _either(one: str, two: str, year: str) -> Read | Reason:
    """Read a date of which it is open whether day or month comes first."""
    day_first, month_first = _date(year, two, one), _date(year, one, two)
    if isinstance(day_first, Reason):
        if isinstance(month_first, Reason):
            return month_first
        return Read(month_first.text, order="month")
    if isinstance(month_first, Reason):
        return Read(day_first.text, order="day")
    is_same = day_first.text == month_first.text
    return day_first if is_same else Read(day_first.text, month_first.text)


def _unread(text: str) -> Reason:
    """Say why a text is no date, as nearly as can be told."""
    if _SERIAL.fullmatch(text):
        return Reason("row-date-serial")
    if _BEYOND.fullmatch(text):
        return Reason("row-date-range")
    if _SHORT.fullmatch(text):
        return Reason("row-date-short")
    return Reason("row-date")
