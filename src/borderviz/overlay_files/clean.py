"""Text from outside without what no page can show, and headings that are unique."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from borderviz.overlay_files.limits import CELL_LETTERS, TOLD_LETTERS, refusal
from borderviz.overlay_files.raw import Cell

LARGEST = 2**53
_HEADING_LETTERS = 120
# Controls but tab and line ends, marks of direction, byte order mark, no characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e"
    "\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_HALVES = re.compile("[\ud800-\udfff]")
_ODD = re.compile(f"{_UNSEEN.pattern[:-1]}\t\r\v\f\x85\u2028\u2029\ud800-\udfff]")


def clean(text: str) -> tuple[str, int]:
    r"""
    Make a text fit to be shown.

    Parameters
    ----------
    text
        Whatever was found.

    Returns
    -------
    tuple
        The text with line feeds for all ends of lines, spaces for tabs, and the mark
        U+FFFD for half of a surrogate pair; and how many characters were lost.

    Examples
    --------
    >>> clean("a\tb\r\nc\u202ed\0")
    ('a b\ncd', 2)
    """
    if not _ODD.search(text):
        return text, 0
    text, count = _UNSEEN.subn("", _LINE_ENDS.sub("\n", text).replace("\t", " "))
    return _HALVES.sub("\ufffd", text), count


def told(value: object) -> str:
    r"""
    Show what was found in one line of at most 80 letters.

    Examples
    --------
    >>> told("a\nb"), told([127.0, None])
    ('a b', '[127.0, null]')
    """
    if not isinstance(value, str):
        try:
            value = json.dumps(value, ensure_ascii=False)
        except (ValueError, TypeError, RecursionError):
            value = type(value).__name__
    # What is cut off need not be cleaned: a value may have millions of letters.
    text = " ".join(clean(value[: 4 * TOLD_LETTERS])[0].split())
    return text if len(text) <= TOLD_LETTERS else f"{text[: TOLD_LETTERS - 1]}…"


def headings(found: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """
    Give each column a heading of its own.

    Returns
    -------
    tuple
        The headings; those made for columns without one; those made for a second
        column of the same name.

    Examples
    --------
    >>> headings(["a", "", "a"])
    (['a', '#2', 'a (2)'], ['#2'], ['a (2)'])
    """
    names: list[str] = []
    unnamed, renamed = [], []
    taken: dict[str, int] = {}
    for number, text in enumerate(found, 1):
        name = " ".join(clean(text)[0].split())
        if len(name) > _HEADING_LETTERS:
            name = f"{name[: _HEADING_LETTERS - 1]}…"
        if not name:
            name = f"#{number}"
            unnamed.append(name)
        first = name
        while name in taken:
            taken[first] += 1
            name = f"{first} ({taken[first]})"
        taken[name] = 1
        if name != first:
            renamed.append(name)
        names.append(name)
    return names, unnamed, renamed


class Lost:
    """
    What cells lost when they were cleaned.

    Attributes
    ----------
    letters, numbers, blobs
        How many characters no page can show, numbers that are not finite, and cells
        that hold bytes.
    """

    def __init__(self) -> None:
        self.letters = self.numbers = self.blobs = 0


def cells(
    values: Sequence[Any], lost: Lost, numbers: Sequence[int], heading: str
) -> tuple[tuple[Cell, ...], int]:
    """
    Clean the cells of a column.

    Parameters
    ----------
    values
        As the file has them.
    lost
        Where to count what is lost.
    numbers, heading
        Numbers of the rows and the name of the column, for a refusal.

    Returns
    -------
    tuple
        The cells, and how many letters they have together.

    Raises
    ------
    RefusedFileError
        If a text is too long.
    """
    if set(map(type, values)) - {str}:
        values = [_plain(value, lost) for value in values]
    texts = [value for value in values if type(value) is str]
    whole = "".join(texts)
    if len(whole) > CELL_LETTERS and max(map(len, texts)) > CELL_LETTERS:
        pairs = zip(numbers, values, strict=True)
        row = next(n for n, v in pairs if type(v) is str and len(v) > CELL_LETTERS)
        raise refusal(why="cell", limit=CELL_LETTERS, row=row, column=told(heading))
    # One search over all of the column: nearly always it finds nothing.
    if _ODD.search(whole):
        values = [_cleaned(value, lost) for value in values]
    return tuple(values), len(whole)


def _cleaned(value: Any, lost: Lost) -> Any:
    if type(value) is not str:
        return value
    text, count = clean(value)
    lost.letters += count
    return text


def _plain(value: Any, lost: Lost) -> Cell:
    """Make a plain value of what JSON, SQLite or a workbook may hold."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        return value if -LARGEST <= value <= LARGEST else str(value)
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        lost.numbers += 1
        return None
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bytes):
        lost.blobs += 1
        return None
    return iso(value)


def iso(value: date | time | timedelta) -> str:
    """
    Write a date, a time of day or both; a day without a time is only a day.

    Examples
    --------
    >>> iso(datetime(2019, 5, 4)), iso(datetime(2019, 5, 4, 13, 30)), iso(time(7, 5))
    ('2019-05-04', '2019-05-04T13:30', '07:05')
    """
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        exact = "seconds" if value.second or value.microsecond else "minutes"
        return value.isoformat(timespec=exact)
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def listed(numbers: Iterable[int | str], limit: int) -> str:
    """
    List the first of some rows or columns.

    Examples
    --------
    >>> listed([3, 7, 12], 2), listed([3], 2)
    ('3, 7 …', '3')
    """
    every = list(numbers)
    shown = ", ".join(map(str, every[:limit]))
    return f"{shown} …" if len(every) > limit else shown
