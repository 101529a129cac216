"""Which column means what: by its heading, or by what is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.overlay.cells import table as words
from borderviz.overlay.degrees import LATITUDE, LONGITUDE, read_degrees
from borderviz.overlay.roles import ROLES, Choices, recognise
from borderviz.spelling import fold, squeeze
from hostile import ALL

from .tables import table

CELLS = {
    "lat": "31.5",
    "lon": "-38.5",
    "date": "2019-05",
    "date_end": "2019-06",
    "radius": "2",
}


@pytest.mark.parametrize("role", ROLES)
def test_every_usual_heading_is_recognised(role):
    for heading in words("headings")[role]:
        raw = table({"#1": ["x"], heading.title(): [CELLS.get(role, "Some words")]})
        assert recognise(raw).columns.get(role) == heading.title(), heading


def test_no_heading_has_two_roles():
    seen = {}
    for role, headings in words("headings").items():
        for heading in headings:
            assert seen.setdefault(squeeze(fold(heading)), role) == role, heading


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("LATITUDE", "lat"),
        ("decimalLatitude", "lat"),
        ("위도(WGS84)", "lat"),
        ("Latitude / 위도", "lat"),
        ("event_date", "date"),
        ("Radius (m)", "radius"),
        ("accuracy_m", "radius"),
        ("coordinateUncertaintyInMeters", "radius"),
        ("Date (2)", "date"),
    ],
)
def test_spelling_of_a_heading_does_not_matter(heading, role):
    raw = table({"#1": ["x"], heading: [CELLS.get(role, "x")]})
    assert recognise(raw).columns == {role: heading}


def test_the_surer_heading_wins_and_then_the_first_column():
    raw = table({"y": ["1054321"], "lat": ["31"], "x": ["200123"], "lng": ["-38"]})
    assert recognise(raw).columns == {"lat": "lat", "lon": "lng"}
    assert recognise(table({"Type": ["b"], "type (2)": ["a"]})).columns == {
        "category": "Type"
    }


def test_a_heading_counts_only_if_a_cell_can_mean_it():
    raw = table({"start": ["14:00"], "error": ["timeout"], "when": ["2019"]})
    assert recognise(raw).columns == {"date": "when"}


def test_coordinates_and_dates_that_cannot_be_read_are_still_meant():
    raw = table({"Latitude": ["37 57 21"], "Longitude": ["x"], "Date": ["45500"]})
    columns = {"lat": "Latitude", "lon": "Longitude", "date": "Date"}
    assert recognise(raw).columns == columns


COUNT = 30


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        # Letters tell latitudes from longitudes, and so do numbers beyond 90.
        ({"p": ["31°5'N"], "q": ["38°2'W"]}, {"lat": "p", "lon": "q"}),
        ({"q": ["138.25"], "p": ["31.5"]}, {"lat": "p", "lon": "q"}),
        # Two columns that may be either are left to the reader.
        ({"p": ["31.5"], "q": ["38.5"]}, {}),
        ({"p": ["31.5"], "q": ["30.5"], "r": ["138.5"]}, {}),
        ({"p": ["31"], "q": ["138"]}, {}),
        ({"gps": ["31.5, -38.5"]}, {"lat": "gps", "lon": "gps"}),
        ({"p": ["31.5, -38.5"]}, {"lat": "p", "lon": "p"}),
        ({"p": ["12, 13"]}, {}),
        ({"p": ["2019-05-03"]}, {"date": "p"}),
        ({"p": ["1999"]}, {}),
        ({"p": ["https://example.org/a"]}, {"source": "p"}),
        ({"p": ["a sentence that goes on " * 6]}, {"text": "p"}),
    ],
)
def test_without_a_heading_the_cells_tell(columns, found):
    many = {name: cells * COUNT for name, cells in columns.items()}
    assert recognise(table(many)).columns == found


def test_few_names_that_repeat_are_a_category_and_many_a_title():
    numbers = range(COUNT)
    columns = {
        "p": [f"What happened {n}" for n in numbers],
        "q": ["red" if n % 3 else "blue" for n in numbers],
        "r": [f"{n}" for n in numbers],
    }
    assert recognise(table(columns)).columns == {"title": "p", "category": "q"}


def test_a_file_with_geometry_needs_no_coordinates():
    raw = table({"p": ["31.5, -38.5"] * 3}, shapes=[None] * 3, form="geojson")
    assert recognise(raw).columns == {}


def test_empty_columns_have_no_role():
    assert recognise(table({"Title": ["", ""], "p": [None, " "]})).columns == {}
    assert recognise(table({"Title": [], "lat": []})) == Choices({"lat": "lat"})


cells = st.one_of(st.text(), st.none(), st.booleans(), st.integers(), st.floats())


@given(
    st.dictionaries(
        st.one_of(st.text(), st.sampled_from(["lat", "Date", "유형", "radius m"])),
        st.lists(cells, min_size=3, max_size=3),
        min_size=1,
        max_size=6,
    )
)
def test_any_table_is_recognised(columns):
    found = recognise(table(columns)).columns
    assert set(found) <= set(ROLES)
    assert set(found.values()) <= set(columns)
    names = [name for role, name in found.items() if role != "lon"]
    assert len(names) == len(set(names))


def test_hostile_headings_and_cells_have_no_role_but_words():
    found = recognise(table({text: list(ALL) for text in ALL})).columns
    assert set(found) <= {"text", "title", "category"}


def test_headings_that_name_a_hemisphere_are_recognised_and_obeyed():
    raw = table({"남위": ["37.5"], "서경": ["126"]})
    columns = recognise(raw).columns
    assert columns == {"lat": "남위", "lon": "서경"}
    assert read_degrees("37.5", LATITUDE.under(columns["lat"])) == -37.5
    assert read_degrees("126", LONGITUDE.under(columns["lon"])) == -126
