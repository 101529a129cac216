"""A table into an overlay: what is kept, what is told, and where it all is."""

import dataclasses
import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely.geometry import LineString, MultiPoint, Point, Polygon

from borderviz.locate import COLUMNS, locate
from borderviz.overlay.build import build
from borderviz.overlay.columns import MOST_CATEGORIES
from borderviz.overlay.roles import Choices, recognise
from borderviz.overlay_files.raw import Reason, RowProblem
from borderviz.texts import say
from hostile import ALL, PAYLOADS

from .tables import built, keys, table

LAT, LON = 31.5, -38.5


def told(overlay):
    """What is said about the rows that are left out: number, field, reason."""
    return [(p.row, p.field, p.reason.key) for p in overlay.problems]


def test_a_row_has_all_that_its_columns_say(atlantis):
    columns = {
        "Latitude": [LAT, LAT],
        "Longitude": [LON, LON],
        "Date": ["2019-05", "2020"],
        "End date": ["2019-06-02", ""],
        "Title": ["A\nfall", ""],
        "Place": ["", " Nowhere "],
        "Type": ["rock", "rock"],
        "Description": ["One\nTwo", None],
        "Source": ["me", "you"],
        "Radius (m)": [500, None],
        "Other": [True, 1.5],
    }
    overlay = built(columns, atlantis, name="../a\u202e.csv")
    assert len(overlay) == 2
    assert overlay.name == "../a.csv"
    assert overlay.numbers.tolist() == [2, 3]
    assert overlay.titles == ("A fall", "Nowhere")
    assert overlay.dates == ("2019-05", "2020")
    assert overlay.date_ends == ("2019-06-02", "")
    days = [np.datetime64(x, "D").astype(int) + 719_163 for x in overlay_days()]
    assert [*overlay.first.tolist(), *overlay.last.tolist()] == days
    assert overlay.categories == ("rock",)
    assert overlay.category.tolist() == [0, 0]
    assert overlay.texts == ("One\nTwo", "")
    assert overlay.sources == ("me", "you")
    assert overlay.radii_km.tolist() == pytest.approx([0.5, np.nan], nan_ok=True)
    assert overlay.shapes is None
    assert (overlay.bad_count, overlay.doubt_count, overlay.notes) == (0, 0, ())
    expected = locate([LON, LON], [LAT, LAT], atlantis, [0.5, np.nan])
    assert_frame_equal(overlay.located, expected)


def overlay_days():
    return "2019-05-01", "2020-01-01", "2019-06-02", "2020-12-31"


@pytest.mark.parametrize(
    ("lat", "lon", "field", "key"),
    [
        ("", "", "", "row-no-place"),
        ("31.5", "", "lon", "row-half"),
        (None, -38.5, "lat", "row-half"),
        ("x", "y", "lat", "row-degrees"),
        ("31.5", "38 30", "lon", "row-degrees-hemisphere"),
        ("91", "-38.5", "lat", "row-swap"),
        ("91", "-138.5", "lat", "row-range"),
        ("31.5", "-180.5", "lon", "row-range"),
        ("451234.5", "1,198,056", "lat", "row-metres"),
        ("451234.5", "126.5", "lat", "row-range"),
    ],
)
def test_a_row_without_a_usable_place_is_told(atlantis, lat, lon, field, key):
    overlay = built({"lat": [lat, LAT], "lon": [lon, LON]}, atlantis)
    assert told(overlay) == [(2, field, key)]
    assert overlay.bad_count == 1
    assert overlay.numbers.tolist() == [3]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_reason_has_words(atlantis, lang):
    columns = {
        "lat": ["", "91", "91", "451234", "N 1 N", "1 60 N", "1 2", "1 E", "x", "0"],
        "lon": ["1", "1", "100", "198056", "1", "1", "1", "1", "1", "0"],
        "place": [""] * 10,
        "date": ["x", "45500", "1/2/24", "2019-02-30", "0000", "2020", "2020", *"yyy"],
        "end date": ["", "", "", "", "", "2019", "", "", "", ""],
        "radius": ["-1"] * 10,
    }
    overlay = built(columns, atlantis)
    whole = built({**columns, "lat": ["31"] * 10, "lon": ["-38"] * 10}, atlantis)
    by_name = built({"place": ["Nowhere"], "gps": ["x"]}, atlantis)
    reasons = [p.reason for p in (*overlay.problems, *whole.doubts, *by_name.problems)]
    reasons += overlay.notes
    assert len(set(map(json.dumps, map(dataclasses.asdict, reasons)))) >= 16
    for reason in reasons:
        assert say(f"overlay-{reason.key}", lang, None, **reason.values)


