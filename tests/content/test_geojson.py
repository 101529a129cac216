"""The GeoJSON files as RFC 7946 has them, and as other programs open them."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from shapely.geometry import LinearRing

GEODATA = Path(__file__).parents[2] / "geodata"
ATLANTIS = Path(__file__).parents[1] / "data" / "atlantis"
FILES = sorted([*GEODATA.glob("*.geojson"), *ATLANTIS.glob("*.geojson")])
ROWS = {
    "crossing-points": 28,
    "crossings": 207,
    "labels": 19,
    "land": 2,
    "land-close": 4,
    "land-far": 2,
    "lines": 11,
    "places": 133,
    "routes": 11,
    "sites": 58,
    "zones": 1,
}


def rings(geometry):
    """List the rings of a polygon or multipolygon as (is exterior, coordinates)."""
    if geometry["type"] == "Polygon":
        polygons = [geometry["coordinates"]]
    elif geometry["type"] == "MultiPolygon":
        polygons = geometry["coordinates"]
    else:
        polygons = []
    return [(n == 0, ring) for polygon in polygons for n, ring in enumerate(polygon)]


def positions(coordinates):
    """List every position, however deep."""
    if coordinates and isinstance(coordinates[0], list):
        for part in coordinates:
            yield from positions(part)
    else:
        yield coordinates


@pytest.fixture(params=FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def path(request):
    return request.param


@pytest.fixture
def document(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_file_of_the_atlas_is_known():
    assert {path.stem for path in GEODATA.glob("*.geojson")} == set(ROWS)


def test_a_file_is_a_collection_without_crs_that_names_its_licence(document):
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    assert document["license"]
    assert document["attribution"]


def test_a_feature_has_one_id_in_both_places(document):
    ids = [feature["id"] for feature in document["features"]]
    assert ids == [feature["properties"]["id"] for feature in document["features"]]
    assert len(ids) == len(set(ids))


def test_positions_are_longitude_and_latitude(document):
    for feature in document["features"]:
        assert set(feature) == {"type", "id", "properties", "geometry"}
        for position in positions((feature["geometry"] or {}).get("coordinates", ())):
            if not position:
                continue
            lon, lat = position
            assert -180 <= lon <= 180, feature["id"]
            assert -90 <= lat <= 90, feature["id"]


def test_positions_pretend_no_finer_than_a_decimetre(document):
    for feature in document["features"]:
        for position in positions((feature["geometry"] or {}).get("coordinates", ())):
            assert all(round(part, 6) == part for part in position), feature["id"]


def test_rings_are_closed_and_follow_the_right_hand_rule(document):
    for feature in document["features"]:
        for is_exterior, ring in rings(feature["geometry"] or {"type": ""}):
            assert ring[0] == ring[-1], feature["id"]
            assert len(ring) >= 4, feature["id"]
            assert LinearRing(ring).is_ccw == is_exterior, feature["id"]


def test_gdal_opens_it_with_every_row(path, document):
    info = pyogrio.read_info(path)
    assert info["driver"] == "GeoJSON"
    assert info["features"] == len(document["features"])
    frame = gpd.read_file(path, engine="pyogrio")
    assert frame.crs.to_epsg() == 4326
    assert list(frame["id"]) == [feature["id"] for feature in document["features"]]
    without = [f["id"] for f in document["features"] if f["geometry"] is None]
    assert list(frame[frame.geometry.isna()]["id"]) == without
    assert frame[frame.geometry.notna()].geometry.is_valid.all()


@pytest.mark.parametrize(("stem", "rows"), ROWS.items())
def test_a_file_has_as_many_rows_as_were_researched(stem, rows):
    assert len(gpd.read_file(GEODATA / f"{stem}.geojson")) == rows


def test_crossings_without_a_point_say_why():
    frame = gpd.read_file(GEODATA / "crossings.geojson")
    wide = frame["uncertainty_km"] >= 60
    assert frame[wide].geometry.isna().all()
    assert frame[wide]["extent"].notna().all()
    assert frame[frame.geometry.isna()]["extent"].notna().all()
    assert frame.geometry.isna().sum() == 17
