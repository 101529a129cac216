"""Kilometres along lines: small cases by hand, and lengths by another library."""

import json
import math
from itertools import pairwise

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from pyproj import Geod
from shapely.geometry import LineString, shape

from borderviz.linear import LinearReference

GEOD = Geod(ellps="WGS84")
DEGREE_KM = 6378.137 * math.pi / 180  # of longitude, on the equator
EQUATOR = LinearReference.of([LineString([(10, 0), (11, 0)])])


def one(line, lon, lat):
    """Locate one point: km, distance, side, beyond."""
    found = line.locate(lon, lat)
    columns = (found.km, found.distance_km, found.side, found.beyond)
    return tuple(column.item() for column in columns)


def by_geographiclib(path):
    inverse = Geodesic.WGS84.Inverse
    pairs = pairwise(path)
    return math.fsum(inverse(a[1], a[0], b[1], b[0])["s12"] for a, b in pairs) / 1000


def test_lengths_are_those_of_an_independent_library(geodata):
    document = json.loads((geodata / "lines.geojson").read_text(encoding="utf-8"))
    for feature in document["features"]:
        line = LinearReference.of([shape(feature["geometry"])])
        expected = by_geographiclib(feature["geometry"]["coordinates"])
        assert line.length_km == pytest.approx(expected, abs=1e-6), feature["id"]
    assert len(document["features"]) > 10


def test_the_foot_on_the_equator_is_straight_below():
    km, distance, side, beyond = one(EQUATOR, 10.25, 0.1)
    assert km == pytest.approx(0.25 * DEGREE_KM, abs=1e-4)
    assert distance == pytest.approx(GEOD.inv(10.25, 0.1, 10.25, 0)[2] / 1000)
    assert (side, beyond) == (1, False)
    assert one(EQUATOR, 10.25, -0.1)[2:] == (-1, False)
    assert one(EQUATOR, 10.25, 0)[1:] == (pytest.approx(0, abs=1e-6), 0, False)


@pytest.mark.parametrize(("lon", "km"), [(9.9, 0), (11.1, DEGREE_KM)])
@pytest.mark.parametrize("lat", [-0.1, 0, 0.1])
def test_a_point_past_an_end_is_on_neither_side(lon, lat, km):
    found = one(EQUATOR, lon, lat)
    assert found[0] == pytest.approx(km)
    assert found[2:] == (0, True)


def test_a_point_right_beside_an_end_is_not_past_it():
    assert one(EQUATOR, 10, 0.1)[2:] == (1, False)
    assert one(EQUATOR, 10 - 1e-7, 0)[2:] == (0, False)  # a centimetre


# A bend to the left at (1, 1), one to the right at (2, 1), and back to the left.
BENDS = [(0, 0), (1, 1), (2, 1), (3, 2), (1, 3)]


@pytest.mark.parametrize(
    ("lon", "lat", "side"),
    [
        (1, 1.2, 1),  # its foot is the vertex (1, 1): outside of the bend
        (0.99, 1.1, 1),
        (1.05, 0.9, -1),  # inside of it
        (2.05, 0.7, -1),  # outside of the bend at (2, 1)
        (2, 1.1, 1),
        (3.3, 2, -1),  # around the sharp bend at (3, 2)
        (3.115, 2.164, -1),  # left of the segment before the bend, and yet outside
        (3.162, 1.882, -1),  # left of the segment after it
        (2.8, 2, 1),
    ],
)
def test_the_side_at_a_vertex_is_that_of_both_its_segments(lon, lat, side):
    line = LinearReference.of([LineString(BENDS)])
    back = LinearReference.of([LineString(BENDS)], reverse=True)
    assert one(line, lon, lat)[2] == side
    assert one(back, lon, lat)[2] == -side


def test_of_two_nearest_points_the_first_counts():
    there_and_back = LinearReference.of([LineString([(10, 0), (11, 0), (10, 0)])])
    assert one(there_and_back, 10.5, 0.01)[0] == pytest.approx(DEGREE_KM / 2)
    assert one(there_and_back, 9, 0.5)[0] == 0


def test_nothing_is_beyond_the_end_of_a_ring():
    ring = LinearReference.of([LineString([(0, 0), (1, 0), (0, 1), (0, 0)])])
    assert one(ring, -0.1, -0.1) == (0, pytest.approx(15.7, abs=0.1), -1, False)
    assert one(ring, 0.1, 0.1)[2] == 1
    low, high = ring.ranges(-0.01, -0.01, 5)
    assert low == 0
    assert high == pytest.approx(ring.length_km)


def test_pieces_are_joined_and_keep_their_kilometres():
    pieces = [LineString([(0, 0), (1, 0)]), LineString([(1, 0), (1, 0), (3, 0)])]
    line = LinearReference.of(pieces)
    assert line.length_km == pytest.approx(3 * DEGREE_KM)
    assert np.array(line.piece_km) / DEGREE_KM == pytest.approx(
        np.array([[0, 1], [1, 3]])
    )
    back = LinearReference.of(pieces, reverse=True)
    assert np.array(back.piece_km) / DEGREE_KM == pytest.approx(
        np.array([[2, 3], [0, 2]]), abs=1e-9
    )
    assert back.at(0)[0] == pytest.approx([3, 0], abs=1e-9)


