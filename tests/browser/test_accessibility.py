"""Nobody is shut out: axe on every view, keys alone, fingers, systems' own colours."""

import re

import pytest
from playwright.sync_api import expect

from browser.audit import (
    SOLDIER,
    STREAMLITS_OWN,
    VIEWS,
    axe_source,
    faults,
    follow,
    settle,
    too_small,
)

pytestmark = pytest.mark.browser

WIDE = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}
FEW = ("overview", "record", "table", "numbers")
OUTLINE = """() => {
  let one = document.activeElement;
  if (one.tagName === "IFRAME") return "frame";
  for (; one && one !== document.body; one = one.parentElement) {
    const style = getComputedStyle(one);
    const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (drawn) return "outline";
    if (one.matches(".stElementContainer")) break;
  }
  return document.activeElement.outerHTML.slice(0, 200);
}"""


def audited(visit, query="", **options):
    """Open a page that carries axe in every frame."""
    dashboard = visit(**options)
    dashboard.page.context.add_init_script(axe_source())
    return dashboard.open(query)


@pytest.mark.parametrize(
    ("scheme", "size", "lang", "views"),
    [
        ("light", WIDE, "en", tuple(VIEWS)),
        ("dark", PHONE, "ko", tuple(VIEWS)),
        ("light", PHONE, "en", FEW),
        ("dark", WIDE, "ko", FEW),
    ],
)
def test_axe_finds_nothing_serious(visit, scheme, size, lang, views):
    options = {"viewport": size, "color_scheme": scheme, "has_touch": size is PHONE}
    dashboard = audited(visit, f"?lang={lang}", **options)
    found = {}
    for name in views:
        follow(dashboard, f"lang={lang}&{VIEWS[name]}")
        found[name] = faults(dashboard)
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_what_unfolds(visit, scheme):
    dashboard = audited(visit, color_scheme=scheme)
    dashboard.page.locator(".st-key-filters summary").first.click()
    expect(dashboard.page.locator("button[data-variant=pills]").first).to_be_visible()
    assert faults(dashboard) == []
    dashboard.page.locator(".st-key-search input").fill("soldier")
    expect(dashboard.page.locator(".bv-hits a").first).to_be_visible()
    assert faults(dashboard) == []
    dashboard.page.locator(".st-key-search input").fill("qqqqqqqq")
    expect(dashboard.page.locator(".bv-hits[role=status]")).to_be_visible()
    assert faults(dashboard) == []


def test_axe_itself_works_on_this_page(visit):
    """A button without a name is found, in the page and in the map's frame."""
    dashboard = audited(visit)
    add = "() => document.body.append(document.createElement('button'))"
    dashboard.page.evaluate(add)
    assert [f for f in faults(dashboard) if f.startswith("button-name")]
    dashboard.page.reload()
    dashboard.wait_shown()
    dashboard.js(add)
    assert [f for f in faults(dashboard) if f.startswith("button-name")]


def test_what_is_forgiven_is_named_with_its_reason():
    assert all(len(reason) > 20 for *_, reason in STREAMLITS_OWN)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_on_a_phone_everything_is_as_large_as_a_finger(visit, lang):
    dashboard = visit(viewport=PHONE, has_touch=True).open(f"?lang={lang}")
    dashboard.page.locator(".st-key-layers-open label").tap()
    expect(dashboard.layers).to_be_visible()
    found = {}
    for name, query in VIEWS.items():
        follow(dashboard, f"lang={lang}&{query}")
        found[name] = too_small(dashboard.page)
    assert {name: said for name, said in found.items() if said} == {}


def tab_to(dashboard, selector, most=60):
    """Press Tab until something is focused; every stop on the way must be visible."""
    page = dashboard.page
    for _ in range(most):
        page.keyboard.press("Tab")
        drawn = page.evaluate(OUTLINE)
        assert drawn in ("outline", "frame"), drawn
        if page.locator(f":is({selector}):focus").count():
            return page.locator(":focus")
    pytest.fail(f"no way to {selector} by {most} steps")


