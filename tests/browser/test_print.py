"""The page on paper: light, nothing to click, every source with its address."""

import re

import pytest

from browser.audit import SOLDIER, settle

pytestmark = pytest.mark.browser

# A4 less its margins, in CSS pixels.
PAPER = 680
CONTROLS = (
    ".st-key-search",
    ".st-key-lang",
    ".st-key-left",
    ".st-key-timeline",
    ".bv-tabs",
    ".bv-actions",
    ".bv-back",
    ".bv-skip",
)


@pytest.fixture
def paper(visit):
    """Open a view in the dark, as wide as paper, and show it as it would be printed."""

    def make(query, **options):
        dashboard = visit(color_scheme="dark", **options).open(query)
        settle(dashboard)
        dashboard.page.set_viewport_size({"width": PAPER, "height": 960})
        dashboard.page.emulate_media(media="print")
        return dashboard

    return make


def test_paper_has_the_map_the_text_and_no_control(paper, atlas):
    dashboard = paper(f"?sel={SOLDIER}&show=table")
    page = dashboard.page
    for name in CONTROLS:
        found = page.locator(name)
        assert found.count(), name
        assert not [one for one in found.all() if one.is_visible()], name
    for part in (dashboard.header.locator("h1"), dashboard.map, dashboard.title):
        assert part.is_visible()
    assert page.locator(".bv-records tbody tr").last.is_visible()
    order = [
        part.bounding_box()["y"]
        for part in (dashboard.header, page.locator(".bv-sentence"), dashboard.map)
    ]
    assert order == sorted(order)
    assert dashboard.title.bounding_box()["y"] > order[-1]


def test_paper_is_light_whatever_the_screen(paper):
    page = paper(f"?sel={SOLDIER}").page
    ink, ground = page.evaluate(
        """() => [getComputedStyle(document.querySelector(".bv-record h2")).color,
          getComputedStyle(document.querySelector(".stApp")).backgroundColor]"""
    )
    assert max(int(n) for n in re.findall(r"\d+", ink)[:3]) < 80
    assert ground == "rgba(0, 0, 0, 0)"


VIEWS = (f"?sel={SOLDIER}", "?show=table", "?list=events", "?story=the-line")


@pytest.mark.parametrize("query", [*VIEWS, "?page=about"])
def test_nothing_is_cut_off_on_paper(paper, query):
    page = paper(query).page
    beyond = page.evaluate(
        """width => [...document.querySelectorAll(
            ".st-key-detail *, .st-key-sheets *, .st-key-sentence *, .st-key-header *, "
            + ".st-key-page *")]
          .filter((one) => one.checkVisibility() && !one.closest(".bv-hidden-words"))
          .filter((one) => one.getBoundingClientRect().right > width + 1)
          .map((one) => one.outerHTML.slice(0, 120))""",
        PAPER,
    )
    assert beyond == []
    scrolling = page.evaluate(
        """() => [...document.querySelectorAll(".stApp, .stApp *")]
          .filter((one) => one.clientHeight > 2 && one.checkVisibility())
          .filter((one) => !one.closest(".st-key-map, .bv-hidden-words"))
          .filter((one) => /auto|scroll|hidden/.test(getComputedStyle(one).overflowY))
          .filter((one) => one.scrollHeight > one.clientHeight + 2)
          .map((one) => one.className)"""
    )
    assert scrolling == []


def test_a_step_of_the_story_is_printed_with_its_map_and_sources(paper, atlas):
    step = next(step for step in atlas.story if step.id == "the-line")
    page = paper(f"?story={step.id}").page
    for part in (".st-key-map iframe", ".bv-told h2", ".bv-told p", ".bv-sources li"):
        assert page.locator(part).first.is_visible(), part
    assert not page.locator(".bv-turn").is_visible()


def test_a_page_is_printed_from_its_beginning_and_without_the_map(paper):
    page = paper("?page=about").page
    assert not page.locator(".st-key-map iframe").is_visible()
    assert not page.locator(".st-key-detail").is_visible()
    assert page.locator("#bv-page-title").bounding_box()["y"] < 200


def test_every_linked_source_stands_there_with_its_address(paper):
    page = paper(f"?sel={SOLDIER}").page
    links = page.locator(".bv-sources a[href^=http]")
    assert links.count() > 3
    for link in links.all():
        said = link.evaluate("one => getComputedStyle(one, '::after').content")
        assert link.get_attribute("href") in said.replace('" "', "").replace('"', "")


def test_the_print_runs_over_pages_of_a4(paper):
    dashboard = paper("?list=events")
    data = dashboard.page.pdf(prefer_css_page_size=True)
    assert data.startswith(b"%PDF")
    boxes = re.findall(rb"/MediaBox\s*\[([\d. ]+)\]", data)
    assert len(boxes) >= 3
    for box in boxes:
        _, _, wide, high = (float(n) for n in box.split())
        assert (wide, high) == (pytest.approx(595, abs=2), pytest.approx(842, abs=2))


def test_the_map_on_paper_is_light_and_has_nothing_to_press(paper):
    dashboard = paper(f"?sel={SOLDIER}")
    dashboard.wait_js("() => document.documentElement.style.colorScheme === 'light'")
    for name in (".leaflet-control-zoom", ".leaflet-popup"):
        found = dashboard.in_map.locator(name)
        assert not [one for one in found.all() if one.is_visible()], name
    dashboard.page.emulate_media(media="screen")
    dashboard.wait_js("() => document.documentElement.style.colorScheme === 'dark'")
