"""Coordinates as people write them: read as one thing, or told why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.overlay.degrees import LATITUDE, LONGITUDE, plain_number, read_degrees
from borderviz.overlay.pairs import read_pair
from borderviz.overlay_files.raw import Reason
from hostile import ALL


@pytest.mark.parametrize(
    ("cell", "degrees"),
    [
        (37, 37),
        (37.5, 37.5),
        (" 37.95 ", 37.95),
        ("+37.95", 37.95),
        (".5", 0.5),
        ("37,95", 37.95),
        ("-37,95", -37.95),
        ("−37.5", -37.5),
        ("３７．５", 37.5),
        ("3.75e1", 37.5),
        ("37.95°", 37.95),
        ("37.95 N", 37.95),
        ("N37.95", 37.95),
        ("37.95S", -37.95),
        ("37.95 deg S", -37.95),
        ("37°57'N", 37.95),
        ("37°57′36″ N", 37.96),
        ("37° 57' 36\" S", -37.96),
        ("37º57’36”N", 37.96),
        ("37°57'36''N", 37.96),
        ("N 37° 57,6'", 37.96),
        ("-37°57'", -37.95),
        ("37 57 36 N", 37.96),
        ("37-57-36N", 37.96),
        ("37:57.6 N", 37.96),
        ("S 37 57 36", -37.96),
        ("북위 37도 57분 36초", 37.96),
        ("남위 37도 57분", -37.95),
        ("北緯37度57分36秒", 37.96),
        # Beyond a latitude: the row as a whole says what is wrong.
        ("198056.2", 198056.2),
        ("1,054,321", 1054321),
        ("1,054.5", 1054.5),
    ],
)
def test_what_means_one_thing_is_read(cell, degrees):
    assert read_degrees(cell, LATITUDE) == pytest.approx(degrees, abs=1e-12)


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("37°57'", "row-degrees-hemisphere"),
        ("37도 57분", "row-degrees-hemisphere"),
        ("37 57 36", "row-degrees-hemisphere"),
        ("37:57", "row-degrees-hemisphere"),
        ("126°58'E", "row-degrees-other"),
        ("동경 126도", "row-degrees-other"),
        ("-37 S", "row-degrees-twice"),
        ("N 37 N", "row-degrees-twice"),
        ("N 37 S", "row-degrees-twice"),
        ("37 60 N", "row-degrees-sixty"),
        ("37°57'60\"N", "row-degrees-sixty"),
        ("37.5 30 N", "row-degrees"),
        ("37°57'21s", "row-degrees"),
        ("375721N", "row-degrees"),
        ("37..5", "row-degrees"),
        ("inf", "row-degrees"),
        ("1e400", "row-degrees"),
        ("37.5 x", "row-degrees"),
        ("12 O", "row-degrees"),
        (True, "row-degrees"),
        ("9" * 70, "row-degrees"),
    ],
)
def test_what_may_mean_several_things_is_told(cell, key):
    assert read_degrees(cell, LATITUDE).key == key


@pytest.mark.parametrize("cell", [None, "", "  ", "N/A", "-", "없음", "unknown", "nan"])
def test_what_says_nothing_is_nothing(cell):
    assert read_degrees(cell, LATITUDE) is None


@pytest.mark.parametrize(
    ("heading", "cell", "degrees"),
    [
        ("위도 (북위)", "37도 57분", 37.95),
        ("Lat S", "37 57", -37.95),
        ("latitude south", "37°57'", -37.95),
        ("남위", "37.95", -37.95),
        ("남위", "-37.95", -37.95),
        ("Latitude N", "37.95 S", -37.95),
        # The south of something is not the southern hemisphere.
        ("Latitude (south coast)", "37.95", 37.95),
        ("Latitude (south coast)", "37°57'", None),
        ("Latitude E", "37.95", 37.95),
    ],
)
def test_a_heading_may_say_the_hemisphere(heading, cell, degrees):
    found = read_degrees(cell, LATITUDE.under(heading))
    if degrees is None:
        assert found.key == "row-degrees-hemisphere"
    else:
        assert found == pytest.approx(degrees)


@given(
    st.integers(0, 179),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from(
        [
            "{d}°{m}'{s}\"{h}",
            "{h}{d}°{m}′{s}″",
            "{d} {m} {s} {h}",
            "{d}도 {m}분 {s}초 {h}",
        ]
    ),
    st.sampled_from("EW"),
)
def test_degrees_minutes_and_seconds_add_up(d, m, s, form, h):
    found = read_degrees(form.format(d=d, m=m, s=s, h=h), LONGITUDE)
    expected = (d + m / 60 + s / 3600) * (1 if h == "E" else -1)
    assert found == pytest.approx(expected, abs=1e-9)


@given(st.floats(-180, 180))
def test_a_number_read_back_is_the_same(number):
    assert read_degrees(repr(number), LONGITUDE) == number
    assert plain_number(repr(number)) == number


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()))
def test_any_cell_is_read_or_told(cell):
    for axis in (LATITUDE, LONGITUDE):
        found = read_degrees(cell, axis)
        assert found is None or isinstance(found, float | Reason)
        assert not isinstance(found, float) or abs(found) < float("inf")


@pytest.mark.parametrize("text", ALL)
def test_hostile_texts_are_no_degrees(text):
    assert read_degrees(text, LATITUDE).key.startswith("row-degrees")
    assert isinstance(read_pair(text, LATITUDE, 0), Reason)


@pytest.mark.parametrize(
    ("cell", "pair"),
    [
        ("37.95, 126.67", (37.95, 126.67)),
        ("37.95,126.67", (37.95, 126.67)),
        ("(37.95; 126.67)", (37.95, 126.67)),
        ("37,95; 126,67", (37.95, 126.67)),
        ("37,95, 126,67", (37.95, 126.67)),
        ("37.95 126.67", (37.95, 126.67)),
        ("37°57'N, 126°40'12\"E", (37.95, 126.67)),
    ],
)
def test_one_cell_may_hold_both(cell, pair):
    axes = (LATITUDE, LONGITUDE)
    found = [read_pair(cell, axis, part) for part, axis in enumerate(axes)]
    assert found == pytest.approx(pair)


@pytest.mark.parametrize("cell", ["37.95", "1, 2, 3, 4", "37,95 126,67 1"])
def test_a_cell_without_two_numbers_holds_none(cell):
    assert read_pair(cell, LATITUDE, 0).key == "row-pair"


def test_an_empty_cell_holds_no_pair():
    assert read_pair(" ", LATITUDE, 0) is None
