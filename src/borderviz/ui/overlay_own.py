"""What one session knows of a reader's own data: what is shown, and what is coming."""

from __future__ import annotations

from concurrent.futures import Future, wait
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from borderviz.content import Atlas
from borderviz.filters import Filters
from borderviz.overlay.model import Overlay
from borderviz.overlay.narrow import Narrowing, mask
from borderviz.overlay_files.raw import Reason
from borderviz.ui.overlay_reading import Held, build_again, outcome

# A small file is read within this time, and is then there in the same run.
PATIENCE_S = 0.8
_LONGEST_SORT, _MOST_PAGES = 40, 10**6


@dataclass(frozen=True, eq=False)
class Shown:
    """
    What of a reader's data the page shows now.

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
    """

    overlay: Overlay
    packed: str
    mask: NDArray[np.bool_]
    narrowing: Narrowing
    chosen: int = -1
    sort: str = ""
    page: int = 1


@dataclass(eq=False)
class Own:
    """
    All that a session knows of its reader's data.

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
    _masked: tuple[object, NDArray[np.bool_]] | None = None

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
            self.narrowing, self.chosen, self.sort, self.page = Narrowing(), -1, "", 1
            return
        names = set(found.overlay.categories)
        still = tuple(x for x in self.narrowing.categories if x in names)
        self.narrowing = replace(self.narrowing, categories=still)
        self.chosen = _same_row(before.overlay, self.chosen, found.overlay)

    def shown(self, atlas: Atlas, filters: Filters) -> Shown | None:
        """
        Return what the page shows of the data; None if there is none.

        Parameters
        ----------
        atlas
            The page's; if it is another version, the rows are located anew.
        filters
            The page's.
        """
        self.settle()
        held = self.held
        if held is None:
            return None
        if held.fingerprint != atlas.fingerprint and not (self.coming or self.refused):
            coming = build_again(held, held.overlay.choices, atlas)
            self.begin(coming, held.overlay.name, is_new=False)
            held = self.held or held
        asked = (held.overlay.version, held.fingerprint, self.narrowing, filters)
        if self._masked is None or self._masked[0] != asked:
            self._masked = asked, mask(held.overlay, self.narrowing, filters)
        return Shown(
            held.overlay,
            held.packed,
            self._masked[1],
            self.narrowing,
            self.chosen,
            self.sort,
            self.page,
        )

    def choose(self, index: object) -> bool:
        """
        Choose a row by an index that a reader's browser sent.

        Returns
        -------
        bool
            True if there is such a row, or if -1 takes the choice back.
        """
        count = len(self.held.overlay) if self.held else 0
        if not count or type(index) is not int or not -1 <= index < count:
            return False
        self.chosen = index
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
