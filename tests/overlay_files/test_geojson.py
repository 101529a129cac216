"""GeoJSON: what it may be, geometries that are wrong, systems of coordinates."""

from __future__ import annotations

import json
import math

import pytest

from .files import (
    POINT,
    column,
    geojson,
    keys,
    polygon,
    read,
    refusal,
    told,
)

SQUARE = [[127, 38], [128, 38], [128, 39], [127, 39], [127, 38]]
BOW = [[127, 38], [128, 39], [128, 38], [127, 39], [127, 38]]


def line(*positions):
    return {"type": "LineString", "coordinates": list(positions)}


def test_features_become_rows():
    text = geojson(POINT, polygon(SQUARE), properties={"a": 1, "b": "x"})
    table = read(text, "a.geojson")
    assert (table.form, table.columns) == ("geojson", ("a", "b"))
    assert table.numbers.tolist() == [1, 2]
    assert [shape.geom_type for shape in table.shapes] == ["Point", "Polygon"]
    assert table.cells == ((1, 1), ("x", "x"))
    assert table.notes == ()


@pytest.mark.parametrize(
    "document",
    [POINT, {"type": "Feature", "properties": None, "geometry": POINT}],
    ids=["geometry", "feature"],
)
def test_a_single_feature_or_geometry(document):
    table = read(json.dumps(document), "a.json")
    assert table.shapes[0].coords[0] == (127.1, 38.1)


def test_every_kind_of_geometry():
    several = [
        {"type": "MultiPoint", "coordinates": [[127, 38], [128, 38]]},
        line([127, 38], [128, 38]),
        {"type": "MultiLineString", "coordinates": [[[127, 38], [128, 38]]]},
        polygon(SQUARE),
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
    ]
    nested = {"type": "GeometryCollection", "geometries": [POINT, *several]}
    table = read(geojson(*several, nested), "a.geojson")
    assert [shape.geom_type for shape in table.shapes] == [
        *(shape["type"] for shape in several),
        "GeometryCollection",
    ]


def test_properties_that_differ_fill_up_with_nothing():
    features = json.loads(geojson(POINT, POINT, POINT))
    features["features"][0]["properties"] = {"a": 1}
    features["features"][1]["properties"] = {"b": [1, {"c": True}]}
    features["features"][2]["id"] = "f3"
    table = read(json.dumps(features), "a.geojson")
    assert table.columns == ("a", "b", "id")
    assert table.cells == (
        (1, None, None),
        (None, '[1, {"c": true}]', None),
        (None, None, "f3"),
    )


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": []},
        {"type": "Polygon", "coordinates": []},
        {"type": "GeometryCollection", "geometries": []},
        {"type": "LineString"},
    ],
)
def test_a_row_without_geometry_stays_without(geometry):
    table = read(geojson(geometry, POINT), "a.geojson")
    assert table.shapes[0] is None
    assert (table.numbers.tolist(), table.bad_count) == ([1, 2], 0)


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        ({"type": "Point", "coordinates": [127.1]}, "no-numbers"),
        ({"type": "Point", "coordinates": ["127.1", "38"]}, "no-numbers"),
        ({"type": "Point", "coordinates": [True, False]}, "no-numbers"),
        ({"type": "Point", "coordinates": [None, 38]}, "no-numbers"),
        ({"type": "Point", "coordinates": [math.nan, 38]}, "no-numbers"),
        ({"type": "Point", "coordinates": [127, math.inf]}, "no-numbers"),
        ({"type": "Point", "coordinates": [10**400, 38]}, "no-numbers"),
        ({"type": "Point", "coordinates": "127,38"}, "no-numbers"),
        ({"type": "Point", "coordinates": {"x": 1}}, "no-numbers"),
        ({"type": "Point"}, "no-numbers"),
        ({"type": "LineString", "coordinates": [[127, 38]]}, "short"),
        (polygon([[127, 38], [128, 38], [127, 38]]), "short"),
        (polygon([[127, 38], [128, 38]]), "short"),
        (polygon([[127, 38], [127, 38], [127, 38], [127, 38]]), "collapsed"),
        (line([127, 38], [127, 38]), "collapsed"),
        ({"type": "Curve", "coordinates": [[127, 38]]}, "geometry"),
        ("POINT (127 38)", "geometry"),
        ([127, 38], "geometry"),
        ({"type": "Point", "coordinates": [127, 91]}, "off-earth"),
        ({"type": "Point", "coordinates": [-500, 8]}, "off-earth"),
        ({"type": "Point", "coordinates": [38, 127]}, "swapped"),
    ],
)
def test_a_geometry_that_is_wrong_is_told_and_left_out(geometry, reason):
    table = read(geojson(POINT, geometry, POINT), "a.geojson")
    assert told(table) == [(2, f"file-{reason}")]
    assert table.numbers.tolist() == [1, 3]
    assert len(table.shapes) == 2


