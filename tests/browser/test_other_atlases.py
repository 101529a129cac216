"""Other content in the same engine: an invented border, a hostile one, a broken one."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from borderviz.content import load
from borderviz.permalink import SHEETS
from hostile import hostile_copy

pytestmark = pytest.mark.browser

ATLANTIS = Path(__file__).parents[1] / "data" / "atlantis"


def test_another_border_needs_no_code(visit, serve, atlantis):
    dashboard = visit(at=serve(ATLANTIS)).open()
    expect(dashboard.header.locator("h1")).to_have_text(atlantis.settings.title["en"])
    ids = dashboard.ids()
    for layer in atlantis.settings.layers:
        assert layer.places or not layer.on or ids[layer.id], layer.id
    record = "2001-05-04-reed-bridge-walker"
    lon, lat = atlantis.positions[record]
    dashboard.look_at(lat, lon, 12)
    dashboard.js("id => { borderviz.select(id, borderviz.items.get(id).at); }", record)
    expect(dashboard.title).to_have_text(atlantis.records[record].title["en"])


def test_what_is_not_translated_is_shown_and_marked(visit, serve, atlantis):
    dashboard = visit(at=serve(ATLANTIS)).open("?lang=eo")
    expect(dashboard.page.locator("html")).to_have_attribute("lang", "eo")
    english = [t["en"] for t in atlantis.settings.reading if "eo" not in t]
    assert english
    for text in english:
        passage = dashboard.detail.locator(".bv-fallback [lang=en]").filter(
            has_text=text
        )
        expect(passage).to_be_visible()
        expect(passage.locator("..")).to_contain_text("English")


def test_hostile_content_stays_text_on_every_surface(visit, serve, tmp_path):
    root = hostile_copy(ATLANTIS, tmp_path / "hostile")
    atlas = load(root)
    all_layers = ".".join(layer.id for layer in atlas.settings.layers)
    dashboard = visit(at=serve(root)).open(f"?layers={all_layers}&circles=1")
    expect(dashboard.header.locator("h1")).to_be_visible()
    for record in atlas.records.values():
        dashboard.js(
            "id => { const item = borderviz.items.get(id);"
            " if (item && item.at) borderviz.select(id, item.at);"
            " else borderviz.send({ set: { sel: id } }); }",
            record.id,
        )
        dashboard.wait_address(sel=record.id)
        expect(dashboard.title).to_be_visible()
        assert tail(record.title["en"]) in dashboard.title.inner_text()
    for marker in dashboard.in_map.locator(".bv-symbol:visible").all()[:5]:
        marker.hover(force=True)
    for name in ("events", "places", "lines", "facts", "timeline", "sources"):
        dashboard.open(f"?list={name}&lang=eo")
        expect(dashboard.title).to_be_visible()
    for sheet in SHEETS:
        dashboard.open(f"?show={sheet}")
        expect(dashboard.page.locator("[aria-expanded=true].bv-tab")).to_be_visible()
    for mark in dashboard.page.locator(".bv-t").all():
        mark.hover(force=True)
    field = dashboard.page.locator(".st-key-search input")
    for query in ("n1", "img src", "</script>", "${window", "`+("):
        field.fill(query)
        expect(dashboard.page.locator(".bv-hits")).to_be_visible()
    for frame in dashboard.page.frames:
        assert frame.evaluate("() => window.pwned ?? window.top.pwned") is None
        assert frame.locator("img, iframe[src^='javascript'], svg[onload]").count() == 0


def tail(text):
    """Return the number that the hostile copy puts at the end of each text."""
    return text.rsplit(" ", 1)[-1]


def test_a_broken_atlas_is_told_without_a_traceback(visit, serve, tmp_path):
    root = Path(shutil.copytree(ATLANTIS, tmp_path / "broken"))
    path = root / "facts.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("sources = [", "sauces = [", 1), encoding="utf-8")
    server = serve(root)
    dashboard = visit(at=server)
    dashboard.page.goto(server.origin)
    alert = dashboard.page.get_by_role("alert")
    expect(alert).to_contain_text("cannot be shown")
    expect(dashboard.page.locator("li").first).to_contain_text("facts.toml")
    expect(dashboard.page.locator("body")).not_to_contain_text("Traceback")


def test_content_that_is_mended_shows_after_a_reload(visit, serve, tmp_path):
    root = Path(shutil.copytree(ATLANTIS, tmp_path / "mended"))
    path = root / "atlas.toml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[: len(whole) // 2], encoding="utf-8")
    server = serve(root)
    dashboard = visit(at=server)
    dashboard.page.goto(server.origin)
    expect(dashboard.page.get_by_role("alert")).to_contain_text("cannot be shown")
    path.write_text(whole, encoding="utf-8")
    dashboard.reload()
    expect(dashboard.header.locator("h1")).to_have_text("The two borders of Atlantis")


def test_a_map_whose_data_does_not_come_says_so(visit):
    dashboard = visit(may_fail=True)
    dashboard.page.route("**/base-*.json", lambda route: route.abort())
    dashboard.page.goto(dashboard.origin)
    failed = dashboard.in_map.locator(".bv-failed")
    expect(failed).to_contain_text("could not be loaded")
    dashboard.detail.locator("a[href*='list=events']").click()
    expect(dashboard.detail.locator("a.bv-item").nth(100)).to_be_attached()
