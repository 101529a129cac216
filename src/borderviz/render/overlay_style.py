"""Which mark a reader's row has, on map, legend, timeline, strip and picture alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from borderviz.overlay.model import Overlay


@dataclass(frozen=True)
class Mark:
    """
    Colour and shape of a category.

    Parameters
    ----------
    token
        Of `theme.toml`; the class `bv-c-<token>` sets `--c` to it.
    symbol
        Of `symbols.json`.
    """

    token: str
    symbol: str


# Shape and colour both tell categories apart: eight are what a reader can keep in mind.
MARKS = tuple(
    Mark(f"overlay-{number}", symbol)
    for number, symbol in enumerate(
        ("dot", "diamond", "square", "triangle", "plus", "down", "star", "cross"), 1
    )
)
OTHER = Mark("overlay-other", "hoop")


def marks(overlay: Overlay) -> tuple[Mark, ...]:
    """Give each category of an overlay its mark, in order: eight, and the rest one."""
    return tuple(
        MARKS[n] if n < len(MARKS) else OTHER for n in range(len(overlay.categories))
    )


def kinds(overlay: Overlay) -> NDArray[np.uint8]:
    """
    Number each row's mark.

    Parameters
    ----------
    overlay
        n rows. Where none has a category all have the first mark.

    Returns
    -------
    NDArray[np.uint8]
        (n,) index into `(*MARKS, OTHER)`.
    """
    if not overlay.categories:
        return np.zeros(len(overlay.numbers), np.uint8)
    index = overlay.category
    is_own = (index >= 0) & (index < len(MARKS))
    return np.where(is_own, index, len(MARKS)).astype(np.uint8)


def mark_number(overlay: Overlay, index: int) -> int:
    """Number one row's mark, as `kinds` does for all."""
    number = int(overlay.category[index]) if overlay.categories else 0
    return number if 0 <= number < len(MARKS) else len(MARKS)


def overlay_classes() -> str:
    """Write a class per mark that sets `--c`, the colour of whatever wears it."""
    tokens = [mark.token for mark in (*MARKS, OTHER)]
    return "".join(f".bv-c-{token}{{--c:var(--bv-{token})}}" for token in tokens)
