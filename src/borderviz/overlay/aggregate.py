"""What is asked of all rows of an overlay at once, fast for a million of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from borderviz.overlay.cells import plain
from borderviz.overlay.lean import Lean, is_text
from borderviz.overlay_files.raw import Cell

Floats = NDArray[np.float64]
_DIGITS = frozenset("0123456789+-.eE ")
# Up to so many different cells are compared one by one.
_FEW = 50_000


def number_of(cell: Cell) -> float | None:
    """
    Read a cell as a number; None if it is not one.

    Examples
    --------
    >>> number_of(" -1.5e3 "), number_of("007"), number_of("12 km"), number_of(True)
    (-1500.0, 7.0, None, None)
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, str) and not set(cell) <= _DIGITS:
        return None
    try:
        number = float(cell)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def ranks(cells: Sequence[Cell]) -> Floats:
    """
    Number cells by their order: numbers, then texts in any case of letters.

    Parameters
    ----------
    cells
        (n,); those of a `Lean` are numbered once and remembered.

    Returns
    -------
    array
        (n,), equal for cells that are alike; NaN for an empty cell.

    Examples
    --------
    >>> ranks(["b", "10", "9", "", "B"]).tolist()
    [2.0, 1.0, 0.0, nan, 2.0]
    """
    if not isinstance(cells, Lean):
        known = _ranked(set(cells))
        return np.fromiter((known.get(c, np.nan) for c in cells), float, len(cells))
    if cells.ranked is None:
        cells.ranked = _of_many(cells)
    return cells.ranked


def _ranked(cells: set[Cell]) -> dict[Cell, float]:
    def key(cell: Cell) -> tuple[int, float, str]:
        number = number_of(cell)
        if number is not None:
            return 0, number, ""
        return 1, 0.0, plain(cell).casefold()

    keys = {cell: key(cell) for cell in cells if not _is_empty(cell)}
    order = {one: float(n) for n, one in enumerate(sorted(set(keys.values())))}
    return {cell: order[one] for cell, one in keys.items()}


def _is_empty(cell: Cell) -> bool:
    return cell in ("", None) or cell != cell


def _of_many(cells: Lean) -> Floats:
    """Rank a long column: by its different cells if they are few, else in Arrow."""
    import pyarrow.compute as pc

    array = cells.array
    if not is_text(array) and array.type != "bool" and not hasattr(array, "dictionary"):
        found: Floats = array.cast("float64").to_numpy(zero_copy_only=False)
        return found
    codes, values = cells.distinct()
    if len(values) <= _FEW:
        known = _ranked(set(values))
        by_code = [*(known.get(value, np.nan) for value in values), np.nan]
        return np.array(by_code)[codes]
    if hasattr(array, "dictionary"):
        array = array.dictionary_decode()
    texts = pc.utf8_lower(array)
    dense: Floats = pc.rank(texts, tiebreaker="dense").to_numpy().astype(float)
    # Numbers go before texts, whatever their first letter is.
    digits = pc.match_substring_regex(array, r"^[0-9+\-.eE ]+$").fill_null(False)
    rows = np.flatnonzero(digits.to_numpy(zero_copy_only=False))
    taken = array.take(rows).to_pylist()
    numbers = {text: number_of(text) for text in set(taken)}
    found_in = sorted({x for x in numbers.values() if x is not None})
    place = {x: float(n - len(found_in)) for n, x in enumerate(found_in)}
    for row, text in zip(rows.tolist(), taken, strict=True):
        number = numbers[text]
        if number is not None:
            dense[row] = place[number]
    empty = pc.equal(pc.binary_length(array), 0).fill_null(True)
    dense[empty.to_numpy(zero_copy_only=False)] = np.nan
    return dense
