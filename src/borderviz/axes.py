"""The borders of an atlas as measuring tapes: lines with kilometres, sides, sectors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from borderviz.geometry import line_parts
from borderviz.linear import LinearReference
from borderviz.model import Record, Sector
from borderviz.settings import ReferenceLine

if TYPE_CHECKING:
    from borderviz.content import Atlas

Span = tuple[float, float]
ON = "on"


@dataclass(frozen=True)
class Axis:
    """
    A border as a measuring tape.

    Parameters
    ----------
    record
        The border.
    settings
        Where km 0 is, and who is on either hand.
    line
        Its geometry, joined.
    sectors
        Named stretches with the km where they begin and end, in the order of km.
    parts
        Records that are pieces of the border, with their km, in the order of km.
    """

    record: Record
    settings: ReferenceLine
    line: LinearReference
    sectors: tuple[tuple[Sector, float, float], ...]
    parts: tuple[tuple[Record, float, float], ...]

    def sector_at(self, km: float) -> str:
        """Name the sector in which a kilometre lies; empty where none does."""
        found = (s.id for s, low, high in self.sectors if low <= km <= high)
        return next(found, "")

    def sectors_in(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """Name the sectors that ranges of kilometres touch, in the order of km."""
        listed = list(spans)
        return tuple(
            sector.id
            for sector, low, high in self.sectors
            if any((a < high and low < b) or low <= a == b <= high for a, b in listed)
        )

    def side_name(self, side: int) -> str:
        """Name the country on a side: 1 is left, -1 right, 0 on the line."""
        names = {1: self.settings.left, -1: self.settings.right}
        return names.get(side, ON)


def axes_of(atlas: Atlas) -> dict[str, Axis]:
    """
    Build the measuring tapes of an atlas, by the id of the border.

    Raises
    ------
    ValueError
        If the pieces of a line do not meet; `borderviz check` finds that before.
    """
    return {one.record: _axis(one, atlas) for one in atlas.settings.reference_lines}


def _axis(settings: ReferenceLine, atlas: Atlas) -> Axis:
    record = atlas.records[settings.record]
    shapes = [atlas.shapes[name] for name in record.geometry]
    lines = [line for shape in shapes for line in line_parts(shape)]
    line = LinearReference.of(lines, reverse=settings.reverse)
    sectors = []
    for sector in atlas.sectors:
        if sector.border == record.id:
            ends = line.locate(
                np.array([sector.lon_west, sector.lon_east]),
                np.array([sector.lat_at_west, sector.lat_at_east]),
            ).km
            sectors.append((sector, float(min(ends)), float(max(ends))))
    named = {
        name: part
        for part in atlas.records.values()
        if part.part_of == record.id
        for name in part.geometry
    }
    parts = [
        (named[name], low, high)
        for name, (low, high) in zip(record.geometry, line.piece_km, strict=False)
        if name in named
    ]
    return Axis(
        record,
        settings,
        line,
        tuple(sorted(sectors, key=lambda item: item[1])),
        tuple(sorted(parts, key=lambda item: item[1])),
    )