def test_a_row_may_stand_at_the_place_it_names(atlantis):
    place, point = next(item for item in atlantis.places if item[0].id == "poseidonia")
    columns = {
        "Place": ["POSEIDONIA", "pozejdonio", "Poseid", "", "Ra-Mu"],
        "lat": [""] * 4 + ["x"],
        "lon": [""] * 5,
        "radius": ["", "5", "", "", ""],
    }
    overlay = built(columns, atlantis)
    assert overlay.lons.tolist() == [point[0]] * 2
    assert overlay.lats.tolist() == [point[1]] * 2
    # No place is known more exactly than the town is.
    assert overlay.radii_km.tolist() == [place.uncertainty_km, 5]
    assert keys(overlay.notes) == ["row-named"]
    assert told(overlay) == [
        (4, "Place", "row-place-unknown"),
        (5, "", "row-no-place"),
        # Coordinates that cannot be read are not replaced by a name.
        (6, "lat", "row-degrees"),
    ]


@pytest.mark.parametrize(
    "names",
    [["Panmunjom", "판문점"], ["丹東", "Dandong", "dan dong"], ["Sinŭiju", "신의주"]],
)
def test_names_of_one_place_in_all_spellings_are_at_one_point(atlas, names):
    overlay = built({"Place": names}, atlas)
    assert len(overlay) == len(names)
    assert len(set(zip(overlay.lons, overlay.lats, strict=True))) == 1


def test_a_name_that_two_places_have_is_told(atlantis):
    (one, at), (two, _) = atlantis.places[:2]
    twin = dataclasses.replace(
        atlantis,
        places=[
            *atlantis.places,
            (one.model_copy(update={"name": two.name}), at),
        ],
    )
    overlay = built({"Place": [two.name["en"], one.name["en"]]}, twin)
    assert told(overlay) == [(2, "Place", "row-place-several")]
    assert overlay.problems[0].reason.values == {"count": 2}


def test_sites_have_names_too(atlantis):
    site = next(
        r
        for r in atlantis.records.values()
        if r.kind in ("site", "crossing-point") and r.id in atlantis.positions
    )
    overlay = built({"Place": [site.title["en"]]}, atlantis)
    assert (overlay.lons[0], overlay.lats[0]) == atlantis.positions[site.id]
    assert overlay.radii_km[0] == site.uncertainty_km


SHAPES = [
    Point(-38.6, 31.4),
    LineString([(-38.7, 31.2), (-38.5, 31.2)]),
    Polygon([(-38.7, 31.2), (-38.5, 31.2), (-38.5, 31.4)]),
    MultiPoint([(-38.7, 31.2), (-38.5, 31.2)]),
    None,
]


def test_geometry_goes_before_coordinates_and_these_before_names(atlantis):
    columns = {"lat": [LAT] * 5, "lon": [LON] * 5, "place": ["Poseidonia"] * 5}
    overlay = built(columns, atlantis, shapes=SHAPES)
    assert len(overlay) == 5
    assert (overlay.lons[0], overlay.lats[0]) == (-38.6, 31.4)
    assert (overlay.lons[4], overlay.lats[4]) == (LON, LAT)
    assert overlay.shapes.tolist() == [None, *SHAPES[1:4], None]
    for index in (1, 2, 3):
        point = Point(overlay.lons[index], overlay.lats[index])
        assert SHAPES[index].distance(point) < 1e-9
    assert built({"a": [1]}, atlantis, shapes=SHAPES[:1]).shapes is None


