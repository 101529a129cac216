"""A reader's own rows, ready to be drawn, listed and exported; arrays, one entry each.

Rows stand in the order of the file. Everything that is text is still untrusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from borderviz.overlay.cells import simple
from borderviz.overlay.lean import Lean, joined
from borderviz.overlay.roles import Choices
from borderviz.overlay_files.raw import RawTable, Reason, RowProblem

Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Origin:
    """
    What is stated about data that all readers of a server see; each may be empty.

    Parameters
    ----------
    title
        What it is called; the file's name without one.
    source, licence, attribution, url
        Who made it, on what terms, whom to name, and where it is told.
    """

    title: str = ""
    source: str = ""
    licence: str = ""
    attribution: str = ""
    url: str = ""

    @property
    def stated(self) -> str:
        """All that is stated in one line; empty if nothing is."""
        parts = (self.source, self.licence, self.attribution, self.url)
        return "; ".join(filter(None, parts))


@dataclass(frozen=True, eq=False)
class Overlay:
    """
    A reader's table, cleaned and located; n rows have a usable place.

    Parameters
    ----------
    name, version
        The file's name, cleaned; twelve hexadecimal digits of content and choices.
    numbers
        (n,) row numbers in the file, as people count.
    titles, dates, date_ends, sources, texts
        (n,) each. Dates are partial, in ISO form (`2019-05`), empty if unknown. A title
        falls back to the place, and is empty without either.
    first, last
        (n,) ordinals of the days that a date may mean, 0 if unknown.
    categories, category
        Names, the most frequent first; (n,) index into them, -1 for none.
    lons, lats
        (n,) the point that stands for a row, EPSG:4326.
    radii_km
        (n,) how exactly the place is known; NaN if unknown.
    shapes
        (n,) lines and areas, None where a row is a point; None if all are.
    located
        (n,) the columns of `borderviz.locate.COLUMNS`; all missing if the atlas has no
        line.
    raw, rows, choices
        What this was made of; (n,) which row of `raw` each is.
    problems, bad_count
        Rows that are not here, by number: the first of them, and how many they are.
    doubts, doubt_count
        Cells of rows that are here which could not be read, likewise.
    notes
        What is to be said about the whole file.
    origin
        Of data that the operator shows to all readers; None for a reader's own.
    """

    name: str
    version: str
    numbers: NDArray[np.int32]
    titles: Sequence[str]
    dates: Sequence[str]
    date_ends: Sequence[str]
    sources: Sequence[str]
    texts: Sequence[str]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    categories: tuple[str, ...]
    category: NDArray[np.int16]
    lons: NDArray[np.float64]
    lats: NDArray[np.float64]
    radii_km: NDArray[np.float64]
    shapes: NDArray[np.object_] | None
    located: pd.DataFrame
    raw: RawTable
    rows: NDArray[np.int32]
    choices: Choices
    problems: tuple[RowProblem, ...]
    bad_count: int
    doubts: tuple[RowProblem, ...]
    doubt_count: int
    notes: tuple[Reason, ...]
    origin: Origin | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def said(self) -> Sequence[str]:
        """Titles and texts in the form in which words are looked for; made once."""
        if isinstance(self.titles, Lean) and isinstance(self.texts, Lean):
            return joined(self.titles, self.texts).words()
        both = zip(self.titles, self.texts, strict=True)
        return tuple(simple(f"{title}\n{text}") for title, text in both)

    @cached_property
    def ends(self) -> dict[int, tuple[float, float]]:
        """What `overlay.ends` has worked out of rows that were read."""
        return {}

    @cached_property
    def spans(self) -> tuple[Ints, Ints, Ints]:
        """Different spans of days that rows may mean: first, last; (n,) which it is."""
        both = self.first.astype(np.int64) << 32 | self.last
        found, code = np.unique(both, return_inverse=True)
        first, last = (found >> 32).astype(np.int32), found.astype(np.int32)
        return first, last, code.astype(np.int32)
