"""The map's picture: the right records, the very size, whole words, the same bytes."""

from __future__ import annotations

import io
import struct
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import pytest
from PIL import Image

from borderviz.content import load
from borderviz.pictures.fonts import GlyphError, missing
from borderviz.pictures.map_labels import overlaps, within
from borderviz.pictures.map_sizes import MAP_SIZES
from borderviz.render.citation import view_citation
from hostile import hostile_copy
from mapped import SVG, TODAY, asked, drawn, numbers, parsed, plate, records, texts

QUERIES = [
    "",
    "sel=2025-10-19-cheorwon-soldier",
    "sel=mdl&lang=ko",
    "story=later-that-day",
    "mode=foot&dir=south&from=2010-01-01",
    "at=37.95,126.7,10&lang=ko",
    "at=39.98,124.35,11",
    "layers=land-line.river-borders.crossings-south.routes.places&sel=mongolia",
    "from=2030-01-01",
    "circles=1&kind=incident",
    "layers=none",
]
PIXELS = {"web": (1200, 900), "print": (2126, 1713), "slide": (1920, 1080)}
EVENTS = ("events", "selected")
NEUTRAL = {
    "svg",
    "g",
    "path",
    "text",
    "title",
    "desc",
    "defs",
    "clipPath",
    "use",
    "rect",
}
METADATA = {
    "metadata",
    "RDF",
    "Description",
    "title",
    "source",
    "rights",
    "description",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, atlantis):
    return load(hostile_copy(atlantis.root, tmp_path_factory.mktemp("h") / "atlas"))


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_drawn_is_what_is_selected(atlas, query):
    selection, context = asked(query, atlas)
    shown = records(parsed(query, atlas), *EVENTS)
    assert len(shown) == len(set(shown)), "a record is drawn twice"
    events = {identity for identity in shown if identity in set(selection.ids)}
    others = set(shown) - events
    assert not others & set(selection.hidden)
    assert not {r.id for r in selection.records if r.id not in atlas.positions} & events
    assert all(
        context.atlas.records[i].kind not in ("crossing", "incident") for i in others
    )
    if not context.view.at and not context.view.selected and not context.view.story:
        lost = {r.id for r in selection.records if r.id in atlas.positions} - events
        assert len(lost) <= 3, "the opening view leaves out more than the farthest"


@pytest.mark.parametrize("query", QUERIES)
def test_counts_that_are_told_are_right(atlas, query):
    selection, _ = asked(query.replace("lang=ko", ""), atlas)
    root = parsed(query.replace("lang=ko", ""), atlas)
    shown = set(records(root, *EVENTS)) & set(selection.ids)
    said = " ".join(t.words for t in texts(root) if t.plate == "words")
    if not selection.ids:
        assert "drawn here" not in said
        return
    note = said[: said.index("drawn here")]
    assert numbers(note)[-2:] == [len(shown), len(selection.ids)]


@pytest.mark.parametrize(
    ("query", "size"),
    [*((query, "web") for query in QUERIES)]
    + [(query, size) for query in QUERIES[:4] for size in ("print", "slide")],
)
def test_words_are_whole_and_keep_off_each_other(atlas, query, size):
    root = parsed(query, atlas, size=size)
    found = texts(root, size)
    page = (0, 0, MAP_SIZES[size].across, MAP_SIZES[size].down)
    for text in found:
        assert within(text.box, page), text
        assert missing([text.words]) == set()
    for one, other in combinations(found, 2):
        assert not overlaps(one.box, other.box), (one, other)


def test_selected_record_has_its_circle_and_stands_by_itself(atlas):
    root = parsed("sel=2025-10-19-cheorwon-soldier", atlas)
    assert records(root, "selected") == ["2025-10-19-cheorwon-soldier"]
    ids = {g.get("id") for g in plate(root, "circles").iter(f"{SVG}g")}
    assert "circle-2025-10-19-cheorwon-soldier" in ids


def test_layers_that_are_off_are_not_drawn(atlas):
    root = parsed("layers=crossings-south", atlas)
    for name in ("areas", "borders", "routes", "labels"):
        assert records(root, name) == []
        assert not list(plate(root, name).iter(f"{SVG}text"))
    assert records(parsed("layers=none", atlas), *EVENTS) == []


