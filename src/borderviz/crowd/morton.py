"""Places as numbers whose order follows the tiles of a Web Mercator map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from borderviz.linear.geodesy import Floats

Keys = NDArray[np.uint64]
# Steps of a side of the world, as a power of two: 0.15 m at the equator.
BITS = 28
_SPREADS = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def steps(lons: Floats, lats: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    Count the steps from the map's upper left corner.

    Parameters
    ----------
    lons, lats
        (n,), EPSG:4326. What lies beyond 85.05 degrees, where the map ends, counts as
        at its edge: no row is in no cell.

    Returns
    -------
    x, y
        (n,) each, 0 to 2**28 - 1.
    """
    most = 1 << BITS
    sines = np.sin(np.radians(np.clip(lats, -89.9, 89.9)))
    x = (lons + 180) / 360
    y = 0.5 - np.arctanh(sines) / (2 * np.pi)
    x_step, y_step = (
        np.clip(np.floor(part * most), 0, most - 1).astype(np.int64) for part in (x, y)
    )
    return x_step, y_step


def keys(x: NDArray[np.int64], y: NDArray[np.int64]) -> Keys:
    """
    Weave two numbers into one, the bits of `y` before those of `x`.

    Examples
    --------
    >>> keys(np.array([0, 1, 0, 1, 2]), np.array([0, 0, 1, 1, 0])).tolist()
    [0, 1, 2, 3, 4]
    """
    return _spread(x) | _spread(y) << np.uint64(1)


def _spread(values: NDArray[np.int64]) -> Keys:
    found = values.astype(np.uint64)
    for shift, kept in _SPREADS:
        found = (found | found << np.uint64(shift)) & np.uint64(kept)
    return found


def key_of(x: int, y: int) -> int:
    """Weave two numbers, as `keys` does."""
    return int(keys(np.array([x]), np.array([y]))[0])
