"""What stands for several records where their symbols would overlap.

The same rules as on the page (`web/symbols.js`): what would overlap is joined, again
and again, since a group is larger than a symbol and stands at the mean of its records.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

NEAR = 8.5  # the zoom from which symbols are large and stay on their spot
SYMBOL, SMALL = 9.0, 5.5
_COARSE_ZOOM = 6.5


@dataclass(frozen=True)
class Mark:
    """
    One record's symbol.

    Parameters
    ----------
    id, style
        Of the record.
    at
        Its place on the picture, in design units.
    symbol, turn
        What is drawn, and by how many degrees it is turned clockwise.
    is_place
        True if it marks a place; events differ by what happened.
    """

    id: str
    style: str
    at: tuple[float, float]
    symbol: str
    turn: int = 0
    is_place: bool = False


@dataclass
class Heap:
    """
    One or more marks drawn as one.

    Parameters
    ----------
    at
        The mean of their places.
    marks
        Which.
    radius
        Half of what is drawn, in design units.
    spot
        Where it is drawn, if not at its place.
    """

    at: tuple[float, float]
    marks: list[Mark]
    radius: float = 0.0
    spot: tuple[float, float] | None = field(default=None)

    @property
    def where(self) -> tuple[float, float]:
        """Where it is drawn."""
        return self.spot or self.at

    @property
    def is_group(self) -> bool:
        """Whether it stands for several records."""
        return len(self.marks) > 1


def radius_of(marks: Sequence[Mark], zoom: float) -> float:
    """
    Say how large a mark or a group is drawn, as its radius in design units.

    Parameters
    ----------
    marks
        One, or those of a group.
    zoom
        From afar single places are small.
    """
    count = len(marks)
    if count > 1:
        return 13.0 if count > 99 else 11.5 if count > 9 else 10.0
    return SMALL if marks[0].is_place and zoom < NEAR else SYMBOL


def heaped(marks: Sequence[Mark], zoom: float) -> list[Heap]:
    """
    Join the marks that would overlap.

    Parameters
    ----------
    marks
        Those that are shown, in order; the order decides between equals.
    zoom
        From afar fewer remain: they have little room beside the lines.

    Returns
    -------
    list of Heap
        No two of them overlap; together they hold every mark once.
    """
    apart = 1.25 if zoom < _COARSE_ZOOM else 1.1 if zoom < NEAR else 1.0
    heaps = [Heap(mark.at, [mark]) for mark in marks]
    before = len(heaps) + 1
    while len(heaps) < before:
        before = len(heaps)
        kept: list[Heap] = []
        for heap in heaps:
            heap.radius = radius_of(heap.marks, zoom)
            near = _overlapped(heap, kept, apart)
            if near is None:
                kept.append(heap)
                continue
            a, b = len(near.marks), len(heap.marks)
            near.at = (
                (near.at[0] * a + heap.at[0] * b) / (a + b),
                (near.at[1] * a + heap.at[1] * b) / (a + b),
            )
            near.marks.extend(heap.marks)
            near.radius = radius_of(near.marks, zoom)
        heaps = kept
    return heaps


def _overlapped(heap: Heap, others: Sequence[Heap], apart: float) -> Heap | None:
    for other in others:
        reach = apart * (other.radius + heap.radius)
        if math.dist(other.at, heap.at) < reach:
            return other
    return None


def shares(marks: Sequence[Mark]) -> dict[str, int]:
    """Count the styles of a group's marks, in their order: the arcs of its ring."""
    found: dict[str, int] = {}
    for mark in marks:
        found[mark.style] = found.get(mark.style, 0) + 1
    return found
