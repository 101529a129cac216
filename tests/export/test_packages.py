"""GeoPackage and GeoParquet: valid files with licences and sources inside."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest

from borderviz.export.columns import COLUMNS
from borderviz.export.formats import data_bytes
from borderviz.permalink import default_view
from borderviz.render.context import Context
from borderviz.selection import select
from borderviz.writing import OutputError

from .conftest import TODAY, taken

ALL = "layers=" + ".".join(
    (
        *("land-line", "river-line", "foam", "down", "up", "incidents", "permitted"),
        *("gates", "routes", "sites", "facts"),
    )
)


@pytest.fixture
def gpkg(atlantis, tmp_path):
    path = tmp_path / "a.gpkg"
    path.write_bytes(taken("gpkg", atlantis, ALL, scope="layers")[0])
    return path


def test_a_geopackage_says_that_it_is_one(gpkg):
    with sqlite3.connect(gpkg) as base:
        (mark,) = base.execute("PRAGMA application_id").fetchone()
        (version,) = base.execute("PRAGMA user_version").fetchone()
        (state,) = base.execute("PRAGMA integrity_check").fetchone()
        wrong = base.execute("PRAGMA foreign_key_check").fetchall()
    assert (mark, version >= 10200, state, wrong) == (0x47504B47, True, "ok", [])


def test_a_geopackage_has_a_layer_for_each_sort(gpkg):
    layers = {name: sort for name, sort in pyogrio.list_layers(gpkg)}
    assert layers == {
        "events": "Point",
        "places": "Point",
        "routes": "MultiPoint",
        "lines": "MultiLineString",
        "areas": "MultiPolygon",
    }
    info = pyogrio.read_info(gpkg, layer="events")
    assert info["crs"] == "EPSG:4326"
    types = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert types["people"] == "int64"
    assert types["returned"] == "bool"
    assert types["lat"] == "float64"
    assert set(types) == set(COLUMNS)


def test_events_without_a_point_are_kept(atlas, tmp_path):
    path = tmp_path / "a.gpkg"
    raw, export = taken("gpkg", atlas)
    path.write_bytes(raw)
    found = pyogrio.read_dataframe(path, layer="events")
    assert len(found) == len(export.records)
    assert int(found.geometry.isna().sum()) == export.unplaced > 0


def test_a_view_without_events_is_a_valid_geopackage(atlantis, tmp_path):
    path = tmp_path / "a.gpkg"
    path.write_bytes(taken("gpkg", atlantis, "from=1900&to=1901")[0])
    assert [tuple(x) for x in pyogrio.list_layers(path)] == [("events", "Point")]
    assert len(pyogrio.read_dataframe(path, layer="events")) == 0


def test_a_geopackage_names_licences_and_sources(gpkg, atlantis):
    told = pyogrio.read_info(gpkg, layer="events")["dataset_metadata"]
    assert told["license"] == "CC0-1.0"
    assert told["data_version"] == atlantis.fingerprint
    assert told["generated"] == TODAY.isoformat()
    for identity in atlantis.records["coral-line"].sources:
        assert f"[{identity}]" in told["sources"]
    with sqlite3.connect(gpkg) as base:
        times = base.execute(
            "SELECT last_change FROM gpkg_contents UNION ALL "
            "SELECT timestamp FROM gpkg_metadata_reference"
        ).fetchall()
    assert {time for (time,) in times} == {"2026-11-23T00:00:00.000Z"}


def test_a_geoparquet_names_licences_and_keeps_its_geometry(atlas):
    raw, export = taken("parquet", atlas, "mode=foot", scope="layers")
    schema = pq.read_schema(io.BytesIO(raw))
    told = json.loads(schema.metadata[b"borderviz"])
    assert told["license"] == "CC-BY-4.0 AND ODbL-1.0"
    assert told["sources"] == export.citations
    geo = json.loads(schema.metadata[b"geo"])
    assert geo["version"] == "1.0.0"
    assert geo["columns"]["geometry"]["encoding"] == "WKB"
    assert schema.field("people").type == pa.int64()
    assert schema.field("returned").type == pa.bool_()
    assert gpd.read_parquet(io.BytesIO(raw)).crs == "EPSG:4326"


def test_a_parquet_without_rows_keeps_its_types(atlantis):
    raw, _ = taken("parquet", atlantis, "from=1900&to=1901")
    schema = pq.read_schema(io.BytesIO(raw))
    full = pq.read_schema(io.BytesIO(taken("parquet", atlantis)[0]))
    assert schema.types == full.types


@pytest.mark.parametrize(
    ("error", "cure"),
    [
        (OSError(28, "No space left on device"), "no space left on device"),
        (pyogrio.errors.DataSourceError("disk I/O error"), "disk I/O error"),
        (pyogrio.errors.FeatureError("cannot write"), "cannot write"),
    ],
)
def test_a_disk_or_a_library_that_refuses_is_told(
    error, cure, atlantis, monkeypatch, tmp_path
):
    def refuse(*args, **kwargs):
        raise error

    monkeypatch.setattr(pyogrio, "write_dataframe", refuse)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    view = default_view(atlantis)
    with pytest.raises(OutputError, match=cure) as caught:
        data_bytes("gpkg", select(atlantis, view), Context(atlantis, view), today=TODAY)
    assert caught.value.path.name == "atlantis.gpkg"
    assert "temporary files" in caught.value.cure
    assert list(tmp_path.iterdir()) == []


FULL = """
import datetime as dt, resource, signal, sys
from pathlib import Path
from borderviz.content import load
from borderviz.export.formats import data_bytes
from borderviz.permalink import default_view
from borderviz.render.context import Context
from borderviz.selection import select
from borderviz.writing import OutputError

atlas = load(Path(sys.argv[1]))
view = default_view(atlas)
pair = select(atlas, view), Context(atlas, view)
make = lambda: data_bytes("gpkg", *pair, scope="layers", today=dt.date(2026, 11, 23))
whole = make()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
refused = 0
for limit in range(4096, len(whole) + 8192, 8192):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    try:
        assert make() == whole, limit
    except OutputError:
        refused += 1
        assert limit < len(whole), limit
assert make() == whole
print(refused)
"""


def test_a_disk_that_is_full_at_any_point_gives_no_part_of_a_file(atlantis):
    command = [sys.executable, "-c", FULL, str(atlantis.root)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5


def test_a_folder_for_temporary_files_that_is_not_there_is_told(
    atlantis, monkeypatch, tmp_path
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    view = default_view(atlantis)
    with pytest.raises(OutputError, match="no such file"):
        data_bytes("gpkg", select(atlantis, view), Context(atlantis, view), today=TODAY)
