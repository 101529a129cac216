"""The columns of a reader's table by the role they have, read as what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from borderviz.linear.geodesy import Floats
from borderviz.overlay.cells import column, one_line, plain, read_each
from borderviz.overlay.dating import Dates, read_dates
from borderviz.overlay.radii import km_of_one, read_radius
from borderviz.overlay.roles import Choices
from borderviz.overlay_files.raw import Cell, RawTable, Reason

# More than these no list could offer.
MOST_CATEGORIES = 1000


class Columns:
    """
    A table and the choices about it.

    Parameters
    ----------
    raw, choices
        n rows; a column that is not in the table counts as not chosen.
    """

    def __init__(self, raw: RawTable, choices: Choices) -> None:
        self._raw, self._choices = raw, choices

    def name(self, role: str) -> str:
        """Return the heading of the column that has a role; empty for none."""
        name = self._choices.columns.get(role, "")
        return name if name in self._raw.columns else ""

    def cells(self, role: str) -> Sequence[Cell]:
        """Return the n cells of a role; all empty without a column."""
        found = column(self._raw, self.name(role))
        return (None,) * len(self._raw.numbers) if found is None else found

    def texts(self, role: str) -> list[str]:
        """Read a column as text."""
        return read_each(self.cells(role), plain)

    def titles(self) -> list[str]:
        """Read what rows are called: by their title, or else by their place."""
        both = zip(self.cells("title"), self.cells("place"), strict=True)
        return [one_line(title) or one_line(place) for title, place in both]

    def dates(self, role: str) -> Dates:
        """Read a column of dates."""
        name = self.name(role)
        return read_dates(name, self.cells(role), self._choices.day_first)

    def radii_km(self) -> tuple[Floats, dict[int, Reason]]:
        """Read the column of radii: kilometres, NaN if unknown; and what it cannot."""
        read = partial(read_radius, km_of_one=km_of_one(self.name("radius")))
        found = read_each(self.cells("radius"), read)
        radii = [x if isinstance(x, float) else np.nan for x in found]
        reasons = {row: x for row, x in enumerate(found) if isinstance(x, Reason)}
        return np.array(radii, float), reasons


def categories_of(
    texts: Sequence[str],
) -> tuple[tuple[str, ...], NDArray[np.int16], tuple[Reason, ...]]:
    """
    Sort rows into categories.

    Parameters
    ----------
    texts
        (n,) names; empty for none.

    Returns
    -------
    categories, category, notes
        Names, the most frequent first; (n,) index, -1 for none; that the rarest of very
        many are left out.

    Examples
    --------
    >>> names, index, _ = categories_of(["b", "", "a", "b"])
    >>> names, index.tolist()
    (('b', 'a'), [0, -1, 1, 0])
    """
    kept, notes = ranked_categories(Counter(texts))
    number = {name: n for n, name in enumerate(kept)}
    index = np.array([number.get(text, -1) for text in texts], np.int16)
    return kept, index, notes


def ranked_categories(
    counts: Counter[str],
) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """
    Order categories.

    Parameters
    ----------
    counts
        How many rows have each name; the empty one is none.

    Returns
    -------
    categories, notes
        The most frequent first; that the rarest of very many are left out.
    """
    counts.pop("", None)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    kept = tuple(ranked[:MOST_CATEGORIES])
    if len(kept) == len(ranked):
        return kept, ()
    values = {"count": len(ranked), "kept": len(kept)}
    return kept, (Reason("row-categories", values),)
