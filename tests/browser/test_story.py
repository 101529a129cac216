"""The story as a reader goes through it: keys, links, map, leaving; and the pages."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}}


def shows_box(dashboard, box):
    """Wait until the map rests and holds a step's box."""
    dashboard.wait_js(
        """([west, south, east, north]) => {
          const seen = map.getBounds();
          return !map._animatingZoom && seen.contains([[south, west], [north, east]]);
        }""",
        box,
    )


def heading(dashboard, text):
    expect(dashboard.page.locator(".bv-told h2")).to_have_text(text)


def test_the_arrow_keys_lead_through_the_whole_story(dashboard, atlas):
    steps = atlas.story
    dashboard.open(f"?story={steps[0].id}")
    dashboard.page.evaluate("() => { window.__mark = 1; }")
    dashboard.js("() => { window.__mark = map; }")
    for number, step in enumerate(steps):
        heading(dashboard, step.titles["en"])
        dashboard.wait_address(story=step.id, layers="", at="")
        shows_box(dashboard, step.head.box)
        wanted = set(atlas.step_views[step.id].layers)
        dashboard.wait_js(
            "ids => [...borderviz.groups].every("
            "([id, group]) => map.hasLayer(group) === ids.includes(id))",
            sorted(wanted),
        )
        place = f"Step {number + 1} of {len(steps)}"
        expect(dashboard.page.locator(".bv-where")).to_contain_text(place)
        assert dashboard.popup.count() == 0
        if step is not steps[-1]:
            dashboard.page.keyboard.press("ArrowRight")
    dashboard.page.keyboard.press("ArrowLeft")
    heading(dashboard, steps[-2].titles["en"])
    # One page and one map all along.
    assert dashboard.page.evaluate("() => window.__mark") == 1
    assert dashboard.js("() => window.__mark === map")


def test_the_focus_follows_the_story(dashboard, atlas):
    first, second = atlas.story[:2]
    dashboard.open()
    start = dashboard.page.locator(".bv-start")
    start.focus()
    dashboard.page.keyboard.press("Enter")
    heading(dashboard, first.titles["en"])
    expect(dashboard.page.locator(".bv-told h2")).to_be_focused()
    on = dashboard.page.locator(".bv-turn-on")
    on.focus()
    dashboard.page.keyboard.press("Enter")
    heading(dashboard, second.titles["en"])
    expect(dashboard.page.locator(".bv-told h2")).to_be_focused()


def test_back_and_forward_and_reload_keep_the_step(dashboard, atlas):
    first, second = atlas.story[:2]
    dashboard.open(f"?story={first.id}")
    dashboard.page.locator(".bv-turn-on").click()
    heading(dashboard, second.titles["en"])
    dashboard.wait_address(story=second.id)
    dashboard.page.go_back()
    heading(dashboard, first.titles["en"])
    shows_box(dashboard, first.head.box)
    dashboard.page.go_forward()
    heading(dashboard, second.titles["en"])
    dashboard.reload()
    heading(dashboard, second.titles["en"])
    shows_box(dashboard, second.head.box)
    dashboard.wait_address(story=second.id, at="")


def test_a_record_is_read_within_the_story_and_left_again(dashboard, atlas):
    step = next(s for s in atlas.story if s.head.focus in atlas.positions)
    record = atlas.records[step.head.focus]
    dashboard.open(f"?story={step.id}&lang=ko")
    told = dashboard.page.locator(".bv-told")
    told.locator(f"a[href*='sel={record.id}']").first.click()
    expect(dashboard.title).to_have_text(record.title["ko"])
    dashboard.wait_address(story=step.id, sel=record.id, lang="ko")
    dashboard.detail.locator(".bv-back").click()
    heading(dashboard, step.titles["ko"])
    dashboard.wait_address(story=step.id, sel="")


def test_whoever_leaves_the_story_keeps_the_view(dashboard, atlas):
    step = next(s for s in atlas.story if s.head.focus in atlas.positions)
    view = atlas.step_views[step.id]
    dashboard.open(f"?story={step.id}")
    shows_box(dashboard, step.head.box)
    seen = dashboard.js("() => [map.getCenter().lat, map.getCenter().lng]")
    dashboard.page.locator(".bv-where .bv-back").click()
    dashboard.wait_address(story="", layers=".".join(view.layers))
    expect(dashboard.layers).to_be_visible()
    expect(dashboard.title).to_have_text(atlas.records[step.head.focus].title["en"])
    for layer in atlas.settings.layers:
        box = dashboard.is_checked(layer.id)
        expect(box).to_be_checked(checked=layer.id in view.layers)
    now = dashboard.js("() => [map.getCenter().lat, map.getCenter().lng]")
    assert now == pytest.approx(seen, abs=0.05)
    dashboard.wait_js("() => parent.location.search.includes('at=')")


