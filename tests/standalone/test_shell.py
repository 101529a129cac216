"""The same page as files beside each other, as a site has it, and as a map to embed."""

from __future__ import annotations

import html5lib
import pytest
from playwright.sync_api import expect

from borderviz.permalink import decode_query
from borderviz.render.context import Context
from borderviz.selection import select
from borderviz.standalone.sheets import plain_rules, reading_css
from borderviz.standalone.shell import as_script, document, material

from .conftest import TODAY, Opened

LANGUAGES = {"en": "en.html", "ko": "ko.html"}


@pytest.fixture(scope="module")
def folder(atlas, tmp_path_factory):
    """Write the pages and the files that they share."""
    found = tmp_path_factory.mktemp("shell")
    view = decode_query("", atlas, ()).view
    made = material(select(atlas, view), Context(atlas, view), today=TODAY)
    (found / "map.js").write_text(made.script, "utf-8")
    (found / "map.css").write_text(made.css, "utf-8")
    for name, block in made.blocks.items():
        (found / f"{name}.js").write_text(as_script(name, block), "utf-8")
    files = {name: f"{name}.js" for name in made.blocks}
    for lang, name in LANGUAGES.items():
        text = document(
            made,
            lang,
            kind="site",
            script="map.js",
            sheet="map.css",
            blocks=files,
            languages=LANGUAGES,
            ways=[("<Table>", "table.html")],
            pages={"about": "about.html"},
        )
        (found / name).write_text(text, "utf-8")
    text = document(
        made,
        "en",
        kind="embed",
        script="map.js",
        sheet="map.css",
        blocks=files,
        full="en.html",
    )
    (found / "embed.html").write_text(text, "utf-8")
    return found


@pytest.mark.parametrize("name", ["en.html", "ko.html", "embed.html"])
def test_markup_is_well_formed(folder, name):
    html5lib.HTMLParser(strict=True).parse((folder / name).read_text("utf-8"))


def test_the_page_is_small_without_its_files(folder):
    assert (folder / "en.html").stat().st_size < 40_000
    assert "&lt;Table&gt;" in (folder / "en.html").read_text("utf-8")


@pytest.fixture
def disk(browser, folder):
    windows = []

    def make(name):
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        windows.append(Opened(context.new_page(), folder / name))
        return windows[-1]

    yield make
    for window in windows:
        window.page.context.close()
        assert window.faults == []


@pytest.mark.browser
def test_files_are_read_when_they_are_needed(disk):
    window = disk("en.html")
    asked = []
    window.page.on("request", lambda request: asked.append(request.url))
    window.open()
    names = {url.rpartition("/")[2] for url in asked}
    assert {"map.js", "map.css", "start.js", "start-en.js", "base.js"} <= names
    assert not {"panels-en.js", "panels-ko.js", "words-ko.js", "search.js"} & names
    window.page.locator(".bv-item").first.click()
    window.settle()
    assert asked[-1].endswith("panels-en.js")
    ways = window.page.locator(".bv-ways a")
    hrefs = ways.evaluate_all("(all) => all.map((x) => x.getAttribute('href'))")
    assert hrefs[1:] == ["about.html", "table.html"]


@pytest.mark.browser
def test_another_language_is_another_page_with_the_same_view(disk, atlas):
    window = disk("en.html").open("#sel=mdl&mode=foot")
    window.page.locator(".bv-langs [data-lang=ko]").click()
    window.page.wait_for_url("**/ko.html#*")
    window.settle()
    expect(window.heading).to_have_text(atlas.records["mdl"].title["ko"])
    assert "mode=foot" in window.page.url
    window.open("#sel=mdl&lang=en")
    window.page.wait_for_url("**/en.html#sel=mdl")


@pytest.mark.browser
def test_a_link_to_the_program_means_the_same_here(disk, atlas):
    window = disk("en.html")
    window.page.goto(f"{window.path.as_uri()}?v=1&sel=mdl&from=1998")
    window.settle()
    expect(window.heading).to_have_text(atlas.records["mdl"].title["en"])
    assert window.view()["filters"]["since"] == "1998"


@pytest.mark.browser
def test_an_embedded_map_has_popups_and_the_way_to_its_whole(disk, atlas):
    window = disk("embed.html")
    window.page.goto(f"{window.path.as_uri()}#mode=foot&at=38.3,127.2,8")
    window.js(
        """async () => {
          while (!document.body.dataset.panel || !document.body.dataset.shown) {
            await new Promise((done) => requestAnimationFrame(done));
          }
        }"""
    )
    wanted = select(atlas, decode_query("mode=foot", atlas, ()).view)
    shown = window.js("() => borderviz.shell.codec.select(borderviz.shell.view()).ids")
    assert shown == list(wanted.ids)
    window.js("(id) => borderviz.choose(id)", "2025-10-19-cheorwon-soldier")
    expect(window.page.locator(".leaflet-popup")).to_be_visible()
    expect(window.page.locator(".bv-panel")).to_have_count(0)
    href = window.page.locator(".bv-full").get_attribute("href")
    assert href.startswith("en.html#")
    assert "sel=2025-10-19-cheorwon-soldier" in href
    expect(window.page.locator(".bv-credit")).to_contain_text("OpenStreetMap")


def test_a_style_sheet_for_reading_knows_nothing_of_streamlit(atlas):
    css = reading_css(atlas)
    assert ".bv-record" in css
    for layer in atlas.settings.layers:
        assert f".bv-w-{layer.id}" in css
    for word in (".st", "data-testid", "baseweb"):
        assert word not in css


@pytest.mark.parametrize(
    ("css", "plain"),
    [
        (".a{x:1}", ".a{x:1}"),
        (".stApp .a{x:1}", ""),
        (".a, .st-key-b:is(.c, .d), .e{x:1}", ".a, .e{x:1}"),
        (':is(.st-key-a [data-testid="b"],.c)::before{x:1}', ""),
        ("@media print{.stApp{x:1}}", ""),
        ("@media print{.a{x:1}.stApp{x:1}}", "@media print{.a{x:1}}"),
        ('.a::before{content:"}"}.b{x:1}', '.a::before{content:"}"}\n.b{x:1}'),
        ("@keyframes k{from{x:1}}", "@keyframes k{from{x:1}}"),
        ("/* .stApp{} */.a{x:1}", ".a{x:1}"),
        ("header, footer{x:1}", "header{x:1}"),
    ],
)
def test_rules_are_taken_out_one_by_one(css, plain):
    assert plain_rules(css) == plain
