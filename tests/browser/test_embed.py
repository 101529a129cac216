"""The page in a frame of another one: what is seen, what is a click away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from borderviz.permalink import decode_query
from borderviz.selection import select
from browser.audit import (
    SOLDIER,
    axe_source,
    clipped,
    faults,
    follow,
    settle,
    too_small,
)

pytestmark = pytest.mark.browser

SIZES = ((280, 300), (480, 640), (1200, 800))
LINK = ".bv-embed-out"
CREDIT = ".bv-credit"


def framed(visit, query="", size=(800, 600), **options):
    """Open the compact view at the size that a frame gives it."""
    width, height = size
    dashboard = visit(viewport={"width": width, "height": height}, **options)
    dashboard.page.context.add_init_script(axe_source())
    dashboard.open(f"?embed=true&{query}")
    settle(dashboard)
    return dashboard


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("ko", "dark")])
def test_the_map_says_what_it_is_at_every_size(visit, size, lang, scheme):
    width, height = size
    query = f"lang={lang}&mode=foot&sel={SOLDIER}"
    dashboard = framed(visit, query, size, color_scheme=scheme)
    page = dashboard.page
    expect(dashboard.in_map.locator(CREDIT)).to_be_in_viewport(ratio=1)
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    expect(page.locator(LINK)).to_be_in_viewport(ratio=1)
    assert clipped(page) == []
    assert too_small(page) == [] or width > 820
    assert faults(dashboard) == []
    overflow = "[scrollHeight, scrollWidth]"
    root = page.locator(".stMain").evaluate(
        f"({{scrollHeight, scrollWidth}}) => {overflow}"
    )
    assert root == [height, width]
    box = dashboard.map.bounding_box()
    assert box["width"] == width
    assert box["height"] > 0.45 * height


def test_only_the_map_its_legend_and_the_way_out_are_there(visit, atlas):
    dashboard = framed(visit, "mode=foot&show=table&page=about")
    page = dashboard.page
    for absent in (".st-key-header", ".st-key-left", ".bv-tabs", ".st-key-detail"):
        expect(page.locator(absent)).to_have_count(0)
    view = decode_query("mode=foot", atlas, ()).view
    selection = select(atlas, view)
    shown = set().union(*dashboard.ids().values())
    assert not shown & selection.hidden
    legend = page.locator(".bv-embed-foot details")
    expect(legend.locator("li").first).to_be_hidden()
    before = dashboard.map.bounding_box()
    legend.locator("summary").click()
    expect(legend.locator("li").first).to_be_in_viewport()
    assert dashboard.map.bounding_box() == before


def test_a_click_on_the_map_shows_the_record_and_leads_to_its_text(visit):
    dashboard = framed(visit, f"mode=foot&sel={SOLDIER}")
    expect(dashboard.popup).to_be_visible()
    follow(dashboard, "mode=foot")
    expect(dashboard.popup).to_be_hidden()
    dashboard.click_map(*dashboard.spot(SOLDIER))
    settle(dashboard)
    assert dashboard.query["embed"] == "true"
    link = dashboard.page.locator(LINK)
    with dashboard.page.context.expect_page() as found:
        link.click()
    full = found.value
    full.wait_for_selector(".st-key-detail h2")
    assert "embed" not in full.url
    assert "mode=foot" in full.url
    expect(full.locator(".bv-tabs")).to_be_visible()


def test_the_way_out_keeps_where_the_map_was_left(visit):
    dashboard = framed(visit, "mode=foot&lang=ko")
    dashboard.look_at(38.25, 127.5, 9)
    dashboard.wait_address(at="38.250,127.500,9", embed="true")
    link = dashboard.page.locator(LINK)
    link.focus()
    wanted = f"{dashboard.origin}/?v=1&lang=ko&mode=foot&at=38.250,127.500,9"
    expect(link).to_have_attribute("href", wanted)


def test_where_a_map_is_too_low_for_a_card_the_record_stands_below_it(visit):
    dashboard = framed(visit, f"sel={SOLDIER}", (280, 300))
    expect(dashboard.popup).to_have_count(0)
    expect(dashboard.page.locator(".bv-embed-card h2")).to_be_in_viewport(ratio=1)
    mark = dashboard.in_map.locator(".bv-on-top").bounding_box()
    credit = dashboard.in_map.locator(CREDIT).bounding_box()
    assert mark["y"] + mark["height"] <= credit["y"]


def test_another_page_can_show_it(visit):
    """From another origin, as it will be."""
    host = visit()
    address = f"{host.origin}/?embed=true&mode=foot"
    host.page.set_content(f'<iframe src="{address}" width="500" height="400"></iframe>')
    inner = host.page.frame_locator("iframe")
    expect(inner.locator("h1")).to_be_visible()
    shown = inner.frame_locator(".st-key-map iframe").locator("body[data-shown]")
    expect(shown).to_be_attached()
