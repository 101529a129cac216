"""GeoJSON files of points: nothing is lost, and what is wrong is told."""

import codecs
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.point_files import Options, PointFileError, opened

ADDED = {"km": float, "side": str}
POINT = {"type": "Point", "coordinates": [127.25, 37.5]}


def feature(geometry=POINT, properties=None, **members):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": geometry,
        **members,
    }


def collection(*features, **members):
    return {"type": "FeatureCollection", "features": list(features), **members}


@pytest.fixture
def read(tmp_path):
    """Write a document, a text or bytes to a file, and open it."""

    def run(content, name="posts.geojson", **options):
        if not isinstance(content, str | bytes):
            content = json.dumps(content)
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return opened(path, Options(**{"added": ADDED, **options}))

    return run


@pytest.fixture
def written(tmp_path, read):
    """Open a file, write it with two properties more, and read the JSON."""

    def run(content, **options):
        file = read(content, **options)
        out = tmp_path / "out.geojson"
        file.write(out, [(1.5, "KP")] + [(None, None)] * (len(file.rows) - 1))
        return json.loads(out.read_bytes().decode())

    return run


def test_a_collection_keeps_all_that_it_says(written):
    before = collection(
        feature(properties={"b": 1, "a": [None, {"x": 2**60}]}, id="한", bbox=[1, 2]),
        feature({"type": "Point", "coordinates": [127, 37, 500.25]}, {"b": 0.1}),
        name="posts",
        features_too="\0",
        bbox=[1, 2, 3, 4],
    )
    after = written(before)
    assert list(after) == list(before)
    one, other = (f.pop("properties") for f in after["features"])
    assert list(one.items()) == [
        *before["features"][0]["properties"].items(),
        ("km", 1.5),
        ("side", "KP"),
    ]
    assert other == {"b": 0.1, "km": None, "side": None}
    for feature_before in before["features"]:
        del feature_before["properties"]
    assert after == before


def test_a_single_feature_stays_one(written):
    after = written(feature())
    assert after == feature(properties={"km": 1.5, "side": "KP"})


def test_a_feature_without_properties_gets_them(written):
    bare = {"type": "Feature", "geometry": POINT}
    assert written(bare) == {**bare, "properties": {"km": 1.5, "side": "KP"}}


def test_a_byte_order_mark_stays(read, tmp_path):
    file = read(codecs.BOM_UTF8 + json.dumps(feature()).encode())
    file.write(tmp_path / "out.geojson", [(1.0, "KP")])
    raw = (tmp_path / "out.geojson").read_bytes()
    assert raw.count(codecs.BOM_UTF8) == 1
    assert raw.startswith(codecs.BOM_UTF8)


def test_half_of_a_pair_of_surrogates_stays(written):
    text = json.dumps(feature(properties={"name": "\ud800"}))
    assert written(text)["properties"]["name"] == "\ud800"


def test_words_are_written_as_they_are(read, tmp_path):
    read(feature(properties={"이름": "판문점"})).write(
        tmp_path / "out.geojson", [(1.0, "KP")]
    )
    assert '"이름": "판문점"' in (tmp_path / "out.geojson").read_text("utf-8")


