"""The same page on a phone, in the dark, in Korean, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
SOLDIER = "2025-10-19-cheorwon-soldier"
OVERFLOW = (
    "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
)
HANGUL = re.compile("[가-힣]")


def test_a_phone_has_the_map_first_and_everything_below_it(visit):
    dashboard = visit(**PHONE).open()
    header, found, layers, detail = (
        part.bounding_box()
        for part in (
            dashboard.header,
            dashboard.map,
            dashboard.page.locator(".st-key-left"),
            dashboard.detail,
        )
    )
    assert header["y"] < found["y"] < layers["y"] < detail["y"]
    assert found["width"] == pytest.approx(390, abs=2)
    assert 400 < found["height"] < 700
    assert dashboard.page.evaluate(OVERFLOW) <= 0
    assert dashboard.js(OVERFLOW) <= 0


def test_a_phone_opens_layers_on_demand_and_toggles_one(visit):
    dashboard = visit(**PHONE).open()
    sites = dashboard.checkbox("sites")
    expect(sites).to_be_hidden()
    dashboard.page.locator(".st-key-layers-open label").click()
    expect(sites).to_be_visible()
    box = sites.bounding_box()
    assert box["height"] >= 40
    sites.tap()
    dashboard.wait_js("() => map.hasLayer(borderviz.groups.get('sites'))")
    dashboard.wait_address(circles="")
    assert dashboard.page.evaluate(OVERFLOW) <= 0


def test_a_tap_on_a_phone_brings_popup_and_panel(visit, atlas):
    dashboard = visit(**PHONE).open()
    record = "2025-03-07-yellow-sea-drifters"
    lon, lat = atlas.positions[record]
    dashboard.look_at(lat, lon, 8)
    dashboard.page.touchscreen.tap(*dashboard.on_page(*dashboard.spot(record)))
    title = atlas.records[record].title["en"]
    expect(dashboard.popup.locator("h3")).to_have_text(title)
    expect(dashboard.title).to_have_text(title)
    popup, frame = dashboard.popup.bounding_box(), dashboard.map.bounding_box()
    assert popup["x"] >= frame["x"] - 1
    assert popup["x"] + popup["width"] <= frame["x"] + frame["width"] + 1


def test_the_dark_scheme_is_dark_on_page_and_map(visit):
    def ground(dashboard):
        page = dashboard.page.evaluate(
            "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
        )
        sea = dashboard.js(
            "() => getComputedStyle(document.querySelector('.leaflet-container'))"
            ".backgroundColor"
        )
        return [luminance(page), luminance(sea)]

    assert max(ground(visit(color_scheme="dark").open())) < 0.3
    assert min(ground(visit(color_scheme="light").open())) > 0.7


def luminance(colour):
    """Brightness from 0 to 1, roughly: enough to tell dark from light."""
    red, green, blue = (float(n) for n in re.findall(r"[\d.]+", colour)[:3])
    return (red + green + blue) / 3 / 255


def test_the_land_is_painted_anew_when_the_scheme_changes(dashboard):
    dashboard.open()
    colour = "() => borderviz.colour('land')"
    fills = """() => { const found = new Set();
      map.eachLayer((l) => { if (l.options.fillOpacity === 1 && l.options.fillColor)
        found.add(l.options.fillColor); }); return [...found]; }"""
    light = dashboard.js(colour)
    assert light in dashboard.js(fills)
    dashboard.page.emulate_media(color_scheme="dark")
    dashboard.wait_js("before => borderviz.colour('land') !== before", light)
    dark = dashboard.js(colour)
    dashboard.wait_js(f"wanted => ({fills})().includes(wanted)", dark)
    assert light not in dashboard.js(fills)


def test_korean_is_one_click_away_and_changes_every_part(dashboard, atlas):
    dashboard.open(f"?sel={SOLDIER}")
    dashboard.js("() => { window.__mark = map; }")
    dashboard.header.get_by_text("한국어").click()
    title = atlas.records[SOLDIER].title["ko"]
    expect(dashboard.title).to_have_text(title)
    expect(dashboard.header.locator("h1")).to_have_text(atlas.settings.title["ko"])
    expect(dashboard.popup.locator("h3")).to_have_text(title)
    for layer in atlas.settings.layers:
        expect(dashboard.checkbox(layer.id)).to_contain_text(layer.name["ko"])
    expect(dashboard.page.locator("html")).to_have_attribute("lang", "ko")
    assert dashboard.js("() => document.documentElement.lang") == "ko"
    names = dashboard.in_map.locator(".bv-name .bv-words:visible").all_inner_texts()
    assert len(names) > 10
    assert all(HANGUL.search(name) for name in names), names
    dashboard.wait_address(lang="ko")
    assert dashboard.js("() => window.__mark === map")
    dashboard.reload()
    expect(dashboard.title).to_have_text(title)


def test_no_english_sentence_is_left_in_the_korean_page(dashboard):
    """Names, units and titles of sources may be in Latin letters; our words not."""
    dashboard.open("?lang=ko")
    for part in (dashboard.layers, dashboard.detail, dashboard.header):
        for text in part.inner_text().splitlines():
            words = re.findall(r"[A-Za-z]{2,}", text)
            assert len(words) < 4 or HANGUL.search(text) or "OpenS" in text, text


def test_the_whole_way_by_keyboard(dashboard, atlas):
    """From the address bar: skip link, language, map, a record, its panel."""
    dashboard.open()
    for _ in range(2):  # before it comes `main`, which scrolls on narrow screens
        dashboard.page.keyboard.press("Tab")
    focused = dashboard.page.locator(":focus")
    expect(focused).to_have_text("Skip to the text beside the map")
    expect(focused).to_be_in_viewport()
    dashboard.page.keyboard.press("Enter")
    expect(dashboard.page.locator("#bv-panel")).to_be_focused()
    dashboard.page.keyboard.press("Tab")
    expect(dashboard.page.locator("#bv-panel a").first).to_be_focused()
    record = "2025-03-07-yellow-sea-drifters"
    lon, lat = atlas.positions[record]
    dashboard.look_at(lat, lon, 8)
    marker = dashboard.in_map.locator(f"[data-id='{record}']")
    marker.focus()
    title = atlas.records[record].title["en"]
    assert title in marker.get_attribute("aria-label")
    dashboard.page.keyboard.press("Enter")
    expect(dashboard.title).to_have_text(title)
    expect(dashboard.popup.locator("h3")).to_have_text(title)
    sites = dashboard.is_checked("sites")
    sites.focus()
    dashboard.page.keyboard.press("Space")
    dashboard.wait_js("() => map.hasLayer(borderviz.groups.get('sites'))")


def test_a_group_opens_by_key_and_so_does_a_record_in_it(dashboard):
    dashboard.open()
    dashboard.look_at(37.956, 126.677, 14)
    group = dashboard.in_map.locator(".bv-stack").first
    group.focus()
    dashboard.page.keyboard.press("Enter")
    row = dashboard.popup.locator(".bv-row").first
    expect(row).to_be_focused()
    words = row.locator("b").inner_text()
    dashboard.page.keyboard.press("Enter")
    expect(dashboard.title).to_have_text(words)


def test_escape_closes_the_popup(dashboard, atlas):
    dashboard.open(f"?sel={SOLDIER}")
    expect(dashboard.popup).to_be_visible()
    dashboard.in_map.locator("#map_div").focus()
    dashboard.page.keyboard.press("Escape")
    expect(dashboard.popup).to_have_count(0)
    expect(dashboard.title).to_have_text(atlas.records[SOLDIER].title["en"])
