"""One selection, many views: filters, timeline, table, search, sentence, link."""

import json
import re
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from borderviz import cli
from borderviz.permalink import SHEETS, decode
from borderviz.selection import select

pytestmark = pytest.mark.browser

QUERIES = (
    "",
    "from=1998&kind=crossing&dir=south&mode=foot.swim&who=soldier",
    "mode=boat&within=15",
    "area=jsa&within=1",
    "from=2020&sure=high&cited=3",
    "to=1969-12-31&layers=incidents.crossings-south",
)
EVENTS = ("crossings-south", "crossings-north", "incidents", "authorised")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
SOLDIER = "2025-10-19-cheorwon-soldier"


def said(dashboard):
    return dashboard.page.locator(".st-key-sentence .bv-said")


def table_ids(dashboard):
    rows = dashboard.page.locator(".bv-records tbody tr")
    return [row.get_attribute("data-id") for row in rows.all()]


def marks(dashboard):
    shown = dashboard.page.locator(".bv-t:not(.bv-t-off)")
    return {mark.get_attribute("data-id") for mark in shown.all()}


def event_ids(dashboard):
    found = dashboard.ids()
    return {i for layer in EVENTS for i in found.get(layer, set())}


@pytest.mark.parametrize("query", QUERIES)
def test_page_table_timeline_map_and_command_agree(dashboard, atlas, query):
    told = CliRunner().invoke(cli.app, ["list", "--view", query, "--json"])
    wanted = json.loads(told.stdout)["ids"]
    assert wanted
    dashboard.open(f"?{query}&show=table")
    expect(dashboard.page.locator(".bv-records tbody tr")).to_have_count(len(wanted))
    assert table_ids(dashboard) == wanted
    assert marks(dashboard) == set(wanted)
    assert event_ids(dashboard) == set(wanted) & set(atlas.positions)
    number = re.search(r"\d+", said(dashboard).inner_text())[0]
    assert int(number) == len(wanted)
    tab = dashboard.page.locator(".bv-tab-table")
    expect(tab).to_have_text(f"Table ({len(wanted)})")


def test_a_filter_changes_everything_on_the_same_map(dashboard, atlas):
    dashboard.open("?show=table")
    dashboard.js("() => { window.__mark = map; }")
    before = dashboard.ids()
    dashboard.page.locator(".st-key-more-filters summary").click()
    dashboard.page.get_by_role("button", name="swimming").click()
    dashboard.wait_address(mode="swim")
    expect(dashboard.page.get_by_role("button", name="swimming")).to_be_visible()
    view = decode({"mode": "swim", "show": "table"}, atlas, ()).view
    wanted = list(select(atlas, view).ids)
    expect(dashboard.page.locator(".bv-records tbody tr")).to_have_count(len(wanted))
    dashboard.wait_js(
        "n => [...borderviz.items.values()].filter("
        "i => i.marker && i.layer.startsWith('crossings') && borderviz.isShown(i))"
        ".length === n",
        sum(
            atlas.records[i].kind == "crossing" and i in atlas.positions for i in wanted
        ),
    )
    assert event_ids(dashboard) == set(wanted) & set(atlas.positions)
    expect(said(dashboard)).to_contain_text("swimming")
    expect(dashboard.checkbox("crossings-south")).to_contain_text(" of 112)")
    dashboard.page.locator(".st-key-sentence").get_by_text("Show everything").click()
    dashboard.wait_address(mode="", show="table")
    expect(said(dashboard)).to_contain_text("All 207")
    dashboard.wait_js("n => map.hasLayer(borderviz.groups.get('incidents'))")
    assert dashboard.ids() == before
    dashboard.page.go_back()
    expect(said(dashboard)).to_contain_text("swimming")
    assert dashboard.js("() => window.__mark === map")


def test_years_move_by_keyboard(dashboard):
    dashboard.open()
    thumb = dashboard.page.locator(".st-key-filter-years input[type=range]").first
    thumb.focus()
    dashboard.page.keyboard.press("ArrowRight")
    dashboard.wait_address(**{"from": "1954"})
    expect(said(dashboard)).to_contain_text("from 1954 on")


def test_a_prepared_view_is_one_choice_away(dashboard, atlas):
    dashboard.open("?layers=sites")
    preset = next(p for p in atlas.settings.presets if p.id == "south-by-boat")
    dashboard.page.locator(".st-key-preset").get_by_role("combobox").click()
    dashboard.page.get_by_role("option", name=preset.name["en"]).click()
    query = dict(parse_qsl(preset.query))
    dashboard.wait_address(**query)
    wanted = select(atlas, decode(query, atlas, ()).view).ids
    expect(said(dashboard)).to_contain_text(f"{len(wanted)} of 207")
    assert "sites" in dashboard.ids()
    assert event_ids(dashboard) == set(wanted) & set(atlas.positions)


