"""Uploads in GeoJSON."""

from __future__ import annotations

from fuzz.parts import reads

_KINDS = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon")
WORDS = (
    *(f'"{kind}"' for kind in (*_KINDS, "MultiPolygon", "GeometryCollection")),
    *('"type"', '"Feature"', '"FeatureCollection"', '"features"', '"geometry"'),
    *('"geometries"', '"coordinates"', '"properties"', '"crs"', '"name"', '"id"'),
    *('"EPSG:5179"', '"EPSG:3857"', '"urn:ogc:def:crs:OGC:1.3:CRS84"', "null"),
    *("[127,38]", "[190,10]", "[1e999,0]", "NaN", "-Infinity", "[[0,0],[1,1],[0,1]]"),
    *("[[[0,0],[1,1],[0,1],[1,0],[0,0]]]", '"\\ud800"', "1e400", "9" * 40, "[]", "{}"),
)
_FEATURE = '{"type":"Feature","properties":{"a":1},"geometry":%s}'
_MANY = '{"type":"FeatureCollection","features":[%s]%s}'
_SHAPES = (
    '{"type":"Point","coordinates":[127.1,38.1,5]}',
    '{"type":"LineString","coordinates":[[170,1],[190,2]]}',
    '{"type":"Polygon","coordinates":[[[0,0],[2,2],[0,2],[2,0],[0,0]]]}',
    '{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1]]]]}',
    '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},'
    '{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}]}',
    "null",
)
_CRS = ',"crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::5179"}}'
_METRES = '{"type":"Point","coordinates":[950000,1950000]}'
SEEDS = (
    *((_MANY % (_FEATURE % shape, "")).encode() for shape in _SHAPES),
    (_MANY % (",".join(_FEATURE % shape for shape in _SHAPES), "")).encode(),
    (_MANY % (_FEATURE % _METRES, _CRS)).encode(),
    _SHAPES[2].encode(),
)


def one(data):
    reads(data, "a.geojson")
