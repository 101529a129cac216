"""The first look: borders, layers, cost of the visit, and nobody else involved."""

import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect
from streamlit import file_util

pytestmark = pytest.mark.browser

BUDGET_BYTES = 300_000
# Streamlit's own scripts for the first view, as they travel; 2.9 MB unpacked.
SCRIPT_BUDGET_BYTES = 700_000
DRAWN = """id => {
  const shapes = borderviz.items.get(id).layers.map((layer) => layer.getElement?.());
  const sizes = shapes.filter(Boolean).map((shape) => shape.getBoundingClientRect());
  return Math.max(...sizes.map((size) => Math.max(size.width, size.height)));
}"""


def test_the_page_opens_with_title_and_both_borders(dashboard, atlas):
    dashboard.open()
    expect(dashboard.header.locator("h1")).to_have_text(atlas.settings.title["en"])
    expect(dashboard.page.locator("html")).to_have_attribute("lang", "en")
    for border in ("mdl", "china-border-tumen", "china-border-yalu", "russia-border"):
        assert dashboard.js(DRAWN, border) > 5, border
    assert dashboard.js(DRAWN, "mdl") > 100
    assert dashboard.js(DRAWN, "china-border-yalu") > 100
    assert "/work" not in dashboard.page.content()


def test_the_map_stands_between_layers_and_panel(dashboard):
    dashboard.open()
    layers, found, detail = (
        part.bounding_box()
        for part in (
            dashboard.page.locator(".st-key-left"),
            dashboard.map,
            dashboard.detail,
        )
    )
    assert layers["x"] + layers["width"] <= found["x"] + 1
    assert found["x"] + found["width"] <= detail["x"] + 1
    assert detail["x"] + detail["width"] <= 1401
    assert found["width"] > 600
    assert found["height"] > 550
    for part in (layers, detail):
        assert part["height"] > 700
    for part in (layers, found, detail):
        assert part["y"] + part["height"] <= 901


def test_every_layer_has_on_the_map_what_its_label_counts(dashboard, atlas):
    ids = dashboard.open().ids()
    assert [layer.id for layer in atlas.settings.layers if layer.on]
    for layer in atlas.settings.layers:
        label = dashboard.checkbox(layer.id)
        expect(dashboard.is_checked(layer.id)).to_be_checked(checked=layer.on)
        count = int(re.search(r"\((\d+)\)$", label.inner_text().strip())[1])
        if layer.places:
            places = {place.id for place, _ in atlas.places}
            assert len(places & ids["place"]) == count == len(places)
        elif layer.on:
            assert len(ids[layer.id]) == count > 0
        else:
            assert layer.id not in ids
            assert count > 0


def test_attribution_is_always_in_sight(dashboard):
    dashboard.open()
    credit = dashboard.in_map.locator(".leaflet-control-attribution")
    for owner in ("OpenStreetMap", "ODbL", "GeoNames", "CC BY", "Natural Earth"):
        expect(credit).to_contain_text(owner)
    expect(credit).to_be_in_viewport(ratio=0.99)


def test_load_pan_and_zoom_take_one_run_of_the_script(dashboard):
    """A run begins with a message from the page; the visit's own is the only one."""
    dashboard.open()
    assert len(dashboard.sent) == 1
    middle = dashboard.on_page(350, 300)
    dashboard.page.mouse.move(*middle)
    dashboard.page.mouse.down()
    dashboard.page.mouse.move(middle[0] - 150, middle[1] - 90, steps=5)
    dashboard.page.mouse.up()
    dashboard.page.wait_for_function("location.search.includes('at=')")
    after_pan, zoom = dashboard.query["at"], dashboard.js("map.getZoom()")
    dashboard.page.mouse.wheel(0, -240)
    dashboard.wait_js("before => map.getZoom() > before", zoom)
    dashboard.in_map.get_by_role("button", name="Zoom in").click()
    dashboard.wait_js("before => map.getZoom() >= before + 1", zoom)
    dashboard.page.wait_for_function(
        "before => !location.search.includes(before)", arg=after_pan
    )
    # The map component tells of its map a quarter second late, if it tells at all:
    # a timer of the same page that is set later and runs longer ends after that one.
    dashboard.js("() => new Promise((done) => setTimeout(done, 300))")
    assert len(dashboard.sent) == 1


