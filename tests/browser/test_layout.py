"""The page at every width: nothing moves by itself, is cut off or lies on another."""

import pytest
from playwright.sync_api import expect

from browser.audit import SHIFTS, SIDEWAYS, SOLDIER, clipped, follow, settle

pytestmark = pytest.mark.browser

WIDTHS = (360, 390, 600, 768, 820, 1024, 1100, 1280, 1400, 1920, 2560)
NARROW = 820
STORY = "story=the-long-way"
WAYS = ("", f"sel={SOLDIER}", "show=table", "show=numbers", "show=strip", STORY)
LEAST_MAP = 240
MOST_SHIFT = 0.02
# Of a narrower column the eye loses the line; of a wider one too.
COLUMN = (240, 720)
PARTS = {
    **{n: f".st-key-{n}" for n in ("left", "detail", "sentence", "timeline", "sheets")},
    "map": ".st-key-map iframe",
    "title": ".bv-title h1",
    "search": ".st-key-search input",
    "language": ".st-key-lang [role=radiogroup]",
}
# In the story, parts of the free map are not there.
BOXES = """(parts) => Object.fromEntries(Object.entries(parts).filter(
  ([, part]) => document.querySelector(part)?.checkVisibility()
).map(([name, part]) => {
  const one = document.querySelector(part);
  const text = document.createRange();
  text.selectNodeContents(one);
  const box = (one.matches("h1") ? text : one).getBoundingClientRect();
  return [name, [box.left, box.top, box.right, box.bottom]];
}))"""


def overlap(one, other):
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 1 and high > 1


def faults_of_layout(page, width):
    """Tell what is wrong with the page as it stands, in words."""
    found = [f"sideways by {px}" for px in [page.evaluate(SIDEWAYS)] if px > 0]
    found += [f"clipped: {what}" for what in clipped(page)]
    boxes = page.evaluate(BOXES, PARTS)
    names = list(boxes)
    found += [
        f"{one} lies on {other}"
        for i, one in enumerate(names)
        for other in names[i + 1 :]
        if overlap(boxes[one], boxes[other])
    ]
    left, top, right, bottom = boxes["map"]
    if bottom - top < LEAST_MAP:
        found.append(f"the map is {bottom - top:.0f} high")
    least = width - 2 if width <= NARROW else 340
    if right - left < least:
        found.append(f"the map is {right - left:.0f} wide")
    return found


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_nothing_is_cut_off_or_lies_on_another_at_any_width(visit, lang):
    dashboard = visit(viewport={"width": 1400, "height": 900}).open(f"?lang={lang}")
    found = {}
    for way in WAYS:
        follow(dashboard, f"lang={lang}&{way}")
        for width in WIDTHS:
            height = 1440 if width > 2000 else 900
            dashboard.page.set_viewport_size({"width": width, "height": height})
            settle(dashboard)
            if said := faults_of_layout(dashboard.page, width):
                found[f"{way} {width}"] = said
    assert found == {}


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_text_beside_the_map_is_a_column_to_read(visit, lang):
    dashboard = visit().open(f"?lang={lang}&sel={SOLDIER}")
    for width in WIDTHS:
        dashboard.page.set_viewport_size({"width": width, "height": 900})
        settle(dashboard)
        text = dashboard.detail.locator("article").bounding_box()
        most = COLUMN[1] if width > NARROW else width
        assert COLUMN[0] <= text["width"] <= most, width


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_page_over_the_map_is_not_cut_off_at_any_width(visit, lang):
    page = visit().open(f"?page=about&lang={lang}").page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SIDEWAYS) <= 0
        assert clipped(page) == []
        box = page.locator(".bv-page p").first.bounding_box()
        assert COLUMN[0] <= box["width"] <= COLUMN[1]


QUERIES = ("", f"?sel={SOLDIER}", "?show=table", "?lang=ko", f"?{STORY}", "?page=about")


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("size", [(1400, 900), (390, 844), (820, 1180)])
def test_nothing_moves_by_itself_while_the_page_opens(visit, size, query):
    dashboard = visit(viewport=dict(zip(("width", "height"), size, strict=True)))
    dashboard.page.context.add_init_script(f"({SHIFTS})()")
    dashboard.open(query)
    settle(dashboard)
    shifts = dashboard.page.evaluate("() => window.shifts")
    assert sum(value for value, _ in shifts) < MOST_SHIFT, shifts


def test_a_shift_would_be_seen(dashboard):
    dashboard.page.context.add_init_script(f"({SHIFTS})()")
    dashboard.open()
    settle(dashboard)
    dashboard.page.evaluate(
        "() => { document.querySelector('.st-key-header').style.marginTop = '90px'; }"
    )
    dashboard.page.wait_for_function(
        f"() => window.shifts.reduce((sum, [n]) => sum + n, 0) > {MOST_SHIFT}"
    )


def test_until_the_map_comes_its_place_is_kept_and_named(visit):
    """The script of the map is held back; the page around it is there already."""
    dashboard = visit()
    held = []
    dashboard.page.context.route("**/map-*.js", lambda route: held.append(route))
    dashboard.page.goto(f"{dashboard.origin}/?lang=ko")
    frame = dashboard.page.locator(".st-key-map iframe")
    expect(frame).to_be_attached()
    place = dashboard.page.locator(".st-key-map")
    before = place.bounding_box()
    assert before["height"] > LEAST_MAP
    said = place.evaluate("one => getComputedStyle(one, '::before').content")
    assert "지도" in said
    expect(frame).to_have_css("opacity", "0")
    for route in held:
        route.continue_()
    dashboard.page.context.unroute("**/map-*.js")
    dashboard.wait_shown()
    expect(frame).to_have_css("opacity", "1")
    assert place.bounding_box() == before


def test_korean_is_not_broken_inside_words(visit):
    dashboard = visit().open(f"?lang=ko&sel={SOLDIER}")
    for part in (dashboard.title, dashboard.detail.locator("li").first):
        expect(part).to_have_css("word-break", "keep-all")
