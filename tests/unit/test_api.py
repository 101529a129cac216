"""The atlas in Python: the same selection as in links, and clear refusals."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys

import folium
import pytest
from hypothesis import given
from hypothesis import strategies as st

import borderviz
from bibliography_reader import read_back
from borderviz.api import View
from borderviz.errors import BorderVizError, ContentError, WordError
from borderviz.filters import Filters, choices
from borderviz.permalink import default_view
from borderviz.render.citation import STYLES
from borderviz.render.html import safe_text
from borderviz.selection import select
from borderviz.writing import OutputError
from filter_strategy import any_filters
from hostile import PAYLOADS

TODAY = dt.date(2026, 3, 4)


@pytest.fixture(params=["atlas", "atlantis"])
def whole(request):
    atlas = request.getfixturevalue(request.param)
    return View(atlas, default_view(atlas))


def test_loading_reads_the_atlas_that_came_along(monkeypatch, atlas, atlantis):
    monkeypatch.delenv("BORDERVIZ_ATLAS", raising=False)
    assert borderviz.load().atlas.fingerprint == atlas.fingerprint
    assert borderviz.load(str(atlantis.root)).atlas.settings.id == atlantis.settings.id
    monkeypatch.setenv("BORDERVIZ_ATLAS", str(atlantis.root))
    assert len(borderviz.load()) == select(atlantis, default_view(atlantis)).total


def test_a_folder_without_an_atlas_is_told(tmp_path):
    with pytest.raises(ContentError):
        borderviz.load(tmp_path)


def test_the_package_knows_no_other_name():
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        _ = borderviz.lode


def test_importing_the_package_is_cheap():
    code = "import borderviz, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    heavy = {"pandas", "geopandas", "shapely", "pydantic", "folium", "babel", "numpy"}
    assert loaded & heavy == set()


def test_loading_needs_no_drawing_library(atlantis):
    code = (
        "import sys, borderviz\n"
        f"len(borderviz.load({str(atlantis.root)!r}).select(since=1990))\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert loaded & {"streamlit", "folium", "altair", "matplotlib", "typer"} == set()


def test_a_view_is_its_events(whole):
    assert whole.records == select(whole.atlas, whole.state).records
    assert len(whole) == len(list(whole)) == len(whole.records)
    assert whole.query == "?"
    assert str(len(whole)) in repr(whole)


@given(data=st.data())
def test_keywords_and_links_select_alike(atlas, data):
    filters = data.draw(any_filters(atlas))
    whole = View(atlas, default_view(atlas))
    named = {
        "since": filters.since,
        "until": filters.until,
        "kind": filters.kinds,
        "direction": filters.directions,
        "mode": filters.modes,
        "who": filters.who,
        "area": filters.areas,
        "confidence": filters.confidences,
        "within_km": filters.within_km,
        "cited": filters.cited,
    }
    found = whole.select(**named)
    assert found.state.filters == filters
    assert whole.select(query=found.query) == found
    assert found.records == select(atlas, found.state).records


def test_selecting_again_narrows_further(whole):
    first = whole.select(since="1990")
    both = first.select(kind="crossing")
    ids = [set(view.selection.ids) for view in (both, first, whole)]
    assert ids[0] <= ids[1] <= ids[2]
    assert both.state.filters == Filters(since="1990", kinds=("crossing",))
    assert both.select(since="", kind=()).state == whole.state
    assert whole.state.filters == Filters()


def test_a_year_a_number_and_a_day_are_dates(whole):
    assert whole.select(since=1990) == whole.select(since="1990")
    day = dt.date(1990, 5, 6)
    assert whole.select(until=day) == whole.select(until="1990-05-06")


def test_layers_and_language_belong_to_the_view(atlantis):
    whole = View(atlantis, default_view(atlantis))
    assert len(whole.select(layers=())) == 0
    last, first = (layer.id for layer in atlantis.settings.layers[1::-1])
    assert whole.select(layers=[last, first]).state.layers == (first, last)
    assert whole.select(lang="eo").citation() != whole.citation()


def test_a_whole_address_is_a_link_too(whole):
    found = whole.select(query="https://example.org/a/?v=1&from=1990", until="1999")
    assert found == whole.select(since="1990", until="1999")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"kind": "crosing"}, "kind: found 'crosing'; allowed: crossing, incident"),
        ({"kind": "crosing"}, "Did you mean 'crossing'?"),
        ({"kind": ["crossing", "x.y"]}, "found 'x.y'"),
        ({"mode": 7}, "mode: found '7'; allowed: "),
        ({"mods": "foot"}, "keyword: found 'mods'; allowed: since, until"),
        ({"since": "May"}, "allowed: a date such as 1998, 1998-05 or 1998-05-31"),
        ({"within_km": -2}, "allowed: a number of kilometres up to 1000"),
        ({"cited": 2.5}, "allowed: a whole number from 1 to 50"),
        ({"layers": ["nothing"]}, "layers: found 'nothing'; allowed: "),
        ({"lang": "xx"}, "lang: found 'xx'; allowed: en"),
        ({"query": "from=1990&a=b"}, "query: found 'a=b'; allowed: from, to"),
        ({"query": "sel=nobody"}, "query: found 'nobody'"),
    ],
)
def test_a_wrong_word_is_told_with_those_that_exist(whole, wrong, told):
    with pytest.raises(WordError) as error:
        whole.select(**wrong)
    assert told in str(error.value)
    assert isinstance(error.value, BorderVizError)


def test_every_word_of_the_atlas_can_be_selected(whole):
    for name, field in (("mode", "modes"), ("who", "who"), ("area", "areas")):
        for word in choices(whole.atlas, field):
            found = whole.select(**{name: word}).records
            assert {getattr(record, name) for record in found} <= {word}


def test_the_table_has_the_records_in_order(whole):
    narrow = whole.select(kind="crossing")
    table = narrow.table()
    assert sorted(table["id"]) == sorted(r.id for r in narrow)
    assert table.crs == "EPSG:4326"
    assert len(narrow.table(scope="layers")) > len(table)
    with pytest.raises(WordError, match="scope: found 'all'; allowed: events, layers"):
        narrow.table(scope="all")


def test_citations_come_in_every_style(whole):
    for style in STYLES:
        assert whole.atlas.fingerprint in whole.citation(style, today=TODAY)
    items = json.loads(whole.citation("csl", today=TODAY, address="https://a.example/"))
    assert [i["id"] for i in items] == list(read_back(whole.citation("bibtex")))
    assert items[-1]["accessed"] == {"date-parts": [[2026, 3, 4]]}
    with pytest.raises(WordError, match="style: found 'apa'; allowed: plain, bibtex"):
        whole.citation("apa")


def test_the_map_is_a_folium_map_with_the_events_of_the_view(whole):
    narrow = whole.select(kind="crossing")
    found = narrow.map()
    assert isinstance(found, folium.Map)
    layers = [x for x in found._children.values() if isinstance(x, folium.GeoJson)]
    drawn = [f["id"].rpartition("-")[0] for x in layers for f in x.data["features"]]
    placed = {r.id for r in narrow if r.id in whole.atlas.positions}
    assert placed <= set(drawn)
    hidden = select(whole.atlas, narrow.state).hidden
    assert not hidden & set(drawn)
    html = found.get_root().render()
    for words in whole.atlas.settings.attribution:
        assert narrow.context.plain(words).split()[-1] in html
    assert re.findall(r"<script[^>]* src|<link|url\((?!#)|@import", html) == []


def test_nothing_hostile_leaves_its_place_in_the_map(tmp_path, atlantis):
    from borderviz.content import load
    from hostile import hostile_copy

    spoilt = load(hostile_copy(atlantis.root, tmp_path / "atlas"))
    html = View(spoilt, default_view(spoilt)).map().get_root().render()
    for text in PAYLOADS:
        if safe_text(text) != text:
            assert text not in html


@pytest.mark.parametrize("name", ["a.geojson", "a.csv"])
def test_a_file_is_written_once(tmp_path, whole, name):
    narrow = whole.select(kind="crossing", since=1990)
    path = narrow.export(tmp_path / name, today=TODAY)
    assert {r.id for r in narrow} <= set(re.findall(r"[\w-]+", path.read_text("utf-8")))
    with pytest.raises(OutputError):
        whole.export(path)
    assert whole.export(str(path), force=True) == path
    assert {r.id for r in whole} <= set(re.findall(r"[\w-]+", path.read_text("utf-8")))


def test_an_unknown_ending_is_told(tmp_path, whole):
    with pytest.raises(WordError, match="format: found 'xls'; allowed: geojson, csv"):
        whole.export(tmp_path / "a.xls")
