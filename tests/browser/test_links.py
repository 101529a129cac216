"""The view as an address: links, reload, back and forward, and broken links."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SOLDIER = "2025-10-19-cheorwon-soldier"
EARLIER = "2024-08-20-goseong-staff-sergeant"


def title_of(atlas, record, lang="en"):
    return atlas.records[record].title[lang]


def test_a_link_opens_record_layers_language_and_place(dashboard, atlas):
    dashboard.open(
        f"?v=1&lang=ko&sel={SOLDIER}&layers=crossings-south.sites&at=38.2,127.2,10.5"
    )
    expect(dashboard.title).to_have_text(title_of(atlas, SOLDIER, "ko"))
    expect(dashboard.page.locator("html")).to_have_attribute("lang", "ko")
    assert set(dashboard.ids()) == {"crossings-south", "sites"}
    where = dashboard.js("() => [map.getCenter().lat, map.getCenter().lng]")
    assert where == pytest.approx([38.2, 127.2], abs=0.01)
    assert dashboard.js("() => map.getZoom()") == 10.5


def test_a_reload_changes_nothing(dashboard, atlas):
    dashboard.open()
    dashboard.look_at(38.2, 127.2, 9.5)
    dashboard.js("id => { borderviz.select(id, borderviz.items.get(id).at); }", SOLDIER)
    expect(dashboard.title).to_have_text(title_of(atlas, SOLDIER))
    dashboard.wait_address(sel=SOLDIER)
    dashboard.wait_js("() => !borderviz.map._panAnim?._inProgress")
    dashboard.page.wait_for_function("() => location.search.includes('at=')")
    before = dashboard.query
    shown = dashboard.ids()
    dashboard.reload()
    expect(dashboard.title).to_have_text(title_of(atlas, SOLDIER))
    assert dashboard.query["sel"] == SOLDIER
    lat, lon, zoom = (float(part) for part in before["at"].split(","))
    centre = dashboard.js(
        "() => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]"
    )
    assert centre == pytest.approx([lat, lon, zoom], abs=0.02)
    assert dashboard.ids() == shown


def test_links_in_the_panel_select_without_a_new_page(dashboard, atlas):
    dashboard.open()
    dashboard.page.evaluate("() => { window.__mark = 1; }")
    dashboard.js("() => { window.__mark = map; }")
    title = title_of(atlas, SOLDIER)
    dashboard.detail.locator("a.bv-item").filter(has_text=title).click()
    expect(dashboard.title).to_have_text(title)
    expect(dashboard.popup.locator("h3")).to_have_text(title)
    dashboard.wait_address(sel=SOLDIER)
    earlier = title_of(atlas, EARLIER)
    dashboard.detail.locator("a.bv-item").filter(has_text=earlier).first.click()
    expect(dashboard.title).to_have_text(earlier)
    dashboard.wait_address(sel=EARLIER)
    dashboard.page.go_back()
    expect(dashboard.title).to_have_text(title)
    expect(dashboard.popup.locator("h3")).to_have_text(title)
    dashboard.page.go_back()
    expect(dashboard.title).to_have_text("Overview")
    expect(dashboard.popup).to_have_count(0)
    dashboard.page.go_forward()
    expect(dashboard.title).to_have_text(title)
    assert dashboard.page.evaluate("() => window.__mark") == 1
    assert dashboard.js("() => window.__mark === map")


def test_back_brings_layers_back_too(dashboard):
    dashboard.open()
    before = dashboard.ids()
    dashboard.checkbox("incidents").click()
    dashboard.wait_js("() => !map.hasLayer(borderviz.groups.get('incidents'))")
    dashboard.page.wait_for_function("() => location.search.includes('layers=')")
    dashboard.page.go_back()
    expect(dashboard.is_checked("incidents")).to_be_checked()
    dashboard.wait_js("() => map.hasLayer(borderviz.groups.get('incidents'))")
    assert dashboard.ids() == before


@pytest.mark.parametrize(
    "name", ["events", "places", "lines", "facts", "timeline", "sources"]
)
def test_every_list_opens_and_its_first_entry_too(dashboard, atlas, name):
    dashboard.open()
    dashboard.detail.locator(f"a[href*='list={name}']").click()
    dashboard.wait_address(list=name)
    expect(dashboard.title).to_be_visible()
    if name == "sources":
        expect(dashboard.detail.locator(".bv-sources > li")).to_have_count(
            len(atlas.sources)
        )
        return
    entry = dashboard.detail.locator("a.bv-item").first
    words = entry.locator("span").first.inner_text().split("\n")[0]
    entry.click()
    expect(dashboard.title).to_contain_text(words[:40])
    dashboard.page.go_back()
    dashboard.wait_address(list=name)
    expect(dashboard.detail.locator("a.bv-item").first).to_be_visible()


def test_a_citation_leads_to_its_source_and_back_to_nowhere_else(dashboard):
    dashboard.open(f"?sel={SOLDIER}")
    cited = dashboard.detail.locator("sup a").first
    source = dashboard.detail.locator(cited.get_attribute("href"))
    before = dashboard.page.url
    cited.click()
    expect(source).to_be_in_viewport()
    assert dashboard.page.url == before


def test_an_unknown_record_is_told_and_the_page_works(dashboard, atlas):
    dashboard.open("?sel=2025-10-19-cheorwon-soldie")
    note = dashboard.detail.locator(".bv-note")
    expect(note).to_contain_text("2025-10-19-cheorwon-soldie")
    note.get_by_role("link").first.click()
    expect(dashboard.title).to_have_text(title_of(atlas, SOLDIER))
    expect(note).to_have_count(0)


HOSTILE = (
    "<img src=x onerror=parent.pwned=1>",
    "'-alert(1)-'",
    "`${alert(1)}`",
    "</script><script>parent.pwned=1</script>",
    "javascript:alert(1)",
    "\u202e\u0000\ufeff",
    "9" * 4000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_link_is_text_and_the_page_works(dashboard, atlas, text):
    value = quote(text)
    dashboard.open(
        f"?v={value}&sel={value}&layers={value}&at={value}&lang={value}&map={value}"
        f"&list={value}&circles={value}&{value}={value}"
    )
    expect(dashboard.detail.locator(".bv-note").first).to_be_visible()
    assert dashboard.page.evaluate("() => window.pwned") is None
    assert dashboard.detail.locator("img").count() == 0
    dashboard.detail.locator("a.bv-item").nth(1).click()
    dashboard.page.wait_for_function("() => location.search.includes('sel=2')")
    expect(dashboard.title).to_be_visible()


def test_link_to_this_is_the_address_of_the_record(visit, atlas):
    dashboard = visit(permissions=["clipboard-read", "clipboard-write"])
    dashboard.open(f"?sel={SOLDIER}&layers=crossings-south")
    link = dashboard.detail.get_by_role("link", name="Link to this")
    link.click()
    expect(dashboard.detail.get_by_text("Copied")).to_be_visible()
    copied = dashboard.page.evaluate("() => navigator.clipboard.readText()")
    assert f"sel={SOLDIER}" in copied
    expect(link).to_be_visible()
    other = visit()
    other.open("?" + copied.split("?")[1])
    expect(other.title).to_have_text(title_of(atlas, SOLDIER))
    assert set(other.ids()) == {"crossings-south"}


def test_zoom_to_goes_near_without_a_run(dashboard, atlas):
    dashboard.open(f"?sel={SOLDIER}")
    sent = len(dashboard.sent)
    zoom = dashboard.js("() => map.getZoom()")
    dashboard.detail.get_by_role("link", name="Zoom to").click()
    dashboard.wait_js("before => map.getZoom() > before", zoom)
    lon, lat = atlas.positions[SOLDIER]
    dashboard.wait_js("at => map.getBounds().contains(at)", [lat, lon])
    assert len(dashboard.sent) == sent
