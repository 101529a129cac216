"""GeoJSON: RFC 7946 by two validators that are not ours, and what it says of itself."""

from __future__ import annotations

import json

import pytest
import shapely
from shapely.geometry import shape

from borderviz.export.columns import COLUMNS
from borderviz.export.table import SCOPES
from node_tools import check_geojson, hint_geojson

from .conftest import TODAY, taken

QUERIES = ["", "lang={second}", "from=1900&to=1901", "layers={all}", "layers=none"]
BROKEN = {
    "crs": lambda d: d.update(features=[{"type": "Feature", "geometry": None}]),
    "position": lambda d: d["features"][0]["geometry"].update(coordinates=[1]),
    "type": lambda d: d["features"][0]["geometry"].update(type="Pointe"),
}


def query_of(query, atlas):
    second = list(atlas.settings.languages)[1]
    layers = ".".join(layer.id for layer in atlas.settings.layers)
    return query.format(second=second, all=layers)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("query", QUERIES)
def test_two_validators_find_nothing_wrong(query, scope, any_atlas):
    raw, _ = taken("geojson", any_atlas, query_of(query, any_atlas), scope=scope)
    assert check_geojson(raw) == []
    assert hint_geojson(raw) == []


@pytest.mark.parametrize("name", BROKEN)
def test_the_validators_would_notice(name, atlantis):
    raw, _ = taken("geojson", atlantis)
    document = json.loads(raw)
    BROKEN[name](document)
    broken = json.dumps(document).encode()
    assert check_geojson(broken)
    assert hint_geojson(broken)


def test_it_has_no_crs_and_a_box_around_all_of_it(atlas):
    raw, _ = taken("geojson", atlas, "layers=land-line.river-borders", scope="layers")
    document = json.loads(raw)
    assert "crs" not in document
    shapes = [shape(f["geometry"]) for f in document["features"]]
    assert document["bbox"] == list(shapely.total_bounds(shapes))
    rings = [p for s in shapes for p in shapely.get_parts(s) if p.area]
    assert rings
    assert all(ring.exterior.is_ccw for ring in rings)


def test_a_record_without_a_place_has_null_for_a_geometry(atlas):
    raw, export = taken("geojson", atlas)
    rows = json.loads(raw)["features"]
    without = {f["id"] for f in rows if f["geometry"] is None}
    assert without == {r.id for r in export.records if r.id not in atlas.positions}
    assert len(without) == export.unplaced > 0


def test_types_are_those_of_the_columns(any_atlas):
    kinds = {"text": str, "int": int, "float": (int, float), "bool": bool}
    for feature in json.loads(taken("geojson", any_atlas, scope="layers")[0])[
        "features"
    ]:
        assert list(feature["properties"]) == list(COLUMNS)
        for name, value in feature["properties"].items():
            sort = COLUMNS[name].type
            assert value is None or isinstance(value, kinds[sort]), name
            assert isinstance(value, bool) == (sort == "bool")


def test_nothing_at_all_has_no_box_and_no_feature(atlas):
    document = json.loads(taken("geojson", atlas, "from=1900&to=1901")[0])
    assert document["features"] == []
    assert "bbox" not in document
    assert document["records"] == 0


def test_it_says_what_it_is(atlas):
    raw, _ = taken("geojson", atlas, "mode=foot&from=1998", scope="layers")
    document = json.loads(raw)
    assert document["title"] == atlas.settings.title["en"]
    assert "on foot" in document["description"]
    assert document["license"] == "CC-BY-4.0 AND ODbL-1.0"
    assert "© OpenStreetMap contributors" in document["attribution"]
    assert document["data_version"] == atlas.fingerprint
    assert document["generated"] == TODAY.isoformat()
    assert document["query"] == ("https://example.org/atlas/?v=1&from=1998&mode=foot")
    used = {i for f in document["features"] for i in _sources(f)}
    assert {line.split("]")[0][1:] for line in document["sources"]} == used


def _sources(feature):
    return feature["properties"]["sources"].split("; ")


def test_it_speaks_the_reader_s_language(atlas):
    document = json.loads(taken("geojson", atlas, "lang=ko&who=soldier")[0])
    assert document["title"] == atlas.settings.title["ko"]
    for feature in document["features"]:
        record = atlas.records[feature["id"]]
        assert feature["properties"]["title"] == record.title["ko"]
        assert feature["properties"]["kind"] == record.kind
        assert feature["properties"]["kind_label"] in ("월경", "사건", "허가된 통과")
