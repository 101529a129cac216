"""A reader's own rows to take along: their columns as they were, ours beside them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from borderviz.export.csv_text import unguarded
from borderviz.export.formats import FORMATS
from borderviz.export.overlay import data_bytes, problems_csv, zip_bytes
from borderviz.export.overlay_about import OwnExport
from borderviz.export.overlay_columns import COMPUTED, unique
from borderviz.overlay_files.raw import Reason, RowProblem
from borderviz.render.overlay_rows import cell_words
from borderviz.texts import catalogue
from hostile import ALL, PAYLOADS
from overlay.tables import built
from own_rows import along, asked, everything, hostile

from .conftest import ADDRESS, TODAY

KML = "{http://www.opengis.net/kml/2.2}"


def taken(form, overlay, atlas, mask=None, query=""):
    shown = everything(overlay) if mask is None else mask
    return data_bytes(form, overlay, shown, asked(atlas, query)[1], today=TODAY)


def rows_of(form, raw, path):
    """Every row as a table of plain values: cells by column; geometry left out."""
    if form == "csv":
        text = raw.decode("utf-8-sig")
        read = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        return [{unguarded(k): unguarded(v) for k, v in row.items()} for row in read]
    if form == "geojson":
        return [x["properties"] for x in json.loads(raw)["features"]]
    if form == "kml":
        return [
            {x.get("name"): x.findtext(f"{KML}value") for x in mark.iter(f"{KML}Data")}
            for mark in ET.fromstring(raw).iter(f"{KML}Placemark")
        ]
    if form == "parquet":
        frame = gpd.read_parquet(io.BytesIO(raw))
        return frame.drop(columns=frame.geometry.name).to_dict("records")
    file = path / "read.gpkg"
    file.write_bytes(raw)
    with closing(sqlite3.connect(file)) as base:
        base.row_factory = sqlite3.Row
        names = [
            name for (name,) in base.execute("SELECT table_name FROM gpkg_contents")
        ]
        return [
            dict(row)
            for name in names
            for row in base.execute(f'SELECT * FROM "{name}"')
        ]


def is_empty(value):
    return value in (None, "") or value != value


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["atlas", "atlantis"])
def test_every_cell_of_a_hostile_file_comes_back(form, name, request, tmp_path):
    atlas = request.getfixturevalue(name)
    overlay = hostile(atlas)
    found = rows_of(form, taken(form, overlay, atlas), tmp_path)
    names = unique(overlay.raw.columns)
    assert len(found) == len(overlay) == len(PAYLOADS)
    for index, row in enumerate(found):
        for column, (head, cells) in enumerate(
            zip(names, overlay.raw.cells, strict=True)
        ):
            cell = cells[overlay.rows[index]]
            assert row[head] == cell, (column, head)


def test_a_kml_shows_hostile_words_as_words(atlantis):
    overlay = hostile(atlantis)
    root = ET.fromstring(taken("kml", overlay, atlantis))
    for balloon in root.iter(f"{KML}description"):
        for payload in ("<img", "<script", "<svg"):
            assert payload not in (balloon.text or "")
    names = {mark.findtext(f"{KML}name") for mark in root.iter(f"{KML}Placemark")}
    assert "<img src=x onerror=window.top.pwned=1>" in names


@pytest.mark.parametrize("form", FORMATS)
def test_the_rows_shown_are_taken_and_located(form, atlas, tmp_path):
    overlay = along(atlas, 30)
    mask = np.arange(30) % 3 == 1
    found = rows_of(form, taken(form, overlay, atlas, mask), tmp_path)
    found.sort(key=lambda row: int(row["borderviz_row"]))  # folders of KML part them
    assert [row["title"] for row in found] == [f"row {n}" for n in range(1, 30, 3)]
    for row, index in zip(found, np.flatnonzero(mask).tolist(), strict=True):
        where = overlay.located.iloc[index]
        assert row["borderviz_border"] == where["border"]
        assert float(row["borderviz_km"]) == pytest.approx(where["km_along"], abs=6e-4)
        assert float(row["borderviz_km_from"]) <= float(row["borderviz_km_to"])
        assert row["borderviz_side"] == where["side"]
        assert int(row["borderviz_row"]) == overlay.numbers[index]
        assert float(row["borderviz_lat"]) == overlay.lats[index]
        radius, told = overlay.radii_km[index], row.get("borderviz_uncertainty_km")
        assert is_empty(told) if radius != radius else float(told) == radius
        dates = row.get("borderviz_date_first"), row.get("borderviz_date_last")
        assert all(map(is_empty, dates)) == (overlay.first[index] == 0)


def test_a_vague_date_is_the_days_that_it_may_mean(atlantis):
    overlay = along(atlantis, 2, date=["2012", "2012-02"])
    rows = [
        x["properties"]
        for x in json.loads(taken("geojson", overlay, atlantis))["features"]
    ]
    ends = [(r["borderviz_date_first"], r["borderviz_date_last"]) for r in rows]
    assert ends == [("2012-01-01", "2012-12-31"), ("2012-02-01", "2012-02-29")]
    assert [r["date"] for r in rows] == ["2012", "2012-02"]


@pytest.mark.parametrize("form", FORMATS)
def test_names_that_formats_use_themselves_do_no_harm(form, atlantis, tmp_path):
    heads = ("geometry", "geom", "fid", "ogc_fid", "id", "Name", "name", "bbox", "type")
    taken_names = ("borderviz_km", "BorderViz_row", "borderviz2_side")
    more = {head: [f"{head} {n}" for n in range(3)] for head in (*heads, *taken_names)}
    overlay = along(atlantis, 3, **more)
    found = rows_of(form, taken(form, overlay, atlantis), tmp_path)
    names = dict(zip(overlay.raw.columns, unique(overlay.raw.columns), strict=True))
    for n, row in enumerate(found):
        for head, cells in more.items():
            assert row[names[head]] == cells[n]
        assert f"borderviz3_{COMPUTED[0]}" in row
    if form == "geojson":
        features = json.loads(taken(form, overlay, atlantis))["features"]
        assert [x["id"] for x in features] == overlay.numbers.tolist()


def test_numbers_keep_their_type_and_mixed_columns_are_text(atlantis):
    lon, lat = next(iter(atlantis.positions.values()))
    columns = {
        "whole": [-1, None, 3],
        "part": [0.5, 2, None],
        "both": [1, "x", None],
        "yes": [True, False, None],
        "huge": [10**30, 1, None],
        "odd": [float("inf"), 1.5, None],
        "none": [None, None, None],
    }
    shapes = [shapely.Point(lon, lat)] * 3
    overlay = built(columns, atlantis, shapes=shapes)
    rows = [
        x["properties"]
        for x in json.loads(taken("geojson", overlay, atlantis))["features"]
    ]
    got = {name: [row[name] for row in rows] for name in columns}
    assert got["whole"] == [-1, None, 3]
    assert got["part"] == [0.5, 2, None]
    assert got["both"] == ["1", "x", None]
    assert got["yes"] == [True, False, None]
    assert got["huge"] == [str(10**30), "1", None]
    assert got["odd"] == ["inf", "1.5", None]
    assert got["none"] == [None, None, None]
    for form in FORMATS:
        assert taken(form, overlay, atlantis)


def test_formulas_are_guarded_and_numbers_are_not(atlantis):
    texts = ["=1+1", "@SUM", "-1+2", "plain"]
    overlay = along(
        atlantis,
        4,
        title=texts,
        size=["-5", "+3", "-1.5e3", ""],
        **{"=cmd()": ["-1", "-2", "x", "4"]},
    )
    text = taken("csv", overlay, atlantis).decode("utf-8-sig")
    head, *lines = text.split("\r\n")
    assert '"\'=cmd()"' in head
    for guarded in ('"\'=1+1"', '"\'@SUM"', '"\'-1+2"', '"-5"', '"+3"', '"-1.5e3"'):
        assert any(guarded in line for line in lines)
    # A column that is not numbers throughout is text throughout.
    assert '"\'-1"' in text


@pytest.mark.parametrize("form", FORMATS)
def test_lines_and_areas_are_taken_as_they_are(form, atlantis, tmp_path):
    lon, lat = next(iter(atlantis.positions.values()))
    ring = [(lon, lat), (lon + 1, lat), (lon + 1, lat + 1), (lon, lat)]
    hole = shapely.Polygon(ring).buffer(0)
    shapes = [
        shapely.Point(lon, lat),
        shapely.LineString(ring[:3]),
        hole,
        shapely.MultiPoint(ring[:2]),
        shapely.GeometryCollection([shapely.Point(lon, lat), hole]),
    ]
    overlay = built({"n": list("abcde")}, atlantis, shapes=shapes)
    raw = taken(form, overlay, atlantis)
    rows = rows_of(form, raw, tmp_path)
    assert sorted(str(row["n"]) for row in rows) == list("abcde")
    if form == "geojson":
        found = [
            shapely.from_geojson(json.dumps(x["geometry"]))
            for x in json.loads(raw)["features"]
        ]
        assert all(a.equals(b) for a, b in zip(found, shapes, strict=True))
    if form == "gpkg":
        names = {name for name, _ in pyogrio.list_layers(tmp_path / "read.gpkg")}
        assert names == {"points", "lines", "areas", "multipoints", "mixed"}


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_shown_is_an_empty_file(form, atlantis, tmp_path):
    overlay = along(atlantis, 3)
    raw = taken(form, overlay, atlantis, np.zeros(3, bool))
    assert rows_of(form, raw, tmp_path) == []


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_rows_give_the_same_bytes(form, atlantis):
    overlay = along(atlantis, 5)
    assert taken(form, overlay, atlantis) == taken(form, overlay, atlantis)


@given(
    names=st.lists(
        st.one_of(st.text(max_size=8), st.sampled_from(["a", "A", "a (2)", "", " "])),
        max_size=8,
    )
)
def test_each_column_has_a_name_of_its_own_in_any_case(names):
    found = unique(names)
    assert len(found) == len(names) == len({name.casefold() for name in found})
    assert all(name.strip() for name in found)
    for before, after in zip(names, found, strict=True):
        if [n.casefold() for n in names].count(
            before.casefold()
        ) == 1 and "(" not in "".join(names):
            assert before.strip() in ("", after) or "\ufffd" in after


def archive(overlay, atlas, query="", **more):
    context = asked(atlas, query)[1]
    raw = zip_bytes(
        tuple(FORMATS), overlay, everything(overlay), context, today=TODAY, **more
    )
    with zipfile.ZipFile(io.BytesIO(raw)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def test_the_archive_has_all_formats_and_a_text_about_them(atlas):
    overlay = along(atlas, 6)
    files = archive(overlay, atlas, address=ADDRESS, pictures={"../map.png": b"x"})
    stem = f"{atlas.settings.id}-own-{overlay.version}"
    wanted = {f"{stem}{form.ending}" for form in FORMATS.values()}
    licences = {name for name in files if name.startswith("licences/")}
    assert set(files) == {"README.txt", "pictures/map.png", *wanted, *licences}
    assert licences
    said = files["README.txt"].decode()
    for name in (*wanted, *licences, "mine.csv", ADDRESS, atlas.fingerprint):
        assert name in said
    export = OwnExport(overlay, everything(overlay), asked(atlas)[1], TODAY)
    for name in COMPUTED:
        assert name.endswith("_label") or f"- borderviz_{name}: " in said
    assert f"under {export.licence}." in said
    assert "their licence is for the reader to say" in said


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_archive_tells_which_rows_are_missing_and_why(lang, atlas):
    bad = RowProblem(7, "=lat", "@north", Reason("view-bar", {"time": "x", "count": 2}))
    vague = replace(bad, row=3, field="when")
    overlay = along(atlas, 6)
    overlay = replace(
        overlay, problems=(bad,), bad_count=12, doubts=(vague,), doubt_count=1
    )
    context = asked(atlas, f"lang={lang}")[1]
    mask = np.arange(6) < 4
    raw = zip_bytes(("csv",), overlay, mask, context, today=TODAY)
    with zipfile.ZipFile(io.BytesIO(raw)) as found:
        said = found.read("README.txt").decode()
        listed = found.read("problems.csv")
    words = catalogue(lang)
    for key, values in {
        "overlay-export-hidden": {"count": 2},
        "overlay-export-left": {"count": 12, "listed": 1},
    }.items():
        text = words[key]
        text = text["other"] if isinstance(text, dict) else text
        assert text.format(**values) in said
    assert listed == problems_csv(overlay, context)
    rows = list(csv.reader(io.StringIO(listed.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["row", "left_out", "field", "value", "reason"]
    assert [row[:2] for row in rows[1:]] == [["3", "false"], ["7", "true"]]
    assert rows[2][2:4] == ["'=lat", "'@north"]
    assert rows[2][4] == context.say("overlay-view-bar", time="x", count=2)


def test_what_a_file_says_of_itself_is_the_same_everywhere(atlas, tmp_path):
    overlay = along(atlas, 4)
    export = OwnExport(overlay, everything(overlay), asked(atlas)[1], TODAY)
    told = export.as_dict()
    assert told["rows"] == 4
    head = json.loads(taken("geojson", overlay, atlas))
    assert {key: head[key] for key in told} == told
    file = tmp_path / "x.gpkg"
    file.write_bytes(taken("gpkg", overlay, atlas))
    lines = export.as_lines()
    meta = pyogrio.read_info(file, layer="points")["dataset_metadata"]
    own = ("title", "description")  # of a layer; GDAL keeps them apart
    assert {k: v for k, v in lines.items() if k not in own} == {
        key: meta[key] for key in lines if key not in own
    }


def test_a_name_that_attacks_is_only_a_name(atlantis):
    for text in ALL:
        overlay = replace(along(atlantis, 2), name=text)
        files = archive(overlay, atlantis)
        assert all("/" not in n or n.startswith("licences/") for n in files)
        said = files["README.txt"].decode()
        assert not {c for c in said if ord(c) < 32} - {"\n"}


def test_rows_of_an_atlas_without_lines_are_taken_too(atlantis):
    overlay = along(atlantis, 3)
    bare = overlay.located.copy()
    for name in bare.columns:
        bare[name] = None
    overlay = replace(overlay, located=bare)
    rows = [
        x["properties"]
        for x in json.loads(taken("geojson", overlay, atlantis))["features"]
    ]
    for row in rows:
        assert row["borderviz_km"] is row["borderviz_border"] is None
    assert cell_words(rows[0]["title"]) == "row 0"
