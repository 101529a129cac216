"""What one session knows of data over the map: what is shown, and what is coming.

A reader's own data takes the place of the operator's while it is there.
"""

from __future__ import annotations

from concurrent.futures import Future, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from borderviz.content import Atlas
from borderviz.filters import Filters
from borderviz.overlay.model import Overlay
from borderviz.overlay.narrow import Narrowing, mask
from borderviz.overlay_files.raw import Reason
from borderviz.ui.overlay_cell import Cell, CellChoice
from borderviz.ui.overlay_reading import Held, build_again, outcome

if TYPE_CHECKING:
    from borderviz.crowd import Crowd

# A small file is read within this time, and is then there in the same run.
PATIENCE_S = 0.8
_LONGEST_SORT, _MOST_PAGES = 40, 10**6


@dataclass(frozen=True, eq=False)
class Shown:
    """
    What of the data over the map the page shows now.

    Parameters
    ----------
    overlay, packed
        The rows, and the same for the map.
    mask
        (n,) which of them are shown.
    narrowing
        What the reader asked for.
    chosen
        Index of the row that is read; -1 for none.
    sort, page
        Order and page of the table.
    crowd, asked
        Of more rows than a browser gets: the same by place, and how an address asks for
        those shown; `packed` is empty then.
    cell
        The cell that is read, in place of a row.
    """

    overlay: Overlay
    packed: str
    mask: NDArray[np.bool_]
    narrowing: Narrowing
    chosen: int = -1
    sort: str = ""
    page: int = 1
    crowd: Crowd | None = None
    asked: str = ""
    cell: Cell | None = None


@dataclass(eq=False)
class Own:
    """
    All that a session knows of the data that its reader sees over the map.

    Parameters
    ----------
    held
        The data; None before there is any.
    coming, name, is_new
        What is being read, from which file, and if that is another than the one held.
    refused
        The last file that was not read, by name, and why.
    narrowing, chosen, sort, page
        What the page shows of it; see `Shown`.
    uploads
        How many files came: each leaves a fresh widget for the next.
    points
        The operator's data, which is shown while `held` is None.
    """

    held: Held | None = None
    coming: Future[Held] | None = None
    name: str = ""
    is_new: bool = True
    refused: tuple[str, Reason] | None = None
    narrowing: Narrowing = field(default_factory=Narrowing)
    chosen: int = -1
    sort: str = ""
    page: int = 1
    uploads: int = 0
    points: Held | None = None
    _cell: CellChoice = field(default_factory=CellChoice)
    _masked: tuple[object, NDArray[np.bool_]] | None = None

    @property
    def seen(self) -> Held | None:
        """The data that the page shows."""
        return self.held or self.points

    def begin(self, coming: Future[Held], name: str, *, is_new: bool) -> None:
        """Wait a little for what was asked for, in place of anything asked before."""
        if self.coming:
            self.coming.cancel()
        self.coming, self.name, self.is_new, self.refused = coming, name, is_new, None
        wait([coming], PATIENCE_S)
        self.settle()

    def settle(self) -> None:
        """Take over what has come; what was there before stays until then."""
        if self.coming is None or not self.coming.done():
            return
        found, before = outcome(self.coming), self.held
        self.coming = None
        if isinstance(found, Reason):
            self.refused = self.name, found
            return
        self.held = found
        if self.is_new or before is None:
            self._begin_anew()
            return
        self._keep(before.overlay, found.overlay)

    def _begin_anew(self) -> None:
        """Show all of other data."""
        self.narrowing, self.chosen, self.sort, self.page = Narrowing(), -1, "", 1
        self._cell.forget()

    def _keep(self, before: Overlay, after: Overlay) -> None:
        """Keep what was asked of the same data, as far as it is there."""
        names = set(after.categories)
        still = tuple(x for x in self.narrowing.categories if x in names)
        self.narrowing = replace(self.narrowing, categories=still)
        self.chosen = _same_row(before, self.chosen, after)

    def shown(
        self, atlas: Atlas, filters: Filters, points: Held | None = None
    ) -> Shown | None:
        """
        Return what the page shows of the data; None if there is none.

        Parameters
        ----------
        atlas
            The page's; if it is another version, the rows are located anew.
        filters
            The page's.
        points
            The operator's data, if there is any.
        """
        self.settle()
        self._see(points)
        held = self.held
        if (
            held
            and held.fingerprint != atlas.fingerprint
            and not (self.coming or self.refused)
        ):
            coming = build_again(held, held.overlay.choices, atlas)
            self.begin(coming, held.overlay.name, is_new=False)
        if (seen := self.seen) is None:
            return None
        asked, shown = self._mask(seen, filters)
        return Shown(
            seen.overlay,
            seen.packed,
            shown,
            self.narrowing,
            self.chosen,
            self.sort,
            self.page,
            seen.crowd,
            quote(asked, safe=""),
            self._cell.read(seen, asked, shown),
        )

    def _see(self, points: Held | None) -> None:
        """Take over the operator's data as it is now."""
        before, self.points = self.points, points
        if self.held or before is points:
            return
        if before is None or points is None:
            self._begin_anew()
        elif before.overlay.version != points.overlay.version:
            self._keep(before.overlay, points.overlay)
            self._cell.forget()

    def _mask(self, seen: Held, filters: Filters) -> tuple[str, NDArray[np.bool_]]:
        """Tell which rows are shown, and how an address asks for them."""
        if seen.crowd:
            self._masked = None
            asked, shown = seen.crowd.masks.narrowed(self.narrowing, filters)
            if not self.narrowing.on:
                shown = np.broadcast_to(np.False_, len(shown))
            return asked, shown
        wanted = (seen.overlay.version, seen.fingerprint, self.narrowing, filters)
        if self._masked is None or self._masked[0] != wanted:
            self._masked = wanted, mask(seen.overlay, self.narrowing, filters)
        return "", self._masked[1]

    def choose(self, index: object) -> bool:
        """
        Choose a row or a cell, as a reader's browser sent it.

        Parameters
        ----------
        index
            Of a row; -1 takes the choice back; `{"cell": [z, x, y, index]}` for a cell.

        Returns
        -------
        bool
            True if there is such a row or cell, or if the choice is taken back.
        """
        seen = self.seen
        if isinstance(index, dict):
            is_there = self._cell.choose(seen, index.get("cell"))
            self.chosen = -1 if is_there else self.chosen
            return is_there
        count = len(seen.overlay) if seen else 0
        if not count or type(index) is not int or not -1 <= index < count:
            return False
        self.chosen = index
        self._cell.forget()
        return True

    def order(self, sort: object, page: object) -> None:
        """Change order or page of the table; what they mean is the table's to judge."""
        if isinstance(sort, str):
            self.sort, self.page = sort[:_LONGEST_SORT], 1
        if type(page) is int:
            self.page = max(1, min(page, _MOST_PAGES))


def _same_row(before: Overlay, chosen: int, after: Overlay) -> int:
    """Find the row of the file that was chosen, if it still has a place."""
    if chosen < 0:
        return -1
    found = np.flatnonzero(after.rows == before.rows[chosen])
    return int(found[0]) if len(found) else -1
