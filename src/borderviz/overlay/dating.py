"""A column of dates: what the cells mean together, and the days they may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from borderviz.dates import PartialDate
from borderviz.overlay.cells import plain, read_each
from borderviz.overlay.date_texts import Read, read_date
from borderviz.overlay_files.clean import told
from borderviz.overlay_files.raw import Cell, Reason

# A reader is asked which comes first, day or month (`Choices.day_first`).
ASKS_DAY_FIRST = "row-day-first"
_TOLD = {True: "row-day-first-told", False: "row-month-first-told"}


@dataclass(frozen=True)
class Dates:
    """
    A column of dates.

    Parameters
    ----------
    texts
        Partial dates in ISO form, empty where none is known.
    reasons
        By index of the row, why a cell cannot be read.
    notes
        What is to be said about the column.
    """

    texts: list[str]
    reasons: dict[int, Reason]
    notes: tuple[Reason, ...]


def read_dates(
    name: str,
    cells: Sequence[Cell],
    day_first: bool | None,
    *,
    times: Sequence[int] | None = None,
) -> Dates:
    """
    Read a column of dates.

    Where day and month could change places, a row of the same column that can be read
    in one way only decides for all; failing that `day_first`; failing that the year
    alone is kept, and the reader is asked.

    Parameters
    ----------
    name
        The heading.
    cells
        (n,) cells.
    day_first
        What the reader says.
    times
        How many rows have each cell; one without it.
    """
    found = read_each(cells, read_date)
    reads = [(row, read) for row, read in enumerate(found) if isinstance(read, Read)]
    settling = {read.order: row for row, read in reversed(reads) if read.order}
    settled = day_first is None and len(settling) == 1
    if settled:
        day_first = "day" in settling
    texts = [""] * len(cells)
    for row, read in reads:
        texts[row] = _resolved(read, day_first)

    def note(key: str, rows: list[int], *others: int) -> Reason:
        example, *more = (told(plain(cells[row])) for row in (rows[0], *others))
        values: dict[str, str | int | float] = {
            "column": told(name),
            "count": sum(times[row] for row in rows) if times else len(rows),
            "example": example,
        }
        return Reason(key, values | ({"other": more[0]} if more else {}))

    notes = []
    turning = [row for row, read in reads if read.other]
    if turning and settled:
        key = _TOLD["day" in settling]
        notes.append(note(key, turning, next(iter(settling.values()))))
    elif turning and day_first is None:
        notes.append(note(ASKS_DAY_FIRST, turning))
    if cut := [row for row, read in reads if read.is_cut]:
        notes.append(note("row-date-cut", cut))
    reasons = {row: x for row, x in enumerate(found) if isinstance(x, Reason)}
    return Dates(texts, reasons, tuple(notes))


def _resolved(read: Read, day_first: bool | None) -> str:
    """Choose a reading; the year is the same in both."""
    if not read.other or day_first:
        return read.text
    return read.text[:4] if day_first is None else read.other


def days(texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """
    Find the days that partial dates may mean.

    Parameters
    ----------
    texts
        (n,) in ISO form, or empty.

    Returns
    -------
    first, last
        (n,) proleptic Gregorian ordinals, as of `datetime.date`; 0 for an empty text.
    """
    known = {"": (0, 0)}
    for text in set(texts) - {""}:
        date = PartialDate.parse(text)
        known[text] = (date.first.toordinal(), date.last.toordinal())
    spans = np.array([known[text] for text in texts], np.int32).reshape(-1, 2)
    return spans[:, 0].copy(), spans[:, 1].copy()
