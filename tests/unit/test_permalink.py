"""Links: what is encoded comes back, and what nobody encoded does no harm."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.permalink import (
    LISTS,
    at_step,
    decode,
    decode_query,
    default_view,
    encode,
    is_position,
    to_query,
)
from borderviz.view import Decoded, ViewState
from hostile import ALL

BASEMAPS = ("osm", "dark")
NAMES = (
    *("v", "lang", "sel", "list", "layers", "circles", "map", "at", "embed"),
    *("story", "page", "show"),
)


def positions():
    """`lat,lon,zoom` as the map writes it."""
    return st.builds(
        lambda lat, lon, zoom: f"{lat:.3f},{lon:.3f},{zoom}",
        st.floats(-85, 85),
        st.floats(-180, 180),
        st.integers(1, 18),
    )


@st.composite
def views(draw, atlas):
    """Any view that a reader can reach."""
    layers = [layer.id for layer in atlas.settings.layers]
    on = draw(st.sets(st.sampled_from(layers)))
    return ViewState(
        lang=draw(st.sampled_from(list(atlas.settings.languages))),
        layers=tuple(layer for layer in layers if layer in on),
        selected=draw(st.sampled_from(["", *atlas.records])),
        listed=draw(st.sampled_from(["", *LISTS])),
        circles=draw(st.booleans()),
        basemap=draw(st.sampled_from(["", *BASEMAPS])),
        at=draw(st.just("") | positions()),
        page=draw(st.sampled_from(["", *(page.id for page in atlas.pages)])),
    )


@st.composite
def told_views(draw, atlas):
    """Any view that a reader of the story can reach without leaving it."""
    view = draw(views(atlas))
    step = draw(st.sampled_from(atlas.story)).id
    kept = {name: getattr(view, name) for name in ("selected", "listed", "at", "page")}
    return at_step(view, step, atlas).with_(**kept)


@given(st.data())
def test_a_view_comes_back_from_its_link(atlas, data):
    view = data.draw(views(atlas))
    assert decode(encode(view, atlas), atlas, BASEMAPS) == Decoded(view)


@given(st.data())
def test_a_view_comes_back_from_its_address(atlantis, data):
    view = data.draw(views(atlantis))
    address = urlsplit("http://localhost/" + to_query(view, atlantis))
    query = {k: v for k, (v,) in parse_qs(address.query, strict_parsing=False).items()}
    assert decode(query, atlantis, BASEMAPS).view == view
    assert set(to_query(view, atlantis)) <= set(
        "?=&.,-0123456789abcdefghijklmnopqrstuvwxyz"
    )


def hostile_text():
    return st.sampled_from(ALL) | st.text() | positions() | st.sampled_from(LISTS)


@given(
    st.dictionaries(
        st.sampled_from(NAMES) | hostile_text(),
        hostile_text()
        | st.sampled_from(["1", "en", "none", "eo.eo", ".", "fog", "about"]),
        max_size=60,
    )
)
def test_no_link_raises_or_leaves_the_view_unusable(atlantis, query):
    found = decode(query, atlantis, BASEMAPS)
    view = found.view
    assert view.lang in atlantis.settings.languages
    assert set(view.layers) <= {layer.id for layer in atlantis.settings.layers}
    assert view.selected in {"", *atlantis.records}
    assert view.listed in {"", *LISTS}
    assert view.basemap in {"", *BASEMAPS}
    assert view.page in {"", *(page.id for page in atlantis.pages)}
    assert view.story in {"", *(step.id for step in atlantis.story)}
    assert not (view.story and (view.sheet or view.circles or view.sort))
    assert view.at == "" or is_position(view.at)
    assert len(found.unknown_record) <= 80
    assert len(found.ignored) <= 5
    assert all(len(note) <= 61 for note in found.ignored)
    assert decode(encode(view, atlantis), atlantis, BASEMAPS) == Decoded(view)


def test_the_default_view_has_the_shortest_link(atlantis):
    view = default_view(atlantis)
    assert encode(view, atlantis) == {}
    assert to_query(view, atlantis) == "?"
    assert decode({}, atlantis, BASEMAPS) == Decoded(view)
    assert view.lang == "en"
    assert "routes" not in view.layers


def test_a_link_says_only_what_differs(atlantis):
    view = default_view(atlantis).with_(selected="hill-gate", lang="eo")
    assert encode(view, atlantis) == {"v": "1", "lang": "eo", "sel": "hill-gate"}
    assert to_query(view, atlantis) == "?v=1&lang=eo&sel=hill-gate"


def test_all_layers_off_is_not_the_default(atlantis):
    view = default_view(atlantis).with_(layers=())
    assert encode(view, atlantis)["layers"] == "none"


def test_an_unknown_record_is_told_and_the_rest_kept(atlantis):
    query = {"v": "1", "sel": "no-such-gate", "lang": "eo", "layers": "sites"}
    found = decode(query, atlantis, BASEMAPS)
    assert found.unknown_record == "no-such-gate"
    assert found.ignored == ()
    assert (found.view.selected, found.view.lang) == ("", "eo")
    assert found.view.layers == ("sites",)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("lang", "xx"),
        ("lang", ""),
        ("lang", "EN"),
        ("list", "everything"),
        ("layers", "sites.no-such"),
        ("layers", ""),
        ("layers", "sites."),
        ("layers", "Sites"),
        ("circles", "yes"),
        ("map", "satellite"),
        ("at", "here"),
        ("v", "2"),
        ("utm_source", "x"),
        ("SEL", "hill-gate"),
    ],
)
def test_what_is_not_understood_is_left_out_and_told(atlantis, key, value):
    found = decode({key: value}, atlantis, BASEMAPS)
    assert found.view == default_view(atlantis)
    assert found.ignored == (f"{key}={value}",)


@pytest.mark.parametrize("name", ["embed", "embed_options"])
def test_parameters_of_the_server_are_none_of_our_business(atlantis, name):
    assert decode({name: "true"}, atlantis, BASEMAPS).ignored == ()


def test_layers_come_in_the_atlas_s_order_each_once(atlantis):
    found = decode({"layers": "sites.foam.sites.land-line"}, atlantis, BASEMAPS)
    assert found.view.layers == ("land-line", "foam", "sites")


def test_a_background_that_is_not_on_offer_is_refused(atlantis):
    assert decode({"map": "osm"}, atlantis, ()).view.basemap == ""
    assert decode({"map": "osm"}, atlantis, BASEMAPS).view.basemap == "osm"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("38.3,127.25,9", True),
        ("-85,-180,1", True),
        ("85,180,18", True),
        ("0,0,4", True),
        ("85.1,0,4", False),
        ("0,180.001,4", False),
        ("0,0,0", False),
        ("0,0,19", False),
        ("0,0", False),
        ("0,0,4,5", False),
        ("1e99,0,4", False),
        ("nan,0,4", False),
        ("0, 0,4", False),
        ("0,0,4\n", False),
        (" 0,0,4", False),
        ("+1,0,4", False),
        ("0,0,4.5", True),
        ("0,0,4.25", False),
        ("0.1234567,0,4", False),
        ("٣٨,١٢٧,٩", False),
        ("３８,127,9", False),
        ("", False),
    ],
)
def test_a_position_is_one_that_the_map_can_go_to(text, expected):
    assert is_position(text) == expected


def test_a_link_of_any_length_is_read_in_no_time(atlantis):
    query = {f"k{n}": "x" * 100_000 for n in range(1000)} | {"at": "9" * 10**6}
    found = decode(query, atlantis, BASEMAPS)
    assert found.view == default_view(atlantis)
    assert sum(map(len, found.ignored)) < 400


@given(st.data())
def test_a_step_comes_back_from_its_link_and_its_address(atlas, atlantis, data):
    one = data.draw(st.sampled_from([atlas, atlantis]))
    view = data.draw(told_views(one))
    assert decode(encode(view, one), one, BASEMAPS) == Decoded(view)
    assert decode_query(to_query(view, one)[1:], one, BASEMAPS) == Decoded(view)
    assert not {"layers", "from", "to", "mode"} & encode(view, one).keys()


def test_a_step_says_only_which_it_is(atlantis):
    for step in atlantis.story:
        view = at_step(default_view(atlantis), step.id, atlantis)
        assert encode(view, atlantis) == {"v": "1", "story": step.id}
        assert view == atlantis.step_views[step.id]


def test_a_step_shows_what_it_says(atlantis):
    view = atlantis.step_views["fog"]
    assert view.layers == ("down", "routes")
    assert (view.filters.since, view.filters.until) == ("1970", "1970")
    assert view.filters.modes == ("raft",)
    assert view.selected == ""  # the panel tells the story, not the record


def test_a_step_keeps_the_reader_s_language_and_background_and_nothing_else(atlantis):
    before = default_view(atlantis).with_(
        lang="eo", basemap="osm", selected="hill-gate", sheet="table", at="31,-38,8"
    )
    after = at_step(before, "fog", atlantis)
    assert after == atlantis.step_views["fog"].with_(lang="eo", basemap="osm")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("layers", "sites"), ("from", "1970"), ("to", "1970"), ("kind", "crossing")),
        *(("dir", "up"), ("mode", "foot"), ("who", "fisher"), ("area", "reeds")),
        *(("sure", "high"), ("within", "5"), ("cited", "2"), ("show", "table")),
        *(("sort", "date"), ("circles", "1")),
    ],
)
def test_a_link_to_a_step_that_shows_something_else_leads_to_the_free_map(
    atlantis, key, value
):
    found = decode({"story": "fog", key: value, "sel": "hill-gate"}, atlantis, BASEMAPS)
    assert found.view.story == ""
    assert found.ignored == ("story=fog",)
    assert found.view == decode({key: value, "sel": "hill-gate"}, atlantis, ()).view


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("story", "foggy"), ("story", ""), ("story", "FOG"), ("story", "about")),
        *(("page", "fog"), ("page", ""), ("page", "../about"), ("story", "x" * 5000)),
    ],
)
def test_an_unknown_step_or_page_is_told(atlantis, key, value):
    found = decode({key: value, "lang": "eo"}, atlantis, BASEMAPS)
    assert found.view == default_view(atlantis).with_(lang="eo")
    assert found.ignored == (f"{key}={value[:40]}",)


def test_a_page_lies_over_the_story_too(atlantis):
    found = decode({"page": "about", "story": "fog"}, atlantis, BASEMAPS)
    assert found == Decoded(atlantis.step_views["fog"].with_(page="about"))
