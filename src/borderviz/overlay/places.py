"""Names that an atlas can place: its towns, and the sites and crossing points it tells.

A name is known in every language and spelling that the atlas has for it, whatever its
case, accents and spaces; a part of a name, or one that only sounds alike, is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from borderviz.geometry import LonLat
from borderviz.overlay.cells import is_missing, plain
from borderviz.overlay_files.limits import TOLD_LETTERS
from borderviz.overlay_files.raw import Cell, Reason
from borderviz.spelling import fold, names, squeeze

if TYPE_CHECKING:
    from borderviz.content import Atlas

_KINDS = ("site", "crossing-point")


@dataclass(frozen=True)
class Spot:
    """A point (lon, lat) that a name stands for, and how exactly it does, in km."""

    point: LonLat
    km: float


class Gazetteer:
    """
    The names of an atlas.

    Parameters
    ----------
    atlas
        A town goes before a site of the same name.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._towns: dict[str, set[Spot]] = defaultdict(set)
        self._sites: dict[str, set[Spot]] = defaultdict(set)
        for place, point in atlas.places:
            self._enter(
                self._towns,
                place.name.values(),
                Spot(point, float(place.uncertainty_km)),
            )
        for record in atlas.records.values():
            point_of = atlas.positions.get(record.id)
            if record.kind in _KINDS and point_of and record.uncertainty_km:
                called = [*record.title.values(), *record.aliases]
                called += (record.name or {}).values()
                self._enter(
                    self._sites, called, Spot(point_of, float(record.uncertainty_km))
                )

    @staticmethod
    def _enter(spots: dict[str, set[Spot]], called: Iterable[str], spot: Spot) -> None:
        for text in called:
            # "Gate – the old one" is also called by what stands before the dash.
            for name in (fold(text), *names(text), *names(text.partition(" – ")[0])):
                spots[squeeze(name)].add(spot)

    def find(self, cell: Cell) -> Spot | Reason | None:
        """
        Look up a name.

        Parameters
        ----------
        cell
            What stands in a column of places.

        Returns
        -------
        Spot, Reason or None
            Where it is; that it is unknown, or names several; None for an empty cell.
        """
        text = plain(cell)
        if is_missing(text):
            return None
        key = squeeze(fold(text)) if len(text) <= TOLD_LETTERS else ""
        for spots in (self._towns, self._sites):
            found = spots.get(key, set()) if key else set()
            if len(found) == 1:
                return next(iter(found))
            if found:
                return Reason("row-place-several", {"count": len(found)})
        return Reason("row-place-unknown")