def test_a_small_gap_is_bridged_and_measured():
    gap = 40 / 1000 / DEGREE_KM
    pieces = [LineString([(0, 0), (1, 0)]), LineString([(1 + gap, 0), (2, 0)])]
    line = LinearReference.of(pieces)
    assert line.length_km == pytest.approx(2 * DEGREE_KM)
    assert line.piece_km[1][0] - line.piece_km[0][1] == pytest.approx(0.04, abs=1e-6)


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        ([], "no vertex"),
        ([LineString()], "no vertex"),
        ([LineString([(5, 5), (5, 5)])], "no length"),
        ([LineString([(180, 5), (-180, 5)])], "no length"),
        ([LineString([(5, 5), (5, 95)])], "not on the earth"),
        (
            [LineString([(0, 0), (1, 0)]), LineString([(1.001, 0), (2, 0)])],
            "piece 2 begins 111 m from the end of piece 1",
        ),
        ([LineString([(0, 0), (80, 0), (160, 0)])], "too long"),
        ([LineString([(0, 0), (120, 0), (-120, 0), (0, 0)])], "no centre"),
    ],
    ids=str,
)
def test_what_is_no_line_is_refused(pieces, words):
    with pytest.raises(ValueError, match=words):
        LinearReference.of(pieces)


def test_heights_are_left_out():
    line = LinearReference.of([LineString([(10, 0, 500), (11, 0, 900)])])
    assert line.length_km == EQUATOR.length_km


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (math.nan, 0),
        (10, math.nan),
        (math.inf, 0),
        (10, 90.1),
        (180.1, 0),
        (-169.5, 0),  # the opposite point of the earth
        (-100, 30),
    ],
)
def test_a_point_that_is_not_usable_has_no_kilometre(lon, lat):
    found = EQUATOR.locate([lon, 10.5], [lat, 0.1])
    assert np.isnan(found.km[0])
    assert np.isnan(found.distance_km[0])
    assert (found.side[0], found.beyond[0]) == (0, False)
    assert found.km[1] == pytest.approx(DEGREE_KM / 2)
    low, high = EQUATOR.ranges([lon, 10.5], [lat, 0.1], 20)
    assert np.isnan([low[0], high[0]]).all()
    assert low[1] < found.km[1] < high[1]


def test_no_points_have_no_kilometres():
    assert len(EQUATOR.locate([], []).km) == 0
    assert [len(ends) for ends in EQUATOR.ranges([], [], [])] == [0, 0]


def test_many_points_are_located_as_each_alone():
    rng = np.random.default_rng(3)
    lons, lats = rng.uniform(9, 12, 140_000), rng.uniform(-2, 2, 140_000)
    line = LinearReference.of([LineString(BENDS)])
    many = line.locate(lons, lats)
    for row in rng.integers(0, len(lons), 20):
        columns = (many.km, many.distance_km, many.side, many.beyond)
        alone = one(line, lons[row], lats[row])
        assert tuple(column[row] for column in columns) == alone


def test_beside_a_straight_line_a_circle_reaches_as_far_as_its_radius():
    half = DEGREE_KM / 2
    low, high = EQUATOR.ranges([10.5] * 3, [0, 0.1, 0.1], [20, 20, 5])
    reach = np.array([20, 20, 5])
    assert half - low == pytest.approx(reach, rel=0.0025)
    assert high - half == pytest.approx(reach, rel=0.0025)
    # On the line itself the circle is cut exactly, to a metre.
    assert high[0] - low[0] == pytest.approx(40, abs=0.001)
    low, high = EQUATOR.ranges(10.1, 0, 30)
    assert (low[0], high[0]) == (0, pytest.approx(30 + DEGREE_KM / 10, abs=0.001))


def test_a_circle_is_as_wide_far_from_the_centre_of_the_plane():
    long = LinearReference.of([LineString([(0, 0), (40, 0)])])
    for lon in (1, 20, 39):
        low, high = long.ranges(lon, 0, 30)
        assert high[0] - low[0] == pytest.approx(60, abs=0.03)
    # At the edge of the hemisphere, and a circle that reaches beyond.
    low, high = long.ranges(20, 89.9, 5000)
    assert 0 <= low[0] < high[0] <= long.length_km


def test_a_circle_over_a_whole_line_takes_all_of_it():
    low, high = EQUATOR.ranges(10.5, 0.1, 500)
    assert (low[0], high[0]) == (0, EQUATOR.length_km)


@pytest.mark.parametrize("radius", [0, math.nan])
def test_no_radius_is_no_range(radius):
    km = EQUATOR.locate(10.3, 0.1).km
    low, high = EQUATOR.ranges(10.3, 0.1, radius)
    assert low == high == km


def test_a_negative_radius_is_refused():
    with pytest.raises(ValueError, match="negative: -1 km"):
        EQUATOR.ranges([10.3, 10.4], [0, 0], [2, -1])


def test_a_section_has_the_vertices_that_were_given():
    path = [(0, 0), (1, 0), (1, 1), (2, 1)]
    line = LinearReference.of([LineString(path)])
    whole = line.section(0, line.length_km)
    assert np.array(whole.coords) == pytest.approx(np.array(path), abs=1e-9)
    part = line.section(DEGREE_KM / 2, line.length_km - DEGREE_KM / 2)
    assert list(part.coords)[1:-1] == path[1:-1]
    assert part.coords[0] == pytest.approx((0.5, 0))
    assert list(line.section(5, 5).coords) == [tuple(line.at(5)[0])] * 2
    with pytest.raises(ValueError, match="backwards"):
        line.section(6, 5)


def test_the_plane_tells_its_error_of_scale():
    # rho^2 / 4R^2 with rho = half a degree of the equator.
    expected = (DEGREE_KM / 2 / 6378.137) ** 2 / 4
    assert EQUATOR.scale_error == pytest.approx(expected, rel=0.02)
    assert "lon_0=10.5" in EQUATOR.crs
