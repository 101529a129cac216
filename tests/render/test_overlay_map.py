"""A reader's rows on their way to the map: packed once, then a mask for each change."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest
import shapely

from borderviz.content import load
from borderviz.overlay.build import build
from borderviz.overlay.roles import recognise
from borderviz.overlay_files import read_file
from borderviz.render.css import map_css, page_css
from borderviz.render.map_data import MAP_TEXTS, words_data
from borderviz.render.overlay_map import TITLE, command, packed_html
from borderviz.render.overlay_style import MARKS, OTHER, kinds, marks
from borderviz.render.web_files import OVERLAY_SCRIPTS, symbol_paths, web_file
from borderviz.theme import load_theme
from conftest import ATLANTIS
from hostile import ALL

TYPES = {"i4": "<i4", "f4": "<f4", "i2": "<i2", "u1": "u1"}


@pytest.fixture(scope="module")
def atlas():
    return load(ATLANTIS)


@pytest.fixture(scope="module")
def overlay(atlas):
    """Four rows of two categories, one without; the last is known within 5 km."""
    text = (
        "title,lat,lon,date,category,radius\n"
        "One,0.55,10.1,2001-05,seen,\n"
        "Two,0.61,10.4,1999,heard,\n"
        "Three,0.62,10.45,1998,,\n"
        "Four,-0.7,10.512345,2003-01-02,seen,5\n"
    )
    raw = read_file(text.encode(), "rows.csv")
    return build(raw, "rows.csv", recognise(raw), atlas)


def unpacked(html):
    """The words and the arrays of a packed element, as the map's script reads them."""
    text = re.fullmatch(r"<div [^>]*>([^<]*)</div>", html)[1]
    data = zlib.decompress(b64decode(text, validate=True), -15)
    length = int.from_bytes(data[:4], "little")
    head = json.loads(data[4 : 4 + length])
    at = 4 + length
    for name, kind, count in head["arrays"]:
        dtype = np.dtype(TYPES[kind])
        assert at % dtype.itemsize == 0, f"{name} does not lie on its boundary"
        head[name] = np.frombuffer(data, dtype, count, at)
        at += count * dtype.itemsize
    assert at == len(data)
    return head


def places(found, name="at"):
    return found[name].reshape(-1, 2) / found["units"]


def paths(found):
    """Each line and each area: its row, whether it is an area, its rings."""
    vertices = found["path"].reshape(-1, 2).cumsum(axis=0) / found["units"]
    rings = np.split(vertices, found["ringSizes"].cumsum()[:-1])
    of_parts = np.split(np.arange(len(rings)), found["partRings"].cumsum()[:-1])
    return [
        (int(row), bool(is_area), [rings[n] for n in numbers])
        for row, is_area, numbers in zip(
            found["partRows"], found["areas"], of_parts, strict=True
        )
    ]


def test_rows_arrive_as_they_are(overlay):
    html = packed_html(overlay)
    found = unpacked(html)
    assert places(found) == pytest.approx(
        np.column_stack([overlay.lons, overlay.lats]), abs=1e-5
    )
    assert found["titles"].split("\n") == ["One", "Two", "Three", "Four"]
    assert found["dates"].split("\n") == list(overlay.dates)
    assert (
        found["numbers"].cumsum().tolist() == overlay.numbers.tolist() == [2, 3, 4, 5]
    )
    assert found["categories"] == ["seen", "heard"]
    assert found["category"].tolist() == [0, 1, -1, 0]
    assert found["radii"][:3] == pytest.approx([np.nan] * 3, nan_ok=True)
    assert found["radii"][3] == 5
    assert not found["shaped"].any()
    assert f'data-version="{overlay.version}"' in html
    assert " hidden>" in html


@pytest.mark.parametrize("text", ALL)
def test_no_text_of_an_upload_stands_in_the_element(overlay, text):
    spoilt = replace(overlay, titles=(text, *overlay.titles[1:]))
    html = packed_html(spoilt)
    assert re.fullmatch(
        r'<div class="[\w-]+" data-version="\w+" hidden>[\w+/=]+</div>', html
    )
    kept = unpacked(html)["titles"].split("\n")
    assert len(kept) == len(overlay)
    legible = text.encode("utf-8", "replace").decode()
    if len(text) > TITLE:
        assert kept[0] == legible[: TITLE - 1] + "…"
    else:
        assert kept[0] == legible


def test_a_line_end_in_a_title_moves_no_other_title(overlay):
    spoilt = replace(overlay, titles=("a\nb", *overlay.titles[1:]))
    assert unpacked(packed_html(spoilt))["titles"].split("\n")[:2] == ["a b", "Two"]


