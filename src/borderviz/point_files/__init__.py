"""Files of points: CSV, GeoJSON, GeoPackage and KML, read and written again.

`opened` reads a file into rows with coordinates; `PointFile.write` writes it again with
more columns and everything else as it was; `replaced` keeps half-written files away.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from borderviz.point_files.base import Options, PointFile, PointFileError, refusal
from borderviz.point_files.csv_file import CsvFile
from borderviz.point_files.geojson_file import GeoJsonFile
from borderviz.point_files.geopackage_file import GeoPackageFile
from borderviz.point_files.kml_file import KmlFile
from borderviz.writing import replacing

__all__ = ["Options", "PointFile", "PointFileError", "opened", "replaced"]

_KINDS: tuple[type[PointFile], ...] = (CsvFile, GeoJsonFile, GeoPackageFile, KmlFile)


def opened(path: Path, options: Options) -> PointFile:
    """
    Read a file of points; its kind is told by its name and must be true.

    Parameters
    ----------
    path
        A regular file on this machine.
    options
        Names of columns and layers.

    Raises
    ------
    PointFileError
        If there is no such file, or it cannot be used as a whole.
    """
    allowed = ", ".join(suffix for kind in _KINDS for suffix in kind.suffixes)
    kind = next((k for k in _KINDS if path.suffix.lower() in k.suffixes), None)
    if not path.is_file():
        found = "no regular file" if path.exists() else "no such file"
        raise refusal(path, "", found, "a file of points", "Mend the name.")
    if kind is None:
        cure = "Export the points in one of these formats."
        raise refusal(
            path, "", f"a name in {path.suffix or '(nothing)'}", allowed, cure
        )
    _refuse_strange(path, kind, options)
    try:
        return kind(path.resolve(), options)
    except OSError as error:
        told, cure = error.strerror or str(error), "Mend the rights of the file."
        raise refusal(path, "", told, "a file that can be read", cure) from None


def _refuse_strange(path: Path, kind: type[PointFile], options: Options) -> None:
    """Refuse options that mean nothing in this kind of file."""
    for name, value, meant in (
        ("--lat", options.lat, CsvFile),
        ("--lon", options.lon, CsvFile),
        ("--layer", options.layer, GeoPackageFile),
    ):
        if value is not None and kind is not meant:
            allowed = "for " + ", ".join(meant.suffixes)
            raise refusal(path, name, f"for {path.suffix}", allowed, "Leave it out.")


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """
    Give a name to write to; it takes the place of `path` when all has gone well.

    Parameters
    ----------
    path
        What is to be there in the end; an older file of that name is replaced.

    Raises
    ------
    PointFileError
        If the folder or the disk does not take the file; nothing is left behind.
    """
    try:
        with replacing(path) as part:
            yield part
    except (OSError, sqlite3.Error) as error:
        told = getattr(error, "strerror", None) or str(error)
        cure = "Name another place with --output, or make room."
        raise refusal(path, "", told, "a place that takes the file", cure) from None
