"""What a selection cannot tell: computed from its records, nothing assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from borderviz.dates import PartialDate
from borderviz.filters import events
from borderviz.model import Record
from borderviz.permalink import decode_query
from borderviz.selection import event_layers, select
from borderviz.settings import KnownCount

if TYPE_CHECKING:
    from borderviz.content import Atlas


@dataclass(frozen=True)
class Limits:
    """
    Counts of records, each a part of `total`.

    Parameters
    ----------
    total
        Records in the selection.
    dates
        Records by precision of the date: day, month, year.
    places
        Records by exactness of the place: 1, 10 (km), far, none; and `derived`.
    single, low, conflicting
        Records with one source, of low confidence, with sources that differ.
    decades
        Records by first year of the decade, from the atlas's first to its last, so
        that an empty decade is there with 0.
    """

    total: int
    dates: dict[str, int]
    places: dict[str, int]
    single: int
    low: int
    conflicting: int
    decades: dict[int, int]


@dataclass(frozen=True)
class Beside:
    """Somebody's count and how many of the same kind the atlas holds."""

    known: KnownCount
    count: int


def limits(records: Sequence[Record], atlas: Atlas) -> Limits:
    """
    Count what is vague, thin or missing in a selection.

    Parameters
    ----------
    records
        The selection.
    atlas
        Tells which records have a point, and which decades there are.
    """
    precise = Counter(PartialDate.parse(r.date).precision for r in records if r.date)
    places = Counter(_exactness(record, atlas) for record in records)
    every = [_decade(record) for record in events(atlas) if record.date]
    shown = Counter(_decade(record) for record in records if record.date)
    span = range(min(every), max(every) + 10, 10) if every else range(0)
    return Limits(
        total=len(records),
        dates={name: precise[name] for name in ("day", "month", "year")},
        places={
            **{name: places[name] for name in ("1", "10", "far", "none")},
            "derived": sum(record.location_derived for record in records),
        },
        single=sum(len(record.sources) == 1 for record in records),
        low=sum(record.confidence == "low" for record in records),
        conflicting=sum(bool(record.conflicts) for record in records),
        decades={decade: shown[decade] for decade in span},
    )


def _decade(record: Record) -> int:
    return int((record.date or "0000")[:3]) * 10


def _exactness(record: Record, atlas: Atlas) -> str:
    if record.id not in atlas.positions or record.uncertainty_km is None:
        return "none"
    km = record.uncertainty_km
    return "1" if km <= 1 else "10" if km <= 10 else "far"


def beside(records: Sequence[Record], atlas: Atlas) -> list[Beside]:
    """
    List the known counts that concern a selection, with the atlas's own.

    Parameters
    ----------
    records
        The selection; a count concerns it if they share a record.
    atlas
        Gives the known counts.
    """
    ids = {record.id for record in records}
    found = []
    for known in atlas.settings.known_counts:
        view = decode_query(known.query, atlas, ()).view
        counted = select(atlas, view.with_(layers=event_layers(atlas))).ids
        if ids & set(counted):
            found.append(Beside(known, len(counted)))
    return found
