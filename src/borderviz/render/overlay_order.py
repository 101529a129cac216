"""In which order the rows of a reader's own data stand in their table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from borderviz.overlay.model import Overlay
from borderviz.overlay_files.raw import Cell
from borderviz.render.context import Context
from borderviz.render.overlay_rows import Indices, cell_words, number_of

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
        cells = overlay.raw.cells[column]
        ranks = _ranks([cells[r] for r in overlay.rows[rows].tolist()])
    elif key == "row":
        ranks = overlay.numbers[rows].astype(float)
    elif key in COMPUTED:
        ranks = _computed(overlay, rows, key, context)
    else:
        return rows
    is_empty = np.isnan(ranks)
    full, empty = rows[~is_empty], rows[is_empty]
    signed = -ranks[~is_empty] if is_reverse else ranks[~is_empty]
    return np.concatenate([full[np.argsort(signed, kind="stable")], empty])


def _column(overlay: Overlay, key: str) -> int | None:
    """Tell which column of the file a key names; None if none."""
    digits = key.removeprefix("c")
    if key == digits or not (digits.isascii() and digits.isdigit() and len(key) < 5):
        return None
    return int(digits) if int(digits) < len(overlay.raw.columns) else None


def _ranks(cells: Sequence[Cell]) -> NDArray[np.float64]:
    """Number cells by their order: numbers, then texts in any case; empty is NaN."""

    def key(cell: Cell) -> tuple[int, float, str]:
        number = number_of(cell)
        if number is not None:
            return 0, number, ""
        return 1, 0.0, cell_words(cell).casefold()

    keys = {cell: key(cell) for cell in set(cells) if cell not in (None, "")}
    ranked = {one: float(n) for n, one in enumerate(sorted(set(keys.values())))}
    found = (ranked[keys[c]] if c in keys else np.nan for c in cells)
    return np.fromiter(found, float, len(cells))


def _computed(
    overlay: Overlay, rows: Indices, key: str, context: Context
) -> NDArray[np.float64]:
    if key not in WORDS:
        name = "km_along" if key == "km" else "distance_km"
        return overlay.located[name].to_numpy(dtype=float)[rows]
    words = overlay.located[key].to_numpy(dtype=object)[rows].tolist()
    if key == "border":
        axes = context.atlas.axes
        words = [
            context.plain(axes[x].record.title) if x in axes else None for x in words
        ]
    return _ranks(words)
