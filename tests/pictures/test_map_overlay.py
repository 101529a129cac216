"""A reader's own rows on the picture of the map: all of them, named as theirs."""

from __future__ import annotations

import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from PIL import Image

from borderviz.pictures.catalogue import picture
from borderviz.pictures.map_overlay import Own
from borderviz.render.overlay_style import MARKS, OTHER, kinds
from hostile import ALL
from mapped import SVG, TODAY, plate, texts
from overlay.tables import built
from own_rows import along, asked, everything, hostile


def drawn(atlas, overlay, form="svg", mask=None, chosen=-1, query="", name="map"):
    own = Own(overlay, everything(overlay) if mask is None else mask, chosen)
    return picture(name, *asked(atlas, query), form=form, today=TODAY, own=own)


def root_of(*args, **how):
    return ET.fromstring(drawn(*args, **how))


def words(root, name):
    return " ".join(x.words for x in texts(root) if x.plate == name)


def marks_in(root):
    """How many symbols there are by token: each is one subpath."""
    found = {}
    for group in plate(root, "own").iter(f"{SVG}g"):
        token = group.get("id", "").removeprefix("own-")
        for path in group.findall(f"{SVG}path"):
            if token.startswith("overlay-"):
                starts = path.get("d").count("M ")
                found[token] = found.get(token, 0) + starts
    return found


def test_each_row_is_drawn_in_the_mark_of_its_category(atlantis):
    overlay = along(atlantis, 40)
    mask = np.arange(40) % 4 != 1
    root = root_of(atlantis, overlay, mask=mask)
    counts = np.bincount(kinds(overlay)[mask], minlength=len(MARKS) + 1)
    tokens = [mark.token for mark in (*MARKS, OTHER)]
    wanted = {t: n for t, n in zip(tokens, counts.tolist(), strict=True) if n}
    found = marks_in(root)
    rings = 2 if OTHER.token in found else 1  # a hoop has a hole
    found[OTHER.token] //= rings
    assert found == wanted
    legend = words(root, "legend")
    assert "Reader’s own data, not part of this atlas" in legend
    for name, count in zip(overlay.categories, counts.tolist(), strict=False):
        if count:
            assert f"{name} {count}" in legend
    said = words(root, "words")
    assert f"{mask.sum()} rows of the reader’s own data are drawn" in said
    description = next(root.iter(f"{SVG}desc")).text
    assert "they are no part of this atlas" in description


def test_rows_outside_the_frame_are_counted(atlantis):
    far = ["10", "-60"]
    overlay = along(atlantis, 5, lat=[*far, *["0"] * 3], lon=["120"] * 5)
    said = words(root_of(atlantis, overlay), "words")
    assert "0 rows of the reader’s own data are drawn" in said
    assert "5 more lie outside the frame." in said


def test_the_chosen_row_has_its_circle(atlantis):
    overlay = along(atlantis, 9)
    index = int(np.flatnonzero(overlay.radii_km > 0)[1])
    root = root_of(atlantis, overlay, chosen=index)
    ids = {x.get("id") for x in plate(root, "selected").iter()}
    assert {"own-chosen", "own-circle"} <= ids
    km = f"{overlay.radii_km[index]:g}"
    assert f"known within {km} km, as the reader’s data says" in words(root, "legend")
    bare = root_of(atlantis, overlay)
    assert "own-chosen" not in {x.get("id") for x in bare.iter()}


def test_lines_and_areas_are_drawn(atlantis):
    lon, lat = next(iter(atlantis.positions.values()))
    line = shapely.LineString([(lon, lat), (lon + 0.4, lat + 0.3)])
    area = shapely.Point(lon, lat).buffer(0.2)
    one = built({"n": ["a", "b"]}, atlantis, shapes=[line, area])
    root = root_of(atlantis, one)
    assert len(list(plate(root, "own").iter(f"{SVG}path"))) == 4


@pytest.mark.parametrize("form", ["png", "svg"])
def test_words_that_no_font_has_stop_nothing(form, atlantis):
    overlay = hostile(atlantis)
    names = ("\u1b83\u0b95\U00012000", *ALL)
    overlay = replace(overlay, categories=names[: len(overlay.categories)])
    raw = drawn(atlantis, overlay, form)
    if form == "png":
        assert Image.open(io.BytesIO(raw)).size == (1200, 900)
        return
    names = {x.tag.rpartition("}")[2] for x in ET.fromstring(raw).iter()}
    assert not names & {"script", "image", "foreignObject", "a"}


def test_many_rows_are_drawn_thinner_and_stay_below_names_and_events(atlantis):
    overlay = along(atlantis, 9000, category=["x"] * 9000)
    root = root_of(atlantis, overlay)
    order = [g.get("id") for g in plate(root, "figure_1")]
    place = order.index("own")
    assert place < order.index("labels") < order.index("events")
    assert 0 < sum(marks_in(root).values()) < 9000


def test_without_rows_the_picture_is_what_it_was(atlantis):
    plain = picture("map", *asked(atlantis), form="svg", today=TODAY)
    assert b'id="own"' not in plain
    overlay = along(atlantis, 3)
    same = drawn(atlantis, overlay, name="chart-decades")
    assert same == picture("chart-decades", *asked(atlantis), form="svg", today=TODAY)


def test_the_picture_speaks_the_readers_language(atlas):
    root = root_of(atlas, along(atlas, 4), query="lang=ko")
    assert "독자의 데이터, 이 아틀라스의 일부가 아님" in words(root, "legend")
    assert "독자의 데이터 4행을 그렸다." in words(root, "words")


def test_the_same_rows_give_the_same_bytes(atlantis):
    overlay = along(atlantis, 30)
    for form in ("png", "svg"):
        assert drawn(atlantis, overlay, form) == drawn(atlantis, overlay, form)
