"""What narrows the view: one frozen value, as words of a link, and as a test.

Filters concern what happened on a date (`EVENT_KINDS`); lines, places and notes are
governed by their layers alone. Within one filter a value or another will do; all
filters together must fit, so that each further one leaves a part of what was there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from borderviz.dates import PartialDate
from borderviz.model import Record

if TYPE_CHECKING:
    from borderviz.content import Atlas

EVENT_KINDS = ("crossing", "incident", "authorised")
CONFIDENCES = ("high", "medium", "low")
# What a link calls a filter, and the field of `Filters`; the order is that of the page.
PARAMETERS = {
    "from": "since",
    "to": "until",
    "kind": "kinds",
    "dir": "directions",
    "mode": "modes",
    "who": "who",
    "area": "areas",
    "sure": "confidences",
    "within": "within_km",
    "cited": "cited",
}
# Which field of a record a list of words is about, and which words there are.
WORDS = {
    "kinds": "kind",
    "directions": "direction",
    "modes": "mode",
    "who": "who",
    "areas": "area",
    "confidences": "confidence",
}
_MOST_KM, _MOST_SOURCES = 1000.0, 50


@dataclass(frozen=True)
class Filters:
    """
    What a record must meet to be shown; the empty value asks nothing.

    Parameters
    ----------
    since, until
        Partial dates; a record stays if any day it may mean is between them.
    kinds, directions, modes, who, areas, confidences
        Allowed words; empty allows all.
    within_km
        Only places known at least so exactly; 0 asks nothing.
    cited
        Fewest sources a record must have; 0 asks nothing.
    """

    since: str = ""
    until: str = ""
    kinds: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    confidences: tuple[str, ...] = ()
    within_km: float = 0
    cited: int = 0

    @property
    def active(self) -> tuple[str, ...]:
        """The fields that ask for something, in the order of the page."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name))

    def with_(self, **changes: object) -> Filters:
        """Return a copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def without(self, *names: str) -> Filters:
        """Return a copy in which some fields ask nothing."""
        empty = Filters()
        return self.with_(**{name: getattr(empty, name) for name in names})


def choices(atlas: Atlas, field: str) -> tuple[str, ...]:
    """List the words a filter may take, in the atlas's order."""
    if field == "kinds":
        return EVENT_KINDS
    if field == "confidences":
        return CONFIDENCES
    return tuple(getattr(atlas.settings.vocabulary, WORDS[field]))


def is_event(record: Record) -> bool:
    """Tell whether filters concern a record."""
    return record.kind in EVENT_KINDS


def events(atlas: Atlas) -> list[Record]:
    """List the records that filters concern, in the order of the files."""
    return list(atlas.events)


def matcher(filters: Filters) -> Callable[[Record], bool]:
    """
    Make the test that tells whether an event meets all filters.

    Parameters
    ----------
    filters
        What is asked; the dates in it are read once.
    """
    since = PartialDate.parse(filters.since).first if filters.since else None
    until = PartialDate.parse(filters.until).last if filters.until else None
    words = [
        (record_field, frozenset(getattr(filters, name)))
        for name, record_field in WORDS.items()
        if getattr(filters, name)
    ]

    def fits(record: Record) -> bool:
        if any(getattr(record, name) not in allowed for name, allowed in words):
            return False
        if len(record.sources) < filters.cited:
            return False
        if filters.within_km and not _is_within(record, filters.within_km):
            return False
        if since is None and until is None:
            return True
        if record.date is None:
            return False
        first, last = days(record)
        return (until is None or first <= until) and (since is None or last >= since)

    return fits


def days(record: Record) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a dated record may mean."""
    date = record.date or ""
    return _days(date, record.date_end or date)


@lru_cache(maxsize=4096)
def _days(date: str, date_end: str) -> tuple[dt.date, dt.date]:
    return PartialDate.parse(date).first, PartialDate.parse(date_end).last


def _is_within(record: Record, most_km: float) -> bool:
    """Tell whether a place is known so exactly; without a radius it is not."""
    return record.uncertainty_km is not None and record.uncertainty_km <= most_km


def encode_filters(filters: Filters) -> dict[str, str]:
    """Write filters as parameters of a link; what asks nothing is left out."""
    values = {key: getattr(filters, name) for key, name in PARAMETERS.items()}
    return {key: _written(value) for key, value in values.items() if value}


def _written(value: str | float | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return ".".join(value)
    return value if isinstance(value, str) else f"{value:g}"


def decode_filter(key: str, value: str, atlas: Atlas) -> Mapping[str, object] | None:
    """
    Read one parameter of a link; None if it cannot be used.

    Parameters
    ----------
    key, value
        The parameter, untrusted.
    atlas
        Gives the words that exist.
    """
    name = PARAMETERS[key]
    if name in ("since", "until"):
        return {name: value} if _is_date(value) else None
    if name == "within_km":
        number = _number(value, _MOST_KM)
        return {name: number} if number else None
    if name == "cited":
        count = _number(value, _MOST_SOURCES)
        return {name: int(count)} if count and count == int(count) else None
    known = choices(atlas, name)
    wanted = value.split(".")
    if not set(wanted) <= set(known):
        return None
    return {name: tuple(word for word in known if word in wanted)}


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


def _number(text: str, most: float) -> float:
    """Read a plain number above nothing and up to a limit; 0 if it is none."""
    if not (text.isascii() and len(text) <= 8 and text.replace(".", "", 1).isdigit()):
        return 0
    number = float(text)
    return number if 0 < number <= most else 0
