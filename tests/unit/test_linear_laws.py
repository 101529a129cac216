"""Kilometres along lines as laws that hold for any line, anywhere on the earth."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString

from borderviz.linear import DIRECTIONS, LinearReference

GEOD = Geod(ellps="WGS84")
METRE = 0.001
shares = st.floats(0, 1)
# Anywhere, and now and then where longitudes jump, meridians meet or latitude is 0.
origins = st.tuples(st.floats(-180, 180), st.floats(-89, 89)) | st.sampled_from(
    [(179.99, 52), (-179.999, -16), (0, 0), (100, -0.01), (30, 89.9), (-70, -55)]
)


@st.composite
def walks(draw, *, turn=80, most=25):
    """Draw a line that keeps within `turn` degrees of one direction."""
    lon, lat = draw(origins)
    heading = draw(st.floats(-180, 180))
    step = st.tuples(st.floats(-turn, turn), st.floats(0.05, 15))
    walked = [(lon, lat)]
    for veer, km in draw(st.lists(step, min_size=1, max_size=most)):
        lon, lat, back = GEOD.fwd(lon, lat, heading + veer, km * 1000)
        # A constant direction on the ground, though meridians converge.
        heading = back + 180 - veer
        walked.append((lon, lat))
    return walked


def reference(walked, **options):
    return LinearReference.of([LineString(walked)], **options)


def apart_km(one, other):
    return GEOD.inv(*one, *other)[2] / 1000


def off(line, km, azimuth, distance_km):
    """Go some way off a line."""
    lon, lat = line.at(km)[0]
    return GEOD.fwd(lon, lat, azimuth, distance_km * 1000)[:2]


def located(line, point):
    found = line.locate(*point)
    columns = (found.km, found.distance_km, found.side, found.beyond)
    return tuple(column.item() for column in columns)


@given(walks(), shares)
def test_a_point_on_the_line_is_where_it_was_taken(walked, share):
    line = reference(walked)
    km, distance, side, beyond = located(line, line.at(share * line.length_km)[0])
    assert km == pytest.approx(share * line.length_km, abs=METRE)
    assert distance < METRE
    assert (side, beyond) == (0, False)


@given(walks(), shares, st.floats(-180, 180), st.floats(0, 60))
def test_the_foot_is_as_near_as_any_point_of_the_line(walked, share, azimuth, away):
    line = reference(walked)
    point = off(line, share * line.length_km, azimuth, away)
    km, distance, _, _ = located(line, point)
    assert 0 <= km <= line.length_km
    assert distance == pytest.approx(apart_km(line.at(km)[0], point), abs=1e-6)
    every = line.at(np.linspace(0, line.length_km, 2000))
    lons, lats = np.broadcast_to(point, every.shape).T
    brute = GEOD.inv(lons, lats, *every.T)[2].min() / 1000
    assert distance <= brute + 1e-4
    assert distance >= brute - line.length_km / 2000


@given(walks(), shares, st.floats(-180, 180), st.floats(0.01, 60))
def test_the_distance_grows_on_the_way_out(walked, share, azimuth, away):
    line = reference(walked)
    point = off(line, share * line.length_km, azimuth, away)
    km, distance, side, _ = located(line, point)
    assume(distance > 0.01)
    foot = line.at(km)[0]
    outwards, _, metres = GEOD.inv(*foot, *point)
    parts = np.linspace(0.02, 1, 30)
    way = GEOD.fwd(*np.tile(foot, (30, 1)).T, [outwards] * 30, metres * parts)
    found = line.locate(*way[:2])
    assert found.distance_km == pytest.approx(parts * distance, abs=1e-3)
    assert np.all(np.diff(found.distance_km) > 0)
    assert set(found.side[found.distance_km > METRE]) <= {side, 0}


@given(walks(), shares, st.floats(-180, 180), st.floats(0, 60))
def test_a_line_turned_round_counts_from_the_other_end(walked, share, azimuth, away):
    line, back = reference(walked), reference(walked, reverse=True)
    assert back.length_km == pytest.approx(line.length_km, abs=1e-6)
    point = off(line, share * line.length_km, azimuth, away)
    km, distance, side, beyond = located(line, point)
    there = located(back, point)
    assert there[1] == pytest.approx(distance, abs=1e-5)
    opposite = line.length_km - there[0]
    if abs(opposite - km) < METRE and abs(distance - 0.0005) > 1e-6:
        assert there[2:] == (-side, beyond)
    else:  # two points of the line are as near
        assert apart_km(line.at(opposite)[0], point) == pytest.approx(
            distance, abs=1e-5
        )


@given(walks(), st.lists(origins, min_size=1, max_size=20), st.floats(-2, 2))
def test_the_rough_distance_never_excludes_the_true_one(walked, far, shift):
    line = reference(walked)
    near = np.clip(line.at(np.linspace(0, line.length_km, 20)) + shift, -80, 80)
    lons, lats = np.array([*far, *map(tuple, near)]).T
    least, most = line.about(lons, lats)
    distance = line.locate(lons, lats).distance_km
    known = ~np.isnan(distance)
    assert np.all(least[known] <= distance[known] + METRE)
    assert np.all(distance[known] <= most[known] + METRE)


@given(walks(), st.data())
def test_the_side_flips_across_the_line(walked, data):
    line = reference(walked)
    leg = data.draw(st.integers(0, len(walked) - 2))
    azimuth, _, metres = GEOD.inv(*walked[leg], *walked[leg + 1])
    lon, lat, back = GEOD.fwd(*walked[leg], azimuth, metres / 2)
    # 5 % of a segment is nearer than any other part of a line that turns at most so.
    for turn, side in ((-90, 1), (90, -1)):
        point = GEOD.fwd(lon, lat, back + 180 + turn, metres * 0.05)[:2]
        _, distance, found, beyond = located(line, point)
        assert (found, beyond) == (side, False)
        assert distance == pytest.approx(metres * 0.00005, rel=1e-3)


@given(walks(), st.integers(1, 40), shares, st.floats(-180, 180), st.floats(0, 60))
def test_more_vertices_on_the_same_line_change_nothing(
    walked, added, share, azimuth, away
):
    line = reference(walked)
    between = line.at(np.linspace(0, line.length_km, added + 2)[1:-1])
    km = [*line.locate(*np.transpose(walked)).km, *line.locate(*between.T).km]
    assume(np.all(np.diff(km[: len(walked)]) > 0))
    every = np.array([*walked, *map(tuple, between)])[np.argsort(km)]
    dense = reference(every)
    assert dense.length_km == pytest.approx(line.length_km, abs=1e-5)
    point = off(line, share * line.length_km, azimuth, away)
    ours, theirs = located(line, point), located(dense, point)
    assert theirs[1] == pytest.approx(ours[1], abs=1e-4)
    assert apart_km(line.at(theirs[0])[0], point) == pytest.approx(ours[1], abs=1e-3)


@given(walks(), shares, st.floats(-180, 180), st.floats(0, 40), st.floats(0.1, 30))
def test_the_part_of_the_line_inside_a_circle_is_in_its_range(
    walked, share, azimuth, away, radius
):
    line = reference(walked)
    centre = off(line, share * line.length_km, azimuth, away)
    (low,), (high,) = line.ranges(*centre, radius)
    km = line.locate(*centre).km[0]
    assert 0 <= low <= km <= high <= line.length_km
    every = np.linspace(0, line.length_km, 2000)
    points = line.at(every)
    lons, lats = np.broadcast_to(centre, points.shape).T
    inside = every[GEOD.inv(lons, lats, *points.T)[2] / 1000 <= radius - 0.005]
    assert np.all((inside >= low - 0.001) & (inside <= high + 0.001))


@given(walks(), shares, st.floats(-180, 180), st.floats(0, 40), st.floats(0.1, 30))
def test_no_point_of_a_circle_is_much_nearer_to_the_line_outside_its_range(
    walked, share, azimuth, away, radius
):
    line = reference(walked)
    centre = off(line, share * line.length_km, azimuth, away)
    (low,), (high,) = line.ranges(*centre, radius)
    rng = np.random.default_rng(7)
    count = 200
    out = radius * 1000 * np.sqrt(rng.uniform(0, 1, count))
    lons, lats = np.broadcast_to(centre, (count, 2)).T
    points = GEOD.fwd(lons, lats, rng.uniform(-180, 180, count), out)[:2]
    whole = line.locate(*points)
    if high - low > METRE:
        distance = LinearReference.of([line.section(low, high)]).locate(*points)
        kept = distance.distance_km
    else:
        only = np.broadcast_to(line.at(low)[0], (count, 2)).T
        kept = GEOD.inv(*points, *only)[2] / 1000
    allowed = 2 * math.pi / DIRECTIONS * radius + 0.01
    assert np.all(kept <= whole.distance_km + allowed)


@given(walks(turn=0, most=1), shares, st.floats(-180, 180), st.floats(0, 20))
def test_a_wider_circle_has_a_wider_range_beside_a_straight_line(
    walked, share, azimuth, away
):
    line = reference(walked)
    lon, lat = off(line, share * line.length_km, azimuth, away)
    radii = np.array([0, 0.5, 1, 2, 5, 10, 20, 40])
    lows, highs = line.ranges([lon] * 8, [lat] * 8, radii)
    slack = 0.0025 * radii[1:] + METRE
    assert np.all(np.diff(lows) <= slack)
    assert np.all(np.diff(highs) >= -slack)
    km = line.locate(lon, lat).km[0]
    assert np.all(km - lows <= radii + METRE)
    assert np.all(highs - km <= radii + METRE)


@given(walks(turn=0, most=1), shares, st.floats(0.1, 30))
def test_a_circle_on_a_straight_line_is_cut_to_a_metre(walked, share, radius):
    line = reference(walked)
    km = share * line.length_km
    (low,), (high,) = line.ranges(*line.at(km)[0], radius)
    assert low == pytest.approx(max(km - radius, 0), abs=METRE)
    assert high == pytest.approx(min(km + radius, line.length_km), abs=METRE)


@given(walks(), shares, shares)
def test_a_section_is_as_long_as_its_kilometres(walked, one, other):
    line = reference(walked)
    low, high = sorted((one * line.length_km, other * line.length_km))
    assume(high - low > METRE)
    part = LinearReference.of([line.section(low, high)])
    assert part.length_km == pytest.approx(high - low, abs=1e-5)