def test_a_reader_finds_reads_and_leaves_a_record_by_keys_alone(dashboard, atlas):
    dashboard.open()
    keys = dashboard.page.keyboard
    tab_to(dashboard, ".st-key-search input")
    keys.type("Cheorwon soldier")
    expect(dashboard.page.locator(".bv-hits a").first).to_be_visible()
    hit = tab_to(dashboard, ".bv-hits a", 3)
    words = hit.locator("span").first.inner_text().split("\n")[0]
    keys.press("Enter")
    expect(dashboard.title).to_have_text(words)
    dashboard.open(f"?sel={SOLDIER}")
    dashboard.detail.locator(".bv-back").focus()
    number = tab_to(dashboard, ".bv-record sup a")
    source = number.get_attribute("href")
    keys.press("Enter")
    expect(dashboard.page.locator(source)).to_be_focused()
    back = dashboard.detail.locator(".bv-back")
    back.focus()
    keys.press("Enter")
    expect(dashboard.detail.locator(".bv-numbers")).to_be_visible()


def test_filters_sheets_and_timeline_are_within_reach_of_keys(dashboard):
    dashboard.open()
    keys = dashboard.page.keyboard
    tab_to(dashboard, ".bv-timeline-frame")
    tab_to(dashboard, ".bv-t-label", 2)
    expect(dashboard.page.locator(":focus")).to_have_attribute(
        "href", re.compile("sel")
    )
    tab_to(dashboard, "input[type=range]", 20)
    keys.press("ArrowRight")
    dashboard.page.wait_for_function("location.search.includes('from=')")
    settle(dashboard)
    summary = tab_to(dashboard, ".st-key-filters summary", 8)
    expect(summary).to_be_focused()
    keys.press("Enter")
    pill = dashboard.page.locator("button[data-variant=pills]").first
    expect(pill).to_be_visible()
    tab_to(dashboard, "button[data-variant=pills]", 3)
    keys.press("Space")
    dashboard.page.wait_for_function("location.search.includes('kind=')")
    settle(dashboard)
    dashboard.page.locator(".bv-tab-table").focus()
    keys.press("Enter")
    expect(dashboard.page.locator(".bv-records")).to_be_visible()
    dashboard.page.locator(".bv-tab-table").focus()
    tab_to(dashboard, ".bv-sheet", 8)


def test_what_scrolls_can_be_reached_and_has_a_name(dashboard):
    dashboard.open("?show=strip")
    settle(dashboard)
    for name in (".bv-timeline-frame", ".bv-sheet", ".bv-strip-frame"):
        box = dashboard.page.locator(name).first
        expect(box).to_have_attribute("tabindex", "0")
        expect(box).to_have_attribute("role", "region")
        assert box.get_attribute("aria-label"), name


def test_symbols_and_focus_outlast_the_systems_own_colours(visit):
    dashboard = visit(forced_colors="active").open(f"?sel={SOLDIER}")
    paint = """name => { const one = document.querySelector(name);
      return getComputedStyle(one).forcedColorAdjust; }"""
    for name in (".bv-t", ".bv-dot"):
        assert dashboard.page.evaluate(paint, name) == "none", name
    dashboard.page.keyboard.press("Tab")
    dashboard.page.keyboard.press("Tab")
    dashboard.page.keyboard.press("Tab")
    assert dashboard.page.evaluate(OUTLINE) == "outline"


def test_nothing_flashes_or_glides_for_those_who_asked_for_rest(visit):
    dashboard = visit(reduced_motion="reduce").open(f"?sel={SOLDIER}")
    source = dashboard.detail.locator(".bv-sources li").first
    source.evaluate("one => one.classList.add('bv-flash')")
    name = source.evaluate("one => getComputedStyle(one).animationName")
    assert name == "none"
    moving = dashboard.page.evaluate(
        "() => [...document.querySelectorAll('.stApp *')].filter((one) => "
        "getComputedStyle(one).transitionDuration.split(',')"
        ".some((s) => parseFloat(s) > 0)).length"
    )
    assert moving == 0