def test_very_many_long_titles_are_cut_shorter(overlay):
    count = 60_000
    many = replace(
        overlay,
        numbers=np.arange(count, dtype=np.int32),
        titles=("x" * 150,) * count,
        dates=("",) * count,
        date_ends=("",) * count,
        lons=np.zeros(count),
        lats=np.zeros(count),
        radii_km=np.full(count, np.nan),
        category=np.full(count, -1, np.int16),
        categories=(),
    )
    titles = unpacked(packed_html(many))["titles"].split("\n")
    assert len(titles) == count
    assert 20 <= max(map(len, titles)) < 70


def test_lines_and_areas_are_taken_apart(overlay):
    square = shapely.box(10, 0, 11, 1)
    holed = square.difference(shapely.box(10.4, 0.4, 10.6, 0.6))
    line = shapely.LineString([(10, 0), (10.5, 0.25), (11, 0)])
    mixed = shapely.GeometryCollection(
        [
            shapely.Point(9, 9),
            shapely.GeometryCollection([line, shapely.MultiPolygon([square])]),
            shapely.Polygon(),
        ]
    )
    shapes = np.array([None, holed, mixed, line], dtype=object)
    found = unpacked(packed_html(replace(overlay, shapes=shapes)))
    assert found["shaped"].tolist() == [0, 1, 1, 1]
    assert found["pointRows"].tolist() == [2]
    assert places(found, "points").tolist() == [[9, 9]]
    drawn = paths(found)
    assert [(row, is_area, len(rings)) for row, is_area, rings in drawn] == [
        (1, True, 2),
        (2, False, 1),
        (2, True, 1),
        (3, False, 1),
    ]
    outer, hole = drawn[0][2]
    assert shapely.Polygon(outer, [hole]).equals(holed)
    assert drawn[3][2][0].tolist() == [[10, 0], [10.5, 0.25], [11, 0]]


def test_a_row_whose_shape_is_empty_is_a_point(overlay):
    shapes = np.array([shapely.Polygon(), None, None, None], dtype=object)
    found = unpacked(packed_html(replace(overlay, shapes=shapes)))
    assert not found["shaped"].any()


def test_the_mask_has_a_bit_for_each_row(overlay):
    mask = np.array([True, False, True, False])
    bits = command(overlay, mask)["shown"]
    read = np.unpackbits(np.frombuffer(b64decode(bits), np.uint8), bitorder="little")
    assert read[:4].tolist() == [1, 0, 1, 0]
    assert command(overlay, np.ones(4, bool))["shown"] == ""
    assert command(overlay, np.zeros(4, bool))["shown"] != ""


def test_a_command_says_what_is_chosen_and_whether_any_is_shown(overlay):
    found = command(overlay, np.ones(4, bool), 2, on=False)
    assert found == {"version": overlay.version, "shown": "", "on": False, "chosen": 2}


def test_a_command_for_the_most_rows_is_small(overlay):
    mask = np.arange(100_000) % 3 == 0
    assert len(json.dumps(command(overlay, mask))) < 20_000


def test_eight_categories_have_marks_of_their_own(overlay):
    names = tuple("abcdefghij")
    many = replace(
        overlay, categories=names, category=np.array([0, 7, 9, -1], np.int16)
    )
    assert marks(many) == (*MARKS, OTHER, OTHER)
    assert kinds(many).tolist() == [0, 7, 8, 8]
    assert len({m.token for m in (*MARKS, OTHER)}) == 9
    assert len({m.symbol for m in (*MARKS, OTHER)}) == 9


def test_without_categories_all_rows_look_alike(overlay):
    plain = replace(overlay, categories=(), category=np.full(4, -1, np.int16))
    assert kinds(plain).tolist() == [0, 0, 0, 0]
    assert marks(plain) == ()


def test_every_mark_has_a_colour_a_shape_and_a_class(atlas):
    theme = load_theme()
    for mark in (*MARKS, OTHER):
        assert mark.symbol in symbol_paths()
        assert mark.token in theme.light
        assert mark.token in theme.dark
        for css in (map_css(atlas), page_css(atlas, symbol_paths())):
            assert f".bv-c-{mark.token}{{--c:var(--bv-{mark.token})}}" in css


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_map_has_every_word_that_its_script_says(atlas, lang):
    said = {
        key
        for name in OVERLAY_SCRIPTS
        for key in re.findall(r'bv\.say\("([\w-]+)"', web_file(name))
    }
    assert said
    assert said <= set(MAP_TEXTS)
    words = words_data(atlas, lang)
    assert all(words["ui"][key] for key in said)
    assert words["locale"].split("-")[0] == lang
