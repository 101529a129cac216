"""An atlas whose every text holds every payload, on every surface, in a real browser.

Other suites check one surface each, most of them on the markup. Here what
counts is what a browser does with it: no dialog, no error, no request,
nothing executed, nothing lost.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from borderviz.content import load
from borderviz.permalink import SHEETS
from drawn import own_names, svg_of
from hostile import EVERY, assert_harmless, hostile_copy

pytestmark = pytest.mark.browser
LISTS = ("events", "places", "lines", "facts", "timeline", "sources")
# Marks with a tooltip or a name of their own.
HOVER = ".bv-t, .bv-s, .bv-symbol, [role=graphics-symbol], .vega-embed path"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, atlantis):
    root = tmp_path_factory.mktemp("every") / "atlas"
    return load(hostile_copy(atlantis.root, root, (EVERY,)))


@pytest.fixture
def window(visit, serve, hostile):
    return visit(at=serve(hostile.root))


def mark_of(text):
    """The number at the end of a text, which is no other text's."""
    return text.rpartition(" ")[2]


def test_every_text_can_hold_every_payload(hostile):
    titles = {record.title["en"] for record in hostile.records.values()}
    assert len(titles) == len(hostile.records)
    assert all(title.startswith(EVERY) for title in titles)


def test_record_panels_and_popups(window, hostile):
    window.open("?circles=1")
    for record in hostile.records.values():
        window.js(
            "id => { const item = borderviz.items.get(id);"
            " if (item && item.at) borderviz.select(id, item.at);"
            " else borderviz.send({ set: { sel: id } }); }",
            record.id,
        )
        expect(window.title).to_contain_text(mark_of(record.title["en"]))
        if record.id in hostile.positions:
            mark = mark_of(record.title["en"])
            expect(window.popup.last).to_contain_text(mark)
    for symbol in window.in_map.locator(".bv-symbol:visible").all()[:8]:
        symbol.hover(force=True)
    assert_harmless(window.page)


@pytest.mark.parametrize("name", LISTS)
def test_lists(window, name):
    window.open(f"?list={name}")
    expect(window.title).to_be_visible()
    assert_harmless(window.page)


@pytest.mark.parametrize("sheet", SHEETS)
def test_sheets_and_their_tooltips(window, sheet):
    window.open(f"?show={sheet}")
    page = window.page
    expect(page.locator("[aria-expanded=true].bv-tab")).to_be_visible()
    for mark in page.locator(HOVER).all()[:12]:
        if mark.is_visible():
            mark.hover(force=True)
    assert_harmless(page)


def test_story_and_pages(window, hostile):
    for query in (
        *(f"?story={step.id}" for step in hostile.story),
        *(f"?page={page.id}" for page in hostile.pages),
        "?lang=eo",
        "?embed=true",
        f"?embed=true&sel={next(iter(hostile.positions))}",
    ):
        window.open(query)
        assert_harmless(window.page)


def test_search_says_what_it_found_and_what_not(window):
    window.open()
    field = window.page.locator(".st-key-search input")
    for words in ("img", "<img src=x onerror=window.top.pwned=1>", "${x}", "`", "no\0"):
        field.fill(words)
        expect(window.page.locator(".bv-hits")).to_be_visible()
    assert_harmless(window.page)


def test_the_title_of_the_window_is_the_text(window, hostile):
    record = next(iter(hostile.positions))
    window.open(f"?sel={record}")
    mark = mark_of(hostile.records[record].title["en"])
    window.page.wait_for_function("mark => document.title.includes(mark)", arg=mark)
    assert "<img src=x onerror=" in window.page.title()


def test_every_picture_opened_as_a_document(watched, hostile, tmp_path):
    """Where an SVG could run a script: as a page of its own, not in an image."""
    names = own_names(hostile)
    assert len(names) > 3
    for number, name in enumerate(names):
        path = tmp_path / f"{number}.svg"
        path.write_bytes(svg_of(name, hostile))
        watched.goto(path.as_uri())
        assert watched.evaluate("() => window.pwned") is None
        assert watched.locator("script, image, a, foreignObject").count() == 0