def test_geometry_that_is_not_on_the_earth_is_told(atlantis):
    far = [
        Point(198056, 451234),
        LineString([(170, 10), (190, 10)]),
        Point(95, 91),
        LineString([(120, -95), (100, 0)]),
        Point(38, 127),
    ]
    overlay = built({"a": [1] * 5}, atlantis, shapes=far)
    assert [
        (p.value, p.reason.key, *p.reason.values.values()) for p in overlay.problems
    ] == [
        ("451234, 198056", "row-metres"),
        ("10, 190", "row-range", 180),
        ("91, 95", "row-range", 90),
        ("-95, 120", "row-range", 90),
        ("127, 38", "row-swap"),
    ]


def test_exchanged_columns_are_offered_and_exchanged_only_when_asked(atlantis):
    columns = {"lat": [LON] * 3 + [LAT], "lon": [LAT] * 3 + [LON]}
    overlay = built(columns, atlantis)
    assert keys(overlay.notes) == ["row-swapped"]
    assert overlay.lats.tolist() == [LON] * 3 + [LAT]
    swapped = dataclasses.replace(overlay.choices, swapped=True)
    mended = build(overlay.raw, "mine.csv", swapped, atlantis)
    assert mended.lats.tolist() == [LAT] * 3 + [LON]
    assert mended.lons.tolist() == [LON] * 3 + [LAT]
    assert keys(mended.notes) == []
    assert mended.version != overlay.version


def test_latitudes_beyond_90_are_longitudes(atlas):
    overlay = built({"lat": ["127.1", "128"], "lon": ["38.2", "38"]}, atlas)
    assert keys(overlay.notes) == ["row-swapped"]
    assert [p.reason.key for p in overlay.problems] == ["row-swap"] * 2


@pytest.mark.parametrize("lines", [True, False])
def test_points_far_away_in_any_order_are_left_alone(atlantis, lines):
    settings = atlantis.settings
    if not lines:
        settings = settings.model_copy(update={"reference_lines": []})
    changed = dataclasses.replace(atlantis, settings=settings)
    for lat, lon in ((LAT, LON), (-20.0, 60.0), (60.0, -20.0)):
        overlay = built({"lat": [lat] * 3, "lon": [lon] * 3}, changed)
        assert keys(overlay.notes) == []
    overlay = built({"lat": [LON] * 3, "lon": [LAT] * 3}, changed)
    assert keys(overlay.notes) == ["row-swapped"]


def test_geometry_and_pairs_are_exchanged_too(atlantis):
    turned = shapely.transform(SHAPES[1], lambda xy: xy[:, ::-1])
    choices = Choices({"lat": "p", "lon": "p"}, swapped=True)
    shapes = [turned, None]
    overlay = built({"p": ["", f"{LON}, {LAT}"]}, atlantis, shapes, choices)
    assert overlay.shapes[0].equals(SHAPES[1])
    assert (overlay.lons[1], overlay.lats[1]) == (LON, LAT)


def test_letters_are_obeyed_when_columns_are_exchanged(atlantis):
    columns = {"lat": ["38°30'W"], "lon": ["31°30'N"]}
    choices = Choices({"lat": "lat", "lon": "lon"}, swapped=True)
    overlay = built(columns, atlantis, choices=choices)
    assert (overlay.lons[0], overlay.lats[0]) == (LON, LAT)


