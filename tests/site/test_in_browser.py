"""A site in a real browser: from a disk and from a plain server, without a network."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from urllib.parse import urlsplit

import pytest

from browser.audit import SERIOUS, TOUCH, axe_source

pytestmark = pytest.mark.browser

RECORD = "2025-10-19-cheorwon-soldier"
KINDS = (
    *("table.html", "story.html", "strip.html", "charts.html", "numbers.html"),
    *("limits.html", "about.html", "downloads.html", "all.html", "sources.html"),
    *(
        "events.html",
        "records/index.html",
        f"records/{RECORD}.html",
        "records/mdl.html",
    ),
)
# The budget of the first view of the map, compressed.
FIRST_VIEW = 500_000
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"
# Controls a finger could not meet; links within a line of text are let off.
SMALL = """(least) => [...document.querySelectorAll("header a, main .bv-button")]
  .filter(a => a.checkVisibility() && !a.closest(".bv-skip, .bv-site-name"))
  .map(a => [a.getBoundingClientRect(), a.textContent])
  .filter(([box]) => box.height < least - 0.5).map(([box, words]) => words)"""


@pytest.fixture(scope="module")
def served(real):
    """A server that knows nothing but files."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=str(real.folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["disk", "server"])
def home(request, real):
    if request.param == "disk":
        return real.folder.as_uri()
    return request.getfixturevalue("served")


@pytest.fixture
def window(browser):
    """Open a window; in the end nothing was asked elsewhere, and nothing went wrong."""
    contexts, faults, asked = [], [], []

    def make(**options):
        options = {"viewport": {"width": 1400, "height": 900}, **options}
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console", lambda m: faults.append(m.text) if m.type == "error" else None
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []
    own = {"localhost", None, ""}
    assert [url for url in asked if urlsplit(url).hostname not in own] == []


def shown(page, address):
    page.goto(address)
    page.wait_for_selector("body[data-shown]", state="attached")
    return page


@pytest.mark.parametrize("path", ["index.html", "en/index.html", "ko/index.html"])
def test_the_map_is_complete(window, home, path, real):
    page = shown(window(), f"{home}/{path}")
    assert page.locator(".bv-symbol").count() > 5
    assert str(len(real.selection.records)) in page.locator(".bv-sentence").inner_text()


def test_a_record_page_leads_to_the_record_on_the_map_and_to_the_other_language(
    window, home, real
):
    page = window()
    page.goto(f"{home}/en/records/{RECORD}.html")
    page.locator(".bv-actions .bv-start").click()
    page.wait_for_selector("body[data-shown]", state="attached")
    title = real.atlas.records[RECORD].title
    page.locator(".bv-detail h2", has_text=title["en"]).wait_for()
    page.go_back()
    page.locator(".bv-languages a").click()
    assert page.locator("h1").inner_text() == title["ko"]


def test_the_first_view_of_the_map_keeps_its_budget(window, served):
    page, found = window(), []
    page.on("requestfinished", lambda request: found.append(request))
    shown(page, f"{served}/en/index.html")
    sizes = [len(gzip.compress(r.response().body(), 9)) for r in found]
    assert 10 > len(sizes) > 3
    assert sum(sizes) <= FIRST_VIEW


def test_pages_are_read_without_a_script(window, home, real):
    page = window(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(f"{home}/ko/records/{RECORD}.html")
    record = real.atlas.records[RECORD]
    text = page.locator("main").inner_text()
    assert all(s.text["ko"] in text for s in record.statements)
    page.goto(f"{home}/en/table.html")
    assert page.locator("tbody tr").count() == len(real.selection.records)
    page.goto(f"{home}/en/index.html")
    assert real.atlas.settings.title["en"] in page.locator("body").inner_text()


def test_a_heading_sorts_the_table_both_ways(window, home, real):
    page = window()
    page.goto(f"{home}/en/table.html")
    people = [r.people for r in real.selection.records if r.people is not None]
    cell = page.locator("tbody tr").first.locator("td").nth(5)
    for order, wanted in (("ascending", min(people)), ("descending", max(people))):
        head = page.locator("#bv-by-people")
        head.locator("a").click()
        assert head.get_attribute("aria-sort") == order
        assert cell.inner_text() == f"{wanted:,}"


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_page_fits_a_phone_and_every_reader(window, real, lang, path):
    page = window(
        viewport={"width": 390, "height": 844},
        bypass_csp=True,
        color_scheme="dark" if lang == "ko" else "light",
    )
    page.goto(f"{real.folder.as_uri()}/{lang}/{path}")
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL, TOUCH) == []
    page.evaluate(axe_source())
    assert page.evaluate(SERIOUS) == []


def test_the_map_of_a_site_has_no_fault_that_axe_knows(window, real):
    page = shown(window(bypass_csp=True), f"{real.folder.as_uri()}/en/index.html")
    page.evaluate(axe_source())
    assert page.evaluate(SERIOUS) == []


def test_the_embedded_map_leads_to_the_whole_with_what_it_shows(window, home):
    page = shown(window(), f"{home}/en/embed.html#from=1998&mode=foot")
    link = page.get_by_role("link", name="Open the full atlas")
    assert "from=1998" in (link.get_attribute("href") or "")
    assert "OpenStreetMap" in page.locator("body").inner_text()
