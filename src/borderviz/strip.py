"""What a strip shows: a border drawn straight, with events or places along it.

Pure: which marks, where, and how dense. How it looks is the business of `render`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from borderviz.along import Along
from borderviz.axes import Axis, Span
from borderviz.geometry import LonLat
from borderviz.model import Place, Record, Text
from borderviz.settings import NamedPlace, Stretch

if TYPE_CHECKING:
    from borderviz.content import Atlas

BIN_KM = 2.0
# Towns farther from the line than this are not on a strip of places, nor are hamlets.
TOWN_KM, TOWN_RANK = 9.0, 3


@dataclass(frozen=True)
class Mark:
    """A record and where along the line it is."""

    record: Record
    along: Along


@dataclass(frozen=True)
class Tick:
    """A name at a kilometre; `id` is a record or a town."""

    id: str
    name: Text
    km: float


@dataclass(frozen=True)
class EventStrip:
    """
    The events of a selection along one line.

    Parameters
    ----------
    axis
        The line.
    marks
        Records with a range on it, the oldest first.
    elsewhere
        How many of the selection have none.
    density
        Expected records in each bin of `bin_km`; they add up to the number of marks.
    landmarks
        Names along the line, in the atlas's order of precedence.
    """

    axis: Axis
    marks: tuple[Mark, ...]
    elsewhere: int
    density: NDArray[np.float64]
    bin_km: float
    landmarks: tuple[Tick, ...]


@dataclass(frozen=True)
class PlaceStrip:
    """
    The places along one line, whatever is selected.

    Parameters
    ----------
    axis
        The line.
    left, right
        Towns on either hand, in the order of km.
    points
        Crossing points near it, in the order of km.
    landmarks
        Other names along the line.
    stretches
        What reports studied, each with the names at their kilometres.
    """

    axis: Axis
    left: tuple[Tick, ...]
    right: tuple[Tick, ...]
    points: tuple[Mark, ...]
    landmarks: tuple[Tick, ...]
    stretches: tuple[tuple[Stretch, tuple[Tick, ...]], ...]


def event_strip(records: Sequence[Record], axis: Axis, atlas: Atlas) -> EventStrip:
    """
    Lay a selection of events out along a line.

    Parameters
    ----------
    records
        The selected events.
    axis
        The line.
    atlas
        Knows where each record is.
    """
    marks = tuple(
        Mark(record, along)
        for record in sorted(records, key=lambda r: (r.date or "", r.id))
        if record.date
        and (along := atlas.along.get(record.id))
        and along.axis == axis.record.id
    )
    return EventStrip(
        axis,
        marks,
        len(records) - len(marks),
        density([mark.along.spans for mark in marks], axis.line.length_km),
        BIN_KM,
        _named(axis.settings.landmarks, axis, atlas),
    )


def place_strip(axis: Axis, atlas: Atlas) -> PlaceStrip:
    """Lay the towns, crossing points and studied stretches out along a line."""
    towns = [
        (place, at)
        for place, at in atlas.places
        if place.rank <= TOWN_RANK and not place.capital
    ]
    near = _towns(towns, axis, atlas)
    points = (
        Mark(record, along)
        for record in atlas.records.values()
        if record.kind == "crossing-point"
        and (along := atlas.along.get(record.id))
        and along.axis == axis.record.id
    )
    return PlaceStrip(
        axis,
        tuple(tick for tick, side in near if side > 0),
        tuple(tick for tick, side in near if side < 0),
        tuple(sorted(points, key=lambda mark: mark.along.km or 0.0)),
        _named(axis.settings.landmarks, axis, atlas),
        tuple((s, _named(s.places, axis, atlas)) for s in axis.settings.stretches),
    )


def density(
    ranges: Iterable[Sequence[Span]], length_km: float, bin_km: float = BIN_KM
) -> NDArray[np.float64]:
    """
    Spread each record evenly over the kilometres where it may be.

    Parameters
    ----------
    ranges
        For each record the ranges of km in which it may lie, in order, apart.
    length_km
        Of the line, above 0.
    bin_km
        Width of a bin; the last one may be narrower.

    Returns
    -------
    ndarray, shape (ceil(length_km / bin_km),)
        Expected records in each bin. They add up to the number of records.

    Examples
    --------
    One record at km 1, one somewhere in the first 8 km:

    >>> density([[(1, 1)], [(0, 8)]], 8).tolist()
    [1.25, 0.25, 0.25, 0.25]
    """
    bins = max(1, int(np.ceil(length_km / bin_km)))
    edges = np.minimum(np.arange(bins + 1) * bin_km, length_km)
    found = np.zeros(bins)
    for spans in ranges:
        width = sum(high - low for low, high in spans)
        if width <= 0:
            found[min(int(spans[0][0] / bin_km), bins - 1)] += 1
            continue
        for low, high in spans:
            found += np.diff(np.clip(edges, low, high)) / width
    return found


def _named(named: Iterable[NamedPlace], axis: Axis, atlas: Atlas) -> tuple[Tick, ...]:
    """Put names at the kilometres nearest to what they name."""
    towns: dict[str, LonLat] = {place.id: at for place, at in atlas.places}
    found = [
        (item, at)
        for item in named
        if (at := atlas.positions.get(item.at) or towns.get(item.at))
    ]
    if not found:
        return ()
    lons, lats = np.array([at for _, at in found]).T
    kms = axis.line.locate(lons, lats).km
    return tuple(
        Tick(item.at, item.name, float(km))
        for (item, _), km in zip(found, kms, strict=True)
    )


def _towns(
    towns: Sequence[tuple[Place, LonLat]], axis: Axis, atlas: Atlas
) -> list[tuple[Tick, int]]:
    """List the towns near a line with their side, in the order of km."""
    if not towns:
        return []
    lons, lats = np.array([at for _, at in towns]).T
    found = axis.line.locate(lons, lats)
    others = [axis.line.locate(lons, lats) for axis in atlas.axes.values()]
    least = np.fmin.reduce([other.distance_km for other in others])
    near = (found.distance_km <= TOWN_KM) & (found.distance_km <= least) & ~found.beyond
    listed = [
        (Tick(towns[i][0].id, towns[i][0].name, float(found.km[i])), int(found.side[i]))
        for i in np.flatnonzero(near).tolist()
    ]
    return sorted(listed, key=lambda item: item[0].km)
