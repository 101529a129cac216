"""The formats in which data can be taken along, by name."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyogrio.errors import (
    DataLayerError,
    DataSourceError,
    FeatureError,
    FieldError,
    GeometryError,
)

from borderviz.export.about import export_of
from borderviz.export.csv_text import csv_bytes
from borderviz.export.exported import Exported
from borderviz.export.geojson import geojson_bytes
from borderviz.export.geopackage import geopackage_bytes
from borderviz.export.kml import kml_bytes
from borderviz.export.parquet import parquet_bytes
from borderviz.render.context import Context
from borderviz.selection import Selection
from borderviz.writing import OutputError

_REFUSALS = (
    *(DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError),
    sqlite3.Error,
)


@dataclass(frozen=True)
class Format:
    """
    A format of data.

    Parameters
    ----------
    ending
        Of file names, with its dot.
    media_type
        For downloads.
    write
        Makes the bytes of an export.
    """

    ending: str
    media_type: str
    write: Callable[[Exported], bytes]


FORMATS = {
    "geojson": Format(".geojson", "application/geo+json", geojson_bytes),
    "csv": Format(".csv", "text/csv; charset=utf-8", csv_bytes),
    "gpkg": Format(".gpkg", "application/geopackage+sqlite3", geopackage_bytes),
    "kml": Format(".kml", "application/vnd.google-earth.kml+xml", kml_bytes),
    "parquet": Format(".parquet", "application/vnd.apache.parquet", parquet_bytes),
}


def data_bytes(
    form: str,
    selection: Selection,
    context: Context,
    *,
    scope: str = "events",
    today: dt.date,
    address: str = "",
) -> bytes:
    """
    Write what a view shows in one format.

    Parameters
    ----------
    form
        One of `FORMATS`.
    selection, context
        The view, and the reader's language.
    scope
        "events" or "layers", as in `chosen`.
    today
        The day of the export.
    address
        Where the atlas is served; empty leaves links to their query.

    Raises
    ------
    ValueError
        If there is no such format or scope.
    OutputError
        If the disk or a library refuses.
    """
    export = export_of(selection, context, scope=scope, today=today, address=address)
    return written(form, export)


def written(form: str, export: Exported) -> bytes:
    """Write an export in one format; see `data_bytes`."""
    if form not in FORMATS:
        msg = f"no format {form!r}; there are {', '.join(FORMATS)}"
        raise ValueError(msg)
    name = Path(f"{export.name}{FORMATS[form].ending}")
    try:
        return FORMATS[form].write(export)
    except OSError as error:
        cure = "Make room on the disk for temporary files."
        raise OutputError(name, (error.strerror or str(error)).lower(), cure) from error
    except _REFUSALS as error:
        cure = "Make room on the disk for temporary files, or take another format."
        raise OutputError(name, str(error), cure) from error
