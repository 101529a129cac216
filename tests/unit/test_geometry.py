"""Lengths against pyproj's own answers, display shapes and legs as properties."""

from itertools import groupby, pairwise

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box

from borderviz.geometry import (
    Leg,
    area_km2,
    legs,
    length_km,
    line_parts,
    simplified,
    stages,
)
from walks import walks

GEOD = Geod(ellps="WGS84")
unhurried = hypothesis_settings(deadline=None)
positions = st.tuples(st.floats(-179, 179), st.floats(-85, 85))
paths = st.lists(positions, min_size=3, max_size=30, unique=True)


def test_length_of_one_degree_on_the_equator():
    degree_km = 6378.137 * 3.141592653589793 / 180  # the ellipsoid's own equator
    assert length_km(LineString([(20, 0), (21, 0)])) == pytest.approx(
        degree_km, abs=1e-9
    )


def test_length_takes_the_short_way_over_the_180th_meridian():
    over = length_km(LineString([(179.5, 10), (-179.5, 10)]))
    assert over == pytest.approx(length_km(LineString([(0, 10), (1, 10)])))


@pytest.mark.parametrize(
    "shape", [Point(3, 4), box(0, 0, 1, 1), LineString(), MultiLineString()], ids=str
)
def test_shapes_without_a_line_have_no_length(shape):
    assert length_km(shape) == 0
    assert not any(line_parts(shape))


def test_a_gap_between_parts_is_not_measured():
    west, east = [(0, 50), (1, 50)], [(5, 50), (6, 50)]
    assert length_km(MultiLineString([west, east])) == pytest.approx(
        2 * length_km(LineString(west))
    )


@pytest.mark.parametrize("ring", [box(0, 0, 1, 1), box(0, 0, 1, 1).reverse()], ids=str)
def test_area_does_not_depend_on_the_turn_of_the_ring(ring):
    # A square degree at the equator: 111.320 by 110.574 km, a little less to the north.
    assert area_km2(ring) == pytest.approx(111.320 * 110.574, rel=1e-3)
    assert area_km2(LineString(ring.exterior)) == 0


@given(paths)
def test_length_is_what_pyproj_says_of_the_raw_coordinates(path):
    pairs = [(*a, *b) for a, b in pairwise(path)]
    expected = sum(GEOD.inv(*pair)[2] for pair in pairs) / 1000
    assert length_km(LineString(path)) == pytest.approx(expected, rel=1e-9)
    assert length_km(LineString(path)) >= 0


@given(paths)
def test_length_does_not_depend_on_the_direction(path):
    back = length_km(LineString(path[::-1]))
    assert back == pytest.approx(length_km(LineString(path)), rel=1e-9)


@given(paths, st.data())
def test_length_adds_up_when_a_line_is_split_at_a_vertex(path, data):
    cut = data.draw(st.integers(1, len(path) - 2))
    parts = MultiLineString([path[: cut + 1], path[cut:]])
    assert length_km(parts) == pytest.approx(length_km(LineString(path)), rel=1e-9)


@given(positions, positions, st.floats(0.1, 0.9))
def test_length_adds_up_when_a_stroke_is_split_on_its_way(start, end, share):
    azimuth, _, metres = GEOD.inv(*start, *end)
    assume(1 < metres < 19_000_000)  # nearly opposite points have many shortest ways
    lon, lat, _ = GEOD.fwd(*start, azimuth, share * metres)
    whole = length_km(LineString([start, end]))
    split = length_km(LineString([start, (lon, lat), end]))
    assert split == pytest.approx(whole, abs=1e-6)  # a millimetre, degrees are rounded


@unhurried
@given(walks(), st.floats(1, 5000))
def test_simplified_stays_within_its_tolerance(line, tolerance_m):
    thin = simplified(line, tolerance_m)
    centre = line.envelope.centroid
    to_metres = Transformer.from_crs(
        "EPSG:4326",
        f"+proj=aeqd +lat_0={centre.y} +lon_0={centre.x} +datum=WGS84",
        always_xy=True,
    )

    def in_metres(shape):
        dense = shapely.segmentize(shape, 0.005)
        return shapely.transform(dense, to_metres.transform, interleaved=False)

    apart_m = in_metres(line).hausdorff_distance(in_metres(thin))
    # 1.5: the bound holds for vertices; strokes bend in the projection that checks it.
    assert apart_m <= 1.5 * tolerance_m


@given(walks(), st.floats(0, 5000))
def test_simplified_keeps_ends_and_invents_no_vertex(line, tolerance_m):
    thin = simplified(line, tolerance_m)
    assert thin.coords[0] == line.coords[0]
    assert thin.coords[-1] == line.coords[-1]
    assert set(thin.coords) <= set(line.coords)


