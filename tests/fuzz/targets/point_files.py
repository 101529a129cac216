"""Files of points on the command line: read, written with more columns, read again."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from borderviz.point_files import Options, PointFileError, opened
from fuzz.parts import BETWEEN
from fuzz.targets import csv_files, geojson_files, gpkg_files, kml_files

# By the first letter; `g` has changes of a GeoPackage, `w` geometries for one.
_SUFFIXES = {
    b"c": ".csv",
    b"t": ".tsv",
    b"j": ".geojson",
    b"k": ".kml",
    b"g": ".gpkg",
    b"w": ".gpkg",
}
_ADDED = {"bv_border": str, "bv_km": float}
WORDS = (*csv_files.WORDS, *geojson_files.WORDS, *kml_files.WORDS, "uncertainty_km")
SEEDS = (
    *(b"c" + seed for seed in csv_files.SEEDS),
    *(b"j" + seed for seed in geojson_files.SEEDS),
    *(b"k" + seed[1:] for seed in kml_files.SEEDS if seed[:1] == b"d"),
    b"tlat\tlon\tuncertainty_km\n1\t2\t3\n",
    *(seed for seed in gpkg_files.SEEDS if seed[:1] == b"w"),
    b"w\x01\x0b\0\0\0\0\0\0\0",
    b"g",
    b"g\x04\x00\x05",
)


@cache
def _folder():
    """A folder for one file at a time, in memory where there is such a disk."""
    shared = Path("/dev/shm")
    at = tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)
    return at, Path(at.name)


def one(data):
    suffix = _SUFFIXES.get(data[:1], ".csv")
    content = data[1:]
    if data[:1] == b"g":
        content = gpkg_files.edited(content)
    elif data[:1] == b"w":
        content = gpkg_files.filled(content.split(BETWEEN))
    path, written = (_folder()[1] / f"{name}{suffix}" for name in ("in", "out"))
    written.unlink(missing_ok=True)
    path.write_bytes(content)
    try:
        found = opened(path, Options(added=_ADDED))
    except PointFileError:
        return
    rows = found.rows
    assert all(str(problem) for problem in rows.problems)
    assert (np.isnan(rows.lons) | (np.abs(rows.lons) <= 180)).all()
    try:
        found.write(written, [("x", 1.5)] * len(rows))
    except PointFileError:
        return
    again, known = opened(written, Options()).rows, ~np.isnan(rows.lons)
    # A row that had too few cells has enough now.
    assert np.array_equal(again.lons[known], rows.lons[known])
    assert np.array_equal(again.lats[known], rows.lats[known])
