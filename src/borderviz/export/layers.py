"""The tables of a GeoPackage: the rows parted by the sort of their geometry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.filters import EVENT_KINDS

# Layer by the sort of geometry, for all that is no event.
_LAYERS = {
    "Point": "places",
    "MultiPoint": "routes",
    "MultiLineString": "lines",
    "MultiPolygon": "areas",
}
_OTHER = "mixed"


def layers_of(
    frame: gpd.GeoDataFrame,
) -> Iterator[tuple[str, str, gpd.GeoDataFrame]]:
    """
    Part the table of an atlas into layers: name, sort of geometry, rows.

    Parameters
    ----------
    frame
        The table. Events are always there, also without a point, also if there is none.
    """
    is_event = frame["kind"].isin(EVENT_KINDS).astype(bool)
    yield "events", "Point", frame[is_event]
    yield from by_sort(frame[~is_event], _LAYERS)


def by_sort(
    frame: gpd.GeoDataFrame, names: Mapping[str, str]
) -> Iterator[tuple[str, str, gpd.GeoDataFrame]]:
    """
    Part rows by the sort of their geometry; a line or area becomes one of several.

    Parameters
    ----------
    frame
        The rows.
    names
        Layer by sort; what has another sort lies in `mixed`.
    """
    geometry = gpd.GeoSeries(
        [_multi(shape) for shape in frame.geometry],
        index=frame.index,
        crs=frame.crs,
        dtype="geometry",
    )
    frame = frame.set_geometry(geometry.rename(frame.geometry.name))
    sorts: pd.Series[str] = geometry.geom_type
    for sort, name in names.items():
        if (sorts == sort).any():
            yield name, sort, frame[sorts == sort]
    strange = ~sorts.isin(list(names))
    if strange.any():
        yield _OTHER, "Unknown", frame[strange]


def _multi(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Make a line or an area one of several, so that a layer has one sort."""
    if isinstance(shape, shapely.LineString):
        return shapely.MultiLineString([shape])
    if isinstance(shape, shapely.Polygon):
        return shapely.MultiPolygon([shape])
    return shape
