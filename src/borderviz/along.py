"""Where along a border each record is: kilometres as ranges, distance, side, sector.

A position with a circle around it is a range of kilometres, never a number alone; a
record without a point may still be known to lie on some sectors, or somewhere on a
whole line. Kilometres are counted on the reference lines of `atlas.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from borderviz.axes import Axis, Span
from borderviz.linear import Positions
from borderviz.model import DATED, Record

if TYPE_CHECKING:
    from borderviz.content import Atlas

Basis = Literal["point", "sectors", "area", "line"]
EITHER, BEYOND = "either", "beyond"
# Ranges nearer to each other than this, in km, touch but for rounding.
_NOTHING = 1e-3


@dataclass(frozen=True)
class Along:
    """
    Where along a border one record is.

    Parameters
    ----------
    axis
        Id of the border.
    basis
        What the range rests on: the record's point and circle, sectors that it names,
        the area it is sorted into, or no more than that it was on the line.
    km
        Of the point itself; None without a point.
    spans
        The ranges of km in which it may lie, apart from each other, in order.
    distance_km
        From the point to the line; None without a point.
    side
        A country, `either` where the circle reaches over the line, `on`, `beyond`
        past an end of the line, or empty without a point.
    sector
        Of `km`; empty without a point or outside all sectors.
    sectors
        All that the spans touch.
    """

    axis: str
    basis: Basis
    km: float | None
    spans: tuple[Span, ...]
    distance_km: float | None
    side: str
    sector: str
    sectors: tuple[str, ...]

    @property
    def low(self) -> float:
        """The least kilometre."""
        return self.spans[0][0]

    @property
    def high(self) -> float:
        """The greatest kilometre."""
        return self.spans[-1][1]

    @property
    def width(self) -> float:
        """Kilometres of line on which it may lie."""
        return sum(high - low for low, high in self.spans)


def along_of(atlas: Atlas, axes: dict[str, Axis]) -> dict[str, Along]:
    """
    Find where along the borders the records of an atlas are.

    A record with a point belongs to the border nearest to it, if the point is within
    that border's reach or its circle touches the line; past an end of the line, only if
    both hold. An event without a point belongs where its sectors, its extent or its
    area say.

    Parameters
    ----------
    atlas
        A checked atlas.
    axes
        Its measuring tapes.

    Returns
    -------
    dict
        By record id; records that are near no border are not in it.
    """
    records = atlas.records
    placed = [records[name] for name in atlas.positions if records[name].uncertainty_km]
    found = _from_points(placed, atlas, list(axes.values())) if axes else {}
    for record in records.values():
        if record.id not in atlas.positions and record.kind in DATED:
            without = _from_words(record, atlas, axes)
            if without:
                found[record.id] = without
    return found


def _from_points(
    records: Sequence[Record], atlas: Atlas, axes: Sequence[Axis]
) -> dict[str, Along]:
    lons, lats = np.array([atlas.positions[r.id] for r in records]).reshape(-1, 2).T
    radii = np.array([r.uncertainty_km for r in records], dtype=float)
    located = [axis.line.locate(lons, lats) for axis in axes]
    # A line on the other half of the earth is at no known distance: never the nearest.
    apart = [np.nan_to_num(p.distance_km, nan=np.inf) for p in located]
    nearest = np.argmin(apart, axis=0)
    found: dict[str, Along] = {}
    for number, (axis, positions) in enumerate(zip(axes, located, strict=True)):
        near, touched = (
            positions.distance_km <= limit for limit in (axis.settings.reach_km, radii)
        )
        belongs = np.where(positions.beyond, near & touched, near | touched)
        mine = np.flatnonzero((nearest == number) & belongs)
        lows, highs = axis.line.ranges(lons[mine], lats[mine], radii[mine])
        for index, low, high in zip(mine.tolist(), lows, highs, strict=True):
            span = (float(low), float(high))
            one = _located(axis, positions, index, span, radii)
            found[records[index].id] = one
    return found


def _located(
    axis: Axis, positions: Positions, index: int, span: Span, radii: NDArray[np.float64]
) -> Along:
    km, distance = float(positions.km[index]), float(positions.distance_km[index])
    side = axis.side_name(int(positions.side[index]))
    if positions.beyond[index]:
        side = BEYOND
    elif distance <= radii[index]:
        side = EITHER
    sector, sectors = axis.sector_at(km), axis.sectors_in([span])
    return Along(axis.record.id, "point", km, (span,), distance, side, sector, sectors)


def _from_words(record: Record, atlas: Atlas, axes: dict[str, Axis]) -> Along | None:
    """Place a record without a point by what it says in words."""
    vocabulary = atlas.settings.vocabulary
    extent = vocabulary.extent.get(record.extent or "")
    area = vocabulary.area.get(record.area or "")
    if record.sectors:
        return _on_sectors(record.sectors, "sectors", axes)
    if extent and extent.line in axes:
        axis = axes[extent.line]
        spans: tuple[Span, ...] = ((0.0, axis.line.length_km),)
        names = axis.sectors_in(spans)
        return Along(axis.record.id, "line", None, spans, None, "", "", names)
    return _on_sectors(area.sectors, "area", axes) if area else None


def _on_sectors(
    names: Iterable[str], basis: Basis, axes: dict[str, Axis]
) -> Along | None:
    wanted = set(names)
    for axis in axes.values():
        mine = [item for item in axis.sectors if item[0].id in wanted]
        if mine:
            spans = merged((low, high) for _, low, high in mine)
            ids = tuple(sector.id for sector, _, _ in mine)
            return Along(axis.record.id, basis, None, spans, None, "", "", ids)
    return None


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """
    Join ranges that touch.

    Examples
    --------
    >>> merged([(3, 5), (0, 1), (1, 2)])
    ((0, 2), (3, 5))
    """
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1] + _NOTHING:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)