def test_the_place_is_kept_though_the_address_comes_before_the_map(dashboard, atlas):
    """The program's address and its command to the map travel apart."""
    dashboard.open(f"?story={atlas.story[0].id}")
    shows_box(dashboard, atlas.story[0].head.box)
    dashboard.js(
        """() => {
          const { show } = borderviz;
          const later = (command) =>
            parent.location.search.includes("story=")
              ? requestAnimationFrame(() => later(command))
              : show(command);
          borderviz.show = later;
        }"""
    )
    dashboard.page.locator(".bv-where .bv-back").click()
    dashboard.wait_js("() => parent.location.search.includes('at=')")
    assert "story" not in dashboard.query


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_on_a_phone_map_and_text_are_seen_together(visit, atlas, lang):
    phone = visit(**PHONE)
    step = atlas.story[2]
    phone.open(f"?story={step.id}&lang={lang}")
    heading(phone, step.titles[lang])
    shows_box(phone, step.head.box)
    for name in (".st-key-map iframe", ".bv-told h2", ".bv-told p", ".bv-turn-on"):
        expect(phone.page.locator(name).first).to_be_in_viewport()
    phone.page.locator(".bv-turn-on").click()
    heading(phone, atlas.story[3].titles[lang])
    expect(phone.page.locator(".bv-told h2")).to_be_in_viewport()
    expect(phone.map).to_be_in_viewport(ratio=0.9)


def test_a_page_lies_over_the_map_and_gives_it_back(dashboard, atlas):
    page = atlas.pages[0]
    dashboard.open("?layers=routes")
    dashboard.js("() => { window.__mark = map; }")
    ways = dashboard.page.locator(".bv-ways a")
    ways.filter(has_text=page.passages["en"].label).click()
    title = dashboard.page.locator("#bv-page-title")
    expect(title).to_have_text(page.titles["en"])
    expect(title).to_be_focused()
    dashboard.wait_address(page=page.id, layers="routes")
    expect(dashboard.detail).not_to_be_visible()
    link = dashboard.page.locator(".bv-contents a").last
    link.click()
    section = dashboard.page.locator(link.get_attribute("href") or "")
    expect(section).to_be_in_viewport()
    expect(section).to_be_focused()
    dashboard.page.locator(".bv-page .bv-back").click()
    dashboard.wait_address(page="", layers="routes")
    expect(dashboard.detail).to_be_visible()
    assert dashboard.js("() => window.__mark === map")


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("", ".bv-tab-table"),
        ("?show=table", ".bv-tab-table"),
        ("?show=table", ".bv-sheet thead th:nth-child(2) a"),
        ("?from=2024", ".bv-sentence a"),
    ],
)
def test_the_focus_stays_where_a_link_was_replaced(dashboard, query, link):
    dashboard.open(query)
    here = dashboard.page.locator(link).first
    if "sentence" in link:
        here = dashboard.page.locator(link, has_text="Show everything")
    here.focus()
    dashboard.page.keyboard.press("Enter")
    dashboard.page.wait_for_function("q => location.search !== q", arg=query)
    dashboard.page.wait_for_function(
        "() => document.activeElement !== document.body && "
        "document.activeElement.isConnected"
    )
    expect(dashboard.page.locator(link).first).to_be_focused()


def test_on_a_phone_a_chosen_record_stands_right_below_the_map(visit, atlas):
    phone = visit(**PHONE)
    record = atlas.records["2025-10-19-cheorwon-soldier"]
    phone.open(f"?sel={record.id}")
    expect(phone.title).to_have_text(record.title["en"])
    below = phone.page.evaluate(
        """() => {
          const bottom = (name) => document.querySelector(name).getBoundingClientRect();
          return bottom(".st-key-detail").top - bottom(".st-key-map").bottom;
        }"""
    )
    assert 0 <= below < 40


@pytest.mark.parametrize("at", ["42.6,130.3,9", "42.35,130.4,9", "40.2,127.5,6"])
def test_a_card_that_a_link_opens_is_never_cut_off(visit, at):
    phone = visit(**PHONE)
    phone.open(f"?sel=quanhe-wonjong&at={at}")
    expect(phone.in_map.locator(".bv-on-top")).to_be_attached()
    shown = phone.js(
        """() => [...document.querySelectorAll(".leaflet-popup-content-wrapper")].map(
          (card) => { const b = card.getBoundingClientRect();
            return b.left >= 0 && b.right <= innerWidth && b.top >= 0; })"""
    )
    assert all(shown)
