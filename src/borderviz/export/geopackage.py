"""The table as a GeoPackage: one layer for each sort of geometry, written by GDAL."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import geopandas as gpd

from borderviz.export.exported import Exported


def geopackage_bytes(export: Exported) -> bytes:
    """
    Write a GeoPackage: one layer for each of those that the export has.

    Licences and sources are in its metadata, and in every row. Its times are the day of
    the export, so that the same export has the same bytes.

    Parameters
    ----------
    export
        What is taken along.

    Raises
    ------
    OSError
        If the disk for temporary files cannot be written.
    sqlite3.Error, pyogrio.errors.DataSourceError
        And their like, if a library cannot write.
    """
    import pyogrio

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.gpkg"
        told, counts = export.as_lines(), {}
        for name, sort, frame in export.layers():
            counts[name] = len(frame)
            pyogrio.write_dataframe(
                frame,
                path,
                layer=name,
                driver="GPKG",
                geometry_type=sort,
                append=path.exists(),
                dataset_metadata=told,
                layer_metadata={key: told[key] for key in ("title", "license")},
                layer_options={
                    # Names that no column of the table has.
                    "GEOMETRY_NAME": _free("geom", frame),
                    "FID": _free("fid", frame),
                    # An index is of no use to hundreds of rows.
                    "SPATIAL_INDEX": "NO",
                    "IDENTIFIER": f"{export.title}: {name}",
                    "DESCRIPTION": f"{export.sentence} {told['license']}",
                },
            )
        settled = path.with_stem("settled")
        _settle(path, settled, counts, f"{export.today.isoformat()}T00:00:00.000Z")
        return settled.read_bytes()


def _free(name: str, frame: gpd.GeoDataFrame) -> str:
    used = {str(column).lower() for column in frame.columns}
    while name in used:
        name += "_"
    return name


def _settle(path: Path, settled: Path, counts: Mapping[str, int], moment: str) -> None:
    """
    Set every time in the file to one moment, and see that nothing of it was lost.

    GDAL closes a file without a word when the disk was full at the end. The copy does
    not tell how often the file was written to, which differs from one time to the next.
    """
    with closing(sqlite3.connect(path)) as base:
        base.execute("UPDATE gpkg_contents SET last_change = ?", [moment])
        base.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", [moment])
        base.commit()
        base.execute("VACUUM INTO ?", [str(settled)])
    with closing(sqlite3.connect(settled)) as base:
        rows = base.execute("SELECT table_name FROM gpkg_contents").fetchall()
        found = {
            name: base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in rows
        }
        (told,) = base.execute("SELECT count(*) FROM gpkg_metadata").fetchone()
        (state,) = base.execute("PRAGMA integrity_check").fetchone()
    if found != counts or told <= len(counts) or state != "ok":
        raise OSError(errno.EIO, os.strerror(errno.EIO))