def drag(dashboard, start, end):
    """Pull along the timeline between two shares of its width."""
    box = dashboard.page.locator(".bv-timeline .bv-t-marks").bounding_box()
    y = box["y"] + 4
    dashboard.page.mouse.move(box["x"] + start * box["width"], y)
    dashboard.page.mouse.down()
    dashboard.page.mouse.move(box["x"] + (start + end) / 2 * box["width"], y)
    dashboard.page.mouse.move(box["x"] + end * box["width"], y)
    expect(dashboard.page.locator(".bv-t-brush")).to_be_visible()
    dashboard.page.mouse.up()


def test_a_pull_along_the_timeline_narrows_the_years(dashboard, atlas):
    dashboard.open()
    root = dashboard.page.locator(".bv-timeline")
    first = int(root.get_attribute("data-first"))
    years = int(root.get_attribute("data-last")) - first + 1
    drag(dashboard, (1980.5 - first) / years, (1999.5 - first) / years)
    dashboard.wait_address(**{"from": "1980", "to": "1999"})
    view = decode({"from": "1980", "to": "1999"}, atlas, ()).view
    wanted = set(select(atlas, view).ids)
    expect(said(dashboard)).to_contain_text(f"{len(wanted)} of 207")
    assert marks(dashboard) == wanted
    assert event_ids(dashboard) == wanted & set(atlas.positions)
    thumbs = dashboard.page.locator(".st-key-filter-years input[type=range]")
    expect(thumbs.first).to_have_value("1980")
    drag(dashboard, 0.001, 0.999)
    dashboard.wait_address(**{"from": "", "to": ""})


@pytest.mark.parametrize("record", [SOLDIER, "2026-06-24-soldier"])
def test_a_click_on_a_mark_selects_with_or_without_a_point(dashboard, atlas, record):
    dashboard.open(f"?from={record[:4]}&dir=south&kind=crossing")
    mark = dashboard.page.locator(f".bv-t[data-id='{record}']")
    mark.hover(force=True)
    box = mark.bounding_box()
    dashboard.page.mouse.click(box["x"] + 3, box["y"] + 3)
    expect(dashboard.title).to_have_text(atlas.records[record].title["en"])
    dashboard.wait_address(sel=record)
    expect(dashboard.page.locator(".bv-t-on")).to_have_attribute("data-id", record)
    expect(mark).to_have_attribute("title", re.compile(r"20\d\d"))


def test_a_vague_date_is_a_bar_as_long_as_it_is_vague(dashboard):
    dashboard.open()
    day = dashboard.page.locator(f".bv-t[data-id='{SOLDIER}']").bounding_box()
    bars = dashboard.page.locator(".bv-t-span")
    assert bars.count() >= 3
    for bar in bars.all():
        assert bar.bounding_box()["width"] > day["width"]


def test_the_table_sorts_and_selects_by_keyboard_only(dashboard, atlas):
    dashboard.open("?dir=north")
    tab = dashboard.page.locator(".bv-tab-table")
    tab.focus()
    dashboard.page.keyboard.press("Enter")
    dashboard.wait_address(show="table")
    head = dashboard.page.locator(".bv-records thead a").filter(has_text="Confidence")
    head.focus()
    dashboard.page.keyboard.press("Enter")
    dashboard.wait_address(sort="sure")
    sorted_by = dashboard.page.locator(".bv-records th[aria-sort='ascending']")
    expect(sorted_by).to_have_text("Confidence")
    rank = {"high": 3, "medium": 2, "low": 1}
    values = [rank[atlas.records[i].confidence] for i in table_ids(dashboard)]
    assert values == sorted(values)
    head.focus()
    dashboard.page.keyboard.press("Enter")
    dashboard.wait_address(sort="-sure")
    chosen = table_ids(dashboard)[2]
    dashboard.page.locator(f".bv-records tr[data-id='{chosen}'] a").focus()
    dashboard.page.keyboard.press("Enter")
    title = atlas.records[chosen].title["en"]
    expect(dashboard.title).to_have_text(title)
    # The map is low beside a table: a card would cover it, the mark alone says where.
    expect(dashboard.in_map.locator(".bv-on-top")).to_be_visible()
    expect(dashboard.popup).to_have_count(0)
    expect(dashboard.page.locator("tr.bv-row-on")).to_have_attribute("data-id", chosen)
    dashboard.wait_address(sel=chosen, show="table")


