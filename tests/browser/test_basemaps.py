"""Online backgrounds: nobody is asked until the reader says so, and then one only."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ELSEWHERE = re.compile("^https://")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc33000000"
    "0049454e44ae426082"
)


def test_tiles_are_asked_for_after_the_reader_chose_them(visit):
    dashboard = visit(may_leave=("tile.openstreetmap.org",))
    dashboard.page.context.route(
        ELSEWHERE, lambda route: route.fulfill(body=PIXEL, content_type="image/png")
    )
    dashboard.open()
    assert dashboard.others() == []
    expect(dashboard.layers).to_contain_text("contact a third party")
    box = dashboard.layers.get_by_role("combobox", name="Background map")
    box.click()
    dashboard.page.get_by_role("option", name="OpenStreetMap.Mapnik").click()
    dashboard.wait_address(map="osm")
    expect(dashboard.in_map.locator(".leaflet-tile").first).to_be_attached()
    expect(dashboard.in_map.locator(".bv-credit")).to_contain_text("OpenStreetMap")
    expect(dashboard.layers).to_contain_text("Map tiles come from")
    asked = dashboard.others()
    assert asked
    assert all("tile.openstreetmap.org" in url for url in asked)
    box.click()
    dashboard.page.get_by_role("option", name="Offline").click()
    dashboard.wait_address(map="")
    expect(dashboard.in_map.locator(".leaflet-tile")).to_have_count(0)
    number = len(dashboard.others())
    dashboard.look_at(39, 127, 8)
    dashboard.look_at(41, 127, 7)
    assert len(dashboard.others()) == number


def test_a_background_out_of_reach_leaves_the_records_readable(visit, atlas):
    dashboard = visit(may_leave=("tile.openstreetmap.org",), may_fail=True)
    dashboard.page.context.route(ELSEWHERE, lambda route: route.abort())
    dashboard.open("?map=osm&sel=2025-10-19-cheorwon-soldier")
    title = atlas.records["2025-10-19-cheorwon-soldier"].title["en"]
    expect(dashboard.title).to_have_text(title)
    expect(dashboard.popup.locator("h3")).to_have_text(title)
    assert dashboard.ids()["crossings-south"]
