"""The operator's data beyond what a browser can draw: cells, then points, all exact."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import expect

from borderviz.theme import load_theme
from browser.conftest import Server

pytestmark = pytest.mark.browser

COUNT = 120_000
KINDS = ("seen", "heard", "told")
# Most rows lie around one place, the others over the whole map.
CITY, ALONE = (38.5, 127.2), (41.6, 126.4)
STATE = "borderviz.overlay.tilesState()"
# A cell in view below nothing else, with at least so many rows: its address, its count
# and where it is in the frame.
CELL = """least => {
  for (let n = 0; n < 10_000; n += 1) {
    const [x, y] = [70 + (n % 100) * 6, 60 + Math.floor(n / 100) * 6];
    const cell = borderviz.overlay.cellUnder(L.point(x, y));
    const above = document.elementFromPoint(x, y);
    if (!cell || cell.count < least || !above) continue;
    if (above.classList.contains("leaflet-container")) return {x, y, ...cell};
  }
}"""
POINT = """() => {
  const {overlay} = borderviz;
  const {spots, spotRows} = overlay.now.data;
  const size = map.getSize();
  for (let i = 0; i < spotRows.length; i += 1) {
    const at = overlay.latLng(spots[2 * i], spots[2 * i + 1]);
    const {x, y} = map.latLngToContainerPoint(at);
    const above = document.elementFromPoint(x, y);
    const isIn = x > 80 && y > 80 && x < size.x - 80 && y < size.y - 120;
    const isFree = isIn && above.classList.contains("leaflet-container");
    if (isFree) return {row: spotRows[i], x, y};
  }
}"""
# The colours on the canvas, without those of its edges.
COLOURS = """() => {
  const canvas = document.querySelector(".bv-own-canvas");
  const {width, height} = canvas;
  const {data} = canvas.getContext("2d").getImageData(0, 0, width, height);
  const found = new Set();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3]) found.add([data[i], data[i + 1], data[i + 2]].join());
  }
  return [...found];
}"""


@pytest.fixture(scope="module")
def rows():
    """Columns of the file."""
    random = np.random.default_rng(8)
    near = random.normal(CITY, (0.2, 0.3), (COUNT * 3 // 4, 2))
    far = random.uniform((35, 124.5), (42.5, 130), (COUNT - len(near) - 1, 2))
    at = np.vstack([near, far, [ALONE]])
    return {
        "title": [f"Row {n}" for n in range(COUNT)],
        "lat": at[:, 0],
        "lon": at[:, 1],
        "date": [f"{1990 + n % 30}" for n in range(COUNT)],
        "category": [KINDS[n % 7 % 3] for n in range(COUNT)],
        "radius": np.full(COUNT, 2.5),
    }


@pytest.fixture(scope="module")
def given(rows, tmp_path_factory, browser):
    """A server that shows them to all readers."""
    path = tmp_path_factory.mktemp("points") / "given.parquet"
    pq.write_table(pa.table(rows), path)
    found = Server(environment={"BORDERVIZ_POINTS": str(path)})
    yield found
    found.stop()


def whole(dashboard):
    """Wait until all tiles in view are drawn, and nothing else is on its way."""
    dashboard.wait_js("Boolean(document.body.dataset.tiles)")
    dashboard.wait_js(f"{STATE}.isWhole && !{STATE}.flights")
    return dashboard


@pytest.fixture
def crowd(visit, given):
    return whole(visit(at=given).open())


def look(dashboard, place, zoom):
    dashboard.look_at(*place, zoom)
    return whole(dashboard)


def sentence(dashboard):
    """The numbers in what the page says of the data."""
    text = dashboard.page.locator(".bv-own-said .bv-said").inner_text()
    return [int(x.replace(",", "")) for x in re.findall(r"\d[\d,]*", text)]


def on_map(dashboard):
    """How many rows the tiles hold, with the whole of the data in view."""
    dashboard.js("borderviz.overlay.showAll()")
    return whole(dashboard).js(STATE)["sum"]


def test_the_map_counts_every_row_that_the_page_says_is_shown(crowd):
    assert sentence(crowd) == [COUNT]
    assert on_map(crowd) == COUNT
    assert crowd.js(STATE)["cells"] > 1000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cells_have_the_colours_of_the_scheme_and_the_legend_their_counts(
    visit, given, scheme
):
    dashboard = whole(visit(at=given, color_scheme=scheme).open())
    theme = getattr(load_theme(), scheme)
    ramp = [theme[f"density-{n}"] for n in range(1, 8)]
    wanted = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in ramp])
    drawn = [[int(x) for x in text.split(",")] for text in dashboard.js(COLOURS)]
    # Not quite opaque: a canvas gives such colours back but for rounding.
    far = [np.abs(wanted - one).max(axis=1).min() for one in drawn]
    assert max(far) <= 2
    assert len(drawn) >= 5
    said = dashboard.in_map.locator(".bv-cells-legend b").all_inner_texts()
    assert len(said) == 7
    assert said[0].startswith("1")
    assert "or more" in said[-1]
    assert dashboard.page.locator(".bv-own-legend li").count() == len(KINDS)


def test_nearer_the_same_data_is_points_that_can_be_chosen(crowd, rows):
    look(crowd, ALONE, 11)
    state = crowd.js(STATE)
    assert state["cells"] == 0
    assert 0 < state["points"] < 1500
    assert crowd.in_map.locator(".bv-cells-legend").count() == 0
    found = crowd.js(POINT)
    crowd.page.mouse.move(*crowd.on_page(found["x"], found["y"]))
    expect(crowd.in_map.locator(".bv-tip")).to_contain_text(f"Row {found['row']}")
    crowd.click_map(found["x"], found["y"])
    expect(crowd.popup.locator("h3")).to_have_text(f"Row {found['row']}")
    expect(crowd.popup).to_contain_text("known within 2.5 km")
    expect(crowd.title).to_contain_text(f"Row {found['row']}")
    expect(crowd.in_map.locator(".bv-circle-chosen")).to_have_count(1)
    expect(crowd.popup).to_contain_text(rows["date"][found["row"]])


def test_a_cell_tells_how_many_lie_there_and_lists_the_first_by_date(crowd):
    look(crowd, CITY, 9)
    cell = crowd.js(CELL, 60)
    words = f"{cell['count']:,} rows here"
    crowd.page.mouse.move(*crowd.on_page(cell["x"], cell["y"]))
    expect(crowd.in_map.locator(".bv-tip")).to_have_text(words)
    crowd.click_map(cell["x"], cell["y"])
    expect(crowd.title).to_have_text(words)
    listed = crowd.detail.locator(".bv-own-listed li")
    expect(listed).to_have_count(50)
    dates = listed.locator("small").all_inner_texts()
    assert dates == sorted(dates)
    expect(crowd.detail).to_contain_text(f"and {cell['count'] - 50:,} more")
    name = listed.nth(3).locator("button").inner_text()
    listed.nth(3).locator("button").click()
    expect(crowd.title).to_have_text(name)
    expect(crowd.popup.locator("h3")).to_have_text(name)


def test_zoom_in_goes_to_the_cell(crowd):
    look(crowd, CITY, 7)
    cell = crowd.js(CELL, 200)
    crowd.click_map(cell["x"], cell["y"])
    before = crowd.js("map.getZoom()")
    crowd.detail.locator("[data-bv=own-cell]").click()
    crowd.wait_js("zoom => map.getZoom() > zoom + 2", before)
    inside = "c => map.getBounds().contains(borderviz.overlay.boundsOf(c).getCenter())"
    assert crowd.js(inside, {k: cell[k] for k in ("left", "top", "unit")})


def test_keys_alone_reach_the_fullest_cells_and_their_rows(crowd):
    look(crowd, CITY, 7)
    button = crowd.in_map.locator(".bv-cells-legend button")
    button.focus()
    crowd.page.keyboard.press("Enter")
    cells = crowd.popup.locator(".bv-row")
    expect(cells).to_have_count(20)
    expect(cells.first).to_be_focused()
    counts = [
        int(re.search(r"[\d,]+", text)[0].replace(",", ""))
        for text in cells.locator("b").all_inner_texts()
    ]
    assert counts == sorted(counts, reverse=True)
    crowd.page.keyboard.press("ArrowDown")
    expect(cells.nth(1)).to_be_focused()
    crowd.page.keyboard.press("Enter")
    expect(crowd.title).to_have_text(f"{counts[1]:,} rows here")
    expect(crowd.detail.locator(".bv-own-listed button")).to_have_count(50)


def test_years_change_the_counts_of_map_sentence_and_table(visit, given, rows):
    query = "?from=2010&to=2014&show=table"
    dashboard = whole(visit(at=given).open(query))
    wanted = sum(2010 <= int(date) <= 2014 for date in rows["date"])
    assert sentence(dashboard)[:2] == [wanted, COUNT]
    caption = dashboard.page.locator(".bv-own-table caption")
    expect(caption).to_contain_text(f"of {wanted:,}")
    assert on_map(dashboard) == wanted


def test_the_old_picture_stays_until_the_new_one_is_whole(crowd):
    """Hold every tile back: what was drawn is still there, nearer and narrowed."""
    look(crowd, CITY, 7)
    before = crowd.js(STATE)["sum"]
    held, is_over = [], []
    crowd.page.route(
        "**/points/**",
        lambda route: route.continue_() if is_over else held.append(route),
    )
    crowd.look_at(*CITY, 8)
    crowd.wait_js(f"{STATE}.flights > 0")
    state = crowd.js(STATE)
    assert not state["isWhole"]
    assert state["sum"] == before
    assert len(crowd.js(COLOURS)) >= 5
    is_over.append(True)
    for route in held:
        route.continue_()
    whole(crowd)
    assert crowd.js(STATE)["level"] == state["level"] + 1


def test_tiles_are_forgotten_as_others_come(crowd):
    for n in range(16):
        look(crowd, (36 + 0.45 * n, 125 + 0.3 * n), 11)
    assert crowd.js(STATE)["tiles"] <= 96


def test_it_can_be_switched_off_and_is_left_out_of_the_story(crowd):
    crowd.page.locator(".st-key-own-on label").click()
    crowd.wait_js("borderviz.overlay.state().shown === 0")
    assert crowd.js(COLOURS) == []
    expect(crowd.in_map.locator(".bv-cells-legend")).to_have_count(0)
    crowd.page.locator(".st-key-own-on label").click()
    crowd.wait_js(f"borderviz.overlay.state().shown === {COUNT}")
    crowd.page.locator(".bv-record a[href*='story=']").first.click()
    crowd.wait_js("borderviz.overlay.state().shown === 0")


def test_two_readers_narrow_the_same_data_each_for_themselves(visit, given, rows):
    first = whole(visit(at=given).open("?from=2015"))
    second = whole(visit(at=given).open("?to=1999"))
    late = sum(int(date) >= 2015 for date in rows["date"])
    early = sum(int(date) <= 1999 for date in rows["date"])
    assert (on_map(first), on_map(second)) == (late, early)
    assert sentence(first)[0] == late


def test_a_failed_tile_is_told_and_asked_for_again(visit, given):
    dashboard = visit(at=given, may_fail=True)
    dashboard.open()
    whole(dashboard)
    dashboard.page.route("**/points/**", lambda route: route.abort())
    dashboard.look_at(*CITY, 9)
    expect(dashboard.in_map.locator(".bv-cells-legend")).to_contain_text(
        "could not be fetched"
    )
    dashboard.page.unroute("**/points/**")
    whole(dashboard)
    expect(dashboard.in_map.locator(".bv-cells-legend")).not_to_contain_text(
        "could not be fetched"
    )


def test_an_embedded_map_shows_it_too(visit, given):
    dashboard = whole(visit(at=given).open("?embed=true"))
    assert on_map(dashboard) == COUNT


def test_it_speaks_korean(visit, given):
    dashboard = whole(visit(at=given).open("?lang=ko"))
    legend = dashboard.in_map.locator(".bv-cells-legend")
    expect(legend).to_contain_text("칸마다 있는 행의 수")
    expect(dashboard.page.locator(".bv-own-said")).to_contain_text("추가 데이터")