def test_a_number_beyond_all_is_none():
    text = geojson(POINT, POINT).replace("127.1", "1e999", 1)
    assert told(read(text, "a.geojson")) == [(1, "file-no-numbers")]


def test_nothing_but_bad_rows_is_a_table_without_rows():
    table = read(geojson({"type": "Point", "coordinates": []} | {"type": 7}), "a.json")
    assert (len(table.numbers), len(table.shapes), table.bad_count) == (0, 0, 1)


def test_heights_are_left_out():
    table = read(geojson(line([127, 38, 5], [128, 38, 6])), "a.geojson")
    assert not table.shapes[0].has_z
    assert [(n.key, n.values) for n in table.notes] == [("file-heights", {"count": 1})]


@pytest.mark.parametrize("ring", [BOW, SQUARE[:-1]], ids=["crossing", "unclosed"])
def test_a_polygon_that_is_not_whole_is_mended(ring):
    table = read(geojson(POINT, polygon(ring)), "a.geojson")
    assert table.shapes[1].is_valid
    assert table.shapes[1].area > 0.4
    (note,) = table.notes
    assert (note.key, note.values) == ("file-mended", {"count": 1, "rows": "2"})


def test_a_polygon_that_is_unclosed_and_crosses_itself_is_told_once():
    table = read(geojson(polygon(BOW[:-1])), "a.geojson")
    assert table.notes[0].values == {"count": 1, "rows": "1"}


def test_latitude_first_in_the_whole_file_is_exchanged():
    turned = [{"type": "Point", "coordinates": [38, 127 + n]} for n in range(3)]
    table = read(geojson(*turned), "a.geojson")
    assert keys(table.notes) == ["file-exchanged"]
    assert [shape.coords[0] for shape in table.shapes] == [
        (127, 38),
        (128, 38),
        (129, 38),
    ]


def test_longitudes_beyond_180_come_round():
    crossing = polygon([[179, 1], [181, 1], [181, 2], [179, 2], [179, 1]])
    point = {"type": "Point", "coordinates": [190, 5]}
    table = read(geojson(crossing, point), "a.geojson")
    assert table.shapes[0].geom_type == "MultiPolygon"
    assert table.shapes[0].bounds == (-180, 1, 180, 2)
    assert table.shapes[0].area == pytest.approx(2)
    assert table.shapes[1].coords[0] == (-170, 5)
    assert keys(table.notes) == ["file-wrapped", "file-across"]


def test_a_shape_drawn_over_the_map_instead_of_over_180_is_told():
    table = read(geojson(line([179, 1], [-179, 1])), "a.geojson")
    assert keys(table.notes) == ["file-across"]


