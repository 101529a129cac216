"""The strips beside the map: what one points at or chooses, the other shows."""

import re

import pytest
from playwright.sync_api import expect
from pyproj import Geod

pytestmark = pytest.mark.browser

CHOSEN = re.compile("bv-t-on")
LONELY = "2007-08-06-inje-shots"
SOLDIER = "2025-10-19-cheorwon-soldier"
SECTORS = "2025-11-mdl-incursions"
MARK = '.bv-s-dot[data-id="{}"]'
# The ribbons along the line, as boxes of the frame.
RIBBONS = """() => [...document.querySelectorAll('path.bv-span')].map((path) => {
  const box = path.getBoundingClientRect();
  return [box.left, box.right, box.top, box.bottom];
})"""


@pytest.fixture
def strip(dashboard):
    dashboard.open("?show=strip")
    expect(dashboard.page.locator(".bv-s-marks")).to_be_visible()
    return dashboard


def mark_of(dashboard, record):
    return dashboard.page.locator(MARK.format(record))


def test_a_click_on_a_mark_selects_it_everywhere(strip, atlas):
    mark_of(strip, LONELY).click()
    expect(strip.title).to_have_text(atlas.records[LONELY].title["en"])
    strip.wait_address(sel=LONELY, show="strip")
    expect(mark_of(strip, LONELY)).to_have_class(CHOSEN)
    expect(strip.page.locator(f'.bv-t[data-id="{LONELY}"]')).to_have_class(CHOSEN)
    strip.wait_js("id => borderviz.selected === id", LONELY)
    strip.page.mouse.move(5, 5)
    strip.wait_js("() => document.querySelectorAll('path.bv-span').length === 1")


def test_of_records_that_lie_on_each_other_each_click_takes_the_next(strip, atlas):
    chosen = set()
    while SOLDIER not in chosen:
        mark_of(strip, SOLDIER).click(force=True)
        expect(strip.detail).not_to_contain_text("In numbers")
        strip.page.wait_for_function(
            "known => !known.includes(new URLSearchParams(location.search).get('sel'))"
            " && new URLSearchParams(location.search).get('sel')",
            arg=sorted(chosen),
        )
        chosen.add(strip.query["sel"])
    assert len(chosen) > 1
    dates = {atlas.records[record].date[:4] for record in chosen}
    assert dates == {"2025"}


def test_pointing_at_a_mark_shows_its_range_on_the_map(strip):
    strip.look_at(38.3, 127.3, 8)
    mark_of(strip, SOLDIER).hover()
    strip.wait_js("() => document.querySelector('path.bv-span')")
    expect(strip.in_map.locator(".bv-circle-chosen")).to_have_count(1)
    ((left, right, top, bottom),) = strip.js(RIBBONS)
    x, y = strip.spot(SOLDIER)
    # The stretch of line lies about the point, and is longer than it is high.
    assert left < x < right
    assert top - 40 < y < bottom + 40
    strip.page.mouse.move(5, 5)
    strip.wait_js("() => !document.querySelector('path.bv-span')")
    expect(strip.in_map.locator(".bv-circle-chosen")).to_have_count(0)


def test_pointing_at_the_strip_shows_the_kilometre_on_the_map(strip, atlas):
    marks = strip.page.locator(".bv-s-marks").first
    box = marks.bounding_box()
    strip.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 3)
    expect(strip.page.locator(".bv-s-hair")).to_have_text("123 km")
    axis = atlas.axes["mdl"]
    lon, lat = axis.line.at([axis.line.length_km / 2])[0]
    (found,) = strip.js(
        """() => { const found = []; map.eachLayer((layer) => {
          if (layer.options.className === 'bv-here') found.push(layer.getLatLng());
        }); return found.map((at) => [at.lat, at.lng]); }"""
    )
    assert found == pytest.approx([lat, lon], abs=0.02)


def test_pointing_at_the_map_shows_the_record_on_the_strip(strip):
    strip.look_at(38.35, 127.2, 11)
    lonely = strip.js(
        """() => { for (const item of borderviz.items.values()) {
          if (!item.marker || !item.marker.getElement()) continue;
          if (item.marker.getElement().classList.contains('bv-hidden')) continue;
          const p = map.latLngToContainerPoint(item.at), s = map.getSize();
          if (p.x < 60 || p.y < 40 || p.x > s.x - 60 || p.y > s.y - 60) continue;
          if (!parent.document.querySelector(`.bv-s[data-id="${item.id}"]`)) continue;
          const top = document.elementFromPoint(p.x, p.y);
          if (top && top.closest('.bv-symbol')) return item.id;
        } return null; }"""
    )
    assert lonely
    strip.page.mouse.move(*strip.on_page(*strip.spot(lonely)))
    expect(strip.page.locator(".bv-s-at").first).to_have_attribute("data-id", lonely)


def test_a_record_of_three_sectors_has_three_ribbons_and_no_point(dashboard, atlas):
    dashboard.open(f"?sel={SECTORS}&show=strip")
    dashboard.wait_js("() => document.querySelectorAll('path.bv-span').length === 3")
    bars = dashboard.page.locator(f'.bv-s-bar[data-id="{SECTORS}"]')
    expect(bars).to_have_count(3)
    expect(mark_of(dashboard, SECTORS)).to_have_count(0)
    expect(dashboard.detail).to_contain_text("Yeoncheon, Hwacheon front and Goseong")


