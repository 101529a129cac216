"""Citing in the browser: the fold of a record, and the map of a notebook, offline."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from borderviz.api import View
from borderviz.content import load
from borderviz.permalink import default_view
from borderviz.render.citation import record_citation
from borderviz.render.context import Context
from hostile import hostile_copy

RECORD = "2017-11-13-jsa"
# What is drawn of each layer of the map, by the id of the feature.
DRAWN = """() => {
  const map = Object.values(window).find(x => x && x instanceof L.Map);
  const found = [];
  map.eachLayer((x) => {
    if (x.feature) found.push([x.feature.id, x instanceof L.CircleMarker]);
  });
  return found;
}"""
CLICK = """id => {
  const map = Object.values(window).find(x => x && x instanceof L.Map);
  map.eachLayer((x) => {
    const latlng = x.feature && x.feature.id === id && x.getLatLng();
    if (latlng) x.fire('click', { latlng }, true);
  });
}"""


# --- the fold -------------------------------------------------------------------------


def copied(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_a_record_is_copied_in_every_style(visit, atlas):
    window = visit(permissions=["clipboard-read", "clipboard-write"])
    window.open(f"?v=1&sel={RECORD}")
    fold = window.detail.locator("details.bv-cite")
    expect(fold.locator("pre").first).to_be_hidden()
    fold.locator("summary").click()
    context = Context(atlas, default_view(atlas))
    today = dt.datetime.now().astimezone().date()
    citation = record_citation(atlas.records[RECORD], context, today=today)
    for number, style in enumerate(("plain", "bibtex", "csl")):
        link = fold.get_by_role("link").nth(number)
        link.click()
        expect(link).to_have_text("Copied")
        assert copied(window.page).rstrip("\n") == citation.text(style).rstrip("\n")
        expect(link).to_have_text("Copy")
    assert fold.evaluate("node => node.open")
    assert window.query == {"v": "1", "sel": RECORD}


def test_without_leave_to_copy_the_text_is_marked(visit):
    window = visit()
    window.page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText:"
        " () => Promise.reject(new Error('no'))}})"
    )
    window.open(f"?v=1&sel={RECORD}")
    fold = window.detail.locator("details.bv-cite")
    fold.locator("summary").click()
    fold.get_by_role("link").nth(1).click()
    window.page.wait_for_function("() => getSelection().toString().startsWith('@misc')")


# --- the map of a notebook ------------------------------------------------------------


@pytest.fixture
def opened(browser, tmp_path):
    """Open a map from disk, as a file and as a notebook's cell; note what it does."""
    contexts, faults, asked = [], [], []

    def run(found, how="file"):
        path = tmp_path / f"{how}.html"
        if how == "file":
            found.save(path)
        else:
            path.write_text(f"<!DOCTYPE html>{found._repr_html_()}", "utf-8")
        context = browser.new_context(viewport={"width": 900, "height": 600})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        return page, path.as_uri()

    yield run
    for context in contexts:
        context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith(("file:", "about:"))] == []


def test_a_map_from_disk_shows_lines_and_events(opened, atlas):
    view = View(atlas, default_view(atlas)).select(mode="foot", since="1998")
    page, _ = opened(view.map())
    page.wait_for_selector("path.leaflet-interactive")
    drawn = page.evaluate(DRAWN)
    points = {name.rpartition("-")[0] for name, is_point in drawn if is_point}
    lines = {name.rpartition("-")[0] for name, is_point in drawn if not is_point}
    placed = {r.id for r in view if r.id in atlas.positions}
    assert placed <= points
    assert not (points & view.selection.hidden)
    assert {"china-border-yalu", "mdl"} & lines
    legend = page.locator(".leaflet-control-layers label")
    expect(legend.first).to_be_visible()
    credit = page.locator(".leaflet-control-attribution")
    expect(credit).to_contain_text("OpenStreetMap")
    expect(credit).to_contain_text(atlas.fingerprint)
    assert page.locator(".leaflet-control-attribution a").count() == 0


def test_a_cell_of_a_notebook_shows_the_map(opened, atlantis):
    page, _ = opened(View(atlantis, default_view(atlantis)).map(), how="cell")
    frame = page.frame_locator("iframe")
    expect(frame.locator("path.leaflet-interactive").first).to_be_attached()
    expect(frame.locator(".leaflet-control-layers")).to_be_visible()


def test_hostile_words_stay_words_on_the_map(opened, atlantis, tmp_path):
    spoilt = load(hostile_copy(atlantis.root, tmp_path / "atlas"))
    view = View(spoilt, default_view(spoilt))
    page, address = opened(view.map())
    page.wait_for_selector("path.leaflet-interactive")
    names = page.locator(".leaflet-control-layers label").all_inner_texts()
    context = view.context
    wanted = [context.plain(x.name) for x in spoilt.settings.layers]
    for name in names:
        assert any(" ".join(w.split()) in " ".join(name.split()) for w in wanted)
    popup = page.locator(".leaflet-popup-content")
    for record in view:
        if record.id not in spoilt.positions:
            continue
        (name,) = (
            name
            for name, is_point in page.evaluate(DRAWN)
            if is_point and name.rpartition("-")[0] == record.id
        )
        page.evaluate(CLICK, name)
        title = " ".join(context.plain(record.title).split())
        expect(popup.last).to_contain_text(title.strip("\ufeff\x85"))
    assert page.evaluate("window.pwned") is None
    assert page.url == address
    assert page.locator("img, svg[onload]").count() == 0
