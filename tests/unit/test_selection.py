"""One selection: what it holds, and that map, table, sentence and command agree."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from borderviz import cli
from borderviz.filters import Filters, is_event
from borderviz.layers import counts, layer_of
from borderviz.permalink import decode, default_view, encode
from borderviz.render.context import Context
from borderviz.render.sentence import sentence
from borderviz.render.table_html import table_html
from borderviz.render.timeline_html import timeline_html
from borderviz.selection import event_layers, select, ways_out
from borderviz.texts import number_words
from borderviz.view import ViewState
from filter_strategy import any_filters

QUERIES = (
    "",
    "from=1998&dir=south&mode=foot.swim&who=soldier&kind=crossing",
    "mode=boat&within=15",
    "area=jsa&within=1",
    "from=2020&sure=high&cited=3",
    "layers=incidents&to=1969-12-31",
    "dir=north&lang=ko",
)


def views(atlas):
    layers = [layer.id for layer in atlas.settings.layers]
    return st.builds(
        ViewState,
        lang=st.sampled_from(sorted(atlas.settings.languages)),
        layers=st.lists(st.sampled_from(layers), unique=True).map(
            lambda found: tuple(x for x in layers if x in found)
        ),
        filters=any_filters(atlas),
    )


@given(data=st.data())
def test_every_view_of_a_selection_counts_the_same(atlas, data):
    view = data.draw(views(atlas))
    selection = select(atlas, view)
    context = Context(atlas, view)
    ids = set(selection.ids)
    assert len(ids) == len(selection.records)
    table = table_html(selection, context)
    assert set(re.findall(r'<tr data-id="([^"]+)"', table)) == ids
    timeline = timeline_html(selection, context)
    marks = re.findall(r'class="([^"]+)" style="[^"]*" data-id="([^"]+)"', timeline)
    assert {i for names, i in marks if "bv-t-off" not in names.split()} == ids
    placed = sum(
        counts(atlas, selection.hidden)[x]
        for x in event_layers(atlas)
        if x in view.layers
    )
    on_map = ids & set(atlas.positions)
    drawn = {
        r.id
        for r in atlas.records.values()
        if is_event(r)
        and r.id in atlas.positions
        and r.id not in selection.hidden
        and layer_of(r, atlas.settings.layers).id in view.layers
    }
    assert drawn == on_map
    assert placed == len(on_map) == len(ids) - selection.unplaced
    if selection.records and len(ids) < selection.total:
        assert number_words(len(ids), view.lang) in sentence(selection, context)


@given(data=st.data())
def test_a_narrower_view_is_a_part(atlas, data):
    view = data.draw(views(atlas))
    ids = set(select(atlas, view).ids)
    for name in view.filters.active:
        wider = view.with_(filters=view.filters.without(name))
        assert ids <= set(select(atlas, wider).ids)
    every = view.with_(layers=event_layers(atlas), filters=Filters())
    assert ids <= set(select(atlas, every).ids)


@given(data=st.data())
def test_an_empty_view_has_a_way_out(atlas, data):
    view = data.draw(views(atlas))
    if not select(atlas, view).records:
        ways = ways_out(atlas, view)
        assert ways
        for way in ways:
            assert len(select(atlas, way.view).records) == way.count > 0
        assert [w.count for w in ways] == sorted(w.count for w in ways)


@pytest.mark.parametrize("query", QUERIES)
def test_the_command_lists_what_the_page_selects(atlas, query):
    view = decode(dict(parse_qsl(query)), atlas, ()).view
    selection = select(atlas, view)
    assert selection.records
    told = CliRunner().invoke(
        cli.app, ["list", "--view", query, "--atlas", str(atlas.root), "--json"]
    )
    assert told.exit_code == 0
    found = json.loads(told.stdout)
    assert found == {
        "count": len(selection.records),
        "ids": list(selection.ids),
        "ignored": [],
    }
    plain = CliRunner().invoke(
        cli.app, ["list", "--view", f"?{query}", "--atlas", str(atlas.root)]
    )
    assert plain.stdout.splitlines()[-1] == f"{len(selection.records)} records"


def test_the_command_tells_what_it_left_out(atlantis):
    told = CliRunner().invoke(
        cli.app,
        ["list", "--view", "dir=down&mode=jetpack", "--atlas", str(atlantis.root)],
    )
    assert told.exit_code == 0
    assert "mode=jetpack" in told.stderr
    assert "2001-05-04-reed-bridge-walker" in told.stdout


PUBLISHED = json.loads(
    (Path(__file__).parents[1] / "data" / "published_links.json").read_text("utf-8")
)


@pytest.mark.parametrize("link", PUBLISHED, ids=lambda link: link["query"] or "(none)")
def test_published_links_keep_working(atlas, link):
    found = decode(dict(parse_qsl(link["query"])), atlas, ("osm", "topo"))
    assert found.ignored == ()
    assert found.unknown_record == ""
    for name, value in link["view"].items():
        held = found.view.filters if hasattr(found.view.filters, name) else found.view
        got = getattr(held, name)
        assert (list(got) if isinstance(got, tuple) else got) == value
    again = decode(encode(found.view, atlas), atlas, ("osm", "topo"))
    assert again.view == found.view


def test_a_sentence_says_everything_that_narrows(atlas):
    query = {
        "from": "1998",
        "to": "2025-06",
        "dir": "south",
        "mode": "foot.swim",
        "who": "soldier",
        "sure": "high",
        "within": "15",
        "cited": "2",
        "layers": "crossings-south",
    }
    view = decode(query, atlas, ()).view
    said = sentence(select(atlas, view), Context(atlas, view))
    for words in (
        "to the South",
        "on foot or swimming",
        "soldier",
        "from 1998 on",
        "until June 2025",
        "within 15 km",
        "2 sources or more",
        "confidence high",
        "without the layers: Crossings north, Incidents and Authorised passages",
        f"of {select(atlas, view).total} ",
    ):
        assert words in said
    korean = view.with_(lang="ko")
    assert "남쪽으로" in sentence(select(atlas, korean), Context(atlas, korean))


def test_without_filters_the_sentence_says_all(atlas):
    view = default_view(atlas)
    selection = select(atlas, view)
    assert sentence(selection, Context(atlas, view)).startswith("All 207 ")
    assert len(selection.records) == selection.total == 207
