"""A tile as bytes: how many rows lie in each cell, or each row where they are few."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from borderviz.crowd.model import SIDE, SIDE_BITS, ZOOMS, Crowd, Mask, is_tile
from borderviz.crowd.morton import BITS, keys, steps

__all__ = ["MOST_POINTS", "SIDE", "ZOOMS", "tile"]

# A tile with at most so many rows has them all.
MOST_POINTS = 1500
_GRID, _POINTS = 1, 2
_UNITS_BITS = 16
# At k, the number of the cell, row by row, whose Morton key within the tile is k.
_CELLS = np.argsort(
    keys(*(part.ravel() for part in np.meshgrid(np.arange(SIDE), np.arange(SIDE))))
).astype(np.uint16)


def tile(crowd: Crowd, z: int, x: int, y: int, mask: Mask) -> bytes:
    """
    Write a tile.

    Parameters
    ----------
    crowd
        The rows.
    z, x, y
        The tile, as Web Mercator maps count them.
    mask
        (n,) which rows are shown.

    Returns
    -------
    bytes
        Little endian: kind (u8), 0 (u8), cells on a side or 0 (u16), rows in the tile
        (u32), n (u32); then the arrays one after another. Kind 1, a grid: n cells (u16)
        that hold any, how many each (u32). Kind 2, points: n times x and y (u16 each,
        65,536 to a side), row (u32), mark (u8), radius (u32, metres, 0 if unknown).

    Raises
    ------
    ValueError
        If there is no such tile.
    """
    if not is_tile(z, x, y):
        message = f"no tile {z}/{x}/{y}"
        raise ValueError(message)
    there = crowd.span(z, x, y)
    rows = crowd.rows[there]
    shown = mask[rows]
    total = int(np.count_nonzero(shown))
    if total <= MOST_POINTS:
        return _points(crowd, z, x, y, np.sort(rows[shown]))
    shift = np.uint64(2 * (BITS - SIDE_BITS - z))
    within = crowd.keys[there] >> shift & np.uint64(SIDE * SIDE - 1)
    counts = np.bincount(within[shown].astype(np.int64), minlength=SIDE * SIDE)
    filled = np.flatnonzero(counts)
    cells, order = _CELLS[filled], np.argsort(_CELLS[filled])
    head = struct.pack("<BBHII", _GRID, 0, SIDE, total, len(filled))
    return head + _joined(
        cells[order].astype("<u2"), counts[filled][order].astype("<u4")
    )


def _points(crowd: Crowd, z: int, x: int, y: int, rows: NDArray[np.int32]) -> bytes:
    overlay = crowd.overlay
    found = steps(overlay.lons[rows], overlay.lats[rows])
    side = BITS - z
    right, down = (
        _scaled(step - (corner << side), side)
        for step, corner in zip(found, (x, y), strict=True)
    )
    metres = np.nan_to_num(1000 * overlay.radii_km[rows])
    head = struct.pack("<BBHII", _POINTS, 0, 0, len(rows), len(rows))
    return head + _joined(
        right.astype("<u2"),
        down.astype("<u2"),
        rows.astype("<u4"),
        crowd.looks[rows].astype("<u1"),
        np.round(metres).astype("<u4"),
    )


def _scaled(part: NDArray[np.int64], side: int) -> NDArray[np.int64]:
    """Turn steps within a tile into 65,536ths of its side."""
    if side >= _UNITS_BITS:
        return part >> (side - _UNITS_BITS)
    # The middle of a step, where steps are wider.
    return (part << (_UNITS_BITS - side)) + (1 << (_UNITS_BITS - side - 1))


def _joined(*arrays: NDArray[np.generic]) -> bytes:
    return b"".join(array.tobytes() for array in arrays)
