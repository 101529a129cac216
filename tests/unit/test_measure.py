"""What is measured, on invented lines; and the real lines against known bounds."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from shapely.geometry import LineString, box

from borderviz.content import load
from borderviz.geometry import area_km2, length_km
from borderviz.measure import area_of, length_of, measure
from borderviz.model import Record

GEODATA = Path(__file__).parents[2] / "geodata"
ATLANTIS = Path(__file__).parents[1] / "data" / "atlantis"
SHAPES = {
    "wall-west": LineString([(9, 50), (10, 50)]),
    "wall-east": LineString([(10, 50), (11, 51)]),
    "strip": box(9, 49, 11, 51),
    "reef": LineString([(5, 40), (5, 41)]),
}


@pytest.fixture(scope="module")
def real():
    return load(GEODATA)


@pytest.fixture(scope="module")
def invented():
    """Make an atlas of the given records over the invented shapes."""
    whole = load(ATLANTIS)

    def atlas_of(*records):
        return replace(whole, records={r.id: r for r in records}, shapes=SHAPES)

    return atlas_of


def line(identity, **fields):
    plain = {
        "id": identity,
        "kind": "border",
        "title": {"en": f"The {identity}", "ko": "성벽"},
        "statements": [{"text": {"en": "It stands."}, "sources": ["chronicle"]}],
        "confidence": "high",
        "sources": ["chronicle"],
    }
    return Record(**(plain | fields))


def test_a_record_gets_the_sum_of_its_lines(invented):
    wall = line("wall", geometry=["wall-west", "wall-east"])
    (measured,) = measure(invented(wall))
    expected = length_km(SHAPES["wall-west"]) + length_km(SHAPES["wall-east"])
    assert measured.length_km == pytest.approx(expected)
    assert measured.method == "geodesic on WGS84"
    assert measured.title == {"en": "The wall", "ko": "성벽"}
    assert measured.asserted_by is None
    assert measured.stated == ()


def test_an_area_counts_for_nothing(invented):
    mixed = line("mixed", geometry=["wall-west", "strip"])
    (measured,) = measure(invented(mixed, line("only-area", geometry=["strip"])))
    assert measured.id == "mixed"
    assert measured.length_km == pytest.approx(length_km(SHAPES["wall-west"]))


def test_one_record_has_the_length_of_its_lines_and_the_area_of_its_areas(invented):
    mixed, bare = line("mixed", geometry=["wall-west", "strip"]), line("bare")
    atlas = invented(mixed, bare)
    assert length_of(mixed, atlas) == pytest.approx(length_km(SHAPES["wall-west"]))
    assert area_of(mixed, atlas) == pytest.approx(area_km2(SHAPES["strip"]))
    assert (length_of(bare, atlas), area_of(bare, atlas)) == (0, 0)


def test_a_shape_named_twice_counts_once(invented):
    (measured,) = measure(invented(line("twice", geometry=["reef", "reef"])))
    assert measured.length_km == pytest.approx(length_km(SHAPES["reef"]))


def test_a_line_of_its_own_needs_no_name(invented):
    (measured,) = measure(invented(line("reef", kind="sea-line")))
    assert measured.length_km == pytest.approx(length_km(SHAPES["reef"]))


def test_only_drawn_borders_and_sea_lines_are_measured_in_their_order(invented):
    atlas = invented(
        line("reef", kind="sea-line"),
        line("undrawn"),
        line("path", kind="route", geometry=["reef"]),
        line("wall", geometry=["wall-west"]),
    )
    assert [measured.id for measured in measure(atlas)] == ["reef", "wall"]


CLAIMED = line(
    "reef",
    asserted_by={"en": "The fishers", "ko": "어부들"},
    stated=[
        {"km": 110, "who": {"en": "a pilot", "ko": "도선사"}, "sources": ["log"]},
        {
            "km": 1112.5,
            "who": {"en": "a mint"},
            "as_of": "1999-05",
            "sources": ["coin", "log"],
        },
    ],
)


def test_as_dict_is_plain_and_in_one_language(invented):
    (measured,) = measure(invented(CLAIMED))
    told = measured.as_dict("en")
    assert json.loads(json.dumps(told)) == {
        "id": "reef",
        "title": "The reef",
        "length_km": round(length_km(SHAPES["reef"]), 3),
        "stated": [
            {"km": 110, "who": "a pilot", "as_of": None, "sources": ["log"]},
            {
                "km": 1112.5,
                "who": "a mint",
                "as_of": "1999-05",
                "sources": ["coin", "log"],
            },
        ],
        "asserted_by": "The fishers",
        "method": "geodesic on WGS84",
    }
    assert measure(invented(line("reef")))[0].as_dict("ko")["asserted_by"] is None


def test_rows_put_the_stated_below_the_measured(invented):
    (measured,) = measure(invented(CLAIMED))
    assert [" ".join(row.split()) for row in measured.rows("en")] == [
        "reef The reef",
        "measured 111.0 km geodesic on WGS84",
        "stated 110 km a pilot",
        "stated 1,112.5 km a mint (1999-05)",
        "asserted by: The fishers",
    ]


@pytest.mark.parametrize(
    ("identity", "least_km", "most_km"),
    [("mdl", 235, 256), ("china-border", 1340, 1420)],
)
def test_known_lines_are_as_long_as_they_should_be(real, identity, least_km, most_km):
    lengths = {measured.id: measured.length_km for measured in measure(real)}
    assert least_km <= lengths[identity] <= most_km


def test_parts_add_up_to_the_whole(real):
    lengths = {measured.id: measured.length_km for measured in measure(real)}
    parts = [
        lengths[record.id]
        for record in real.records.values()
        if record.part_of == "china-border"
    ]
    assert len(parts) == 3
    assert sum(parts) == pytest.approx(lengths["china-border"])


def test_every_drawn_line_of_the_atlas_is_measured(real):
    drawn = {
        record.id
        for record in real.records.values()
        if record.kind in ("border", "sea-line") and record.geometry
    }
    measured = measure(real)
    assert {line.id for line in measured} == drawn
    assert all(line.length_km > 10 for line in measured)
