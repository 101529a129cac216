"""Many rows along a border, counted: by kilometre and by time.

For strips on which so many rows lie that marks would hide each other.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from borderviz.overlay.model import Overlay
from borderviz.render.overlay_rows import Indices
from borderviz.render.timeline_html import YEAR_STEPS, Scale

# Widths in km and in years: the smallest with which there are at most so many bins.
KM_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
MOST_KM, MOST_TIMES = 40, 16


@dataclass(frozen=True, eq=False)
class Bins:
    """
    Counts of rows.

    Parameters
    ----------
    kms, years
        (k + 1,) and (t + 1,) edges; a bin ends where the next begins.
    counts
        (k, t + 1) rows by kilometre and year; last those without a date.
    """

    kms: NDArray[np.float64]
    years: NDArray[np.int64]
    counts: NDArray[np.int64]


def bins_of(
    overlay: Overlay, rows: Indices, length_km: float, scale: Scale | None
) -> Bins:
    """
    Count rows by kilometre and by the middle of what their date may mean.

    Parameters
    ----------
    overlay, rows
        The rows; each is counted once.
    length_km
        Of the border.
    scale
        The years; None if no row has a date.
    """
    step = next((s for s in KM_STEPS if length_km <= MOST_KM * s), KM_STEPS[-1])
    kms = np.append(np.arange(0, length_km, step), length_km)
    at = overlay.located["km_along"].to_numpy(dtype=float)[rows]
    along = np.clip(np.searchsorted(kms, at, "right") - 1, 0, len(kms) - 2)
    first = overlay.first[rows]
    if scale is None:
        years = np.array([0])
        when = np.zeros(len(rows), np.int64)
    else:
        years = _year_edges(scale)
        middle = (first.astype(np.int64) + overlay.last[rows]) // 2
        days = np.array([dt.date(int(year), 1, 1).toordinal() for year in years])
        when = np.clip(np.searchsorted(days, middle, "right") - 1, 0, len(years) - 2)
        when = np.where(first > 0, when, len(years) - 1)
    times = len(years)
    flat = np.bincount(along * times + when, minlength=(len(kms) - 1) * times)
    return Bins(kms, years, flat.reshape(-1, times))


def _year_edges(scale: Scale) -> NDArray[np.int64]:
    count = scale.last + 1 - scale.first
    step = next((s for s in YEAR_STEPS if count <= MOST_TIMES * s), YEAR_STEPS[-1])
    inner = range(scale.first - scale.first % step + step, scale.last + 1, step)
    return np.array([scale.first, *inner, scale.last + 1])
