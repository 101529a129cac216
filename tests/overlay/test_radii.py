"""How exactly a place is known, in whichever unit that is written."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.overlay.radii import km_of_one, read_radius
from borderviz.overlay_files.raw import Reason
from hostile import ALL


@pytest.mark.parametrize(
    ("heading", "km"),
    [
        ("Radius", 1),
        ("radius_km", 1),
        ("Uncertainty (km)", 1),
        ("Radius (m)", 0.001),
        ("accuracy_m", 0.001),
        ("오차(미터)", 0.001),
        ("오차(킬로미터)", 1),
        ("coordinateUncertaintyInMeters", 0.001),
        ("error in kilometres", 1),
        ("accuracyInKilometers", 1),
        ("maximum", 1),
        ("", 1),
    ],
)
def test_a_heading_says_the_unit(heading, km):
    assert km_of_one(heading) == km


@pytest.mark.parametrize(
    ("cell", "km"),
    [
        (5, 5),
        ("2.5", 2.5),
        ("2,5", 2.5),
        (0, 0),
        ("500 m", 0.5),
        ("500m", 0.5),
        ("2 km", 2),
        ("3 킬로미터", 3),
        ("1,200.5 m", 1.2005),
    ],
)
def test_a_radius_is_read(cell, km):
    assert read_radius(cell, 1) == pytest.approx(km)


def test_a_unit_in_the_cell_goes_before_that_of_the_heading():
    assert read_radius("2 km", 0.001) == 2
    assert read_radius("250", 0.001) == 0.25


@pytest.mark.parametrize(
    "cell", ["-1", "near", "inf", "30000", True, "1,500", "1,500 m", "5 miles", "m"]
)
def test_what_is_no_radius_is_told(cell):
    assert read_radius(cell, 1).key == "row-radius"


@pytest.mark.parametrize("cell", [None, "", "unknown"])
def test_an_unknown_radius_is_no_fault(cell):
    assert read_radius(cell, 1) is None


@given(
    st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()),
    st.sampled_from([1, 0.001]),
)
def test_any_cell_is_read_or_told(cell, unit):
    found = read_radius(cell, unit)
    assert found is None or isinstance(found, Reason) or 0 <= found < math.inf


@pytest.mark.parametrize("text", ALL)
def test_hostile_texts_are_no_radii(text):
    assert read_radius(text, 1).key == "row-radius"
