"""Names on the map: whole, apart, on their own side; and the words around it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from borderviz.pictures.lettering import clean, width_of, wrapped
from borderviz.pictures.map_labels import overlaps, place_names, wanted, within
from borderviz.pictures.map_names import Name
from borderviz.pictures.map_projection import Frame, Projection
from borderviz.pictures.map_sheet import shortened

FRAME = Frame(0, 0, 600, 400)
NEAR = Projection(50, 9, 156_543 * 0.643 / 2**10, FRAME)
WALL = np.array([[300.0, 0.0], [300.0, 400.0]])
LAND = shapely.box(0, 0, 600, 200)
NOWHERE = shapely.GeometryCollection()


def place(words, x, y, **how):
    return Name(f"place-{words}", words, "place", (x, y), how.pop("rank", 2), **how)


def area(words, x, y, kind="country", **how):
    return Name(f"label-{words}", words, kind, (x, y), how.pop("rank", 3), **how)


def placed(names, mains=(), symbols=(), quiet=(), ground=NOWHERE):
    found = place_names(names, NEAR, mains, symbols, quiet, ground, width_of)
    return {name.words: name for name in found}


def test_names_keep_off_each_other_and_the_frame():
    names = [place(f"Town {n}", 20 * (n % 30), 25 * (n // 30)) for n in range(480)]
    found = list(placed(names).values())
    assert len(found) > 30
    for n, one in enumerate(found):
        assert within(one.box, FRAME.box)
        for other in found[n + 1 :]:
            assert not overlaps(one.box, other.box)
            assert not overlaps(one.box, other.dot)


def test_names_never_cover_symbols():
    symbol = (100.0, 100.0, 130.0, 130.0)
    found = placed([place("Oldtown", 95, 115, rank=1)], symbols=[symbol])
    assert not overlaps(found["Oldtown"].box, symbol)


def test_name_without_room_is_left_out():
    symbol = (0.0, 0.0, 600.0, 400.0)
    assert placed([place("Oldtown", 300, 200, capital=True)], symbols=[symbol]) == {}


def test_name_stands_where_the_atlas_wants_it():
    for side in ("left", "right", "above", "below"):
        (name,) = placed([place("Oldtown", 300, 200, side=side)]).values()
        assert (
            name.place == {"left": "l", "right": "r", "above": "t", "below": "b"}[side]
        )


@pytest.mark.parametrize("x", [290, 310])
def test_place_is_named_on_its_own_side_of_a_border(x):
    (name,) = placed([place("Ford", x, 200, rank=1)], mains=[WALL]).values()
    left, _, right, _ = name.box
    assert ((left + right) / 2 < 300) == (x < 300)


def test_larger_places_come_first():
    names = [place("Small", 300, 200, rank=3), place("Large", 302, 200, rank=1)]
    blocked = [(0.0, 0.0, 600.0, 185.0), (0.0, 215.0, 600.0, 400.0)]
    crowd = [*blocked, (0.0, 185.0, 280.0, 215.0), (380.0, 185.0, 600.0, 215.0)]
    assert set(placed(names, symbols=crowd)) == {"Large"}


def test_country_is_named_on_land_and_sea_beside_it():
    found = placed([area("LAND", 300, 215)], ground=LAND)
    assert found["LAND"].box[3] <= 200 + 8
    names = [area("Deep", 300, 190, kind="sea", rank=3)]
    assert placed(names, ground=LAND)["Deep"].box[1] >= 200 - 8


def test_area_is_named_once_where_it_reads_best():
    coast = np.array([[200.0, 200.0], [400.0, 200.0]])
    names = [area("LAND", 300, 200), area("LAND", 450, 300)]
    found = placed(names, quiet=[coast])
    assert len(found) == 1
    assert not overlaps(found["LAND"].box, (200, 199, 400, 201))


def test_what_is_wanted_depends_on_the_zoom():
    nothing = np.empty((0, 2))
    assert not wanted(place("x", 0, 0, rank=3), 8, nothing)
    assert wanted(place("x", 0, 0, rank=3), 9, nothing)
    assert wanted(place("x", 0, 0, rank=2, capital=True), 6, nothing)
    assert wanted(place("x", 0, 0, is_stop=True), 5, nothing)
    assert not wanted(place("x", 0, 0, is_stop=True), 10, nothing)
    near = area("x", 10, 10, rank=3, is_near=True)
    assert wanted(near, 9, nothing)
    assert not wanted(near, 9, np.array([[12.0, 12.0]]))


def test_words_are_measured_by_the_letters_they_have():
    assert width_of("가나", 10) == pytest.approx(2 * width_of("가", 10))
    assert width_of("Ŏ", 10) > 0
    assert width_of("Ŏ", 10, 700) > width_of("Ŏ", 10, 400)


@pytest.mark.parametrize(
    "text", ["one two three four", "한 줄에 들어가지 않는 글", "x" * 90]
)
def test_lines_are_no_wider_than_they_may_be(text):
    lines = wrapped(text, 60, 12)
    assert all(width_of(line, 12) <= 60 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_number_is_not_parted_from_its_unit():
    text = "known within 20 km of it"
    for width in range(30, 160):
        assert not any(line.endswith("20") for line in wrapped(text, width, 12))


def test_no_words_are_no_lines():
    assert wrapped(" \n", 60, 12) == []


def test_clean_words():
    assert clean("a\u202eb\x00\tc") == "ab c"
    assert clean("plane \U000f0000") == "plane"


def test_cut_words_are_told():
    assert shortened(["one two", "three"], 1) == ["one …"]
    assert shortened(["one"], 1) == ["one"]
