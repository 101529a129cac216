"""Coarser lines as laws: never longer, never farther off than they may be."""

from __future__ import annotations

from itertools import pairwise

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer
from shapely.geometry import LineString, MultiLineString, Point, box

from borderviz.generalise import (
    TOLERANCES_M,
    length_by_tolerance,
    thinned,
    tolerance_for,
)
from borderviz.geometry import length_km
from walks import walks

tolerances = st.floats(0, 5000)


def in_metres(line):
    """A line in another plane than the one under test: equal distances, not angles."""
    centre = line.envelope.centroid
    plane = f"+proj=aeqd +lat_0={centre.y} +lon_0={centre.x} +datum=WGS84"
    to_plane = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    return lambda shape: shapely.transform(shape, to_plane.transform, interleaved=False)


@given(walks(), tolerances)
def test_a_coarser_line_is_never_longer(line, tolerance_m):
    assert length_km(thinned(line, tolerance_m)) <= length_km(line) * (1 + 1e-12)


@given(walks(), tolerances, tolerances)
def test_the_coarser_of_two_keeps_a_part_of_what_the_finer_keeps(line, one, other):
    fine, coarse = (thinned(line, t) for t in sorted((one, other)))
    kept = iter(fine.coords)
    assert all(vertex in kept for vertex in coarse.coords)
    assert length_km(coarse) <= length_km(fine) * (1 + 1e-12)


@given(walks())
def test_without_a_tolerance_the_length_is_the_whole_one(line):
    (found,) = length_by_tolerance([line], [0])
    assert found.length_km == pytest.approx(length_km(line), abs=1e-6)
    assert found.vertices == len(line.coords)


@given(walks(), tolerances)
def test_no_vertex_lies_farther_off_than_the_tolerance(line, tolerance_m):
    to_plane = in_metres(line)
    thin = to_plane(thinned(line, tolerance_m))
    for vertex in to_plane(line).coords:
        # The two planes differ by a thousandth where the longest walks end.
        assert Point(vertex).distance(thin) <= tolerance_m * 1.002 + 0.01


@given(walks(), tolerances)
def test_both_ends_stay_and_vertices_are_those_of_the_line(line, tolerance_m):
    thin = thinned(line, tolerance_m)
    assert (thin.coords[0], thin.coords[-1]) == (line.coords[0], line.coords[-1])
    kept = iter(line.coords)
    assert all(vertex in kept for vertex in thin.coords)


@given(st.lists(walks(), min_size=1, max_size=4), tolerances)
def test_lines_are_measured_one_by_one_and_added(lines, tolerance_m):
    (whole,) = length_by_tolerance([MultiLineString(lines)], [tolerance_m])
    alone = [length_by_tolerance([line], [tolerance_m])[0] for line in lines]
    assert whole.length_km == pytest.approx(sum(a.length_km for a in alone))
    assert whole.vertices == sum(a.vertices for a in alone)


@given(walks(), st.floats(0.1, 1.2))
def test_the_tolerance_for_a_length_is_the_least_one(line, share):
    km = share * length_km(line)
    found = tolerance_for([line], km, 500)
    if found is None:
        assert length_by_tolerance([line], [500])[0].length_km > km
        return
    assert length_by_tolerance([line], [found])[0].length_km <= km
    if found:
        assert length_by_tolerance([line], [found - 1])[0].length_km > km


def test_a_saw_becomes_straight_when_its_teeth_are_left_out():
    # Teeth of 0.001 degrees of latitude on the equator, 110.6 m high.
    saw = LineString([(n * 0.01, n % 2 * 0.001) for n in range(101)])
    straight = length_km(LineString([(0, 0), (1, 0)]))
    found = {g.tolerance_m: g for g in length_by_tolerance([saw])}
    assert list(found) == list(TOLERANCES_M)
    assert found[50].vertices == 101
    assert found[100].length_km > straight + 0.1
    assert found[200].length_km == pytest.approx(straight, abs=1e-6)
    assert found[200].vertices == 2
    assert 110 <= tolerance_for([saw], straight + 1e-6) <= 111
    assert tolerance_for([saw], 200) == 0
    assert tolerance_for([saw], straight - 1) is None


def test_shapes_without_lines_have_no_length():
    for found in length_by_tolerance([Point(3, 4), box(0, 0, 1, 1), LineString()]):
        assert (found.length_km, found.vertices) == (0, 0)


@pytest.mark.parametrize("tolerance_m", [-1, float("nan")])
def test_a_tolerance_below_nothing_is_refused(tolerance_m):
    with pytest.raises(ValueError, match="0 or more"):
        length_by_tolerance([LineString([(0, 0), (1, 1)])], [tolerance_m])


def test_a_line_that_loops_more_coarsely_than_it_reaches_keeps_its_two_ends():
    ring = LineString([(0, 0), (0.001, 0), (0.001, 0.001), (0, 0)])
    assert list(thinned(ring, 5000).coords) == [(0, 0), (0, 0)]
    lengths = [g.length_km for g in length_by_tolerance([ring])]
    assert all(a >= b for a, b in pairwise(lengths))
    assert lengths[-1] == 0
