"""The rows of a GeoParquet file: as of an upload where they are few, else lean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from borderviz.linear.geodesy import on_earth
from borderviz.overlay.cells import column as column_named
from borderviz.overlay.lean import Lean, is_text
from borderviz.overlay.points_columns import lean
from borderviz.overlay.points_error import CURE, fault
from borderviz.overlay.points_geometry import (
    Column,
    points_of,
    shapes_of,
    to_degrees,
)
from borderviz.overlay.roles import recognise
from borderviz.overlay_files.clean import headings, told
from borderviz.overlay_files.draft import Draft
from borderviz.overlay_files.limits import TOLD_PROBLEMS
from borderviz.overlay_files.raw import RawTable, Reason, RefusedFileError, RowProblem
from borderviz.overlay_files.shapes import Settled, settle
from borderviz.texts import DEFAULT, say

if TYPE_CHECKING:
    import pyarrow as pa

Floats = NDArray[np.float64]


def _columns(table: pa.Table, name: str) -> RawTable:
    """Make the table without its places; columns that hold no cells are left out."""
    names, _, _ = headings(table.column_names)
    found = {}
    for heading, chunked in zip(names, table.columns, strict=True):
        whole = chunked.chunk(0) if chunked.num_chunks == 1 else _joined(chunked)
        if (cells := lean(whole, name, heading)) is not None:
            found[heading] = cells
    numbers = np.arange(1, len(table) + 1, dtype=np.int32)
    return RawTable(
        form="parquet",
        layer="",
        layers=(),
        encoding="",
        columns=tuple(found),
        numbers=numbers,
        cells=tuple(found.values()),
        shapes=None,
        notes=(),
        problems=(),
        bad_count=0,
    )


def _joined(chunked: pa.ChunkedArray) -> pa.Array:
    import pyarrow as pa

    found = chunked.combine_chunks()
    return pa.concat_arrays(found.chunks) if hasattr(found, "chunks") else found


def small_table(
    table: pa.Table, shapes: pa.Array | None, column: Column | None, name: str
) -> RawTable:
    """Make the table as of an upload: whole geometries, and objects for cells."""
    draft = Draft("parquet")
    raw = _columns(table, name)
    draft.numbers = raw.numbers.tolist()
    draft.take_rows(raw.columns, zip(*raw.cells, strict=True))
    draft.columns = draft.columns if raw.numbers.size else []
    try:
        if shapes is not None and column is not None:
            draft.notes += _told(column)
            draft.settled = _settled(shapes, column, name)
        return draft.finish()
    except RefusedFileError as error:
        reason = error.reason
        said = say(f"overlay-{reason.key}", DEFAULT, **reason.values)
        raise fault(name, "", reason.key, "a table that can be shown", said) from None


def _settled(array: pa.Array, column: Column, name: str) -> Settled:
    shapes = shapes_of(array, column, name)
    lost = shapely.is_missing(shapes) & array.is_valid().to_numpy(zero_copy_only=False)
    why = Reason("file-no-numbers" if column.is_native else "file-geometry")
    bad = {row: ("", why) for row in np.flatnonzero(lost).tolist()}
    if not column.is_degrees:
        known = ~shapely.is_missing(shapes)
        shapes[known] = shapely.transform(
            shapes[known],
            lambda xy: np.column_stack(to_degrees(xy[:, 0], xy[:, 1], column, name)),
        )
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    for row in np.unique(owner[~np.isfinite(xy).all(axis=1)]).tolist():
        bad[row], shapes[row] = ("", Reason("file-no-numbers")), None
    return settle(shapes, bad)


def large_table(
    table: pa.Table, array: pa.Array | None, column: Column | None, name: str
) -> tuple[RawTable, Floats, Floats]:
    """Make the table in lean columns, and a point for each row that has one."""
    raw, notes = _columns(table, name), []
    if array is None or column is None:
        xs, ys = _from_columns(raw, name)
        lons, lats = xs.copy(), ys.copy()
    else:
        notes = _told(column)
        xs, ys, others = points_of(array, column, name)
        if others:
            notes.append(Reason("row-shapes", {"count": others}))
        lons, lats = to_degrees(xs, ys, column, name)
    lons = np.where((lons > 180) & (lons <= 360), lons - 360, lons)
    good = on_earth(lons, lats)
    if 2 * int(good.sum()) < len(good):
        at = int(np.flatnonzero(~good)[0])
        cure = "Save the file in WGS84 (EPSG:4326), longitude before latitude."
        found = f"{xs[at]:g}, {ys[at]:g}"
        where = column.name if column else ""
        allowed = "degrees on the earth in most rows"
        raise fault(name, where, found, allowed, cure, row=at + 1)
    told = [_problem(row, xs, ys) for row in np.flatnonzero(~good)[:TOLD_PROBLEMS]]
    rows = np.flatnonzero(good).astype(np.int32)
    cells = (column.picked(rows) for column in raw.cells if isinstance(column, Lean))
    return (
        replace(
            raw,
            numbers=raw.numbers[rows],
            cells=tuple(cells),
            notes=tuple(notes),
            problems=tuple(told),
            bad_count=len(good) - len(rows),
        ),
        lons[rows],
        lats[rows],
    )


def _problem(row: int, xs: Floats, ys: Floats) -> RowProblem:
    """Say why a row has no place."""
    if np.isnan(xs[row]) and np.isnan(ys[row]):
        return RowProblem(int(row) + 1, "", "", Reason("row-no-place"))
    found = told(f"{xs[row]:g}, {ys[row]:g}")
    return RowProblem(int(row) + 1, "", found, Reason("file-off-earth"))


def _from_columns(raw: RawTable, name: str) -> tuple[Floats, Floats]:
    """Take coordinates from columns of degrees."""
    roles = recognise(raw).columns
    found = []
    for role in ("lon", "lat"):
        cells = column_named(raw, roles.get(role, ""))
        if not isinstance(cells, Lean) or is_text(cells.array):
            allowed = "a geometry column, or columns of numbers called lon and lat"
            raise fault(name, role, "no such column", allowed, CURE)
        numbers = cells.array.cast("float64").to_numpy(zero_copy_only=False)
        found.append(numbers)
    return found[0], found[1]


def _told(column: Column) -> list[Reason]:
    """Say what was done about the system of the coordinates."""
    if column.crs is None:
        return [Reason("file-no-crs")]
    if column.is_degrees:
        return []
    return [Reason("file-reprojected", {"crs": told(column.crs.name)})]