@pytest.mark.parametrize("axis", ["mdl", "china-border", "russia-border"])
def test_the_map_puts_kilometres_where_the_program_does(dashboard, atlas, axis):
    """The ends too; between the points that are told, to the width of a drawn bend."""
    dashboard.open()
    line = atlas.axes[axis].line
    kms = [0, *(line.length_km * n / 23 for n in range(1, 23)), line.length_km]
    found = dashboard.js(
        "([id, kms]) => kms.map((km) => borderviz.placeOf(id, km))", [axis, kms]
    )
    for (lat, lon), (x, y) in zip(found, line.at(kms), strict=True):
        assert Geod(ellps="WGS84").inv(lon, lat, x, y)[2] < 60


def test_a_range_to_the_end_of_the_line_stays_there(dashboard):
    dashboard.open("?sel=2024-08-20-goseong-staff-sergeant")
    dashboard.wait_js("() => document.querySelector('path.bv-span')")
    ((left, right, _, _),) = dashboard.js(RIBBONS)
    x, _ = dashboard.spot("2024-08-20-goseong-staff-sergeant")
    assert abs(left - x) < 60
    assert abs(right - x) < 60


def test_the_strip_follows_the_filters(strip, atlas):
    marks = strip.page.locator(".bv-s-marks .bv-s")
    before = marks.count()
    strip.open("?show=strip&kind=crossing&dir=north")
    after = {m.get_attribute("data-id") for m in marks.all()}
    assert 0 < len(after) < before
    assert {atlas.records[record].direction for record in after} == {"north"}


def test_the_strip_is_reached_and_read_by_keyboard(dashboard):
    dashboard.open()
    tab = dashboard.page.locator(".bv-tab-strip")
    tab.focus()
    dashboard.page.keyboard.press("Enter")
    dashboard.wait_address(show="strip")
    summary = dashboard.page.locator(".bv-s-table summary").first
    summary.focus()
    dashboard.page.keyboard.press("Enter")
    link = dashboard.page.locator(".bv-s-table tbody a").first
    expect(link).to_be_visible()
    link.focus()
    dashboard.page.keyboard.press("Enter")
    expect(dashboard.title).to_have_text(link.inner_text())


def test_the_places_of_the_other_border_can_be_chosen(strip, atlas):
    name = strip.page.locator(".bv-s-points a", has_text="Changbai–Hyesan").first
    name.click()
    strip.wait_address(sel="changbai-hyesan")
    expect(strip.title).to_have_text(atlas.records["changbai-hyesan"].title["en"])


# --- everybody's circle ---------------------------------------------------------------

SHADES = """() => {
  const canvas = document.querySelector('.bv-coverage');
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const found = new Set();
  for (let i = 3; i < data.length; i += 4) found.add(data[i]);
  return [...found].sort((a, b) => a - b);
}"""


def test_all_circles_are_counted_in_steps_of_shade(dashboard, atlas):
    dashboard.open("?circles=1")
    expect(dashboard.in_map.locator(".bv-coverage-legend b")).to_have_count(4)
    circles = int(
        dashboard.in_map.locator(".bv-coverage").get_attribute("data-circles")
    )
    placed = [r for r in atlas.positions if atlas.records[r].uncertainty_km]
    assert 100 < circles <= len(placed)
    shades = dashboard.js(SHADES)
    # Nothing, and one shade for each of the four steps: where circles pile up it is
    # no darker, so the map below can still be read.
    assert len(shades) == 5
    assert shades[0] == 0
    assert shades[-1] < 160


def test_the_shades_follow_the_filters_and_go_away(dashboard):
    dashboard.open("?circles=1&kind=crossing&mode=aircraft")
    layer = dashboard.in_map.locator(".bv-coverage")
    few = int(layer.get_attribute("data-circles"))
    dashboard.open("?circles=1")
    assert int(layer.get_attribute("data-circles")) > few
    dashboard.page.locator(".st-key-layer-circles label").click()
    expect(layer).to_have_count(0)
    expect(dashboard.in_map.locator(".bv-coverage-legend")).to_have_count(0)
    dashboard.wait_address(circles="")


def test_one_circle_is_as_wide_as_its_radius(dashboard, atlas):
    record = "2025-03-07-yellow-sea-drifters"
    dashboard.open("?circles=1&layers=crossings-south&from=2025-03-07&to=2025-03-07")
    lon, lat = atlas.positions[record]
    dashboard.look_at(lat, lon, 10)
    painted, wanted = dashboard.js(
        """([lat, lon, metres]) => {
          const canvas = document.querySelector('.bv-coverage');
          const { width, height } = canvas;
          const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
          let left = width, right = 0;
          for (let i = 0; i < width * height; i += 1) {
            if (!data[4 * i + 3]) continue;
            left = Math.min(left, i % width);
            right = Math.max(right, i % width);
          }
          const box = L.circle([lat, lon], { radius: metres }).addTo(map).getBounds();
          const [a, b] = [box.getNorthWest(), box.getNorthEast()];
          const x = (at) => map.latLngToContainerPoint(at).x;
          const pixels = x(b) - x(a);
          return [(right - left) * (canvas.clientWidth / width), pixels];
        }""",
        [lat, lon, atlas.records[record].uncertainty_km * 1000],
    )
    assert painted == pytest.approx(wanted, rel=0.03)
