"""GeoPackages: tables and systems, geometries in binary, and databases made to harm."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing

import pytest

from .files import (
    SCHEMA,
    column,
    geopackage,
    gp,
    keys,
    read,
    read_or_none,
    refusal,
    told,
    wkb_line,
    wkb_point,
)

FORM = "a.gpkg"
LINE = wkb_line((127, 38), (128, 38))
POINT = wkb_point(127, 38)


def ring(*positions):
    body = b"".join(struct.pack("<dd", *p) for p in positions)
    return struct.pack("<BIII", 1, 3, 1, len(positions)) + body


def collection(inner, depth):
    for _ in range(depth):
        inner = struct.pack("<BII", 1, 7, 1) + inner
    return inner


def test_a_layer_becomes_rows():
    table = read(geopackage(), FORM)
    assert (table.form, table.layer, table.layers) == ("gpkg", "points", ("points",))
    assert (table.columns, table.cells) == (("fid", "title"), ((1,), ("A",)))
    assert table.shapes[0].coords[0] == (127.1, 38.1)
    assert (table.numbers.tolist(), table.notes) == ([1], ())


def test_a_known_system_is_converted():
    table = read(geopackage([gp(wkb_point(953000, 1952000))], srs=5179), FORM)
    assert table.shapes[0].x == pytest.approx(126.968, abs=0.001)
    assert keys(table.notes) == ["file-reprojected"]


@pytest.mark.parametrize("srs", [100, 31337])
def test_an_unknown_system_is_refused(srs):
    assert refusal(geopackage(srs=srs), FORM).key == "file-crs"


def test_degrees_are_supposed_where_no_system_is_said():
    assert keys(read(geopackage(srs=0), FORM).notes) == ["file-no-crs"]


@pytest.mark.parametrize(
    ("blob", "reason"),
    [
        (b"", "geometry"),
        (b"GP\0\1", "geometry"),
        (b"no geometry", "geometry"),
        ("text", "geometry"),
        (7, "geometry"),
        (gp(POINT[:-1]), "geometry"),
        (gp(POINT, flags=0b1111), "geometry"),
        (gp(b"\2" + POINT[1:]), "geometry"),
        (gp(struct.pack("<BII", 1, 2, 2**32 - 1)), "geometry"),
        (gp(struct.pack("<BII", 1, 6, 2**32 - 1)), "geometry"),
        (gp(struct.pack("<BII", 1, 99, 1)), "geometry"),
        (gp(struct.pack("<BII", 1, 8, 0)), "geometry"),
        (gp(struct.pack("<BIIdd", 1, 0x20000001, 4326, 127, 38)), "geometry"),
        (gp(wkb_line((127, 38), (float("nan"), 38))), "no-numbers"),
        (gp(wkb_point(float("inf"), 38)), "no-numbers"),
        (gp(wkb_point(127, 91)), "off-earth"),
        (gp(wkb_point(38, 127)), "swapped"),
        (gp(wkb_line((127, 38), (127, 38))), "collapsed"),
    ],
)
def test_a_geometry_that_is_wrong_is_told_and_left_out(blob, reason):
    table = read(geopackage([gp(POINT), blob, gp(LINE)]), FORM)
    assert told(table) == [(2, f"file-{reason}")]
    assert [shape.geom_type for shape in table.shapes] == ["Point", "LineString"]
    assert table.numbers.tolist() == [1, 3]


@pytest.mark.parametrize(
    "blob",
    [
        None,
        gp(wkb_point(float("nan"), float("nan"))),
        gp(struct.pack("<BII", 1, 2, 0)),
        gp(struct.pack("<BII", 1, 7, 0), flags=0b10001),
    ],
)
def test_a_row_without_geometry_stays_without(blob):
    table = read(geopackage([blob]), FORM)
    assert (table.shapes[0], table.bad_count) == (None, 0)


def test_an_envelope_is_passed_over():
    table = read(geopackage([gp(bytes(32) + LINE, flags=0b11)]), FORM)
    assert table.shapes[0].length == 1


@pytest.mark.parametrize("kind", [1001, 0x80000001, 2001, 0x40000001])
def test_a_third_dimension_is_left_out(kind):
    blob = gp(struct.pack("<BIddd", 1, kind, 127, 38, 5))
    table = read(geopackage([blob]), FORM)
    assert table.shapes[0].coords[:] == [(127, 38)]
    assert keys(table.notes) == ["file-heights"]


def test_a_ring_that_does_not_close_is_mended():
    table = read(geopackage([gp(ring((127, 38), (128, 38), (128, 39), (127, 39)))]))
    assert table.shapes[0].area == 1
    assert keys(table.notes) == ["file-mended"]


def test_collections_may_be_deep_but_not_too_deep():
    table = read(geopackage([gp(collection(POINT, 31))]), FORM)
    assert not table.shapes[0].is_empty
    for depth in (32, 100_000):
        data = geopackage([gp(collection(POINT, depth))])
        assert refusal(data, FORM).key == "file-depth"


def test_bytes_in_a_cell_are_left_out():
    table = read(geopackage(more="UPDATE points SET title = X'00FF'"), FORM)
    assert column(table, "title") == [None]
    assert keys(table.notes) == ["file-blobs"]


def test_text_that_is_no_utf_8():
    more = "UPDATE points SET title = CAST(X'41FF42' AS TEXT)"
    assert column(read(geopackage(more=more), FORM), "title") == ["A�B"]


TWO = """
CREATE TABLE other (x TEXT); INSERT INTO other VALUES ('here');
INSERT INTO gpkg_contents VALUES ('other', 'attributes', 0);
"""


def test_another_table_may_be_chosen():
    data = geopackage(more=TWO)
    table = read(data, FORM)
    assert (table.layers, keys(table.notes)) == (("points", "other"), ["file-layers"])
    table = read(data, FORM, layer="other")
    assert (table.cells, table.shapes) == ((("here",),), None)
    assert refusal(data, FORM, layer="secret").key == "file-layer"


@pytest.mark.parametrize("layer", ["sqlite_master", "gpkg_contents", "points; --", '"'])
def test_only_a_table_of_contents_can_be_chosen(layer):
    assert refusal(geopackage(), FORM, layer=layer).key == "file-layer"


def test_a_name_with_quotes_is_only_a_name():
    name = 'po"ints; DROP'
    quoted = name.replace('"', '""')
    more = f'ALTER TABLE points RENAME TO "{quoted}";'
    more += f"UPDATE gpkg_contents SET table_name = '{name}';"
    more += f"UPDATE gpkg_geometry_columns SET table_name = '{name}'"
    assert read(geopackage(more=more), FORM).layer == name


@pytest.mark.parametrize(
    "more",
    [
        "CREATE VIEW v AS SELECT 1 AS fid, load_extension('/tmp/x.so') AS title",
        "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 "
        "FROM c) SELECT x FROM c",
        "CREATE VIEW v AS SELECT * FROM points",
        "CREATE VIRTUAL TABLE v USING fts5(x)",
        "CREATE VIRTUAL TABLE v USING rtree(id, a, b)",
    ],
)
def test_a_view_or_virtual_table_is_no_layer(more):
    more += "; INSERT INTO gpkg_contents VALUES ('v', 'features', 0)"
    data = geopackage(more=more)
    assert read(data, FORM).layers == ("points",)
    assert refusal(data, FORM, layer="v").key == "file-layer"


@pytest.mark.parametrize("table", ["gpkg_contents", "gpkg_spatial_ref_sys"])
def test_a_view_cannot_stand_for_a_table_of_the_format(table):
    more = f"ALTER TABLE {table} RENAME TO t; CREATE VIEW {table} AS SELECT * FROM t"
    assert refusal(geopackage(more=more), FORM).key == "file-broken"


def test_a_view_cannot_stand_for_the_geometry_columns():
    more = "ALTER TABLE gpkg_geometry_columns RENAME TO t;"
    more += "CREATE VIEW gpkg_geometry_columns AS SELECT * FROM t"
    assert read(geopackage(more=more), FORM).shapes is None


@pytest.mark.parametrize(
    "work",
    ["hex(zeroblob(90000000))", "printf('%.*c', 90000000, 'x')", "fid + 1"],
)
def test_a_column_that_is_worked_out_is_not(work):
    table = read(geopackage(more=f"ALTER TABLE points ADD COLUMN x AS ({work})"), FORM)
    assert table.columns == ("fid", "title")
    assert keys(table.notes) == ["file-worked-out"]


def test_a_worked_out_name_of_a_table_is_no_name():
    more = "DROP TABLE gpkg_contents; CREATE TABLE gpkg_contents (data_type TEXT, "
    more += "table_name AS (hex(zeroblob(90000000))));"
    more += "INSERT INTO gpkg_contents VALUES ('features')"
    assert refusal(geopackage(more=more), FORM).key == "file-broken"


def test_triggers_never_run():
    more = (
        "CREATE TRIGGER t AFTER INSERT ON points BEGIN SELECT load_extension('x'); END"
    )
    assert len(read(geopackage(more=more), FORM).numbers) == 1


def test_a_file_with_a_log_beside_it():
    data = bytearray(geopackage())
    data[18:20] = b"\2\2"
    assert len(read(bytes(data), FORM).numbers) == 1


def test_a_database_that_is_no_geopackage():
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE TABLE t (x)")
        assert refusal(base.serialize(), FORM).key == "file-broken"
        base.executescript(SCHEMA)
        assert refusal(base.serialize(), FORM).key == "file-no-layer"


def test_what_sqlite_says_of_a_file_may_be_no_text():
    data = geopackage().replace(b"CREATE TABLE points", b"CREATE TABEL \xdc\xdcints")
    data = data.replace(b"pointspoints", b"\xdc\xdcints\xdc\xdcints")
    assert refusal(data, FORM).key == "file-broken"


@pytest.mark.parametrize(
    "change",
    ["name = 7", "name = NULL", "name = x'00ff'", "rootpage = 'x'", "type = NULL"],
)
def test_a_list_of_tables_that_was_tampered_with(change):
    more = "PRAGMA writable_schema = ON; UPDATE sqlite_master SET "
    more += f"{change} WHERE name = 'points'"
    table = read_or_none(geopackage(more=more), FORM)
    assert table is None


@pytest.mark.parametrize(
    "change",
    [
        "gpkg_contents SET table_name = 7",
        "gpkg_contents SET table_name = x'00'",
        "gpkg_geometry_columns SET column_name = 7",
        "gpkg_geometry_columns SET srs_id = 'x'",
        "gpkg_spatial_ref_sys SET organization = 7",
        "gpkg_spatial_ref_sys SET organization_coordsys_id = 99999999999999",
    ],
)
def test_tables_of_the_format_that_hold_nonsense(change):
    table = read_or_none(geopackage(more=f"UPDATE {change}"), FORM)
    assert table is None or table.shapes is None


@pytest.mark.parametrize("size", [16, 99, 100, 4096, 5000, 8192])
def test_a_file_that_was_cut_off(size):
    assert refusal(geopackage()[:size], FORM).key == "file-broken"


@pytest.mark.parametrize("at", range(100, 20_000, 997))
def test_a_file_with_damage(at):
    data = bytearray(geopackage([gp(LINE)] * 50))
    assert at < len(data)
    data[at : at + 60] = b"\xff" * 60
    table = read_or_none(bytes(data), FORM)
    assert table is None or len(table.numbers) + table.bad_count <= 50
