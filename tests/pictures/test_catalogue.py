"""Every picture in every form and language; what a wrong name is told."""

from __future__ import annotations

import hashlib
import io
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from borderviz.content import load
from borderviz.pictures.catalogue import SIZES, UnknownPictureError, names, picture
from drawn import SVG, TODAY, own_names, png_of, said_of, svg_of, view_of
from hostile import hostile_copy

FORBIDDEN = {"script", "image", "foreignObject", "style", "a", "use", "iframe"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, atlantis):
    return load(hostile_copy(atlantis.root, tmp_path_factory.mktemp("h") / "atlas"))


def size_of(png):
    return struct.unpack(">II", png[16:24])


def test_each_chart_and_strip_of_the_page_has_a_name_and_a_title(atlas):
    found = names(view_of(atlas)[1])
    assert next(iter(found)) == "map"
    assert [n for n in found if n.startswith("chart-")] == [
        f"chart-{x}" for x in ("arrivals", "total", "rare", "decades", "areas", "modes")
    ]
    assert {n for n in found if n.startswith("strip-")} == {
        f"strip-{key}" for key, axis in atlas.axes.items() if axis.settings.strip
    }
    assert all(found.values())


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
@pytest.mark.parametrize("size", SIZES)
def test_every_picture_of_every_language_is_a_whole_svg(request, name, size):
    atlas = request.getfixturevalue(name)
    for lang in atlas.settings.languages:
        for one, title in names(view_of(atlas, lang)[1]).items():
            if one == "map":
                continue
            svg = svg_of(one, atlas, lang=lang, size=size)
            root = ET.fromstring(svg)
            assert root.get("lang") == lang
            assert root.find(f"{SVG}title").text == title
            for word in title.split():
                assert word in said_of(svg)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_png_has_the_very_size(atlantis, scheme):
    for name in own_names(atlantis):
        assert size_of(png_of(name, atlantis, scheme=scheme))[0] == 1200
        slide = png_of(name, atlantis, size="slide", scheme=scheme)
        assert size_of(slide) == (1920, 1080)


@pytest.mark.parametrize("name", ["chart-arrivals", "strip-mdl"])
def test_print_is_180_mm_wide_at_300_dots(atlas, name):
    drawn = png_of(name, atlas, size="print")
    with Image.open(io.BytesIO(drawn)) as image:
        assert image.width == 2126
        assert image.width / image.info["dpi"][0] * 25.4 == pytest.approx(180, abs=0.1)
        high = image.height
    root = ET.fromstring(svg_of(name, atlas, size="print"))
    assert root.get("width") == "180mm"
    told = float(root.get("height").removesuffix("mm"))
    assert told == pytest.approx(high * 180 / 2126, abs=0.001)


def test_a_png_says_what_it_shows_and_whose_it_is(atlas):
    with Image.open(io.BytesIO(png_of("chart-rare", atlas))) as image:
        info = image.info
    assert info["Title"] == names(view_of(atlas)[1])["chart-rare"]
    assert atlas.fingerprint in info["Source"]
    assert "ODbL" in info["Copyright"]


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_same_picture_is_the_same_file(atlantis, form):
    selection, context = view_of(atlantis)

    def draw(name):
        drawn = picture(name, selection, context, form=form, today=TODAY)
        return hashlib.sha256(drawn).hexdigest()

    wanted = own_names(atlantis)
    alone = [draw(name) for name in wanted]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(draw, wanted * 2))
    assert together == alone * 2


@pytest.mark.parametrize("size", SIZES)
def test_hostile_words_stay_words(hostile, size):
    for name in own_names(hostile):
        svg = svg_of(name, hostile, size=size)
        root = ET.fromstring(svg)
        for node in root.iter():
            assert node.tag.removeprefix(SVG) not in FORBIDDEN
            assert not [key for key in node.attrib if key.startswith("on")]
            assert not [key for key in node.attrib if key.endswith("href")]
            assert "url(" not in " ".join(node.attrib.values()).replace("url(#", "")
    assert "window.top.pwned" in said_of(svg_of("strip-coral-line", hostile))


@pytest.mark.parametrize("size", ["web", "slide"])
@pytest.mark.parametrize("name", ["atlas", "atlantis"])
def test_a_picture_of_nothing_says_so(request, name, size):
    atlas = request.getfixturevalue(name)
    selection, context = view_of(atlas, since="2500")
    assert not selection.records
    for one in own_names(atlas):
        said = said_of(svg_of(one, atlas, since="2500", size=size))
        if one in ("chart-decades", "chart-areas", "chart-modes"):
            assert context.say("chart-nothing") in said
        elif one.startswith("strip-"):
            axis = atlas.axes[one.removeprefix("strip-")]
            is_empty = context.say("strip-nothing") in said
            assert is_empty == (axis.settings.strip == "events")


def test_every_picture_names_the_atlas_its_version_and_its_licences(atlas):
    for name in own_names(atlas):
        for size in SIZES:
            said = said_of(svg_of(name, atlas, size=size))
            assert atlas.fingerprint in said
            assert "CC-BY-4.0" in said
            if name.startswith("strip-"):
                assert "OpenStreetMap" in said


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "chart-arival"}, "did you mean chart-arrivals"),
        ({"name": "strip-nowhere"}, "There are: map, chart-arrivals"),
        ({"size": "wed"}, "did you mean web"),
        ({"form": "pgn"}, "did you mean png"),
        ({"scheme": "drak"}, "did you mean dark"),
    ],
)
def test_a_wrong_name_is_told_with_those_that_there_are(atlas, changes, told):
    selection, context = view_of(atlas)
    wanted = {"name": "chart-modes", "form": "svg", "today": TODAY, **changes}
    with pytest.raises(UnknownPictureError, match=told):
        picture(wanted.pop("name"), selection, context, **wanted)


def test_the_list_of_pictures_costs_no_drawing_library():
    code = (
        "import sys, borderviz.pictures.catalogue as c; "
        "print([m for m in ('matplotlib', 'vl_convert', 'PIL') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_no_day_leaves_no_day(atlantis):
    selection, context = view_of(atlantis)
    drawn = picture("chart-modes", selection, context, form="svg", today=None)
    assert "2026" not in said_of(drawn)