def test_what_cannot_be_read_beside_the_place_is_a_doubt(atlantis):
    columns = {
        "lat": [LAT, LAT, "x", LAT],
        "lon": [LON] * 4,
        "date": ["spring", "2020-05", "spring", "2020"],
        "end date": ["", "2020-04", "", "x"],
        "radius": ["near", "2", "near", "-1"],
    }
    overlay = built(columns, atlantis)
    assert [(d.row, d.field, d.value, d.reason.key) for d in overlay.doubts] == [
        (2, "date", "spring", "row-date"),
        (2, "radius", "near", "row-radius"),
        (3, "end date", "2020-04", "row-date-order"),
        (5, "end date", "x", "row-date"),
        (5, "radius", "-1", "row-radius"),
    ]
    assert overlay.doubt_count == 5
    assert overlay.dates == ("", "2020-05", "2020")
    assert overlay.date_ends == ("", "", "")
    assert np.isnan(overlay.radii_km).tolist() == [True, False, True]


def test_a_date_that_no_column_settles_is_asked_for(atlantis):
    columns = {"lat": [LAT], "lon": [LON], "date": ["03/04/2021"]}
    overlay = built(columns, atlantis)
    assert overlay.dates == ("2021",)
    assert keys(overlay.notes) == ["row-day-first"]
    said = dataclasses.replace(overlay.choices, day_first=True)
    assert build(overlay.raw, "", said, atlantis).dates == ("2021-04-03",)


def test_the_rarest_of_very_many_categories_have_no_entry(atlantis):
    names = ["most"] * 3 + [f"c{n}" for n in range(MOST_CATEGORIES + 5)]
    columns = {"lat": [LAT] * len(names), "lon": [LON] * len(names), "type": names}
    overlay = built(columns, atlantis)
    assert overlay.categories[0] == "most"
    assert len(overlay.categories) == MOST_CATEGORIES
    assert overlay.category.min() == -1
    assert keys(overlay.notes) == ["row-categories"]


def test_nothing_at_nought_is_pointed_out(atlantis):
    overlay = built({"lat": ["0", LAT], "lon": ["0", LON]}, atlantis)
    assert keys(overlay.notes) == ["row-zero"]
    assert len(overlay) == 2


def test_what_was_wrong_before_is_kept(atlantis):
    before = RowProblem(3, "", "", Reason("file-cells"))
    raw = table({"lat": ["x", "y"], "lon": [LON, LON]}, problems=(before,), bad_count=1)
    raw = dataclasses.replace(
        raw, numbers=np.array([2, 4], np.int32), notes=(Reason("file-x"),)
    )
    overlay = build(raw, "", recognise(raw), atlantis)
    assert [p.row for p in overlay.problems] == [2, 3, 4]
    assert overlay.bad_count == 3
    assert keys(overlay.notes) == ["file-x"]


def test_a_thousand_problems_are_told_and_all_are_counted(atlantis):
    count = 1500
    columns = {"lat": ["x"] * count + [LAT] * count, "lon": [LON] * 2 * count}
    columns["date"] = ["x"] * 2 * count
    overlay = built(columns, atlantis)
    assert (len(overlay.problems), overlay.bad_count) == (1000, count)
    assert (len(overlay.doubts), overlay.doubt_count) == (1000, count)


def test_an_atlas_without_lines_locates_nothing(atlantis):
    settings = atlantis.settings.model_copy(update={"reference_lines": []})
    bare = dataclasses.replace(atlantis, settings=settings)
    overlay = built({"lat": [LAT] * 2, "lon": [LON] * 2}, bare)
    assert tuple(overlay.located.columns) == COLUMNS
    assert len(overlay.located) == 2
    assert overlay.located.isna().all(axis=None)


@pytest.mark.parametrize(
    "columns", [{"a": []}, {"lat": [], "lon": []}, {"lat": [""], "lon": [""]}]
)
def test_an_overlay_may_be_empty(atlantis, columns):
    overlay = built(columns, atlantis)
    assert len(overlay) == len(overlay.located) == len(overlay.first) == 0


def test_columns_that_are_not_there_count_as_not_chosen(atlantis):
    choices = Choices(dict.fromkeys(("date", "radius", "category", "place"), "gone"))
    choices = dataclasses.replace(choices, columns={**choices.columns, "lat": "lat"})
    overlay = built({"lat": ["31"]}, atlantis, choices=choices)
    assert told(overlay) == [(2, "", "row-half")]


