"""A reader's own file: laid over the map, corrected, narrowed, taken along, removed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from borderviz.overlay_files.clean import clean
from browser.audit import SIDEWAYS, axe_source, clipped, faults, settle, too_small
from hostile import PAYLOADS

pytestmark = pytest.mark.browser

ROWS = """date,latitude,longitude,title,category
2019-05-04,38.30,127.50,First,seen
2020,38.31,127.60,Second,heard
2021-03,40.50,127.20,Third,seen
1999,95,127.20,Fourth,seen
"""
TWO_FRAMES = """() => new Promise(
  (done) => requestAnimationFrame(() => requestAnimationFrame(done)))"""
SHEET, OWN = ".st-key-yours", ".st-key-own"
HEADS = ("lat", "lon", "date", "title", "category", "description", "source")


def give(dashboard, text, name="rows.csv", query=""):
    """Drop a file and wait until page and map have it."""
    if not dashboard.page.locator(f"{SHEET} input[type=file]").count():
        dashboard.open(f"?show=yours{query}")
    body = text if isinstance(text, bytes) else text.encode()
    dashboard.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": body}
    )
    expect(dashboard.page.locator(f"{SHEET} .st-key-yours-head")).to_contain_text(name)
    dashboard.wait_js("Boolean(document.body.dataset.own)")
    settle(dashboard)
    return dashboard.page


def state(dashboard):
    return dashboard.js("borderviz.overlay.state()")


def choose(page, key, words):
    """Choose from a list as a reader does."""
    box = page.locator(f".st-key-{key}").get_by_role("combobox")
    box.scroll_into_view_if_needed()
    # Scrolling closes an open list: it must have ended.
    page.evaluate(TWO_FRAMES)
    box.click()
    page.get_by_role("option", name=re.compile(f"^{words}")).first.click()


def test_a_file_is_recognised_shown_and_its_bad_row_is_named(dashboard):
    page = give(dashboard, ROWS)
    expect(page.locator(SHEET)).to_contain_text("3 rows shown, 1 left out")
    row = page.locator(f"{SHEET} table").filter(has_text="Why").locator("tbody tr")
    expect(row).to_have_text(re.compile(r"5\s*latitude\s*95\s*.*90"))
    expect(page.locator(".st-key-sentence")).to_contain_text("rows.csv")
    expect(page.locator(OWN)).to_contain_text("seen (2)")
    assert state(dashboard)["shown"] == 3


def test_a_column_that_was_taken_for_another_is_put_right(dashboard):
    strange = ("When", "Up", "Along", "What", "Sort")
    page = give(dashboard, ROWS.replace(ROWS.partition("\n")[0], ",".join(strange)))
    expect(page.locator(SHEET)).to_contain_text("0 rows shown, 4 left out")
    choose(page, "own-role-lat", "Up")
    choose(page, "own-role-lon", "Along")
    expect(page.locator(SHEET)).to_contain_text("3 rows shown, 1 left out")
    choose(page, "own-role-category", "Sort")
    expect(page.locator(OWN)).to_contain_text("seen (2)")
    choose(page, "own-role-title", "What")
    dashboard.wait_js("borderviz.overlay.now.data?.titles.includes('Third')")


def test_showing_and_narrowing_cost_one_run_and_the_map_stays(dashboard):
    page = give(dashboard, ROWS)
    dashboard.js("() => { window.mark = 'the same map'; }")
    dashboard.sent.clear()
    page.locator(".st-key-own-on label").click()
    dashboard.wait_js("borderviz.overlay.state().shown === 0")
    settle(dashboard)
    assert len(dashboard.sent) == 1
    page.locator(".st-key-own-on label").click()
    dashboard.wait_js("borderviz.overlay.state().shown === 3")
    page.locator(".st-key-own-filters summary").click()
    page.locator(".st-key-own-categories").get_by_role("button", name="heard").click()
    dashboard.wait_js("borderviz.overlay.state().shown === 1")
    expect(page.locator(".st-key-sentence")).to_contain_text("1 of 3")
    assert dashboard.js("window.mark") == "the same map"
    assert dashboard.js("borderviz.view.hidden") == []


def test_a_row_is_chosen_in_the_table_and_told_in_the_panel(dashboard):
    page = give(dashboard, ROWS)
    page.locator(".bv-tab-table").click()
    table = page.locator(".st-key-table table")
    expect(table.locator("tbody tr")).to_have_count(3)
    table.locator("tbody tr").filter(has_text="Third").locator("[data-bv=own]").click()
    expect(dashboard.title).to_have_text("Third")
    expect(dashboard.detail).to_contain_text("rows.csv")
    dashboard.wait_js("borderviz.overlay.state().chosen === 2")
    assert "own" not in dashboard.query
    page.locator(".st-key-layers input[type=checkbox]").first.wait_for()
    page.locator(".st-key-table").get_by_text("The atlas (").click()
    expect(table.locator("tbody tr")).to_have_count(207)
    table.locator("tbody a").first.click()
    expect(dashboard.title).not_to_have_text("Third")
    dashboard.wait_js("borderviz.overlay.state().chosen === -1")


def test_strip_and_timeline_have_the_rows(dashboard):
    page = give(dashboard, ROWS)
    expect(page.locator(".st-key-timeline")).to_contain_text("Your data")
    page.locator(".bv-tab-strip").click()
    expect(page.locator(".st-key-strip [data-bv=own]").first).to_be_attached()


@pytest.mark.parametrize("form", ["geojson", "csv", "gpkg", "kml", "parquet", "all"])
def test_the_rows_can_be_taken_along_with_kilometres(dashboard, form):
    page = give(dashboard, ROWS)
    page.locator(".bv-tab-take").click()
    button = page.locator(f".st-key-take-own .st-key-take-get-own-{form} button")
    with page.expect_download() as found:
        button.click()
    with zipfile.ZipFile(Path(found.value.path())) as pack:
        names = pack.namelist()
        readme = pack.read(next(n for n in names if "README" in n)).decode()
        tables = [pack.read(n).decode("utf-8-sig") for n in names if n.endswith(".csv")]
    assert "rows.csv" in readme
    rows = [row for text in tables for row in csv.DictReader(io.StringIO(text))]
    if form in ("csv", "all"):
        third = next(row for row in rows if row.get("title") == "Third")
        assert third["latitude"] == "40.50"
        assert float(third["borderviz_km"]) > 0


def test_removed_data_leaves_nothing_on_the_page(dashboard):
    page = give(dashboard, ROWS)
    page.locator(".st-key-own-remove button").click()
    expect(page.locator(f"{SHEET} .st-key-yours-first")).to_be_visible()
    dashboard.wait_js("!document.body.dataset.own")
    assert "Third" not in page.content()
    assert page.locator(OWN).count() == 0


def test_nobody_else_sees_it_and_a_reload_ends_it(dashboard, visit):
    words = "Only for these eyes"
    page = give(dashboard, ROWS.replace("Third", words))
    other = visit().open(dashboard.page.url.partition("/?")[2].join(["?", ""]))
    settle(other)
    assert words not in other.page.content()
    assert other.page.locator(OWN).count() == 0
    assert not other.js("Boolean(document.body.dataset.own)")
    for url in {u for u in dashboard.requests if u.startswith("http")}:
        answer = other.page.request.get(url.partition("#")[0])
        assert words not in answer.text()
    dashboard.reload()
    settle(dashboard)
    assert page.locator(OWN).count() == 0
    assert words not in page.content()


def test_a_file_too_large_is_refused_and_the_page_goes_on(dashboard):
    dashboard.open("?show=yours&lang=ko")
    dashboard.page.locator("input[type=file]").set_input_files(
        {"name": "big.csv", "mimeType": "text/csv", "buffer": b"a" * (20 * 2**20 + 1)}
    )
    told = dashboard.page.locator(f"{SHEET} [role=alert]")
    said = told.evaluate("one => getComputedStyle(one, '::after').content")
    assert "20MB" in said
    give(dashboard, ROWS)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.geojson", b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>"),
        ("b.csv", b""),
        ("c.kml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><kml><Document>&b;</Document></kml>"),
        ("d.gpkg", b"SQLite format 3\0" + bytes(4096)),
        ("e.geojson", b"[" * 100_000),
        ("f.xlsx", b"PK\x03\x04" + bytes(100)),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_a_file_that_cannot_be_read_is_told_and_what_was_there_stays(
    dashboard, name, body
):
    page = give(dashboard, ROWS)
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": body}
    )
    told = page.locator(f"{SHEET} [role=alert], {SHEET} .bv-own-refused").first
    expect(told).to_contain_text(name)
    assert "Traceback" not in page.content()
    assert state(dashboard)["shown"] == 3


def test_hostile_words_are_shown_as_they_are_everywhere(dashboard):
    """Whatever happens, the page may raise no error, open no dialog and ask nobody."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([*HEADS, PAYLOADS[0], PAYLOADS[1]])
    for number, payload in enumerate(PAYLOADS):
        place = (38 + number / 50, 127 + number / 50, "2020")
        writer.writerow([*place, *[payload] * 4, payload, payload])
    page = give(
        dashboard, target.getvalue(), name="${x}<img src=x onerror=alert(1)>.csv"
    )
    for tab in ("table", "strip", "take", "yours"):
        page.locator(f".bv-tab-{tab}").click()
        expect(page.locator(f".st-key-{tab}")).to_be_visible()
        settle(dashboard)
    page.locator(".bv-tab-table").click()
    for number, payload in enumerate(PAYLOADS):
        page.locator(f".st-key-table [data-bv=own][data-row='{number}']").first.click()
        dashboard.wait_js("row => borderviz.overlay.state().chosen === row", number)
        wanted = " ".join(clean(payload)[0].split())
        expect(dashboard.detail).to_contain_text(wanted, use_inner_text=True)
    assert page.evaluate("window.pwned") is None
    assert dashboard.js("window.pwned") is None


