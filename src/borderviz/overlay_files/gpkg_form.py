"""A GeoPackage as the SQLite database that it is, in memory, read and nothing else.

The database may be made to do harm: every statement passes an authoriser that lets it
select, read and list columns; no view, trigger, virtual table or column that is worked
out is reached; and a progress handler ends what takes too long.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import numpy as np
import shapely

from borderviz.overlay_files.clean import told
from borderviz.overlay_files.draft import Draft
from borderviz.overlay_files.limits import (
    COLUMNS,
    FILE_BYTES,
    READ_SECONDS,
    ROWS,
    VERTICES,
    refusal,
    refuse_more,
)
from borderviz.overlay_files.raw import RawTable, Reason
from borderviz.overlay_files.shapes import Settled, settle
from borderviz.overlay_files.wkb import body, measured

_FORM = "GeoPackage"
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
_STEPS, _SQL_BYTES = 10_000, 100_000
_COLUMNS_OF = "table_xinfo"
# Bytes 18 and 19 say whether the file has a log beside it; in memory there is none.
_LOG_BYTES, _NO_LOG = slice(18, 20), b"\1\1"
_UNKNOWN_SYSTEMS = (-1, 0)
_NAME_LETTERS = 200


def read_geopackage(data: bytes, layer: str) -> RawTable:
    """
    Read a table of a GeoPackage; a feature is a row, numbered from 1.

    Parameters
    ----------
    data
        The file.
    layer
        Name of the table; empty for the first, of features if there are any.

    Raises
    ------
    RefusedFileError
        If it is no GeoPackage, has no such table, or is over a limit.
    """
    draft = Draft("gpkg")
    base = sqlite3.connect(":memory:")
    with closing(base):
        try:
            _fill(base, data)
            return _read(base, draft, layer)
        # What SQLite says of a file may quote bytes of it that are no text.
        except (sqlite3.Error, OverflowError, UnicodeDecodeError):
            raise refusal(why="broken", form=_FORM) from None


def _fill(base: sqlite3.Connection, data: bytes) -> None:
    """Put the file into a database in memory and take away all it could do."""
    if not hasattr(base, "deserialize"):  # a build of SQLite without it
        raise refusal(why="no-geopackage")
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA cell_size_check = ON")
    image = bytearray(data)
    image[_LOG_BYTES] = _NO_LOG
    base.deserialize(bytes(image))
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, FILE_BYTES)
    base.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _SQL_BYTES)
    base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    base.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0)
    base.text_factory = lambda text: text.decode("utf-8", "replace")
    end = time.monotonic() + READ_SECONDS
    base.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    base.set_authorizer(_authorised)


def _authorised(
    action: int, first: str | None, _: str | None, _base: str | None, by: str | None
) -> int:
    """Allow to select, to read and to list columns, but not for a view or a trigger."""
    is_listing = action == sqlite3.SQLITE_PRAGMA and first == _COLUMNS_OF
    if by is None and (action in _ALLOWED or is_listing):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _read(base: sqlite3.Connection, draft: Draft, wanted: str) -> RawTable:
    real = {
        name
        for name, root in base.execute(
            "SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"
        )
        if root and isinstance(name, str) and _is_shown(name)
    }
    if not real >= {"gpkg_contents", "gpkg_spatial_ref_sys"}:
        raise refusal(why="broken", form=_FORM)
    kinds = {
        name: kind
        for name, kind in base.execute(
            "SELECT table_name, data_type FROM gpkg_contents "
            "WHERE data_type IN ('features', 'attributes') LIMIT 1000"
        )
        if name in real
    }
    draft.layers = tuple(sorted(kinds, key=lambda name: kinds[name] != "features"))
    if not draft.layers:
        raise refusal(why="no-layer")
    draft.layer = wanted or draft.layers[0]
    if draft.layer not in draft.layers:
        raise refusal(why="layer", layer=told(wanted))
    if len(draft.layers) > 1:
        draft.note("layers", count=len(draft.layers), layer=told(draft.layer))
    column, srs = _geometry_column(base, draft.layer, real)
    names = _columns(base, draft)
    listed = ", ".join(map(_quoted, names))
    rows = base.execute(
        f"SELECT {listed} FROM {_quoted(draft.layer)} LIMIT {ROWS + 1}"
    ).fetchall()
    refuse_more(len(rows), ROWS, "rows")
    draft.numbers = list(range(1, len(rows) + 1))
    draft.take_rows(names, rows)
    if column in names:
        at = names.index(column)
        blobs = draft.columns.pop(at)
        draft.names.pop(at)
        draft.settled = _settled(blobs, _crs(base, srs, draft))
    return draft.finish()


def _is_shown(name: str) -> bool:
    return len(name) <= _NAME_LETTERS and name.isprintable()


def _columns(base: sqlite3.Connection, draft: Draft) -> list[str]:
    """List the columns that hold something; one that is worked out may never end."""
    found = base.execute(f"PRAGMA {_COLUMNS_OF}({_quoted(draft.layer)})").fetchall()
    names = [name for _, name, *_, hidden in found if not hidden]
    if len(names) < len(found):
        draft.note("worked-out", count=len(found) - len(names))
    if len(names) > COLUMNS + 1:  # one may be the geometry
        raise refusal(why="columns", limit=COLUMNS)
    return names


def _geometry_column(
    base: sqlite3.Connection, layer: str, real: set[str]
) -> tuple[str, int]:
    if "gpkg_geometry_columns" not in real:
        return "", 0
    found = base.execute(
        "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?",
        [layer],
    ).fetchone()
    if not found or not isinstance(found[1], int):
        return "", 0
    return str(found[0]), found[1]


def _crs(base: sqlite3.Connection, srs: int, draft: Draft) -> str:
    """Name the system of the coordinates; empty if it is not said."""
    if srs in _UNKNOWN_SYSTEMS:
        draft.note("no-crs")
        return ""
    found = base.execute(
        "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys "
        "WHERE srs_id = ?",
        [srs],
    ).fetchone()
    if found and str(found[0]).upper() == "EPSG" and isinstance(found[1], int):
        return f"EPSG:{found[1]}"
    raise refusal(why="crs", crs=told(str(srs)))


def _settled(blobs: Sequence[Any], crs: str) -> Settled:
    bodies: list[bytes | None] = []
    bad: dict[int, tuple[str, Reason]] = {}
    vertices = heights = 0
    for at, blob in enumerate(blobs):
        wkb = body(blob) if isinstance(blob, bytes) else None
        size = measured(wkb) if wkb else None
        bodies.append(wkb if size else None)
        if size:
            vertices += size.vertices
            heights += not size.flat
            refuse_more(vertices, VERTICES, "vertices")
        elif blob is not None:
            bad[at] = "", Reason("file-geometry")
    with np.errstate(invalid="ignore"):  # a coordinate may be NaN; it is told below
        shapes = shapely.from_wkb(np.array(bodies, dtype=object), on_invalid="ignore")
    missing = shapely.is_missing(shapes)
    closed = []
    for at in [at for at, wkb in enumerate(bodies) if wkb and missing[at]]:
        # Rings that do not close are all that this mends.
        with np.errstate(invalid="ignore"):
            shapes[at] = shapely.from_wkb(bodies[at], on_invalid="fix")
        if shapes[at] is None:
            bad[at] = "", Reason("file-geometry")
        else:
            closed.append(at)
    numbers, owner = shapely.get_coordinates(shapes, return_index=True)
    is_odd = ~np.isfinite(numbers).all(axis=1)
    for at in set(owner[is_odd].tolist()):
        bad[at] = str(shapes[at].geom_type), Reason("file-no-numbers")
        shapes[at] = None
    return settle(shapes, bad, crs=crs, closed=closed, heights=heights)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