def test_the_version_changes_with_content_and_choices(atlantis):
    columns = {"lat": [LAT], "lon": [LON], "a": [1]}
    one = built(columns, atlantis)
    assert one.version == built(columns, atlantis, name="other").version
    assert len(one.version) == 12
    others = [
        built({**columns, "a": [1.0]}, atlantis),
        built({**columns, "a": [True]}, atlantis),
        built({**columns, "b": [1]}, atlantis),
        built(columns, atlantis, choices=Choices(one.choices.columns, day_first=True)),
        built(columns, atlantis, shapes=SHAPES[:1]),
        built(columns, atlantis, shapes=[None]),
    ]
    assert len({one.version, *(other.version for other in others)}) == 7


def test_hostile_texts_stay_what_they_are(atlantis):
    texts = [text for text in PAYLOADS if text.isprintable()]
    count = len(texts)
    columns = {"lat": [LAT] * count, "lon": [LON] * count}
    roles = ("title", "place", "type", "description", "source", "date", "radius")
    columns |= dict.fromkeys(roles, texts)
    overlay = built(columns, atlantis)
    assert len(overlay) == count
    assert overlay.titles == overlay.texts == overlay.sources == tuple(texts)
    assert set(overlay.categories) == set(texts)


@pytest.mark.parametrize("text", ALL)
def test_hostile_texts_in_every_field_are_told_or_kept(atlantis, text):
    choices = Choices({**dict.fromkeys(("lat", "lon"), "lat"), "date": text})
    raw = table({name: [text] for name in (*ROLE_COLUMNS, text)})
    for chosen in (recognise(raw), choices, Choices({"place": text})):
        overlay = build(raw, text, chosen, atlantis)
        assert overlay.bad_count == len(overlay.problems) == 1
        for problem in overlay.problems:
            assert max(len(problem.field), len(problem.value)) <= 80


cells = st.one_of(
    st.sampled_from(["31.5", "-38.5", "x", "", "2020", "Poseidonia", "1/2/2020", "5"]),
    st.text(max_size=5),
    st.none(),
    st.floats(-200, 200),
)
ROLE_COLUMNS = ("lat", "lon", "place", "date", "end date", "title", "type", "radius")


@given(
    st.lists(st.tuples(*[cells] * len(ROLE_COLUMNS)), max_size=12),
    st.booleans(),
    st.sampled_from([None, True, False]),
)
def test_every_row_is_kept_or_told(atlantis, rows, swapped, day_first):
    columns = {name: [row[n] for row in rows] for n, name in enumerate(ROLE_COLUMNS)}
    raw = table(columns)
    choices = Choices(
        {
            **{name: name for name in ("lat", "lon", "place", "date", "title")},
            **{"date_end": "end date", "category": "type", "radius": "radius"},
        },
        day_first,
        swapped,
    )
    overlay = build(raw, "mine.csv", choices, atlantis)
    assert len(overlay) + overlay.bad_count == len(raw.numbers)
    bad = {problem.row for problem in overlay.problems}
    assert len(bad) == overlay.bad_count
    assert bad | set(overlay.numbers.tolist()) == set(raw.numbers.tolist())
    assert {doubt.row for doubt in overlay.doubts} <= set(overlay.numbers.tolist())
    assert raw.numbers[overlay.rows].tolist() == overlay.numbers.tolist()
    assert np.all(np.abs(overlay.lats) <= 90)
    assert np.all(np.abs(overlay.lons) <= 180)
    assert np.all((overlay.first > 0) == [bool(date) for date in overlay.dates])
    assert np.all(overlay.first <= overlay.last)
    assert len(overlay.located) == len(overlay)
    for field in dataclasses.fields(overlay):
        value = getattr(overlay, field.name)
        if isinstance(value, np.ndarray):
            assert len(value) == len(overlay)