def test_every_place_of_many_rows_can_be_reached_by_key(dashboard):
    many = "".join(f"R{n},{36 + n / 200},127,2000\n" for n in range(450))
    page = give(dashboard, f"title,lat,lon,year\n{many}")
    page.locator(".bv-tab-table").click()
    rows = page.locator(".st-key-table tbody tr")
    expect(rows).to_have_count(200)
    for number, count in (("2", 200), ("3", 50)):
        link = page.locator(f".st-key-table [data-bv=own-page][data-page='{number}']")
        link.first.focus()
        page.keyboard.press("Enter")
        expect(rows).to_have_count(count)


@pytest.mark.parametrize(
    ("size", "lang", "scheme"),
    [((1400, 900), "en", "light"), ((390, 844), "ko", "dark")],
    ids=["wide", "phone"],
)
def test_the_sheet_fits_and_can_be_used_by_all(visit, size, lang, scheme):
    viewport = {"width": size[0], "height": size[1]}
    dashboard = visit(viewport=viewport, color_scheme=scheme)
    dashboard.page.context.add_init_script(axe_source())
    dashboard.open(f"?show=yours&lang={lang}")
    settle(dashboard)
    for step in ("empty", "shown"):
        if step == "shown":
            give(dashboard, ROWS)
        assert faults(dashboard) == [], step
        assert clipped(dashboard.page) == [], step
        assert dashboard.page.evaluate(SIDEWAYS) <= 0, step
    if size[0] < 500:
        assert too_small(dashboard.page) == []


def test_messages_that_nobody_sends_do_nothing(dashboard):
    page = give(dashboard, ROWS)
    for value in (-5, 3, 10**12, 1.5, "0", None, [0], {"a": 1}):
        dashboard.js("own => borderviz.send({set: {own}})", value)
        settle(dashboard)
    expect(page.locator(".st-key-sentence")).to_contain_text("rows.csv")