def test_lines_of_the_view_are_drawn_and_explained(atlas):
    root = parsed("", atlas)
    assert "mdl" in records(root, "borders")
    legend = " ".join(t.words for t in texts(root) if t.plate == "legend")
    assert "Military Demarcation Line" in legend
    assert "Routes" not in legend
    assert "Routes" in " ".join(
        t.words for t in texts(parsed("layers=routes", atlas)) if t.plate == "legend"
    )


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", MAP_SIZES)
def test_every_size_scheme_and_language(name, scheme, size, request):
    atlas = request.getfixturevalue(name)
    for lang in atlas.settings.languages:
        how = {"size": size, "scheme": scheme}
        png = drawn(f"lang={lang}", atlas, form="png", **how)
        assert struct.unpack(">II", png[16:24]) == PIXELS[size]
        root = parsed(f"lang={lang}", atlas, **how)
        assert root.get("lang") == lang
        assert (root.get("width"), root.get("height")) == {
            "web": ("1200px", "900px"),
            "print": ("180mm", "145mm"),
            "slide": ("1920px", "1080px"),
        }[size]


def test_png_says_what_it_is_and_how_fine(atlas):
    picture = Image.open(io.BytesIO(drawn("lang=ko", atlas, form="png", size="print")))
    assert picture.mode == "RGB"
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert picture.info["Title"] == atlas.settings.title["ko"]
    assert atlas.fingerprint in picture.info["Source"]
    assert "OpenStreetMap" in picture.info["Copyright"]
    assert picture.width / 300 * 25.4 == pytest.approx(180, abs=0.1)


@pytest.mark.parametrize("form", ["png", "svg"])
def test_same_view_same_bytes_from_several_threads(atlas, form):
    queries = ["", "sel=mdl", "", "story=later-that-day"]
    first = [drawn(query, atlas, form=form) for query in queries]
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda query: drawn(query, atlas, form=form), queries))
    assert first == again
    assert first[0] == first[2] != first[1]


def test_credit_and_citation_are_on_it(atlas):
    selection, context = asked("", atlas)
    root = parsed("", atlas, address="https://example.org/a/")
    said = " ".join(t.words for t in texts(root) if t.plate == "words")
    cite = view_citation(
        selection, context, today=TODAY, address="https://example.org/a/"
    )
    assert cite.short in said
    for attribution in atlas.settings.attribution:
        assert attribution["en"] in said


def test_hostile_words_are_words(hostile):
    for query in ("", "story=x", *(f"sel={i}" for i in list(hostile.records)[:12])):
        root = parsed(query, hostile)
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert names <= NEUTRAL | METADATA
        for element in root.iter():
            for key, value in element.attrib.items():
                assert not key.lower().startswith("on")
                if "href" in key or "url(" in value:
                    assert "#" in value
                    assert "//" not in value
    assert "<script>" in "".join(parsed("", hostile).itertext())


def test_nothing_in_it_is_fetched(atlas):
    text = drawn("circles=1", atlas).decode()
    for word in ("<script", "<image", "@font-face", "@import", "<style", "url(data"):
        assert word not in text


def test_wide_view_says_where_its_scale_is_true(atlas):
    def scale(query):
        return " ".join(
            t.words for t in texts(parsed(query, atlas)) if t.plate == "scale"
        )

    assert "middle" in scale("at=30,115,4")
    assert "middle" not in scale("")


def test_near_view_has_a_map_of_the_whole(atlas):
    def located(query):
        return "locator-frame" in drawn(query, atlas).decode()

    assert located("at=37.95,126.7,10&layers=land-line.places")
    assert not located("layers=land-line.places")


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"form": "gif"}, "png, svg"),
        ({"size": "poster"}, "web, print, slide"),
        ({"scheme": "sepia"}, "light, dark"),
    ],
)
def test_what_does_not_exist_is_told(atlantis, how, told):
    with pytest.raises(ValueError, match=told):
        drawn("", atlantis, **how)


def test_letters_that_no_font_has_stop_the_picture(atlantis_copy):
    path = atlantis_copy / "atlas.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("The two borders", "\U000103a0 borders", 1), "utf-8")
    with pytest.raises(GlyphError, match=r"U\+103A0"):
        drawn("", load(atlantis_copy))
