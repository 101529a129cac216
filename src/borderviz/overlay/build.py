"""A table and the choices about it into an `Overlay`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from borderviz.linear.geodesy import Floats
from borderviz.locate import COLUMNS, NoLineError, locate
from borderviz.overlay.cells import plain
from borderviz.overlay.columns import Columns, categories_of
from borderviz.overlay.dating import days
from borderviz.overlay.model import Overlay
from borderviz.overlay.places import Gazetteer
from borderviz.overlay.position import Positions, positions
from borderviz.overlay.roles import Choices
from borderviz.overlay.swapped import LOOKS_SWAPPED, looks_swapped
from borderviz.overlay_files.clean import told
from borderviz.overlay_files.limits import TOLD_PROBLEMS
from borderviz.overlay_files.raw import RawTable, Reason, RowProblem

if TYPE_CHECKING:
    from borderviz.content import Atlas

Ints = NDArray[np.int32]


def build(raw: RawTable, name: str, choices: Choices, atlas: Atlas) -> Overlay:
    """
    Clean and locate a reader's table.

    Parameters
    ----------
    raw
        A table as it was read.
    name
        The file's name, untrusted.
    choices
        Which column means what.
    atlas
        Its places give positions to names, its reference lines kilometres to points.

    Returns
    -------
    Overlay
        Rows with a usable place; the others are told in `problems`.
    """
    columns = Columns(raw, choices)
    where = positions(raw, choices, Gazetteer(atlas))
    rows = np.flatnonzero(where.usable).astype(np.int32)
    starts, ends = columns.dates("date"), columns.dates("date_end")
    dates, date_ends = (_picked(found.texts, rows) for found in (starts, ends))
    first, last, is_early = spans(*days(dates), days(date_ends)[1])
    early = {int(rows[n]): Reason("row-date-order") for n in np.flatnonzero(is_early)}
    radii_km, unread = columns.radii_km()
    radii_km = np.fmax(radii_km, where.named_km)[rows]
    faults = {
        "date": starts.reasons,
        "date_end": ends.reasons | early,
        "radius": unread,
    }
    doubts = sorted(
        (row, role)
        for role, reasons in faults.items()
        for row in reasons
        if where.usable[row]
    )
    without = _problems(where)
    categories, category, notes = categories_of(
        _picked(columns.texts("category"), rows)
    )
    lons, lats = where.lons[rows], where.lats[rows]
    shapes = None if where.shapes is None else where.shapes[rows]
    return Overlay(
        name=told(name),
        version=_version(raw, choices),
        numbers=raw.numbers[rows],
        titles=_picked(columns.titles(), rows),
        dates=dates,
        date_ends=tuple(
            "" if e else d for d, e in zip(date_ends, is_early, strict=True)
        ),
        sources=_picked(columns.texts("source"), rows),
        texts=_picked(columns.texts("text"), rows),
        first=first,
        last=last,
        categories=categories,
        category=category,
        lons=lons,
        lats=lats,
        radii_km=radii_km,
        shapes=shapes if shapes is not None and any(shapes) else None,
        located=_located(lons, lats, radii_km, atlas),
        raw=raw,
        rows=rows,
        choices=choices,
        problems=tuple(
            islice(merge(raw.problems, without, key=attrgetter("row")), TOLD_PROBLEMS)
        ),
        bad_count=raw.bad_count + len(raw.numbers) - len(rows),
        doubts=tuple(
            RowProblem(
                int(raw.numbers[row]),
                told(columns.name(role)),
                told(plain(columns.cells(role)[row])),
                faults[role][row],
            )
            for row, role in doubts[:TOLD_PROBLEMS]
        ),
        doubt_count=len(doubts),
        notes=(
            *raw.notes,
            *_about_places(where, choices, atlas),
            *starts.notes,
            *ends.notes,
            *notes,
        ),
    )


def _picked(texts: Sequence[str], rows: Ints) -> tuple[str, ...]:
    """Keep the texts of some rows."""
    return tuple(texts[row] for row in rows.tolist())


def _problems(where: Positions) -> list[RowProblem]:
    """Tell the first rows that have no place."""
    return [
        where.explain(n) for n in np.flatnonzero(~where.usable)[:TOLD_PROBLEMS].tolist()
    ]


def spans(first: Ints, last: Ints, end: Ints) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """
    Find the days that rows may mean, and where an end lies before its beginning.

    Parameters
    ----------
    first, last, end
        (n,) ordinals: of the date, and the last that the other date may mean; 0 for
        none.
    """
    early = (first > 0) & (end > 0) & (end < first)
    has_end = (first > 0) & (end > 0) & ~early
    return first, np.where(has_end, end, last).astype(np.int32), early


def _located(
    lons: Floats, lats: Floats, radii_km: Floats, atlas: Atlas
) -> pd.DataFrame:
    """Locate points along the atlas's lines; all is missing where it has none."""
    try:
        return locate(lons, lats, atlas, radii_km)
    except NoLineError:
        count = len(lons)
        return pd.DataFrame(
            {name: np.full(count, np.nan if "km" in name else None) for name in COLUMNS}
        )


def _about_places(where: Positions, choices: Choices, atlas: Atlas) -> Iterable[Reason]:
    """Say what is to be said about the places of the whole file."""
    named = int(np.sum(np.isfinite(where.named_km)))
    lons, lats = (np.where(where.usable, x, np.nan) for x in (where.lons, where.lats))
    if not choices.swapped and looks_swapped(where.lons, where.lats, atlas):
        yield Reason(LOOKS_SWAPPED)
    if named:
        yield Reason("row-named", {"count": named})
    yield from _at_zero(lons, lats)


def about_points(lons: Floats, lats: Floats, atlas: Atlas) -> Iterable[Reason]:
    """Say what is to be said about the places of a large file; all are usable."""
    if looks_swapped(lons, lats, atlas):
        yield Reason(LOOKS_SWAPPED)
    yield from _at_zero(lons, lats)


def _at_zero(lons: Floats, lats: Floats) -> Iterable[Reason]:
    if count := int(np.sum((lons == 0) & (lats == 0))):
        yield Reason("row-zero", {"count": count})


def _version(raw: RawTable, choices: Choices) -> str:
    """Hash what is in the table, and how it is read."""
    digest = hashlib.sha256()
    said = (sorted(choices.columns.items()), choices.day_first, choices.swapped)
    for part in (said, raw.columns, raw.numbers.tolist(), *raw.cells):
        digest.update(repr(part).encode())
    if raw.shapes is not None:
        known = [shape for shape in raw.shapes if shape is not None]
        digest.update(repr([shape is None for shape in raw.shapes]).encode())
        digest.update(b"".join(shapely.to_wkb(np.array(known, object))))
    return digest.hexdigest()[:12]