@pytest.mark.parametrize(
    "name",
    [
        "EPSG:5179",
        "urn:ogc:def:crs:EPSG::5179",
        "urn:ogc:def:crs:EPSG:9.1:5179",
        "http://www.opengis.net/def/crs/EPSG/0/5179",
    ],
)
def test_a_known_system_is_converted(name):
    crs = {"type": "name", "properties": {"name": name}}
    point = {"type": "Point", "coordinates": [953000.0, 1952000.0]}
    table = read(geojson(point, crs=crs), "a.geojson")
    assert table.shapes[0].x == pytest.approx(126.968, abs=0.001)
    assert table.shapes[0].y == pytest.approx(37.566, abs=0.001)
    assert table.notes[0].values == {"crs": "EPSG:5179"}


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"]
)
def test_degrees_are_not_converted(name):
    crs = {"type": "name", "properties": {"name": name}}
    table = read(geojson(POINT, crs=crs), "a.geojson")
    assert table.shapes[0].coords[0] == (127.1, 38.1)
    assert table.notes == ()


def test_a_point_that_no_conversion_brings_to_the_earth():
    crs = {"type": "name", "properties": {"name": "EPSG:5179"}}
    points = [[953000.0, 1952000.0], [1e30, 1e30]]
    shapes = [{"type": "Point", "coordinates": point} for point in points]
    assert told(read(geojson(*shapes, crs=crs))) == [(2, "file-off-earth")]


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "EPSG:999999"}},
        {"type": "name", "properties": {"name": "my own"}},
        {"type": "link", "properties": {"href": "http://127.0.0.1/crs"}},
        {
            "type": "name",
            "properties": {"name": "+proj=pipeline +step +init=/etc/passwd"},
        },
        "EPSG:5179",
        7,
    ],
)
def test_an_unknown_system_is_refused(crs):
    assert refusal(geojson(POINT, crs=crs)).key == "file-crs"


def test_metres_without_a_system_are_told():
    points = [
        {"type": "Point", "coordinates": [953000.0 + n, 1952000.0]} for n in range(3)
    ]
    assert refusal(geojson(*points)).key == "file-projected"


def test_one_point_in_metres_is_a_bad_row():
    metres = {"type": "Point", "coordinates": [953000.0, 1952000.0]}
    assert told(read(geojson(POINT, POINT, metres))) == [(3, "file-off-earth")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"type": "FeatureCollection", "features": [', "file-broken-line"),
        ('{"a": 1,, "b": 2}', "file-broken-line"),
        ('{"type": "Topology", "objects": {}}', "file-json"),
        ('{"type": "FeatureCollection"}', "file-json"),
        ('{"type": "FeatureCollection", "features": {}}', "file-json"),
        ("[]", "file-json"),
        ("{}", "file-json"),
        ('[{"lat": 1}]', "file-json"),
        ('{"type": "FeatureCollection", "features": []}', "file-no-rows"),
        ('{"type": "Feature", "type": "Point"}', "file-double-key"),
        ('{"type": ' + "1" * 5000 + "}", "file-broken"),
    ],
)
def test_what_is_no_geojson(text, reason):
    assert refusal(text, "a.geojson").key == reason


def test_what_is_no_feature_is_told():
    document = json.loads(geojson(POINT))
    document["features"][:0] = [POINT, 7, None]
    table = read(json.dumps(document))
    assert told(table) == [(n, "file-no-feature") for n in (1, 2, 3)]
    assert table.numbers.tolist() == [4]


def test_values_that_no_page_can_hold():
    properties = {"a": math.nan, "b": 2**60, "c": "\ud800x\u202e", "d": 1.5, "e": True}
    table = read(geojson(POINT, properties=properties), "a.geojson")
    assert [cell for (cell,) in table.cells] == [None, str(2**60), "�x", 1.5, True]
    assert keys(table.notes) == ["file-cleaned", "file-not-finite"]


def test_korean_geojson_in_an_old_encoding():
    text = json.dumps(
        json.loads(geojson(POINT, properties={"이름": "판문점"})), ensure_ascii=False
    )
    table = read(text.encode("cp949"), "a.geojson")
    assert (column(table, "이름"), table.encoding) == (["판문점"], "cp949")
