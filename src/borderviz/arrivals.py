"""The yearly arrivals of an atlas, as typed rows; their file has free tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from borderviz.model import Text

_UNTIL = re.compile(r"until-(\d{4})")
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


@dataclass(frozen=True)
class Row:
    """
    How many arrived in a span of time.

    Parameters
    ----------
    period
        As the file writes it.
    first, last
        The years it covers: no `first` means everything before, no `last` that it is
        no span of whole years (a quarter, say).
    total, male, female
        People; None where the split is not known.
    note
        What the editors say about the row.
    sources
        Ids of citations.
    subset_of
        The row that counts these people already; empty if none does.
    """

    period: str
    first: int | None
    last: int | None
    total: int
    male: int | None
    female: int | None
    note: Text | None
    sources: tuple[str, ...]
    subset_of: str

    @property
    def is_year(self) -> bool:
        """Whether it is one calendar year and no merged span."""
        return self.last is not None and self.first == self.last


@dataclass(frozen=True)
class Direct:
    """
    How many of a period came straight across, by somebody's count.

    Parameters
    ----------
    period
        As the file writes it.
    year
        The calendar year it is; None if it is a part of one, or several.
    people
        None where no figure was published.
    label, scope
        The period in words, and what was counted.
    sources
        Ids of citations.
    """

    period: str
    year: int | None
    people: int | None
    label: Text | None
    scope: Text | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Arrivals:
    """
    The whole file.

    Parameters
    ----------
    title, unit, how_to_read, check
        Its words.
    updated_to
        Partial date; empty if not given.
    rows
        Every row, in the order of the file.
    direct
        The counts of those who came straight across, in the order of the file.
    """

    title: Text | None
    unit: Text | None
    how_to_read: Text | None
    check: Text | None
    updated_to: str
    rows: tuple[Row, ...]
    direct: tuple[Direct, ...]

    @property
    def whole(self) -> tuple[Row, ...]:
        """The rows that may be added up, oldest first: none is inside another."""
        own = [row for row in self.rows if not row.subset_of and row.last is not None]
        return tuple(sorted(own, key=lambda row: (row.last or 0, row.first or 0)))


def arrivals(data: Mapping[str, Any]) -> Arrivals:
    """
    Read the tables of an arrivals file that has been checked.

    Parameters
    ----------
    data
        The file; empty if the atlas has none.
    """
    return Arrivals(
        title=_text(data.get("title")),
        unit=_text(data.get("unit")),
        how_to_read=_text(data.get("how_to_read")),
        check=_text(data.get("check")),
        updated_to=str(data.get("updated_to", "")),
        rows=tuple(
            _row(row)
            for row in data.get("rows", ())
            if _count(row, "total") is not None
        ),
        direct=tuple(_direct(entry) for entry in data.get("direct", ())),
    )


def span(period: str) -> tuple[int | None, int | None]:
    """
    Read which whole years a period covers.

    Examples
    --------
    >>> [span(p) for p in ("until-1998", "1999-2001", "2002", "2025-Q1")]
    [(None, 1998), (1999, 2001), (2002, 2002), (None, None)]
    """
    if found := _UNTIL.fullmatch(period):
        return None, int(found[1])
    if found := _YEARS.fullmatch(period):
        return int(found[1]), int(found[2] or found[1])
    return None, None


def _row(row: Mapping[str, Any]) -> Row:
    period = str(row.get("year", ""))
    first, last = span(period)
    return Row(
        period=period,
        first=first,
        last=last,
        total=_count(row, "total") or 0,
        male=_count(row, "male"),
        female=_count(row, "female"),
        note=_text(row.get("note")),
        sources=tuple(row.get("sources", ())),
        subset_of=str(row.get("subset_of", "")),
    )


def _direct(entry: Mapping[str, Any]) -> Direct:
    period = str(entry.get("period", ""))
    first, last = span(period)
    return Direct(
        period=period,
        year=last if first == last else None,
        people=_count(entry, "people"),
        label=_text(entry.get("period_label")),
        scope=_text(entry.get("scope")),
        sources=tuple(entry.get("sources", ())),
    )


def _count(row: Mapping[str, Any], name: str) -> int | None:
    found = row.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _text(value: object) -> Text | None:
    return value if isinstance(value, dict) and value else None
