"""Segments in a plane: the foot, the side and the cut, each by hand."""

import numpy as np
import pytest

from borderviz.linear.segments import Segments


def segments(*vertices, closed=False):
    return Segments(np.array(vertices, dtype=float), closed=closed)


def side(shape, point, segment):
    """The side of a point for its foot on one segment."""
    points = np.array([point], dtype=float)
    feet = shape.feet(points)
    (row,) = np.flatnonzero(feet.segment == segment)
    return shape.sides(points, feet.pick([row])).item()


def test_the_share_of_a_foot_goes_beyond_the_ends():
    feet = segments((0, 0), (10, 0)).feet(np.array([[-5, 1], [5, 2], [20, 0.0]]))
    assert feet.share == pytest.approx([-0.5, 0.5, 2])
    assert feet.distance == pytest.approx([26**0.5, 2, 10])


def test_all_feet_that_are_as_near_are_found():
    feet = segments((0, 0), (10, 0), (10, 10)).feet(np.array([[12, -1.0]]))
    assert sorted(feet.segment) == [0, 1]
    assert set(feet.point) == {0}


# A narrow wedge whose tip points west; what is west of the tip is outside.
@pytest.mark.parametrize("up", [0.2, 0, -0.2, -2])
def test_both_segments_at_a_tip_agree_on_the_side(up):
    open_wedge = segments((8, 2), (0, 0), (8, 0))
    assert {side(open_wedge, (-1, up), n) for n in (0, 1)} == {-1}
    ring = segments((0, 0), (8, 0), (8, 2), (0, 0), closed=True)
    assert {side(ring, (-1, up), n) for n in (0, 2)} == {-1}
    assert ring.past_end(ring.feet(np.array([[-1, up]]))).tolist() == [False] * 2


def test_the_end_of_an_open_line_has_one_segment_only():
    # Right beside the first vertex; the last segment comes from the other side.
    assert side(segments((0, 0), (9, 0), (9, 1), (0, 9)), (0, -1), 0) == -1
    assert side(segments((0, 9), (1, 9), (9, 0), (0, 0)), (0, -1), 2) == 1


def test_straight_ahead_of_a_tip_without_width_there_is_no_side():
    assert side(segments((0, 0), (9, 0), (0, 0)), (10, 0), 0) == 0


@pytest.mark.parametrize(
    ("rim", "reach", "cut"), [((5, 0), 1, True), ((0, 5), 4, False), ((0, 5), 6, True)]
)
def test_a_circle_is_cut_near_its_rim_point(rim, reach, cut):
    line = segments((-10, 0), (10, 0), (10, 3))
    cuts = line.cuts(np.zeros((1, 2)), np.array([rim], float), np.array([reach]))
    assert sorted(cuts.share) == (pytest.approx([0.25, 0.75]) if cut else [])
    assert set(cuts.segment) == ({0} if cut else set())


def test_a_line_that_only_comes_near_a_circle_does_not_cut_it():
    cuts = segments((-9, 6), (9, 6)).cuts(
        np.zeros((1, 2)), np.array([[0, 5.0]]), np.array([2.0])
    )
    assert len(cuts.point) == 0
