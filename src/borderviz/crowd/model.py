"""The rows of an overlay in the order of their place, and what lies in a cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from borderviz.crowd.masks import Masks
from borderviz.crowd.morton import BITS, Keys, key_of, keys, steps
from borderviz.overlay.model import Overlay
from borderviz.render.overlay_style import kinds

Mask = NDArray[np.bool_]
Rows = NDArray[np.int32]
# Cells on a side of a tile, as a power of two.
SIDE_BITS = 6
SIDE = 1 << SIDE_BITS
# A cell of the last zoom is one step wide.
ZOOMS = range(BITS - SIDE_BITS + 1)


@dataclass(frozen=True, eq=False)
class Crowd:
    """
    The rows of an overlay, sorted by place.

    Parameters
    ----------
    overlay
        n rows.
    keys, rows
        (n,) Morton keys, ascending; which row each is.
    masks
        Which rows are shown, for what was asked of late.
    """

    overlay: Overlay
    keys: Keys
    rows: Rows
    masks: Masks

    @property
    def version(self) -> str:
        """The overlay's: tiles of another one are others."""
        return self.overlay.version

    @cached_property
    def looks(self) -> NDArray[np.uint8]:
        """(n,) which mark each row has; see `overlay_style.kinds`."""
        return kinds(self.overlay)

    def of_same(self, overlay: Overlay) -> Crowd:
        """Take over the same rows of which more is known."""
        return replace(self, overlay=overlay, masks=Masks(overlay))

    def span(self, zoom: int, x: int, y: int) -> slice:
        """Find the slice of `keys` that lies in a square of some zoom."""
        low = key_of(x, y) << 2 * (BITS - zoom)
        ends = np.array([low, low + (1 << 2 * (BITS - zoom))], np.uint64)
        first, last = np.searchsorted(self.keys, ends)
        return slice(int(first), int(last))


def of(overlay: Overlay) -> Crowd:
    """
    Sort the rows of an overlay by place.

    Parameters
    ----------
    overlay
        Any; a row's point stands for it.
    """
    found = keys(*steps(overlay.lons, overlay.lats))
    order = np.argsort(found, kind="stable").astype(np.int32)
    return Crowd(overlay, found[order], order, Masks(overlay))


def is_tile(zoom: int, x: int, y: int) -> bool:
    """Tell whether there is such a tile."""
    return zoom in ZOOMS and 0 <= x < 1 << zoom and 0 <= y < 1 << zoom


def is_cell(zoom: int, x: int, y: int, cell: int) -> bool:
    """Tell whether there is such a cell of a tile."""
    return is_tile(zoom, x, y) and 0 <= cell < SIDE * SIDE


def rows_in(crowd: Crowd, z: int, x: int, y: int, cell: int, mask: Mask) -> Rows:
    """
    List the rows in a cell of a tile.

    Parameters
    ----------
    crowd
        The rows.
    z, x, y, cell
        The tile, and the number of the cell in it, row by row from its upper left.
    mask
        (n,) which rows are shown.

    Returns
    -------
    array
        Indices by date, those without one last; all shown rows that lie there.

    Raises
    ------
    ValueError
        If there is no such cell.
    """
    if not is_cell(z, x, y, cell):
        message = f"no cell {cell} of a tile {z}/{x}/{y}"
        raise ValueError(message)
    down, right = divmod(cell, SIDE)
    there = crowd.span(z + SIDE_BITS, x * SIDE + right, y * SIDE + down)
    found = np.sort(crowd.rows[there])
    found = found[mask[found]]
    first = crowd.overlay.first[found]
    late = np.where(first > 0, first, np.iinfo(np.int32).max)
    return found[np.argsort(late, kind="stable")]
