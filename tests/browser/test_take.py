"""Taking things along by click: each file is what was asked for, and the page stays."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pyogrio
import pytest
from playwright.sync_api import expect

from borderviz.export.table import chosen
from borderviz.permalink import decode_query
from borderviz.selection import select
from borderviz.ui.take_files import FORMS
from browser.audit import axe_source, clipped, faults, settle, too_small

pytestmark = pytest.mark.browser

VIEWS = ("mode=foot&from=2010&lang=ko", "layers=none", "")
SHEET = ".st-key-take"


def of(atlas, query):
    view = decode_query(query, atlas, ()).view
    return view, select(atlas, view)


def sheet_of(dashboard, query):
    dashboard.open(f"?{query}&show=take")
    expect(
        dashboard.page.locator(f"{SHEET} .st-key-take-get-svg button")
    ).to_be_visible()
    settle(dashboard)
    dashboard.sent.clear()
    dashboard.js("() => { window.mark = 'the same map'; }")
    return dashboard.page


def download(page, key) -> tuple[str, bytes]:
    """Click a button and take what it hands over."""
    button = page.locator(f".st-key-take-get-{key} button")
    with page.expect_download() as found:
        button.click()
    expect(button).to_be_enabled()
    return found.value.suggested_filename, Path(found.value.path()).read_bytes()


def choose(dashboard, what: str, number: int, says: str) -> None:
    """Make a choice in the sheet; the program runs then, which a download must not."""
    dashboard.page.locator(f".st-key-take-{what} button").nth(number).click()
    expect(dashboard.page.locator(SHEET)).to_contain_text(says)
    settle(dashboard)
    dashboard.sent.clear()


def stayed(dashboard) -> None:
    """One message asked for the file and none for a run; the map is the one it was."""
    assert len(dashboard.sent) == 1
    assert dashboard.js("window.mark") == "the same map"


def ids_in(name: str, body: bytes, folder: Path) -> list[str]:
    """Read the ids out of one file of data."""
    if name.endswith(".csv"):
        return [
            row["id"] for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
        ]
    path = folder / name
    path.write_bytes(body)
    return [
        identity
        for layer in pyogrio.list_layers(path)[:, 0]
        for identity in pyogrio.read_dataframe(path, layer=layer).get("id", [])
    ]


def data_of(archive: bytes) -> dict[str, bytes]:
    """The files of data in an archive; every archive explains itself."""
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        names = found.namelist()
        assert {"README.txt", "citations.bib", "citations.txt"} <= set(names)
        endings = tuple(FORMS)
        return {name: found.read(name) for name in names if name.endswith(endings)}


@pytest.mark.parametrize("query", VIEWS)
def test_all_formats_hold_what_the_view_shows(visit, atlas, tmp_path, query):
    dashboard = visit()
    page = sheet_of(dashboard, query)
    view, selection = of(atlas, query)
    name, archive = download(page, "all")
    assert name == f"{atlas.settings.id}-events-{atlas.fingerprint}.zip"
    found = data_of(archive)
    assert {x.rsplit(".")[-1] for x in found} == set(FORMS)
    for name, body in found.items():
        if not name.endswith("parquet"):
            assert sorted(ids_in(name, body, tmp_path)) == sorted(selection.ids)
    stayed(dashboard)
    more = len(chosen(atlas, view, scope="layers")) - len(selection.records)
    choose(dashboard, "scope", 1, str(more) if more else "(0)")
    name, archive = download(page, "csv")
    assert name == f"{atlas.settings.id}-layers-csv-{atlas.fingerprint}.zip"
    ((name, body),) = data_of(archive).items()
    every = [record.id for record in chosen(atlas, view, scope="layers")]
    assert ids_in(name, body, tmp_path) == every
    stayed(dashboard)


@pytest.mark.parametrize("form", FORMS)
def test_one_format_comes_alone(visit, form):
    page = sheet_of(visit(), "mode=swim")
    _, archive = download(page, form)
    (name,) = data_of(archive)
    assert name.endswith(f".{form}")


def test_pictures_come_as_they_are_asked_for(visit, atlas):
    dashboard = visit(color_scheme="dark")
    page = sheet_of(dashboard, "mode=foot")
    name, picture = download(page, "svg")
    assert name == f"{atlas.settings.id}-map-web-dark-{atlas.fingerprint}.svg"
    assert picture.lstrip().startswith((b"<?xml", b"<svg"))
    choose(dashboard, "size", 2, "1,080")
    name, picture = download(page, "png")
    assert name == f"{atlas.settings.id}-map-slide-dark-{atlas.fingerprint}.png"
    assert picture.startswith(b"\x89PNG")
    assert [int.from_bytes(picture[x : x + 4]) for x in (16, 20)] == [1920, 1080]
    stayed(dashboard)


def test_the_single_file_holds_the_view_and_nothing_else(visit, atlas, tmp_path):
    dashboard = visit(may_leave=("",))  # a file has no host
    page = sheet_of(dashboard, "mode=swim")
    name, document = download(page, "page")
    assert name == f"{atlas.settings.id}-page-{atlas.fingerprint}.html"
    stayed(dashboard)
    path = tmp_path / name
    path.write_bytes(document)
    page.goto(path.as_uri())
    page.wait_for_function("() => document.body.dataset.shown")
    _, selection = of(atlas, "mode=swim")
    held = set(page.evaluate("[...borderviz.all.keys()]"))
    assert set(selection.ids) <= held
    assert not held & selection.hidden


def test_a_citation_is_copied_and_taken(visit, atlas):
    dashboard = visit(permissions=["clipboard-read", "clipboard-write"])
    page = sheet_of(dashboard, "mode=swim")
    page.locator(".st-key-take-cite-style button").nth(2).click()
    text = page.locator("#bv-view-citation")
    expect(text).to_be_visible()
    page.locator(".st-key-take-cite [data-bv=copy-text]").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    _, taken = download(page, "citation")
    assert json.loads(copied) == json.loads(taken)
    assert {item["id"] for item in json.loads(taken)}


def test_the_lines_to_embed_show_this_view_where_the_map_was_left(visit):
    dashboard = visit(permissions=["clipboard-read", "clipboard-write"])
    page = sheet_of(dashboard, "mode=swim")
    dashboard.look_at(38.25, 127.5, 9)
    dashboard.wait_address(at="38.250,127.500,9")
    page.locator(".st-key-take-embed [data-bv=copy-text]").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#bv-snippet").text_content()
    (source,) = re.findall(r'src="([^"]*)"', copied)
    address = source.replace("&amp;", "&")
    assert address.startswith(f"{dashboard.origin}/?embed=true&")
    inner = visit()
    inner.page.set_content(copied)
    frame = inner.page.frame_locator("iframe").frame_locator(".st-key-map iframe")
    expect(frame.locator("body[data-shown]")).to_be_attached()
    where = frame.locator("body").evaluate(
        "() => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]"
    )
    assert [round(x, 2) for x in where] == [38.25, 127.5, 9]


def test_a_file_that_cannot_be_made_is_told_in_the_reader_s_words(visit):
    page = sheet_of(visit(), "lang=ko")
    words = page.locator(SHEET).evaluate(
        """(sheet) => {
          const box = document.createElement("small");
          box.dataset.testid = "stDownloadButtonError";
          box.textContent = "Failed";
          sheet.querySelector(".stDownloadButton").append(box);
          const { content, fontSize } = getComputedStyle(box, "::after");
          return [content, parseFloat(fontSize), getComputedStyle(box).fontSize];
        }"""
    )
    assert "만들지 못했다" in words[0]
    assert words[1] >= 11
    assert words[2] == "0px"


@pytest.mark.parametrize(
    ("size", "lang", "scheme"),
    [
        ((1400, 900), "en", "light"),
        ((390, 844), "ko", "dark"),
        ((360, 640), "en", "dark"),
    ],
)
def test_the_sheet_fits_and_can_be_used_by_all(visit, size, lang, scheme):
    width, height = size
    dashboard = visit(viewport={"width": width, "height": height}, color_scheme=scheme)
    dashboard.page.context.add_init_script(axe_source())
    page = sheet_of(dashboard, f"lang={lang}")
    assert faults(dashboard) == []
    assert clipped(page) == []
    if width < 820:
        assert too_small(page) == []
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
