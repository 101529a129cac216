"""Files as a reader may upload them: whole ones, made small; tests break them."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import zipfile
from contextlib import closing

import pytest

from borderviz.overlay_files import RefusedFileError
from borderviz.overlay_files.parse import parse

POINT = {"type": "Point", "coordinates": [127.1, 38.1]}


def read(data, name="file", layer="", encoding=""):
    """Read in this process, as the worker does in its own."""
    if isinstance(data, str):
        data = data.encode()
    return parse(data, name, layer, encoding)


def read_or_none(data, name="file"):
    """Read a damaged file, which may be refused; anything else is a fault."""
    try:
        return read(data, name)
    except RefusedFileError:
        return None


def refusal(data, name="file", **choices):
    """The reason why a file is refused."""
    with pytest.raises(RefusedFileError) as caught:
        read(data, name, **choices)
    return caught.value.reason


def keys(reasons):
    return [reason.key for reason in reasons]


def told(table):
    """Row and reason of each problem."""
    return [(problem.row, problem.reason.key) for problem in table.problems]


def column(table, name):
    return list(table.cells[table.columns.index(name)])


def geojson(*geometries, properties=None, **members):
    features = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for geometry in geometries
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def kml(inner, head=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"{inner}</Document></kml>"
    )


def placemark(inner="<Point><coordinates>127.1,38.1</coordinates></Point>", name="A"):
    return f"<Placemark><name>{name}</name>{inner}</Placemark>"


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """Pack (name, bytes) pairs; a ZipInfo may stand for a name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def gp(wkb, srs=4326, flags=1):
    return b"GP\0" + bytes([flags]) + struct.pack("<i", srs) + wkb


def wkb_point(x, y):
    return struct.pack("<BIdd", 1, 1, x, y)


def wkb_line(*positions):
    head = struct.pack("<BII", 1, 2, len(positions))
    return head + b"".join(struct.pack("<dd", *p) for p in positions)


SCHEMA = """
CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,
  geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,
  organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, ''),
  ('Korea 2000 / Unified CS', 5179, 'EPSG', 5179, ''), ('own', 100, 'NONE', 1, '');
"""


_BLOBS = (gp(wkb_point(127.1, 38.1)),)


def geopackage(blobs=_BLOBS, srs=4326, more=""):
    """A layer `points` with columns fid, geom, title; `more` is run at the end."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(SCHEMA)
        base.executescript(
            "CREATE TABLE points (fid INTEGER PRIMARY KEY, geom BLOB, title TEXT);"
            "INSERT INTO gpkg_contents VALUES ('points', 'features', 0);"
        )
        base.execute(
            "INSERT INTO gpkg_geometry_columns VALUES "
            "('points', 'geom', 'GEOMETRY', ?, 0, 0)",
            [srs],
        )
        rows = [(number, blob, "A") for number, blob in enumerate(blobs, 1)]
        base.executemany("INSERT INTO points VALUES (?, ?, ?)", rows)
        base.executescript(more)
        base.commit()
        return base.serialize()


_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml" '
    f'Type="{_RELATION}/worksheet"/>{{more}}</Relationships>'
)
_BOOK = (
    '<workbook xmlns:r="{space}"><sheets><sheet name="Sheet" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>"
)


def workbook(rows, relations="", head="", members=()):
    """A workbook whose sheet holds the XML of rows that is given."""
    return zipped(
        [
            ("[Content_Types].xml", "<Types/>"),
            ("xl/workbook.xml", _BOOK.format(space=_RELATION)),
            ("xl/_rels/workbook.xml.rels", _RELATIONS.format(more=relations)),
            (
                "xl/worksheets/sheet1.xml",
                f"{head}<worksheet><sheetData>{rows}</sheetData></worksheet>",
            ),
            *members,
        ]
    )


def sheet_row(number, *cells):
    """XML of a row with texts and numbers."""
    made = [
        f"<c><v>{cell}</v></c>"
        if isinstance(cell, int | float)
        else f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
        for cell in cells
    ]
    return f'<row r="{number}">{"".join(made)}</row>'
