"""In which order the rows of a reader's own data stand in their table."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from borderviz.overlay.aggregate import ranks
from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.render.overlay_rows import Indices

# What is known of a row beyond its file; the first ones are words.
WORDS = ("border", "side")
COMPUTED = (*WORDS, "km", "distance")


def order(
    overlay: Overlay, mask: NDArray[np.bool_], sort: str, context: Context
) -> Indices:
    """
    Sort the rows that are shown; equal ones stay in order, empty cells come last.

    Parameters
    ----------
    overlay, mask
        The rows, and which of them are shown.
    sort
        `c<n>` for column n of the file, `row`, or one of `COMPUTED`; a hyphen before it
        for the reverse. Anything else is the order of the file.
    context
        Gives the words that are sorted.
    """
    rows = np.flatnonzero(mask)
    key, is_reverse = sort.removeprefix("-"), sort.startswith("-")
    column = _column(overlay, key)
    if column is not None:
        found = ranks(overlay.raw.cells[column])[overlay.rows[rows]]
    elif key == "row":
        found = overlay.numbers[rows].astype(float)
    elif key in COMPUTED:
        found = _computed(overlay, rows, key, context)
    else:
        return rows
    is_empty = np.isnan(found)
    full, empty = rows[~is_empty], rows[is_empty]
    signed = -found[~is_empty] if is_reverse else found[~is_empty]
    return np.concatenate([full[np.argsort(signed, kind="stable")], empty])


def _column(overlay: Overlay, key: str) -> int | None:
    """Tell which column of the file a key names; None if none."""
    digits = key.removeprefix("c")
    if key == digits or not (digits.isascii() and digits.isdigit() and len(key) < 5):
        return None
    return int(digits) if int(digits) < len(overlay.raw.columns) else None


def _computed(
    overlay: Overlay, rows: Indices, key: str, context: Context
) -> NDArray[np.float64]:
    if key not in WORDS:
        name = "km_along" if key == "km" else "distance_km"
        return overlay.located[name].to_numpy(dtype=float)[rows]
    # So few different ones: each is ranked once, whatever number of rows has it.
    codes, names = pd.factorize(overlay.located[key])
    words = [str(name) for name in names]
    if key == "border":
        axes = context.atlas.axes
        words = [
            context.plain(axes[x].record.title) if x in axes else "" for x in words
        ]
    ranked = np.append(ranks(words), np.nan)  # the last is for -1, none
    return ranked[codes[rows]]
