"""The table of a reader's own rows: their columns as they are, and ours after them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from borderviz.along import Along
from borderviz.axes import Axis
from borderviz.export.cells import fit
from borderviz.export.table import CRS
from borderviz.overlay.large import located_rows
from borderviz.overlay.model import Overlay
from borderviz.overlay_files.raw import Cell
from borderviz.render.context import Context
from borderviz.render.overlay_rows import are_numbers
from borderviz.render.strip_table import side_words

_PREFIX = "borderviz"
# Ours, in order; each is written with a prefix that no column of the file has.
COMPUTED = (
    *("row", "lat", "lon", "uncertainty_km", "date_first", "date_last"),
    *("border", "border_label", "km", "km_from", "km_to", "distance_km"),
    *("side", "side_label", "sector", "sector_label", "data_version"),
)
_DIGITS = 3  # of kilometres: to the metre, as the command line has them
_LONGEST = 9_007_199_254_740_991  # whole numbers that every program keeps


@dataclass(frozen=True, eq=False)
class Table:
    """
    A table to be written.

    Parameters
    ----------
    frame
        Rows with geometry; the columns of the file first.
    prefix
        Of the names of our own columns.
    numeric_texts
        Columns of texts that are plain numbers all.
    """

    frame: gpd.GeoDataFrame
    prefix: str
    numeric_texts: frozenset[str]


def table_of(overlay: Overlay, mask: NDArray[np.bool_], context: Context) -> Table:
    """
    Lay out the rows that are shown.

    Parameters
    ----------
    overlay, mask
        The rows, and which of them are shown.
    context
        The atlas, and the language of labels.
    """
    rows = np.flatnonzero(mask)
    raw, where = overlay.raw, overlay.rows[rows].tolist()
    names = unique(raw.columns)
    columns: dict[str, Any] = {}
    numeric = set()
    for name, cells in zip(names, raw.cells, strict=True):
        found = [cells[row] for row in where]
        if are_numbers(found) and any(isinstance(cell, str) for cell in found):
            numeric.add(name)
        columns[name] = _series(found)
    prefix = _free_prefix(names)
    for key, values in _computed(overlay, rows, context).items():
        columns[f"{prefix}_{key}"] = values
    label = _free("geometry", columns)
    shapes = np.array(shapely.points(overlay.lons[rows], overlay.lats[rows]))
    if overlay.shapes is not None:
        own = overlay.shapes[rows]
        is_own = ~shapely.is_missing(own)
        shapes[is_own] = own[is_own]
    geometry = gpd.GeoSeries(shapely.orient_polygons(shapes), crs=CRS)
    frame = pd.DataFrame(columns, index=range(len(rows)))
    frame[label] = geometry
    return Table(
        gpd.GeoDataFrame(frame, geometry=label, crs=CRS), prefix, frozenset(numeric)
    )


def unique(names: Sequence[str]) -> list[str]:
    """
    Give each column a name of its own also where the case of letters does not count.

    Examples
    --------
    >>> unique(["Name", "name", "name (2)", ""])
    ['Name', 'name (2)', 'name (2) (2)', '_']
    """
    found: dict[str, str] = {}
    for name in names:
        plain = fit(name).strip() or "_"
        number, label = 1, plain
        while label.casefold() in found:
            number += 1
            label = f"{plain} ({number})"
        found[label.casefold()] = label
    return list(found.values())


def _free_prefix(names: Sequence[str]) -> str:
    """Choose a prefix that no column has: a file may have been exported before."""
    number, prefix = 1, _PREFIX
    while any(name.casefold().startswith(f"{prefix}_") for name in names):
        number += 1
        prefix = f"{_PREFIX}{number}"
    return prefix


def _free(name: str, taken: dict[str, Any]) -> str:
    used = {one.casefold() for one in taken}
    while name in used:
        name += "_"
    return name


def _series(cells: Sequence[Cell]) -> pd.Series[Any]:
    """Give a column the narrowest type that changes nothing in it."""
    full = [cell for cell in cells if cell is not None]
    types = {type(cell) for cell in full}
    if types == {bool}:
        return pd.Series(cells, dtype="boolean")
    if types and types <= {int, float} and all(_is_plain(cell) for cell in full):
        is_whole = types == {int}
        return pd.Series(cells, dtype="Int64" if is_whole else "float64")
    words = [None if cell is None else _text(cell) for cell in cells]
    return pd.Series(words, dtype="string")


def _is_plain(cell: Cell) -> bool:
    """Tell whether a number is one in every format."""
    if isinstance(cell, int):
        return abs(cell) <= _LONGEST
    return isinstance(cell, float) and math.isfinite(cell)


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return fit(cell) if isinstance(cell, str) else repr(cell)


def _computed(
    overlay: Overlay, rows: NDArray[np.intp], context: Context
) -> dict[str, Any]:
    """Make our own columns, without their prefix."""
    found = located_rows(overlay, rows, context.atlas)
    axes = context.atlas.axes
    borders: list[Any] = _plain(found["border"])
    sides: list[Any] = _plain(found["side"])
    sectors: list[Any] = _plain(found["sector"])
    names = {
        sector.id: context.plain(sector.name)
        for axis in axes.values()
        for sector, _, _ in axis.sectors
    }
    titles = {name: context.plain(axis.record.title) for name, axis in axes.items()}
    said = {side: _side(side, axes, context) for side in set(sides) if side}
    radii = pd.Series(overlay.radii_km[rows], dtype="float64")
    values: dict[str, Any] = {
        "row": pd.Series(overlay.numbers[rows], dtype="Int64"),
        "lat": pd.Series(overlay.lats[rows], dtype="float64"),
        "lon": pd.Series(overlay.lons[rows], dtype="float64"),
        "uncertainty_km": radii,
        "date_first": _texts(_days(overlay.first[rows])),
        "date_last": _texts(_days(overlay.last[rows])),
        "border": _texts(borders),
        "border_label": _texts([titles.get(x) for x in borders]),
        "km": _km(found["km_along"]),
        "km_from": _km(found["km_low"]),
        "km_to": _km(found["km_high"]),
        "distance_km": _km(found["distance_km"]),
        "side": _texts(sides),
        "side_label": _texts([said.get(x) for x in sides]),
        "sector": _texts(sectors),
        "sector_label": _texts([names.get(x) for x in sectors]),
        "data_version": _texts([context.atlas.fingerprint] * len(rows)),
    }
    return {key: values[key] for key in COMPUTED}


def _plain(column: pd.Series[Any]) -> list[str | None]:
    return [x if isinstance(x, str) and x else None for x in column.tolist()]


def _texts(words: Sequence[str | None]) -> pd.Series[Any]:
    return pd.Series([w and fit(w) for w in words], dtype="string")


def _km(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.astype("float64").round(_DIGITS)


def _days(ordinals: NDArray[np.int32]) -> list[str | None]:
    return [
        dt.date.fromordinal(day).isoformat() if day > 0 else None
        for day in ordinals.tolist()
    ]


def _side(side: str, axes: dict[str, Axis], context: Context) -> str:
    """Name a side as the strips do."""
    axis = next(iter(axes))
    return side_words(Along(axis, "point", 0.0, ((0, 0),), 0.0, side, "", ()), context)
