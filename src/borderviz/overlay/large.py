"""A table of very many rows into an `Overlay`, column by column.

The same as `build` makes, but without an object a row: different cells are read once,
by the same readers, and every row has the code of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from borderviz.locate import COLUMNS, NoLineError, locate
from borderviz.overlay.aggregate import ranks
from borderviz.overlay.build import about_points, spans
from borderviz.overlay.cells import column, plain
from borderviz.overlay.columns import ranked_categories
from borderviz.overlay.dating import days, read_dates
from borderviz.overlay.lean import Lean, coded, is_text
from borderviz.overlay.model import Overlay
from borderviz.overlay.points_file import PointsFile
from borderviz.overlay.radii import MOST_KM, km_of_one, read_radius
from borderviz.overlay.roles import recognise
from borderviz.overlay_files.clean import told
from borderviz.overlay_files.limits import TOLD_PROBLEMS
from borderviz.overlay_files.raw import RawTable, Reason, RowProblem

if TYPE_CHECKING:
    from borderviz.content import Atlas

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
_NAMED = ("border", "side", "sector")


def build_large(found: PointsFile, name: str, atlas: Atlas) -> Overlay:
    """
    Make an overlay of which nothing is located yet; see `with_places`.

    Parameters
    ----------
    found
        A large file of points.
    name
        What it is called.
    atlas
        Tells whether coordinates make sense.
    """
    raw, choices = found.raw, recognise(found.raw)
    if found.lons is None or found.lats is None:
        message = "a table without points is built as an upload is"
        raise ValueError(message)
    table = _Large(raw, choices.columns)
    starts, ends = table.dates("date"), table.dates("date_end")
    first, last, is_early = spans(starts.first, starts.last, ends.last)
    radii_km, unread = table.radii_km()
    categories, category, notes = table.categories()
    early, too_early = np.flatnonzero(is_early), Reason("row-date-order")
    doubts = [
        *table.doubts("date", starts.bad),
        *table.doubts("date_end", ends.bad),
        *table.doubts("date_end", dict.fromkeys(early.tolist(), too_early)),
        *table.doubts("radius", unread),
    ]
    doubt_count = starts.bad_count + ends.bad_count + len(early) + len(unread)
    end_texts = ends.texts
    if len(early):
        end_texts = coded(np.where(is_early, -1, ends.codes), ends.values)
    places = about_points(found.lons, found.lats, atlas)
    return Overlay(
        name=told(found.origin.title or name),
        version=found.digest,
        numbers=raw.numbers,
        titles=table.titles(),
        dates=starts.texts,
        date_ends=end_texts,
        sources=table.lean("source").texts(),
        texts=table.lean("text").texts(),
        first=first,
        last=last,
        categories=categories,
        category=category,
        lons=found.lons,
        lats=found.lats,
        radii_km=radii_km,
        shapes=None,
        located=nowhere(len(raw.numbers)),
        raw=raw,
        rows=np.arange(len(raw.numbers), dtype=np.int32),
        choices=choices,
        problems=raw.problems,
        bad_count=raw.bad_count,
        doubts=tuple(sorted(doubts, key=lambda x: x.row)[:TOLD_PROBLEMS]),
        doubt_count=doubt_count,
        notes=(*raw.notes, *places, *starts.notes, *ends.notes, *notes),
        origin=found.origin,
    )


def with_places(overlay: Overlay, atlas: Atlas) -> Overlay:
    """
    Locate the rows of a large overlay along the atlas's lines.

    The feet of their circles are left out; `located_rows` has them for some rows.
    """
    lons, lats, radii = overlay.lons, overlay.lats, overlay.radii_km
    try:
        found = locate(lons, lats, atlas, radii, with_ranges=False)
    except NoLineError:
        return replace(overlay, located=nowhere(len(overlay)))
    for name in _NAMED:
        found[name] = pd.Categorical(found[name])
    return replace(overlay, located=found)


def located_rows(overlay: Overlay, rows: NDArray[Any], atlas: Atlas) -> pd.DataFrame:
    """
    Return where some rows lie, with the feet of their circles.

    Parameters
    ----------
    overlay
        Any; only of a large one they have to be worked out now.
    rows
        (k,) indices, or slices of it.
    atlas
        What the rows were located by.

    Returns
    -------
    DataFrame
        k rows of `Overlay.located`, numbered from 0.
    """
    found = overlay.located.iloc[rows].reset_index(drop=True)
    missing = found["km_low"].isna() & found["km_along"].notna()
    if not missing.any():
        return found
    lons, lats = overlay.lons[rows], overlay.lats[rows]
    whole = locate(lons, lats, atlas, overlay.radii_km[rows])
    return found.assign(km_low=whole["km_low"], km_high=whole["km_high"])


def warmed(overlay: Overlay) -> Overlay:
    """Work out, before anybody asks, what is asked of all rows at once."""
    import pyarrow as pa

    _ = overlay.spans, overlay.said
    for cells in overlay.raw.cells:
        ranks(cells)
    pa.default_memory_pool().release_unused()
    return overlay


def nowhere(count: int) -> pd.DataFrame:
    """Make what `locate` returns for rows of which nothing is known."""
    none = pd.Categorical.from_codes(np.full(count, -1, np.int8), pd.Index([""]))
    unknown = np.broadcast_to(np.nan, count)
    return pd.DataFrame(
        {name: none if name in _NAMED else unknown for name in COLUMNS}, copy=False
    )


class _Dates:
    """A column of dates: each different cell read once."""

    def __init__(self, name: str, cells: Lean) -> None:
        codes, values = cells.distinct()
        counts = np.bincount(codes + 1, minlength=len(values) + 1)[1:]
        read = read_dates(name, values, None, times=counts.tolist())
        self.codes, self.values, self.notes = codes, read.texts, read.notes
        self.texts = coded(codes, read.texts)
        first, last = days([*read.texts, ""])
        self.first, self.last = first[codes], last[codes]
        wrong = np.zeros(len(values) + 1, bool)
        wrong[list(read.reasons)] = True
        rows = np.flatnonzero(wrong[codes])
        self.bad_count = len(rows)
        self.bad = {
            row: read.reasons[int(codes[row])] for row in rows[:TOLD_PROBLEMS].tolist()
        }


class _Large:
    """A table in lean columns, by the role that each column has."""

    def __init__(self, raw: RawTable, columns: Any) -> None:
        self._raw, self._columns = raw, columns

    def lean(self, role: str) -> Lean:
        """Return the cells of a role; all empty without a column."""
        found = column(self._raw, self._columns.get(role, ""))
        if isinstance(found, Lean):
            return found
        return coded(np.full(len(self._raw.numbers), -1, np.int32), [])

    def titles(self) -> Lean:
        """Read what rows are called: by their title, or else by their place."""
        import pyarrow.compute as pc

        titles, places = (self.lean(x).texts(in_line=True) for x in ("title", "place"))
        if titles.is_empty or places.is_empty:
            return places if titles.is_empty else titles
        both = [found.array.cast("large_string") for found in (titles, places)]
        return Lean(pc.if_else(pc.equal(both[0], ""), both[1], both[0]))

    def dates(self, role: str) -> _Dates:
        """Read a column of dates."""
        return _Dates(self._columns.get(role, ""), self.lean(role))

    def categories(
        self,
    ) -> tuple[tuple[str, ...], NDArray[np.int16], tuple[Reason, ...]]:
        """Sort rows into categories, as `columns.categories_of` does."""
        codes, values = self.lean("category").texts().distinct()
        counts = np.bincount(codes, minlength=len(values)).tolist()
        each = dict(zip(map(plain, values), counts, strict=True))
        kept, notes = ranked_categories(Counter(each))
        number = {name: n for n, name in enumerate(kept)}
        place = np.array([*(number.get(plain(x), -1) for x in values), -1], np.int16)
        return kept, place[codes], notes

    def radii_km(self) -> tuple[Floats, dict[int, Reason]]:
        """Read the column of radii: kilometres, NaN if unknown; and what it cannot."""
        cells = self.lean("radius")
        unit = km_of_one(self._columns.get("radius", ""))
        if is_text(cells.array) or cells.array.type == "bool":
            codes, values = cells.distinct()
            read = [read_radius(value, unit) for value in values]
            km = [x if isinstance(x, float) else np.nan for x in read]
            wrong = np.array([*(isinstance(x, Reason) for x in read), False])
            found, bad = np.array([*km, np.nan])[codes], wrong[codes]
        else:
            found = unit * cells.array.cast("float64").to_numpy(zero_copy_only=False)
            bad = (found < 0) | (found > MOST_KM)
            found = np.where(bad, np.nan, found)
        return found, dict.fromkeys(np.flatnonzero(bad).tolist(), Reason("row-radius"))

    def doubts(self, role: str, reasons: dict[int, Reason]) -> list[RowProblem]:
        """Tell the first cells of a role that cannot be read."""
        name, cells = told(self._columns.get(role, "")), self.lean(role)
        return [
            RowProblem(int(self._raw.numbers[row]), name, told(plain(cells[row])), why)
            for row, why in list(reasons.items())[:TOLD_PROBLEMS]
        ]
