"""A reader with the file: opened from disk, every request refused."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from borderviz.permalink import decode_query
from borderviz.selection import select
from browser.audit import SERIOUS, axe_source

from .conftest import made

pytestmark = pytest.mark.browser
SOLDIER = "2025-10-19-cheorwon-soldier"
SIZES = [(1400, 900), (390, 844)]
ON_MAP = """() => {
  const found = new Set();
  borderviz.map.eachLayer((layer) => {
    const known = layer.feature && layer.feature.properties;
    if (known && known.layer) found.add(known.id);
  });
  return [...found];
}"""


@pytest.fixture(params=SIZES, ids=lambda size: "x".join(map(str, size)))
def window(request, opened, whole):
    width, height = request.param
    return opened(whole, width=width, height=height)


def fold_open(window):
    """Where the page is narrow, filters and layers are folded away."""
    window.js("() => { document.querySelector('.bv-left').open = true; }")


def test_it_opens_complete_and_in_time(window, atlas):
    window.open()
    total = len(select(atlas, decode_query("", atlas, ()).view).records)
    expect(window.page.locator(".bv-said").first).to_contain_text(f"All {total}")
    expect(window.page.locator(".bv-t")).not_to_have_count(0)
    expect(window.page.locator(".bv-overview")).to_be_visible()
    expect(window.page).to_have_title(atlas.settings.title["en"])


def test_a_symbol_opens_its_popup_and_its_panel(window, atlas):
    window.open("#at=38.2,127.2,11&layers=land-line.crossings-south")
    symbol = window.page.locator(".bv-symbol[data-id]:not(.bv-hidden)").first
    identity = symbol.get_attribute("data-id")
    symbol.focus()
    window.page.keyboard.press("Enter")
    window.settle()
    record = atlas.records[identity]
    expect(window.page.locator(".leaflet-popup")).to_contain_text(record.title["en"])
    expect(window.heading).to_have_text(record.title["en"])
    assert f"sel={identity}" in window.page.url
    sources = window.page.locator(".bv-panel .bv-sources > li")
    expect(sources).to_have_count(len(set(record.sources)))
    expect(sources.first).to_contain_text(
        atlas.sources[record.statements[0].sources[0]].publisher
    )
    window.page.locator(".bv-cite summary").click()
    expect(window.page.locator("#bv-cite-plain")).to_contain_text(identity)


def test_layers_come_and_go_with_their_numbers(window, atlas):
    window.open()
    fold_open(window)
    box = window.page.locator("[data-layer=incidents] input")
    before = set(window.js(ON_MAP))
    box.uncheck()
    window.settle()
    gone = before - set(window.js(ON_MAP))
    assert gone
    assert {atlas.records[i].kind for i in gone} == {"incident"}
    assert "layers=" in window.page.url
    expect(window.page.locator(".bv-said").first).to_contain_text("without the layers")
    box.check()
    window.settle()
    assert set(window.js(ON_MAP)) == before


def test_filters_narrow_map_timeline_table_and_sentence(window, atlas):
    window.open("#show=table")
    fold_open(window)
    window.page.locator(".bv-more > summary").click()
    window.page.get_by_role("button", name="on foot", exact=True).click()
    window.settle()
    wanted = select(atlas, decode_query("mode=foot", atlas, ()).view)
    page = window.page
    expect(page.locator(".bv-said").first).to_contain_text(f"{len(wanted.ids)} of")
    expect(page.locator(".bv-records tbody tr:visible")).to_have_count(len(wanted.ids))
    assert "mode=foot" in page.url
    shown = page.locator(".bv-t:not(.bv-t-off)")
    assert set(shown.evaluate_all("(all) => all.map((x) => x.dataset.id)")) <= set(
        wanted.ids
    )
    assert set(window.js(ON_MAP)).isdisjoint(wanted.hidden)
    expect(page.locator("[data-layer=incidents]")).to_contain_text(" of ")


def test_the_table_is_sorted_by_its_headings(window):
    window.open("#show=table&mode=foot")
    head = window.page.locator(".bv-records thead th").nth(1)
    for order in ("ascending", "descending"):
        head.locator("a").click()
        window.settle()
        expect(head).to_have_attribute("aria-sort", order)
    first = window.page.locator(".bv-records tbody tr:visible th").all_inner_texts()
    assert [t.casefold() for t in first] == sorted(
        (t.casefold() for t in first), reverse=True
    )


def test_the_search_finds_in_any_spelling(window, atlas):
    window.open()
    field = window.page.locator(".bv-search input")
    field.fill("chorwon soldier")
    hit = window.page.locator(f".bv-hits a[href*='{SOLDIER}']")
    hit.click()
    window.settle()
    expect(window.heading).to_have_text(atlas.records[SOLDIER].title["en"])
    expect(window.page.locator(".bv-hits")).to_have_count(0)
    expect(field).to_have_value("")
    field.fill("qqqqqqqq")
    expect(window.page.locator(".bv-hits")).to_contain_text("Nothing found")


def test_the_language_changes_in_place(window, atlas):
    window.open(f"#sel={SOLDIER}&mode=foot")
    window.page.locator(".bv-langs [data-lang=ko]").click()
    window.settle()
    expect(window.heading).to_have_text(atlas.records[SOLDIER].title["ko"])
    expect(window.page.locator("h1")).to_have_text(atlas.settings.title["ko"])
    expect(window.page.locator(".leaflet-container")).to_have_attribute(
        "aria-label", "지도"
    )
    assert window.js("() => document.documentElement.lang") == "ko"
    assert {"lang=ko", "mode=foot"} <= set(window.page.url.split("#")[1].split("&"))
    window.page.go_back()
    window.settle()
    expect(window.heading).to_have_text(atlas.records[SOLDIER].title["en"])


def test_light_and_dark_follow_the_system_and_the_reader(opened, whole):
    scheme = "() => getComputedStyle(document.documentElement).colorScheme"
    ground = "() => getComputedStyle(document.querySelector('.bv-detail')).background"
    window = opened(whole, scheme="dark").open()
    assert window.js(scheme) == "dark"
    dark = window.js(ground)
    window.page.locator(".bv-theme").click()
    expect(window.page.locator("body.bv-light")).to_be_attached()
    assert window.js(scheme) == "light"
    assert window.js(ground) != dark
    assert "theme=light" in window.page.url
    window.page.locator(".bv-theme").click()
    expect(window.page.locator("body.bv-light")).to_have_count(0)
    assert window.js(scheme) == "dark"
    assert "theme" not in window.page.url


def test_the_story_is_told_step_by_step_and_back(window, atlas):
    window.open()
    window.page.locator(".bv-start").click()
    window.settle()
    first, second = atlas.story[:2]
    expect(window.heading).to_have_text(first.titles["en"])
    assert window.view()["layers"] == list(atlas.step_views[first.id].layers)
    window.page.locator("a[rel=next]").click()
    window.settle()
    expect(window.heading).to_have_text(second.titles["en"])
    assert f"story={second.id}" in window.page.url
    hidden = select(atlas, atlas.step_views[second.id]).hidden
    assert set(window.js(ON_MAP)).isdisjoint(hidden)
    window.page.go_back()
    window.settle()
    expect(window.heading).to_have_text(first.titles["en"])
    window.page.keyboard.press("ArrowRight")
    window.settle()
    expect(window.heading).to_have_text(second.titles["en"])
    window.page.locator(".bv-panel .bv-back").first.click()
    window.settle()
    assert window.view()["story"] == ""


def test_a_record_in_the_story_leads_back_to_it(opened, whole):
    window = opened(whole).open("#story=the-crossing")
    window.page.locator(".bv-told .bv-in-text").first.click()
    window.settle()
    assert window.view()["story"] == "the-crossing"
    back = window.page.locator(".bv-panel .bv-back").first
    expect(back).to_have_text("Back to the story")
    back.click()
    window.settle()
    expect(window.page.locator(".bv-told")).to_be_visible()


def test_the_page_lies_over_the_map_and_goes(window, atlas):
    window.open(f"#sel={SOLDIER}")
    window.page.locator(".bv-ways a").last.click()
    window.settle()
    expect(window.page.locator(".bv-page h2")).to_have_text(atlas.pages[0].titles["en"])
    expect(window.page.locator(".bv-ways a").last).to_have_attribute(
        "aria-current", "page"
    )
    window.page.locator(".bv-page .bv-back").click()
    window.settle()
    expect(window.page.locator(".bv-page")).to_have_count(0)
    expect(window.heading).to_have_text(atlas.records[SOLDIER].title["en"])


def test_a_link_opens_the_same_view(opened, whole):
    query = f"#from=2000&mode=foot&layers=land-line.crossings-south&sel={SOLDIER}"
    one = opened(whole).open(f"{query}&circles=1&show=table&lang=ko")
    two = opened(whole).open(f"#{one.page.url.split('#')[1]}")
    views = [window.view() | {"at": ""} for window in (one, two)]
    assert views[0] == views[1]
    assert views[0]["circles"]
    assert set(one.js(ON_MAP)) == set(two.js(ON_MAP))


def test_what_a_link_has_that_nobody_knows_is_said(opened, whole):
    window = opened(whole).open("#sel=nobody&from=yesterday&<b>=<img src=x>")
    notes = window.page.locator(".bv-notes")
    expect(notes).to_contain_text("nobody")
    expect(notes).to_contain_text("from=yesterday")
    expect(notes.locator("img")).to_have_count(0)
    window.page.locator(".bv-start").click()
    window.settle()
    expect(notes).to_be_empty()


def test_a_copied_link_leads_to_where_the_atlas_is(opened, atlantis):
    window = opened(made(atlantis, address="https://example.org/atlas/")).open()
    link = "() => borderviz.host.link('#v=1&lang=fr&theme=dark')"
    assert window.js("() => borderviz.host.link('#v=1&from=1990')") == (
        "https://example.org/atlas/?v=1&from=1990"
    )
    assert "theme" not in window.js(link)


def test_a_part_opens_with_its_own_view_and_holds_no_more(opened, atlas):
    query = "mode=foot&lang=ko&layers=land-line.crossings-south&sel=" + SOLDIER
    window = opened(made(atlas, query)).open()
    wanted = select(atlas, decode_query(query, atlas, ()).view)
    assert window.js("() => borderviz.shell.facts.events.map(([id]) => id)") == list(
        wanted.ids
    )
    expect(window.heading).to_have_text(atlas.records[SOLDIER].title["ko"])
    assert window.view()["layers"] == ["land-line", "crossings-south"]
    window.page.locator(".bv-back").first.click()
    window.settle()
    expect(window.page.locator(".bv-held")).to_be_visible()
    other = next(i for i in wanted.hidden)
    window.open(f"#sel={other}")
    expect(window.page.locator(".bv-notes")).to_contain_text(other)


@pytest.mark.parametrize("atlas_name", ["atlantis", "hostile"])
def test_any_atlas_opens_and_runs_nothing_of_its_own(opened, request, atlas_name):
    found = request.getfixturevalue(atlas_name)
    window = opened(made(found)).open("#show=table&circles=1")
    for identity in found.records:
        window.js("(id) => borderviz.choose(id)", identity)
        window.settle()
    for fragment in ("#list=sources", *(f"#story={s.id}" for s in found.story)):
        window.open(fragment)
    window.page.locator(".bv-search input").fill("img")
    expect(window.page.locator(".bv-hits")).to_be_visible()
    assert window.js("() => window.pwned") is None


VIEWS = {
    "overview": "",
    "record": f"#sel={SOLDIER}",
    "story": "#story=the-crossing",
    "table": "#show=table&mode=foot",
    "page": "#page=about",
    "list": "#list=sources&lang=ko",
    "dark": "#theme=dark&circles=1",
}


@pytest.mark.parametrize("name", VIEWS)
def test_everybody_can_use_it(window, name):
    window.open(VIEWS[name])
    if name == "overview":
        fold_open(window)
        window.js("() => { document.querySelector('.bv-more').open = true; }")
    # The policy of the page keeps scripts out that are put in as elements.
    window.js(axe_source())
    assert window.js(SERIOUS) == []
    assert window.js("() => document.documentElement.scrollWidth - innerWidth") <= 0
