"""The map read at a glance: lines in sight, names whole, contrast, touch, no motion."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
CENTRE = [38.3, 127.5]
ZOOMS = (5, 6, 7, 8, 9, 10, 12)

# Each group on the map: where it is drawn, how large, where its records are on average.
GROUPS = """() => {
  const found = [];
  map.eachLayer((layer) => {
    const known = layer.feature && layer.feature.properties;
    if (!known || !known.ids) return;
    const places = known.ids.map((id) => map.latLngToContainerPoint(
      borderviz.items.get(id).at));
    const { x, y } = map.latLngToContainerPoint(layer.getLatLng());
    found.push({ x, y, r: layer.getElement().offsetWidth / 2, ids: known.ids,
      lat: layer.getLatLng().lat, lng: layer.getLatLng().lng,
      mean: [places.reduce((s, p) => s + p.x, 0) / places.length,
             places.reduce((s, p) => s + p.y, 0) / places.length] });
  });
  return found;
}"""
# Every bend of the lines that are drawn through, in pixels.
LINES = """() => borderviz.mains.flatMap(({ points }) => points.flat())
  .map((at) => map.latLngToContainerPoint(at)).map(({ x, y }) => [x, y])"""
# Both ends of every hair: the true place, and what stands aside from it.
HAIRS = """() => {
  let found = [];
  map.eachLayer((layer) => { if (layer.options.className === 'bv-hair')
    found = layer.getLatLngs().map((ends) => ends.map((at) => {
      const { x, y } = map.latLngToContainerPoint(at); return [x, y]; })); });
  return found;
}"""


def distance(one, other):
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5


def test_no_group_lies_on_a_border_or_on_another_group(dashboard):
    dashboard.open()
    seen = 0
    for zoom in ZOOMS:
        dashboard.look_at(*CENTRE, zoom)
        groups, bends = dashboard.js(GROUPS), dashboard.js(LINES)
        seen += len(groups)
        for n, one in enumerate(groups):
            here = (one["x"], one["y"])
            nearest = min(distance(here, bend) for bend in bends)
            assert nearest > one["r"], (zoom, one)
            for other in groups[n + 1 :]:
                apart = distance(here, (other["x"], other["y"]))
                assert apart > one["r"] + other["r"] - 2, (zoom, one, other)
    assert seen > 100


def test_a_group_that_stands_aside_is_tied_to_its_true_place(dashboard):
    dashboard.open()
    for zoom in (6, 7, 9):
        dashboard.look_at(*CENTRE, zoom)
        hairs = dashboard.js(HAIRS)
        assert len(hairs) > 5
        for group in dashboard.js(GROUPS):
            here = (group["x"], group["y"])
            feet = [foot for foot, end in hairs if distance(end, here) < 1]
            true = feet[0] if feet else here
            assert distance(true, group["mean"]) < 1.5, (zoom, group)
            assert distance(true, here) < 60


def test_nothing_wanders_while_the_map_is_pulled(dashboard):
    def places():
        found = dashboard.js(GROUPS)
        return {tuple(g["ids"]): (g["lat"], g["lng"]) for g in found}

    dashboard.open()
    before = places()
    dashboard.js("() => { map.panBy([140, -90], { animate: false }); }")
    assert places() == before
    dashboard.js("() => { borderviz.arrange(); }")
    assert places() == before


WORDS = """() => [...document.querySelectorAll('.bv-words')].map((words) => {
  const { left, top, right, bottom } = words.getBoundingClientRect();
  return { text: words.textContent, box: [left, top, right, bottom] };
}).filter(({ box }) => box[2] > box[0])"""


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_name_is_cut_by_the_frame_or_covered(visit, language):
    dashboard = visit(**PHONE).open(f"?lang={language}")
    width, height = dashboard.js("() => [innerWidth, innerHeight]")
    seen = 0
    for lat, lon, zoom in ((39.6, 127.35, 6), (38, 127, 8), (41.6, 127.6, 9)):
        dashboard.look_at(lat, lon, zoom)
        groups = dashboard.js(GROUPS)
        for name in dashboard.js(WORDS):
            left, top, right, bottom = name["box"]
            if right < 0 or bottom < 0 or left > width or top > height:
                continue
            seen += 1
            assert left >= 0, name
            assert top >= 0, name
            assert right <= width, name
            assert bottom <= height, name
            for group in groups:
                inner = group["r"] - 4
                across = left - inner < group["x"] < right + inner
                down = top - inner < group["y"] < bottom + inner
                assert not (across and down), (name, group)
    assert seen > 15


# The colour of each name and symbol in sight, and what the map has painted under it.
PAINTED = """() => {
  const canvas = document.querySelector('.leaflet-bv-land-pane canvas');
  const pen = canvas.getContext('2d');
  const around = canvas.getBoundingClientRect();
  const ratio = canvas.width / around.width;
  const sea = getComputedStyle(document.querySelector('.leaflet-container'));
  const numbers = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const under = (x, y) => {
    const at = [(x - around.left) * ratio, (y - around.top) * ratio];
    const [r, g, b, a] = pen.getImageData(...at, 1, 1).data;
    return a < 250 ? numbers(sea.backgroundColor) : [r, g, b];
  };
  const found = [];
  const read = (shape, colour, kind) => {
    const { left, top, right, bottom } = shape.getBoundingClientRect();
    if (right <= left || left < 0 || top < 0) return;
    if (right > innerWidth || bottom > innerHeight) return;
    const middle = (top + bottom) / 2;
    for (const x of [left, (left + right) / 2, right]) {
      found.push({ kind, what: shape.textContent || shape.closest('[aria-label]')
        .getAttribute('aria-label'), ink: numbers(colour), ground: under(x, middle) });
    }
  };
  for (const words of document.querySelectorAll('.bv-words')) {
    read(words, getComputedStyle(words).color, 'name');
  }
  for (const shape of document.querySelectorAll('.bv-symbol:not(.bv-hidden) path')) {
    const style = getComputedStyle(shape);
    const hollow = shape.closest('.bv-c-crossing-point');
    read(shape, hollow ? style.stroke : style.fill, 'symbol');
  }
  return found;
}"""


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    parts = [n / 255 for n in colour]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_and_symbols_stand_out_from_what_is_painted(visit, scheme):
    dashboard = visit(color_scheme=scheme).open()
    found = []
    for lat, lon, zoom in ((39.6, 127.35, 7), (38.3, 127.5, 9), (42.4, 130, 9)):
        dashboard.look_at(lat, lon, zoom)
        found += dashboard.js(PAINTED)
    assert len(found) > 100
    for one in found:
        least = 4.5 if one["kind"] == "name" else 3
        # The coast may be painted under one of the points: a hair, not a ground.
        assert contrast(one["ink"], one["ground"]) >= least - 0.01 or is_coast(
            dashboard, one["ground"]
        ), one


def is_coast(dashboard, ground):
    """Whether a painted colour is neither sea nor land: an edge of the two."""
    tokens = dashboard.js(
        "() => ['sea', 'land', 'shade'].map((token) => borderviz.colour(token))"
    )
    grounds = [[float(n) for n in re.findall(r"[\d.]+", token)[:3]] for token in tokens]
    return all(
        max(abs(a - b) for a, b in zip(ground, one, strict=True)) > 1 for one in grounds
    )


MOVED = """() => {
  map.setView([38.3, 127.5], 7, { animate: false });
  map.setZoom(8);
  const zoom = map.getZoom();
  map.stop();
  const before = map.getCenter().lng;
  map.panBy([60, 0]);
  return [zoom === 8, map.getCenter().lng !== before];
}"""


def test_whoever_wants_no_motion_sees_each_view_at_once(visit):
    still = visit(reduced_motion="reduce").open()
    assert still.js(MOVED) == [True, True]
    moving = visit(reduced_motion="no-preference").open()
    assert moving.js(MOVED) != [True, True]


def test_a_finger_finds_buttons_and_groups(visit):
    dashboard = visit(**PHONE).open()
    for name in ("Zoom in", "Zoom out"):
        box = dashboard.in_map.get_by_role("button", name=name).bounding_box()
        assert min(box["width"], box["height"]) >= 40
    hit = """([one]) => [...document.querySelectorAll(one)].map((mark) => {
      const { width, height } = getComputedStyle(mark, '::before');
      return Math.min(parseFloat(width), parseFloat(height));
    }).filter(Boolean)"""
    for marks in (".bv-stack", ".bv-symbol:not(.bv-hidden)"):
        sizes = dashboard.js(hit, [marks])
        assert sizes
        assert min(sizes) >= 40


def test_the_map_is_one_stop_of_the_tab_key_and_leads_to_its_symbols(dashboard):
    dashboard.open()
    stops = dashboard.js(
        "() => [...document.querySelectorAll('*')].filter((e) => e.tabIndex >= 0 &&"
        " e.getClientRects().length).length"
    )
    assert stops <= 4
    box = dashboard.in_map.get_by_role("application", name="Map")
    expect(box).to_have_accessible_description(re.compile("Arrow keys"))
    focused = dashboard.in_map.locator(":focus")
    box.focus()
    dashboard.page.keyboard.press("Enter")
    expect(focused).to_have_attribute("role", "button")
    first = focused.bounding_box()
    dashboard.page.keyboard.press("ArrowLeft")
    second = focused.bounding_box()
    assert second["x"] < first["x"]
    dashboard.page.keyboard.press("Escape")
    expect(box).to_be_focused()