def test_the_visit_costs_no_more_than_its_budget(dashboard):
    dashboard.open()
    # What was fetched ahead is asked for again, and then comes from the cache.
    sizes: dict[str, int] = {}
    for found in dashboard.files:
        size = found.sizes()["responseBodySize"]
        sizes[found.url] = max(size, sizes.get(found.url, 0))
    ours = {url: size for url, size in sizes.items() if "/component/" in url}
    names = " ".join(url.rsplit("/", 1)[-1] for url in ours)
    for part in ("base-", "words-en-", "map-", "index.html"):
        assert part in names
    assert "words-ko-" not in names
    assert min(ours.values()) > 0
    assert sum(ours.values()) <= BUDGET_BYTES, ours
    scripts = {url: size for url, size in sizes.items() if "/static/js/" in url}
    assert len(scripts) > 40
    assert sum(scripts.values()) <= SCRIPT_BUDGET_BYTES, scripts


STOCK = Path(file_util.get_static_dir(), "index.html").read_text("utf-8")
NAMED = re.compile(r'(?:src|href)="\./((?:static|component)/[^"]+)"')
# What a first visit asks for by itself: document, connection, and what is no script.
ALWAYS = {
    "",
    "favicon.png",
    "_stcore/health",
    "_stcore/host-config",
    "_stcore/stream",
    "component/streamlit_folium.st_folium/index.html",
}
FONT = re.compile(r"static/media/[\w.-]+\.woff2")


def is_all_there(dashboard):
    """Wait for the parts of the first view that are drawn last."""
    for part in ("stSlider", "stSelectbox", "stTextInput", "stCheckbox"):
        expect(dashboard.page.get_by_test_id(part).first).to_be_attached()
    return {
        urlsplit(url).path.removeprefix("/")
        for url in dashboard.requests
        if not url.startswith(("data:", "blob:"))
    }


def test_a_first_visit_asks_for_what_it_is_told_of_and_for_nothing_else(dashboard):
    dashboard.open()
    told = set(NAMED.findall(dashboard.page.content()))
    asked = is_all_there(dashboard)
    rest = asked - told - {name for name in asked if FONT.fullmatch(name)}
    assert rest == ALWAYS
    assert told <= asked
    assert dashboard.faults == []


@pytest.mark.parametrize("query", ["", "?lang=ko", "?embed=true"])
def test_every_hint_names_what_the_page_would_ask_for_without_it(dashboard, query):
    """Compared with a visit whose documents have no hint of ours."""
    page = dashboard.page
    with urlopen(f"{dashboard.origin}/{query}") as answer:
        told = set(NAMED.findall(answer.read().decode())) - set(NAMED.findall(STOCK))
    assert len(told) >= 10

    def stock(route):
        route.continue_(url=f"{dashboard.origin}/index.html")

    page.context.route(f"{dashboard.origin}/{query}", stock)
    dashboard.open(query)
    asked = is_all_there(dashboard) if "embed" not in query else set()
    asked |= {urlsplit(url).path.removeprefix("/") for url in dashboard.requests}
    assert told - asked == set()
    late = {name for name in asked if name.startswith("static/js/")}
    assert late - set(NAMED.findall(STOCK)) - told == set()


def test_a_second_visit_brings_no_file_again(dashboard):
    dashboard.open()
    is_all_there(dashboard)
    before = len(dashboard.files)
    dashboard.reload()
    is_all_there(dashboard)
    again = [f for f in dashboard.files[before:] if "/static/js/" in f.url]
    again += [f for f in dashboard.files[before:] if ".map_files/" in f.url]
    assert len(again) > 40
    assert all(f.sizes()["responseBodySize"] <= 0 for f in again)


def test_the_map_is_the_same_object_whatever_is_switched(dashboard):
    dashboard.open()
    dashboard.js("() => { window.kept = borderviz.map; }")
    has = "id => map.hasLayer(borderviz.groups.get(id))"
    for layer in ("sites", "sites", "incidents", "incidents"):
        before = dashboard.js(has, layer)
        dashboard.checkbox(layer).click()
        dashboard.wait_js(
            "([id, on]) => map.hasLayer(borderviz.groups.get(id)) !== on",
            [layer, before],
        )
    assert dashboard.js("() => window.kept === borderviz.map && window.kept === map")


def test_nobody_else_is_asked_for_anything(dashboard):
    """The map works with the network cut, and nothing even tries to leave."""

    def home_only(route):
        own = route.request.url.startswith(dashboard.origin)
        route.continue_() if own else route.abort()

    dashboard.page.context.route("**/*", home_only)
    dashboard.open("?sel=mdl&list=sources")
    dashboard.checkbox("sites").click()
    dashboard.wait_js("() => map.hasLayer(borderviz.groups.get('sites'))")
    dashboard.look_at(37.4, 131.7, 8)
    dashboard.click_map(*dashboard.spot("2014-06-16-dokdo-one"))
    expect(dashboard.popup).to_be_visible()
    dashboard.wait_address(sel="2014-06-16-dokdo-one")
    assert dashboard.others() == []
    assert len(dashboard.requests) > 10
    assert any(url.startswith("ws://localhost") for url in dashboard.requests)
    assert dashboard.faults == []
