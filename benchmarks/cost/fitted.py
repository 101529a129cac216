"""Two unknowns out of many sums."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def split(
    ones: Sequence[int], others: Sequence[int], totals: Sequence[float]
) -> tuple[float, float]:
    """
    Tell what one of each of two kinds takes, by least squares over measurements.

    Parameters
    ----------
    ones, others, totals
        How many there were in each measurement, and what all of them took together.

    Returns
    -------
    tuple of float
        Both alike where the measurements cannot tell them apart.

    Examples
    --------
    >>> [round(x, 6) for x in split([1, 10], [10, 20], [2.0, 11.0])]
    [0.875, 0.1125]
    """
    counts = np.array([ones, others], dtype=float).T
    found, _, rank, _ = np.linalg.lstsq(counts, np.array(totals), rcond=None)
    if rank < 2 or min(found) <= 0:
        each = sum(totals) / float(counts.sum())
        return each, each
    return float(found[0]), float(found[1])
