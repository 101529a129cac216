"""The cell of the density map that a reader chose, and which rows lie there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from borderviz.ui.overlay_reading import Held


@dataclass(frozen=True, eq=False)
class Cell:
    """
    A cell of a tile that is read.

    Parameters
    ----------
    z, x, y, index
        The tile, and the number of the cell in it.
    rows
        All shown rows that lie there, by date.
    """

    z: int
    x: int
    y: int
    index: int
    rows: NDArray[np.int32]


class CellChoice:
    """What a session knows of its chosen cell; the rows are looked up once."""

    def __init__(self) -> None:
        self._cell: tuple[int, int, int, int] | None = None
        self._known: tuple[object, Cell] | None = None

    def forget(self) -> None:
        """Take the choice back."""
        self._cell = self._known = None

    def choose(self, seen: Held | None, cell: object) -> bool:
        """
        Choose a cell.

        Parameters
        ----------
        seen
            The data that is shown.
        cell
            What a browser sent: zoom, x and y of a tile, and the number of the cell.

        Returns
        -------
        bool
            True if there is such a cell.
        """
        if seen is None or seen.crowd is None:
            return False
        if not isinstance(cell, list) or [*map(type, cell)] != [int] * 4:
            return False
        from borderviz.crowd import is_cell

        if not is_cell(*cell):
            return False
        z, x, y, number = cell
        self._cell = z, x, y, number
        return True

    def read(self, seen: Held, asked: str, shown: NDArray[np.bool_]) -> Cell | None:
        """
        Return the chosen cell with its rows; None if none is.

        Parameters
        ----------
        seen, asked, shown
            The data, what is asked of it, and (n,) which rows that leaves.
        """
        if self._cell is None or seen.crowd is None:
            return None
        wanted = (seen.overlay.version, asked, bool(shown.any()), self._cell)
        if self._known is None or self._known[0] != wanted:
            from borderviz.crowd import rows_in

            rows = rows_in(seen.crowd, *self._cell, shown)
            self._known = wanted, Cell(*self._cell, rows)
        return self._known[1]
