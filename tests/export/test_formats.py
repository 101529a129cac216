"""Every format, read back by another program, holds what the page's table holds."""

from __future__ import annotations

import json
import math

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderviz.export.columns import COLUMNS
from borderviz.export.formats import FORMATS, data_bytes
from borderviz.export.geojson import plain
from borderviz.export.table import SCOPES, chosen, shape_of
from borderviz.layers import layer_of
from borderviz.permalink import default_view
from borderviz.render.context import Context
from borderviz.render.table_html import sorted_records
from borderviz.selection import select
from filter_strategy import any_filters

from .conftest import TODAY, made, taken, view_of
from .reading import csv_rows, is_missing, read_back

QUERIES = {
    "default": "",
    "on foot": "mode=foot&from=1998",
    "nothing": "from=1900&to=1901",
    "korean": "lang=ko&who=soldier&sort=-people",
    "all layers": "layers={all}",
    "no layer": "layers=none",
    "exact": "within=2&cited=2&sure=high.medium",
}


def query_of(name, atlas):
    listed = ".".join(layer.id for layer in atlas.settings.layers)
    return QUERIES[name].format(all=listed)


def expected(atlas, query, scope):
    """What must be in the files, worked out anew from `select` and the layers."""
    view = view_of(atlas, query)
    found = sorted_records(select(atlas, view).records, view.sort, Context(atlas, view))
    if scope == "layers":
        for name in view.layers:
            found += [
                record
                for record in atlas.records.values()
                if record.kind not in ("crossing", "incident", "authorised")
                and getattr(layer_of(record, atlas.settings.layers), "id", "") == name
                and (
                    record.id in atlas.positions
                    or record.id in atlas.shapes
                    or any(shape in atlas.shapes for shape in record.geometry)
                )
            ]
    return found


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("form", FORMATS)
def test_a_format_read_back_holds_the_records_of_the_view(
    form, name, scope, atlas, tmp_path
):
    query = query_of(name, atlas)
    raw, _ = taken(form, atlas, query, scope=scope)
    records = expected(atlas, query, scope)
    if name == "nothing" and scope == "events":
        assert records == []
    found = read_back(form, raw, tmp_path)
    ids = [record.id for record in records]
    if form in ("kml", "gpkg"):  # these have a layer for each sort
        ids, found = sorted(ids), sorted(found, key=lambda row: row[0])
    assert [identity for identity, _ in found] == ids
    if form != "csv":
        same_places({i: shape for i, shape in found}, atlas)


def same_places(found, atlas):
    """Geometry is that of the atlas to the last digit; what has none has none."""
    for identity, shape in found.items():
        wanted = shape_of(atlas.records[identity], atlas)
        if wanted is None:
            assert is_missing(shape), identity
            continue
        assert shapely.get_num_coordinates(shape) == shapely.get_num_coordinates(wanted)
        assert shapely.equals_identical(_sorted(shape), _sorted(wanted)), identity


def _sorted(shape):
    """One and several of a sort are the same to some formats."""
    parts = shapely.get_parts(shape)
    return shapely.geometrycollections(shapely.orient_polygons(parts))


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("form", ["geojson", "parquet", "gpkg", "csv"])
def test_every_cell_survives_the_way_out_and_back(form, scope, any_atlas, tmp_path):
    raw, export = taken(form, any_atlas, scope=scope)
    wanted = {
        row["id"]: {key: plain(row[key]) for key in COLUMNS}
        for row in export.frame.to_dict("records")
    }
    if form == "csv":
        for row in csv_rows(raw):
            assert {k: _from_csv(v, COLUMNS[k].type) for k, v in row.items()} == (
                wanted.pop(row["id"])
            )
        assert not wanted
        return
    assert not [v for row in wanted.values() for v in row.values() if v == "nan"]
    path = tmp_path / f"x.{form}"
    path.write_bytes(raw)
    if form == "parquet":
        frames = [gpd.read_parquet(path)]
    else:
        names = [name for name, _ in pyogrio.list_layers(path)]
        frames = [pyogrio.read_dataframe(path, layer=name) for name in names]
    for frame in frames:
        for row in frame.to_dict("records"):
            found = {key: _alike(row[key], COLUMNS[key].type) for key in COLUMNS}
            assert found == wanted.pop(row["id"])
    assert not wanted


def _from_csv(text, sort):
    if text == "":
        return None
    if sort == "bool":
        return {"true": True, "false": False}[text]
    return plain(float(text)) if sort in ("int", "float") else text


def _alike(value, sort):
    if value is None or value is pd.NA or (value != value):
        return None
    if sort == "bool":
        return bool(value)
    return plain(float(value)) if sort in ("int", "float") else str(value)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("form", FORMATS)
def test_other_programs_read_whatever_stands_in_the_texts(
    form, scope, hostile, tmp_path
):
    raw, export = taken(form, hostile, query_of("all layers", hostile), scope=scope)
    found = read_back(form, raw, tmp_path)
    assert sorted(i for i, _ in found) == sorted(r.id for r in export.records)
    if form != "csv":
        same_places({i: shape for i, shape in found}, hostile)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_filters_give_the_records_of_the_page_in_every_format(
    data, atlantis, tmp_path
):
    filters = data.draw(any_filters(atlantis))
    view = default_view(atlantis).with_(filters=filters)
    selection, context = select(atlantis, view), Context(atlantis, view)
    for scope in SCOPES:
        ids = sorted(r.id for r in chosen(atlantis, view, scope=scope))
        assert set(selection.ids) <= set(ids)
        for form in FORMATS:
            raw = data_bytes(form, selection, context, scope=scope, today=TODAY)
            found = read_back(form, raw, tmp_path)
            assert sorted(identity for identity, _ in found) == ids


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_is_filtered_out_is_in_any_format(form, atlas, tmp_path):
    query = "mode=boat&from=2000"
    hidden = select(atlas, view_of(atlas, query)).hidden
    assert hidden
    raw, export = taken(form, atlas, query, scope="layers")
    if form in ("parquet", "gpkg"):  # packed: look at the cells they are made from
        raw = export.frame.to_csv().encode() + json.dumps(export.as_dict()).encode()
    text = raw.decode()
    sources = {i for record in export.records for i in record.sources}
    assert not [i for i in hidden if i in text and i not in sources]


def test_what_no_format_or_scope_is_called_is_refused(atlantis):
    view = default_view(atlantis)
    selection, context = select(atlantis, view), Context(atlantis, view)
    with pytest.raises(ValueError, match="no format 'xls'; there are geojson"):
        data_bytes("xls", selection, context, today=TODAY)
    with pytest.raises(ValueError, match="no scope 'all'; there are events, layers"):
        data_bytes("csv", selection, context, scope="all", today=TODAY)


@pytest.mark.parametrize("form", ["geojson", "csv", "kml", "parquet", "gpkg"])
def test_the_same_view_on_the_same_day_gives_the_same_bytes(form, any_atlas):
    query = query_of("all layers", any_atlas)
    first, _ = taken(form, any_atlas, query, scope="layers")
    again, _ = taken(form, any_atlas, query, scope="layers")
    assert first == again


def test_numbers_are_numbers_and_no_infinity_is_written(any_atlas):
    export = made(any_atlas, scope="layers")
    for name, column in COLUMNS.items():
        if column.type in ("int", "float"):
            values = export.frame[name].dropna().astype(float)
            assert all(math.isfinite(value) for value in values), name