@pytest.mark.parametrize(
    ("geometry", "properties", "words"),
    [
        (None, {}, "geometry: found nothing"),
        ({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, {}, "LineString"),
        ({"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}, {}, "MultiPoint"),
        ({"type": "MultiPoint", "coordinates": []}, {}, "MultiPoint"),
        ({"type": "Point", "coordinates": []}, {}, "coordinates: found []"),
        ({"type": "Point", "coordinates": ["127", "37"]}, {}, "coordinates: found ["),
        ({"type": "Point", "coordinates": [True, 37]}, {}, "coordinates: found ["),
        ({"type": "Point", "coordinates": [10**400, 37]}, {}, "a huge number"),
        ({"type": "Point"}, {}, "coordinates: found None"),
        ({"type": "Point", "coordinates": [37.5, 127.25]}, {}, "look swapped"),
        ({"type": "Point", "coordinates": [953000, 4150000]}, {}, "reproject"),
        (POINT, {"uncertainty_km": -1}, "uncertainty: found -1"),
        (POINT, {"uncertainty_km": True}, "uncertainty_km: found True"),
        (POINT, {"uncertainty_km": "far"}, "uncertainty_km: found 'far'"),
        (POINT, {"uncertainty_km": [3]}, "uncertainty_km: found [3]"),
    ],
    ids=str,
)
def test_a_bad_feature_is_told_and_kept(read, tmp_path, geometry, properties, words):
    before = collection(feature(), feature(geometry, properties), feature())
    file = read(before)
    (problem,) = file.rows.problems
    assert problem.record == "feature 2"
    assert words in str(problem)
    assert [math.isnan(lon) for lon in file.rows.lons] == [False, True, False]
    file.write(tmp_path / "out.geojson", [(1.0, "a"), (None, None), (2.0, "b")])
    after = json.loads((tmp_path / "out.geojson").read_text("utf-8"))
    assert after["features"][1]["geometry"] == geometry
    assert after["features"][1]["properties"] == {
        **properties,
        "km": None,
        "side": None,
    }


@pytest.mark.parametrize(
    ("value", "expected"), [(2, 2), ("2.5", 2.5), (None, math.nan), ("", math.nan)]
)
def test_the_radius_is_a_property(read, value, expected):
    file = read(feature(properties={"r": value}), uncertainty="r")
    assert file.rows.radii_km[0] == pytest.approx(expected, nan_ok=True)
    assert file.rows.bad_count == 0


def test_a_point_of_a_multipoint_counts(read):
    file = read(feature({"type": "MultiPoint", "coordinates": [[127.25, 37.5, 9]]}))
    assert (file.rows.lons[0], file.rows.lats[0]) == (127.25, 37.5)


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"]
)
def test_an_old_crs_of_wgs84_is_fine(read, name):
    crs = {"type": "name", "properties": {"name": name}}
    assert len(read(collection(feature(), crs=crs)).rows) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "no JSON"),
        ("lat,lon\n1,2\n", "no JSON"),
        ("{", "no JSON"),
        ('{"type": "Feature", "geom', "no JSON"),
        ("[" * 100_000, "endless nesting"),
        (json.dumps(feature()).encode("utf-16"), "another encoding"),
        ("[]", "type: found []"),
        ("null", "type: found None"),
        (POINT, "type: found 'Point'"),
        ({"type": "Topology"}, "type: found 'Topology'"),
        (collection(), "features: found none"),
        ({"type": "FeatureCollection"}, "features: found none"),
        ({"type": "FeatureCollection", "features": {}}, "features: found none"),
        (collection(feature(), 7), "feature 2: found 7"),
        (collection(POINT), "feature 1: found"),
        (collection(feature(properties=[1])), "feature 1: found"),
        ('{"type": "Feature", "a": 1, "a": 2}', "a: found a member twice"),
        ('{"type": "Feature", "a": NaN}', "found NaN"),
        ('{"type": "Feature", "a": 1e999}', "found 1e999"),
        (collection(feature(properties={"Side": 1})), "side: found taken"),
        (collection(feature(), crs=None), "crs: found None"),
        (
            collection(
                feature(), crs={"type": "name", "properties": {"name": "EPSG:5179"}}
            ),
            "crs: found",
        ),
        (collection(feature(), crs={"properties": [1]}), "crs: found"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_file_that_cannot_be_used_is_refused(read, content, words):
    with pytest.raises(PointFileError) as refused:
        read(content)
    assert words in str(refused.value)


def test_a_radius_that_no_feature_has_is_refused(read):
    with pytest.raises(PointFileError, match="found r; allowed: one of a, b"):
        read(feature(properties={"b": 1, "a": 2}), uncertainty="r")


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=4), values, max_size=4))
def test_every_property_stays(tmp_path_factory, properties):
    folder = tmp_path_factory.mktemp("json")
    before = json.dumps(collection(feature(properties=properties)))
    (folder / "p.json").write_text(before, "utf-8")
    file = opened(folder / "p.json", Options(added={"borderviz km": float}))
    file.write(folder / "o.json", [(2.5,)])
    after = json.loads((folder / "o.json").read_bytes().decode())
    assert after["features"][0]["properties"] == {**properties, "borderviz km": 2.5}
