"""The reader's own rows on the map: drawn, pointed at, chosen, and gone for good."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from borderviz.overlay_files.clean import clean
from borderviz.render.overlay_style import MARKS, OTHER
from borderviz.theme import load_theme
from hostile import PAYLOADS

pytestmark = pytest.mark.browser

ROWS = """title,lat,lon,date,category,radius
First,38.90,127.60,2019-05,seen,
Second,38.90,127.60,2020,heard,
Third,40.50,127.20,2021-03-04,seen,12
Fourth,39.60,124.20,1999,heard,
"""
# Where a row is in the frame.
SPOT = """row => {
  const {overlay} = borderviz;
  const p = map.latLngToContainerPoint(overlay.placeOf(overlay.now.data, row));
  return [p.x, p.y];
}"""
PIXEL_OF = """at => {
  const p = map.latLngToContainerPoint(at);
  return [p.x, p.y];
}"""
PLACE = "(row => borderviz.overlay.placeOf(borderviz.overlay.now.data, row))"
STATE = "borderviz.overlay.state()"
PLACES = """() => {
  const {overlay} = borderviz;
  const {data} = overlay.now;
  return data.titles.map((_, row) => {
    const {lat, lng} = overlay.placeOf(data, row);
    return [lat, lng];
  });
}"""
# The colour on the canvas at a row's place.
PIXEL = """row => {
  const {overlay} = borderviz;
  const canvas = document.querySelector(".bv-own-canvas");
  const at = map.latLngToLayerPoint(overlay.placeOf(overlay.now.data, row));
  const {x, y} = at.subtract(L.DomUtil.getPosition(canvas));
  return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data].slice(0, 3);
}"""


def give(dashboard, text, query="", name="rows.csv"):
    """Upload a file as a reader does, and wait until the map has drawn it."""
    dashboard.open(f"?show=yours{query}")
    file = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    dashboard.page.locator("input[type=file]").set_input_files(file)
    dashboard.wait_js("Boolean(document.body.dataset.own)")
    return dashboard


def close_sheet(dashboard):
    """Give the map the room that the sheet has taken."""
    dashboard.page.locator(".bv-tab-yours").click()
    expect(dashboard.page.locator("input[type=file]")).to_have_count(0)
    dashboard.wait_js("map.getSize().y > 400")


def drawn(dashboard):
    return dashboard.js(STATE)


def wait_chosen(dashboard, row):
    dashboard.wait_js(f"row => {STATE}.chosen === row", row)


def press(dashboard, row):
    dashboard.click_map(*dashboard.js(SPOT, row))


def as_pixel(colour):
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


@pytest.fixture
def own(dashboard):
    """The page with four rows, on a map with room."""
    give(dashboard, ROWS)
    close_sheet(dashboard)
    return dashboard


def test_the_script_comes_with_the_first_rows_only(dashboard):
    dashboard.open("?show=yours")
    assert not [url for url in dashboard.requests if "/overlay-" in url]
    give(dashboard, ROWS)
    assert len([url for url in dashboard.requests if "/overlay-" in url]) == 1


def test_as_many_are_drawn_as_pass_the_filters(dashboard):
    give(dashboard, ROWS)
    close_sheet(dashboard)
    dashboard.js("borderviz.overlay.showAll()")
    dashboard.wait_js(f"{STATE}.drawn === 4")
    assert drawn(dashboard)["shown"] == 4
    give(dashboard, ROWS, "&from=2015")
    assert drawn(dashboard)["shown"] == drawn(dashboard)["drawn"] == 3


def test_rows_stand_where_the_file_says(own):
    places = [tuple(line.split(",")[1:3]) for line in ROWS.splitlines()[1:]]
    for found, wanted in zip(own.js(PLACES), places, strict=True):
        assert found == pytest.approx([float(x) for x in wanted], abs=1e-5)


def test_a_click_opens_the_card_and_the_panel(own):
    press(own, 2)
    expect(own.popup.locator("h3")).to_have_text("Third")
    expect(own.popup).to_contain_text("4 March 2021")
    expect(own.popup).to_contain_text("known within 12 km")
    expect(own.popup).to_contain_text("row 4")
    expect(own.title).to_contain_text("Third")
    assert own.in_map.locator(".bv-circle-chosen").count() == 1


def test_two_at_one_place_are_a_list_that_keys_go_through(own):
    press(own, 0)
    rows = own.popup.locator(".bv-row")
    expect(rows).to_have_count(2)
    assert rows.locator("b").all_text_contents() == ["First", "Second"]
    expect(rows.nth(0)).to_be_focused()
    before = own.js("map.getCenter()")
    own.page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    assert own.js("map.getCenter()") == before
    own.page.keyboard.press("Enter")
    expect(own.popup.locator("h3")).to_have_text("Second")
    wait_chosen(own, 1)


def test_many_at_one_place_are_counted(dashboard):
    lines = [f"Row {n},38.9,127.6" for n in range(30)]
    give(dashboard, "\n".join(["title,lat,lon", *lines]))
    close_sheet(dashboard)
    press(dashboard, 0)
    expect(dashboard.popup.locator(".bv-row")).to_have_count(20)
    expect(dashboard.popup.locator("h3")).to_contain_text("30")
    expect(dashboard.popup.locator(".bv-meta")).to_contain_text("10")


def test_a_pointer_is_told_what_it_is_on(own):
    own.page.mouse.move(*own.on_page(*own.js(SPOT, 3)))
    tip = own.in_map.locator(".leaflet-tooltip")
    expect(tip).to_contain_text("Fourth")
    assert own.js("getComputedStyle(map.getContainer()).cursor") == "pointer"
    x, y = own.js(SPOT, 3)
    own.page.mouse.move(*own.on_page(x - 60, y))
    expect(tip).to_have_count(0)


def test_a_row_and_a_record_are_never_chosen_together(own):
    record = "2025-03-07-yellow-sea-drifters"
    own.click_map(*own.spot(record))
    own.wait_address(sel=record)
    press(own, 2)
    wait_chosen(own, 2)
    own.wait_address(sel="")
    assert own.js("borderviz.selected") == ""
    expect(own.popup.locator("h3")).to_have_text("Third")
    own.click_map(*own.spot(record))
    own.wait_address(sel=record)
    wait_chosen(own, -1)
    assert own.in_map.locator(".bv-own-top").count() == 0


def test_every_text_of_an_upload_is_shown_as_it_is(dashboard):
    texts = [text for text in PAYLOADS if clean(text)[0].strip()]
    lines = ["title;lat;lon;category"]
    for number, text in enumerate(texts):
        cell = '"' + text.replace('"', '""') + '"'
        lines.append(f"{cell};{38 + number / 10};127;{cell}")
    give(dashboard, "\n".join(lines))
    close_sheet(dashboard)
    count = dashboard.js("borderviz.overlay.now.data.count")
    assert count == len(texts)
    for number, text in enumerate(texts):
        wanted = " ".join(clean(text)[0].split())
        dashboard.js("row => borderviz.overlay.choose(row, {move: true})", number)
        title = dashboard.popup.locator("h3")
        assert " ".join(title.text_content().split()) == wanted
        assert title.locator("*").count() == 0
        kicker = dashboard.popup.locator(".bv-own-kicker > :last-child")
        assert " ".join(kicker.text_content().split()) == wanted
        tip = dashboard.js("row => borderviz.overlay.tip([row]).textContent", number)
        assert wanted.split()[0] in tip
    assert dashboard.page.evaluate("window.pwned") is None
    assert dashboard.js("window.pwned") is None


def test_colours_follow_the_scheme(own):
    theme = load_theme()
    kind = own.js("borderviz.overlay.now.data.kinds[3]")
    token = (*MARKS, OTHER)[kind].token
    assert own.js(PIXEL, 3) == pytest.approx(as_pixel(theme.light[token]), abs=3)
    own.page.emulate_media(color_scheme="dark")
    wanted = as_pixel(theme.dark[token])
    own.wait_js(f"red => Math.abs(({PIXEL})(3)[0] - red) < 4", wanted[0])
    assert own.js(PIXEL, 3) == pytest.approx(wanted, abs=3)


def test_words_follow_the_language(own):
    press(own, 2)
    expect(own.popup.locator("h3")).to_have_text("Third")
    own.page.get_by_text("한국어", exact=True).click()
    expect(own.popup).to_contain_text("2021년 3월 4일")
    expect(own.popup).to_contain_text("12km")
    expect(own.in_map.locator(".bv-own-fit")).to_have_attribute(
        "aria-label", "데이터 모두 보기"
    )
    own.in_map.locator(".leaflet-popup-close-button").click()
    press(own, 0)
    expect(own.popup.locator("h3")).to_contain_text("2건")


def feature(title, kind, coordinates):
    return {
        "type": "Feature",
        "properties": {"title": title},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def test_lines_and_areas_are_found_where_they_are(dashboard):
    outer = [[126, 39], [129, 39], [129, 42], [126, 42], [126, 39]]
    hole = [[127, 40], [127, 41], [128, 41], [128, 40], [127, 40]]
    features = [
        feature("Area", "Polygon", [outer, hole]),
        feature("Line", "LineString", [[124, 38.6], [125.5, 38.6]]),
        feature("Tiny", "LineString", [[124, 43], [124.01, 43]]),
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    give(dashboard, text, name="shapes.geojson")
    close_sheet(dashboard)
    dashboard.look_at(40, 127, 6.5)
    at = """([lat, lon]) => {
      const {overlay} = borderviz;
      const rows = overlay.at(map.latLngToContainerPoint([lat, lon]), 10, true);
      return rows.map(overlay.nameOf);
    }"""
    assert dashboard.js(at, [39.5, 126.5]) == ["Area"]
    assert dashboard.js(at, [40.5, 127.5]) == []
    assert dashboard.js(at, [38.6, 125]) == ["Line"]
    assert dashboard.js(at, [38, 125]) == []
    x, y = dashboard.js(PIXEL_OF, [41.7, 128.9])
    dashboard.click_map(x, y)
    expect(dashboard.popup.locator("h3")).to_have_text("Area")
    # From so far off that hardly a pixel is left of it, a point stands for a line.
    for zoom, wanted in ((4, ["Tiny"]), (14, [])):
        dashboard.look_at(43, 124.005, zoom)
        x, y = dashboard.js(PIXEL_OF, [43, 124.005])
        beside = (
            "p => borderviz.overlay.at(L.point(p), 10).map(borderviz.overlay.nameOf)"
        )
        assert dashboard.js(beside, [x, y + 8]) == wanted


def test_a_finger_reaches_farther_than_a_mouse(visit):
    window = visit(has_touch=True, viewport={"width": 1400, "height": 900})
    give(window, ROWS)
    close_sheet(window)
    x, y = window.js(SPOT, 3)
    window.click_map(x, y + 20)
    assert drawn(window)["chosen"] == -1
    window.page.touchscreen.tap(*window.on_page(x, y + 20))
    wait_chosen(window, 3)


def test_rows_that_are_elsewhere_are_gone_to_and_can_be_gone_back_to(dashboard):
    give(dashboard, "title,lat,lon\nFar,10,80\nFarther,12,84\n")
    inside = """() => {
      const {overlay} = borderviz;
      return overlay.now.data.titles.every((_, row) =>
        map.getBounds().contains(overlay.placeOf(overlay.now.data, row)));
    }"""
    dashboard.wait_js(inside)
    close_sheet(dashboard)
    assert dashboard.js(inside)
    dashboard.look_at(38, 127, 7)
    assert not dashboard.js(inside)
    dashboard.in_map.locator(".bv-own-fit").click()
    dashboard.wait_js(inside)


def test_the_address_does_not_tell_where_rows_are(own):
    own.page.locator(".bv-tab-table").click()
    row = own.page.locator("[data-bv=own][data-row='3']").first
    own.look_at(37, 130, 9)
    own.wait_address(at="37.000,130.000,9")
    row.click()
    wait_chosen(own, 3)
    expect(own.title).to_contain_text("Fourth")
    assert own.js(f"map.getBounds().contains({PLACE}(3))")
    own.in_map.locator(".bv-own-fit").click()
    own.wait_js("map.getZoom() < 8")
    own.page.locator(".bv-tab-table").click()
    own.wait_js("map.getSize().y > 400")
    assert own.query.get("at", "37.000,130.000,9") == "37.000,130.000,9"
    assert "39.6" not in own.page.url


def test_the_panel_leads_to_the_row_and_back(own):
    press(own, 2)
    expect(own.title).to_contain_text("Third")
    own.page.locator("[data-bv=own-zoom]").click()
    own.wait_js("map.getZoom() > 10")
    assert own.js(f"map.getBounds().contains({PLACE}(2))")
    own.page.locator("[data-bv=own-close]").click()
    wait_chosen(own, -1)
    expect(own.popup).to_have_count(0)
    expect(own.title).to_have_text("Overview")


def test_a_mark_on_a_strip_chooses_its_row(dashboard):
    own = give(dashboard, "title,lat,lon\nWest,37.96,126.7\nEast,38.3,127.9\n")
    own.page.locator(".bv-tab-strip").click()
    row = 1
    own.page.locator(f".bv-strip .bv-own-dot[data-row='{row}']").click()
    wait_chosen(own, row)
    expect(own.title).to_contain_text("East")
    expect(
        own.page.locator(f".bv-own.bv-t-on[data-row='{row}']").first
    ).to_be_attached()
    assert own.js("borderviz.selected") == ""


def test_rows_in_view_do_not_move_the_map(dashboard):
    dashboard.open("?show=yours&at=39.5,127,6.5")
    before = dashboard.js("map.getCenter()")
    zoom = dashboard.js("map.getZoom()")
    file = {"name": "rows.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    dashboard.page.locator("input[type=file]").set_input_files(file)
    dashboard.wait_js("Boolean(document.body.dataset.own)")
    # The page gives the map another height: its middle is half a pixel off.
    assert dashboard.js("map.getCenter()") == pytest.approx(before, abs=0.02)
    assert dashboard.js("map.getZoom()") == zoom


def test_after_removal_nothing_of_the_rows_is_held(own):
    own.js("window.held = new WeakRef(borderviz.overlay.now.data)")
    press(own, 2)
    expect(own.popup.locator("h3")).to_have_text("Third")
    own.page.locator(".bv-tab-yours").click()
    own.page.locator(".st-key-own-remove button").click()
    own.wait_js("document.body.dataset.own === ''")
    for left in (".bv-own-canvas", ".bv-own-fit", ".bv-own-top", ".bv-own-kicker"):
        expect(own.in_map.locator(left)).to_have_count(0)
    expect(own.page.locator(".bv-own-data")).to_have_count(0)
    session = own.page.context.new_cdp_session(own.page)
    session.send("HeapProfiler.enable")
    for _ in range(20):
        session.send("HeapProfiler.collectGarbage")
        if own.js("held.deref() === undefined"):
            break
    assert own.js("held.deref() === undefined")
    close_sheet(own)
    own.look_at(39, 127, 6)
    own.click_map(*own.spot("2025-03-07-yellow-sea-drifters"))
    own.wait_address(sel="2025-03-07-yellow-sea-drifters")
