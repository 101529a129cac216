"""The records of a view as one table: what every format is written from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.content import Atlas
from borderviz.export.cells import Row, one_line
from borderviz.export.columns import COLUMNS, Column
from borderviz.export.licences import shapes_of
from borderviz.filters import is_event
from borderviz.layers import layer_of
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.table_html import sorted_records
from borderviz.selection import Selection, select
from borderviz.view import ViewState

SCOPES = ("events", "layers")
CRS = "EPSG:4326"
_DTYPES = {"text": "string", "int": "Int64", "float": "float64", "bool": "bool"}


def chosen(
    atlas: Atlas, view: ViewState, *, scope: str = "events"
) -> tuple[Record, ...]:
    """
    List the records that are taken along from a view.

    Parameters
    ----------
    atlas, view
        Where from, and what of it.
    scope
        "events": those of the table twin, in its order. "layers": then also all else
        that is drawn on the layers that are on, by layer and in the order of the files.

    Raises
    ------
    ValueError
        If there is no such scope.
    """
    return chosen_of(select(atlas, view), Context(atlas, view), scope=scope)


def chosen_of(
    selection: Selection, context: Context, *, scope: str
) -> tuple[Record, ...]:
    """List what is taken along where the events are selected already; see `chosen`."""
    if scope not in SCOPES:
        msg = f"no scope {scope!r}; there are {', '.join(SCOPES)}"
        raise ValueError(msg)
    view, atlas = context.view, context.atlas
    events = sorted_records(selection.records, view.sort, context)
    if scope == "events":
        return tuple(events)
    others: dict[str, list[Record]] = {name: [] for name in view.layers}
    for record in atlas.records.values():
        layer = layer_of(record, atlas.settings.layers)
        is_on = layer is not None and layer.id in others
        if layer and is_on and not is_event(record) and shape_of(record, atlas):
            others[layer.id].append(record)
    return (*events, *[record for found in others.values() for record in found])


def table(
    records: Sequence[Record], context: Context, *, address: str = ""
) -> gpd.GeoDataFrame:
    """
    Lay records out as a table, in the reader's language.

    Parameters
    ----------
    records
        One row each, in this order.
    context
        The atlas, and the language.
    address
        Where the atlas is served; empty leaves links to their query.

    Returns
    -------
    geopandas.GeoDataFrame
        `COLUMNS` and `geometry` (EPSG:4326), which is None where a record has no place.
    """
    among = frozenset(record.id for record in records)
    rows = [Row(record, context, among, address) for record in records]
    columns = {name: _series(column, rows) for name, column in COLUMNS.items()}
    shapes = [shape_of(record, context.atlas) for record in records]
    geometry = gpd.GeoSeries(shapes, crs=CRS, dtype="geometry")
    return gpd.GeoDataFrame(columns, geometry=geometry, crs=CRS)


def _series(column: Column, rows: Iterable[Row]) -> pd.Series[Any]:
    values: list[Any] = [column.value(row) for row in rows]
    if column.type == "text":
        values = [one_line(str(value)) if value else None for value in values]
    return pd.Series(values, dtype=_DTYPES[column.type])


def shape_of(record: Record, atlas: Atlas) -> BaseGeometry | None:
    """
    Put together what is drawn of a record: a point, waypoints, lines or areas.

    Parameters
    ----------
    record
        Any record.
    atlas
        Where positions and shapes are; nothing is rounded, nothing made finer. Rings
        run counter-clockwise outside, as RFC 7946 wants them.
    """
    if record.id in atlas.positions:
        return shapely.Point(*atlas.positions[record.id])
    names = shapes_of(record)
    shapes = [atlas.shapes[name] for name in names if name in atlas.shapes]
    if not shapes:
        return None
    whole = shapes[0] if len(shapes) == 1 else _joined(shapes)
    return shapely.orient_polygons(whole)


def _joined(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Join shapes of one sort into one; vertices stay as they are."""
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    sorts = {part.geom_type for part in parts}
    if sorts == {"LineString"}:
        return shapely.MultiLineString(parts)
    if sorts == {"Polygon"}:
        return shapely.MultiPolygon(parts)
    if sorts == {"Point"}:
        return shapely.MultiPoint(parts)
    return shapely.GeometryCollection(parts)
