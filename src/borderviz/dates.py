"""Dates as exact as they are known: a year, a month or a day, never more.

A bare year is not the first of January. A partial date keeps its precision, orders by
its first possible day and spans all days it may mean.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Literal

Precision = Literal["day", "month", "year"]
# The same dates, and none that does not exist, for whoever has only the text.
DATE_PATTERN = (
    r"^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])"
    r"|-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
    r"|-(0[13-9]|1[0-2])-(29|30)|-(0[13578]|1[02])-31)?$"
    r"|^([0-9]{2}(0[48]|[2468][048]|[13579][26])"
    r"|(0[48]|[2468][048]|[13579][26])00)-02-29$"
)
_PATTERN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """
    A date known to the day, the month or only the year.

    Parameters
    ----------
    year, month, day
        Gregorian; `month` and `day` are None where they are not known.

    Examples
    --------
    >>> PartialDate.parse("1968-01").precision
    'month'
    >>> PartialDate.parse("1968").last
    datetime.date(1968, 12, 31)
    >>> PartialDate.parse("1968") < PartialDate.parse("1968-01-21")
    True
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """
        Read `1968`, `1968-01` or `1968-01-21`.

        Raises
        ------
        ValueError
            If the text has another form or names a day that does not exist.
        """
        match = _PATTERN.fullmatch(text)
        if match is None:
            msg = f"{text!r} is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD"
            raise ValueError(msg)
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
        return cls(year, month, day)

    @property
    def precision(self) -> Precision:
        """How exactly the date is known."""
        if self.day:
            return "day"
        return "month" if self.month else "year"

    @property
    def first(self) -> dt.date:
        """The first day it may mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day it may mean."""
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        return dt.date(self.year, month, day)

    def __lt__(self, other: PartialDate) -> bool:
        """Order by the first possible day, the vaguer date first."""
        return self._key < other._key

    @property
    def _key(self) -> tuple[int, int, int]:
        return (self.year, self.month or 0, self.day or 0)

    def __str__(self) -> str:
        """Write the date as it is read."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)
