"""Room for names and marks on a line: shares of a width, rows, lanes."""

from __future__ import annotations

from collections.abc import Sequence


def share(value: float) -> str:
    """Write a share from 0 to 1 as a CSS percentage."""
    return f"{100 * value:.2f}%"


def packed(spans: Sequence[tuple[float, float]]) -> list[int]:
    """
    Give each span the lowest row on which nothing is in its way.

    Examples
    --------
    >>> packed([(0, 0.5), (0.2, 0.3), (0.6, 0.7)])
    [0, 1, 0]
    """
    ends: list[float] = []
    rows = []
    for start, end in spans:
        row = next((n for n, taken in enumerate(ends) if taken <= start), len(ends))
        if row == len(ends):
            ends.append(0)
        ends[row] = end
        rows.append(row)
    return rows


def lanes_of(spans: Sequence[tuple[float, float]], lanes: int) -> list[int | None]:
    """
    Give each span the first of some lanes where nothing is in its way, or None.

    Examples
    --------
    >>> lanes_of([(0, 2), (1, 3), (2, 4), (1, 2)], 2)
    [0, 1, 0, None]
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in range(lanes)]
    found: list[int | None] = []
    for start, end in spans:
        free = (
            n
            for n, others in enumerate(taken)
            if all(end <= a or b <= start for a, b in others)
        )
        row = next(free, None)
        if row is not None:
            taken[row].append((start, end))
        found.append(row)
    return found
