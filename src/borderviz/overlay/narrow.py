"""Which rows of a reader's data are shown: by the page's filters, and by their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from borderviz.dates import PartialDate
from borderviz.filters import Filters
from borderviz.overlay.cells import simple
from borderviz.overlay.lean import Lean
from borderviz.overlay.model import Overlay

_LONGEST, _MOST_WORDS = 200, 12


@dataclass(frozen=True)
class Narrowing:
    """
    What of a reader's own data is shown.

    Parameters
    ----------
    on
        Whether any of it is.
    categories
        Names of those that are; empty: all, also rows without one.
    words
        A search in titles and texts; every word must occur, in any case of letters.
    """

    on: bool = True
    categories: tuple[str, ...] = ()
    words: str = ""


def mask(overlay: Overlay, narrowing: Narrowing, filters: Filters) -> NDArray[np.bool_]:
    """
    Tell which rows are shown.

    Parameters
    ----------
    overlay
        A reader's data.
    narrowing
        What of it is asked for.
    filters
        The page's: years and exactness apply as they do to events; the others concern
        the atlas alone.

    Returns
    -------
    array
        (n,) True for a row that is shown.
    """
    shown = np.full(len(overlay), narrowing.on)
    if narrowing.categories:
        asked = [name in narrowing.categories for name in overlay.categories]
        # The last stands for -1, a row without a category.
        shown &= np.array([*asked, False])[overlay.category]
    if filters.within_km:
        shown &= overlay.radii_km <= filters.within_km
    if filters.since or filters.until:
        shown &= overlay.first > 0
    if filters.since:
        shown &= overlay.last >= PartialDate.parse(filters.since).first.toordinal()
    if filters.until:
        shown &= overlay.first <= PartialDate.parse(filters.until).last.toordinal()
    for word in words_of(narrowing):
        if isinstance(overlay.said, Lean):
            shown &= overlay.said.holds(word)
        else:
            found = (word in text for text in overlay.said)
            shown &= np.fromiter(found, bool, len(shown))
    return shown


def words_of(narrowing: Narrowing) -> list[str]:
    """List the words that are looked for, each once, in the form of `Overlay.said`."""
    words = simple(narrowing.words[:_LONGEST])[:_LONGEST].split()[:_MOST_WORDS]
    return sorted(set(words))
