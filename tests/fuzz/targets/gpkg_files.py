"""Uploads in GeoPackage: a database with changed bytes, and geometries."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from functools import cache

import numpy as np

from borderviz.overlay_files.gpkg_form import _settled
from fuzz.parts import BETWEEN, REFUSED, drawable, reads, said

_SCHEMA = """
PRAGMA page_size = 512;
CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER PRIMARY KEY, organization TEXT,
  organization_coordsys_id INTEGER);
CREATE TABLE points (fid INTEGER PRIMARY KEY, geom BLOB, title TEXT, more);
CREATE INDEX titles ON points (title);
INSERT INTO gpkg_contents VALUES ('points', 'features', 0);
INSERT INTO gpkg_geometry_columns VALUES ('points', 'geom', 4326);
INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326), (5179, 'EPSG', 5179);
"""
_POINT = struct.pack("<BIdd", 1, 1, 127.1, 38.1)
_LINE = struct.pack("<BIIdddd", 1, 2, 2, 170, 1, 190, 2)
_RING = struct.pack("<II8d", 1, 4, 0, 0, 2, 2, 0, 2, 2, 0)
_POLYGON = struct.pack("<BI", 1, 3) + _RING
_MANY = struct.pack("<BII", 1, 7, 2) + _POINT + _LINE
_HIGH = struct.pack(">BIddd", 0, 1001, 1, 2, 3)
_SHAPES = (_POINT, _LINE, _POLYGON, _MANY, _HIGH)
WORDS = (
    *_SHAPES,
    *(struct.pack("<BI", 1, kind) for kind in range(1, 8)),
    *(struct.pack("<BI", 1, kind | 0x80000000) for kind in (1, 2, 3, 6, 7)),
    *(struct.pack("<d", x) for x in (float("nan"), float("inf"), 1e300, 180.5, -90)),
    *(struct.pack("<I", n) for n in (0, 1, 2, 3, 2**31, 2**32 - 1)),
)
SEEDS = (
    *(b"w" + shape for shape in _SHAPES),
    b"w" + BETWEEN.join(_SHAPES),
    *(b"p" + shape for shape in _SHAPES),
    b"e",
    *(
        b"e" + bytes([page * 2, at, byte])
        for page in range(9)
        for at, byte in ((0, 5),)
    ),
    b"t" + b"features",
)


def one(data):
    kind, rest = data[:1], data[1:]
    if kind in (b"w", b"p"):
        _geometries(rest.split(BETWEEN), "EPSG:5179" if kind == b"p" else "")
    else:
        reads(edited(rest), "a.gpkg")


def _geometries(bodies, crs):
    try:
        settled = _settled([b"GP\0\1\0\0\0\0" + body for body in bodies], crs)
    except REFUSED:
        return
    said(settled.notes(range(1, len(bodies) + 1)))
    said(reason for _, reason in settled.bad.values())
    good = np.ones(len(bodies), bool)
    good[list(settled.bad)] = False
    drawable(settled.shapes[good], int(good.sum()))


def filled(bodies):
    """A database with such geometries."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_SCHEMA)
        blobs = [b"GP\0\1\0\0\0\0" + shape for shape in bodies]
        rows = [
            (blob, f"row {n}", (n, 0.5, b"x", None)[n % 4])
            for n, blob in enumerate(blobs)
        ]
        base.executemany(
            "INSERT INTO points (geom, title, more) VALUES (?, ?, ?)", rows
        )
        base.commit()
        return base.serialize()


@cache
def _whole():
    return filled(_SHAPES)


def edited(edits):
    """A database in which each three bytes change one byte."""
    image = bytearray(_whole())
    for high, low, byte in zip(edits[::3], edits[1::3], edits[2::3], strict=False):
        image[(high << 8 | low) % len(image)] = byte
    return bytes(image)