def test_simplified_is_as_strict_to_the_east_as_to_the_north():
    # Both bends are 0.01 degrees: 1113 m to the north, half of that to the east at 60.
    north = LineString([(10, 60), (10.1, 60.01), (10.2, 60)])
    east = LineString([(10, 60), (10.01, 60.05), (10, 60.1)])
    assert len(simplified(north, 700).coords) == 3
    assert len(simplified(east, 700).coords) == 2
    assert len(simplified(east, 500).coords) == 3


def test_simplified_lines_that_met_still_meet():
    ford = (10.123456789, 50.987654321)
    west = LineString([(10, 51), (10.06, 51.0001), ford])
    east = LineString([ford, (10.2, 50.9999), (10.3, 51)])
    thin = simplified(MultiLineString([west, east]), 5000)
    assert thin.geoms[0].coords[-1] == thin.geoms[1].coords[0] == ford
    assert [len(part.coords) for part in thin.geoms] == [2, 2]


def test_simplified_rings_stay_rings_and_keep_their_area():
    lake = Point(10, 50).buffer(0.2, quad_segs=64)
    island = Point(10, 50).buffer(0.05, quad_segs=64)
    thin = simplified(Polygon(lake.exterior, [island.exterior.coords]), 300)
    assert thin.is_valid
    assert len(thin.interiors) == 1
    assert len(thin.exterior.coords) < len(lake.exterior.coords) / 2
    assert thin.area == pytest.approx(lake.area - island.area, rel=0.03)


@pytest.mark.parametrize("shape", [LineString(), Polygon()], ids=str)
def test_simplified_leaves_an_empty_shape_alone(shape):
    assert simplified(shape, 100).equals(shape)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([None, None], [("A", "B", True)]),
        (["x", "x"], []),
        (["x", "y"], [("A", "B", True)]),
        (["x", "x", None], [("A", "C", True), ("B", "C", True)]),
        ([None, "x", "x"], [("A", "B", True), ("A", "C", True)]),
        (["x", None, "x"], [("A", "B", True), ("B", "C", True)]),
        (
            ["x", "x", "y", "y"],
            [("A", "J", False), ("B", "J", False), ("J", "C", True), ("J", "D", True)],
        ),
    ],
)
def test_legs_of_small_routes(groups, expected):
    # J is the mean of (0, 1), between A and B, and of (4, 1), between C and D.
    name = {(0, 0): "A", (0, 2): "B", (4, -1): "C", (4, 3): "D", (2, 1): "J"}
    drawn = legs(list(name)[: len(groups)], groups)
    assert [
        (name[leg.start], name[leg.end], leg.has_arrow) for leg in drawn
    ] == expected


def test_a_junction_gives_both_stages_the_same_weight():
    many = [(0.0, 0.0), (0.0, 3.0), (3.0, 0.0)]
    drawn = legs([*many, (5.0, 5.0), (7.0, 5.0)], ["x", "x", "x", "y", "y"])
    assert {leg.end for leg in drawn if not leg.has_arrow} == {(3.5, 3.0)}


def test_a_leg_without_length_is_left_out():
    assert legs([(1, 1), (1, 1), (2, 2)], [None] * 3) == [Leg((1, 1), (2, 2), True)]


def test_every_point_needs_a_group():
    with pytest.raises(ValueError, match="zip"):
        legs([(1, 1), (2, 2)], [None])


def gathered(points, groups):
    """Gather stages another way: by runs of a key that is new for every None."""
    keys = [group or f"alone {n}" for n, group in enumerate(groups)]
    runs = groupby(zip(keys, points, strict=True), key=lambda pair: pair[0])
    return [[point for _, point in run] for _, run in runs]


routes = st.lists(
    st.tuples(positions, st.sampled_from([None, "ford", "town"])),
    max_size=12,
    unique_by=lambda stop: stop[0],
).map(lambda stops: ([point for point, _ in stops], [group for _, group in stops]))


@given(routes)
def test_legs_touch_every_waypoint_and_never_join_alternatives(route):
    points, groups = route
    gathering = gathered(points, groups)
    assert stages(points, groups) == gathering
    drawn = legs(points, groups)
    junctions = {leg.end for leg in drawn if not leg.has_arrow}
    assume(not junctions & set(points))
    ends = {leg.start for leg in drawn} | {leg.end for leg in drawn}
    if len(gathering) < 2:
        assert drawn == []
        return
    assert set(points) <= ends
    stage_of = {point: n for n, stage in enumerate(gathering) for point in stage}
    for leg in drawn:
        assert leg.has_arrow == (leg.end in stage_of)
        if leg.start in stage_of and leg.end in stage_of:
            assert stage_of[leg.end] == stage_of[leg.start] + 1


@given(routes)
def test_legs_suggest_no_pair_between_two_stages_of_alternatives(route):
    drawn = {(leg.start, leg.end) for leg in legs(*route)}
    for before, after in pairwise(gathered(*route)):
        if len(before) > 1 and len(after) > 1:
            assert not drawn & {(a, b) for a in before for b in after}