@pytest.mark.parametrize(
    "query", ["Sinuiju", "Shinuiju", "sin-ui-ju", "신의주", "新義州"]
)
def test_search_finds_a_place_in_any_spelling(dashboard, query):
    dashboard.open()
    sent = len(dashboard.sent)
    field = dashboard.page.locator(".st-key-search input")
    field.press_sequentially(query)
    hits = dashboard.page.locator(".bv-hits a")
    expect(hits.filter(has_text="Sinuiju").first).to_be_visible()
    assert len(dashboard.sent) > sent


def test_a_hit_selects_and_zooms(dashboard, atlas):
    dashboard.open()
    zoom = dashboard.js("() => map.getZoom()")
    dashboard.page.locator(".st-key-search input").fill("soldier cheorwon 2025")
    title = atlas.records[SOLDIER].title["en"]
    dashboard.page.locator(".bv-hits a").filter(has_text=title).click()
    expect(dashboard.title).to_have_text(title)
    dashboard.wait_js("before => map.getZoom() > before", zoom)
    lon, lat = atlas.positions[SOLDIER]
    dashboard.wait_js("at => map.getBounds().contains(at)", [lat, lon])
    expect(dashboard.page.locator(".bv-hits")).to_have_count(0)
    expect(dashboard.page.locator(".st-key-search input")).to_have_value("")


def test_nothing_found_is_said(dashboard):
    dashboard.open()
    field = dashboard.page.locator(".st-key-search input")
    field.fill("<img src=x onerror=alert(1)> qqqqzzzz")
    expect(dashboard.page.locator(".bv-hits")).to_contain_text("Nothing found")
    assert dashboard.page.locator(".bv-hits img").count() == 0
    field.fill("")
    expect(dashboard.page.locator(".bv-hits")).to_have_count(0)
    field.fill("soldier")
    expect(dashboard.page.locator(".bv-hits a").first).to_be_visible()
    field.press("Escape")
    expect(dashboard.page.locator(".bv-hits")).to_have_count(0)


def test_an_empty_view_leads_out_of_it(dashboard):
    dashboard.open("?from=1990&kind=authorised&mode=swim")
    expect(said(dashboard)).to_contain_text("None of the 207")
    way = dashboard.page.locator(".st-key-sentence .bv-note a").first
    number = int(re.search(r": (\d+) ", way.inner_text())[1])
    way.click()
    expect(said(dashboard)).to_contain_text(f"{number} of 207")


def test_the_sentence_is_the_title_of_the_page(dashboard, atlas):
    dashboard.open("?mode=swim")
    expect(dashboard.page).to_have_title(re.compile("^20 of 207 .*swimming.* · "))
    dashboard.open(f"?sel={SOLDIER}&lang=ko")
    expect(dashboard.page).to_have_title(
        f"{atlas.records[SOLDIER].title['ko']} · {atlas.settings.title['ko']}"
    )


def test_copied_links_open_the_same_view(visit, atlas):
    dashboard = visit(permissions=["clipboard-read", "clipboard-write"])
    dashboard.open("?mode=swim&show=table&sort=-date&lang=ko")
    dashboard.page.locator(".st-key-sentence a").last.click()
    dashboard.page.wait_for_function(
        "() => document.querySelector('.st-key-sentence a:last-of-type')"
    )
    copied = dashboard.page.evaluate("() => navigator.clipboard.readText()")
    other = visit().open("?" + copied.split("?")[1])
    assert table_ids(other) == table_ids(dashboard)
    assert other.ids() == dashboard.ids()


def test_limits_are_computed_from_what_is_shown(dashboard):
    dashboard.open("?mode=swim&show=limits")
    sheet = dashboard.page.locator(".st-key-limits")
    expect(sheet).to_contain_text("Computed from the 20 records now shown")
    expect(sheet).to_contain_text("known to the day")
    expect(sheet).to_contain_text("1950–1959")


def test_charts_are_drawn_when_asked_for(dashboard):
    dashboard.open()
    assert not [url for url in dashboard.requests if "vega" in url.lower()]
    dashboard.page.locator(".bv-tab-charts").click()
    charts = dashboard.page.locator(".st-key-charts [data-testid=stVegaLiteChart]")
    expect(charts.first).to_be_visible()
    assert charts.count() >= 5
    expect(charts.first.locator("canvas, svg").first).to_be_visible()


def test_a_phone_has_all_of_it_without_sideways_scrolling(visit):
    for query in ("", *(f"?show={sheet}" for sheet in SHEETS)):
        dashboard = visit(**PHONE).open(query)
        expect(said(dashboard)).to_be_visible()
        wide = "() => document.documentElement.scrollWidth - innerWidth"
        assert dashboard.page.evaluate(wide) <= 0
