"""Grouping of symbols, and where they stand beside lines; pure, on invented points."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.pictures.map_aside import Taken, inside, line_points, off, spread
from borderviz.pictures.map_groups import Mark, heaped, radius_of, shares
from borderviz.pictures.map_projection import Frame

FRAME = Frame(0, 0, 700, 500)
LINE = line_points([np.array([[0.0, 250.0], [700.0, 250.0]])])
NONE = line_points([])


def mark(x, y, name="", **how):
    return Mark(
        name or f"at-{x}-{y}", how.pop("style", "south"), (x, y), "triangle", **how
    )


points = st.lists(
    st.tuples(st.floats(1, 699), st.floats(1, 499)), max_size=60, unique=True
)


@given(points, st.sampled_from([5.0, 7.0, 9.0, 12.0]))
def test_groups_hold_every_mark_once_and_do_not_overlap(found, zoom):
    marks = [mark(x, y, f"n{n}") for n, (x, y) in enumerate(found)]
    heaps = heaped(marks, zoom)
    held = sorted(m.id for heap in heaps for m in heap.marks)
    assert held == sorted(m.id for m in marks)
    for one, other in combinations(heaps, 2):
        assert math.dist(one.at, other.at) >= one.radius + other.radius - 1e-6
    for heap in heaps:
        mean = np.mean([m.at for m in heap.marks], axis=0)
        assert heap.at == pytest.approx(tuple(mean), abs=1e-6)


def test_far_apart_marks_stay_by_themselves():
    assert [h.is_group for h in heaped([mark(10, 10), mark(90, 10)], 7)] == [False] * 2


def test_groups_grow_with_what_they_stand_for():
    sizes = [radius_of([mark(0, 0)] * n, 7) for n in (1, 2, 10, 100)]
    assert sizes == [9.0, 10.0, 11.5, 13.0]


def test_single_places_are_small_from_afar():
    place = [mark(0, 0, is_place=True)]
    assert radius_of(place, 7) < radius_of(place, 9)


def test_shares_count_the_styles_in_their_order():
    marks = [mark(0, n, style=s) for n, s in enumerate(["b", "a", "b"])]
    assert list(shares(marks).items()) == [("b", 2), ("a", 1)]


def test_what_would_hide_a_line_stands_aside():
    (heap,) = spread(heaped([mark(300, 252)], 7), 7, LINE, [], FRAME)
    assert heap.spot is not None
    assert abs(heap.where[1] - 250) >= heap.radius + 3
    assert heap.at == (300, 252)


def test_what_hides_nothing_stays():
    (heap,) = spread(heaped([mark(300, 100)], 7), 7, LINE, [], FRAME)
    assert heap.spot is None


def test_places_and_near_single_symbols_stay():
    (place,) = spread(heaped([mark(300, 250, is_place=True)], 7), 7, LINE, [], FRAME)
    (near,) = spread(heaped([mark(300, 250)], 10), 10, LINE, [], FRAME)
    assert place.spot is near.spot is None


def test_it_keeps_off_what_is_taken():
    taken = [Taken((300, 100), (300, 100), 14.0)]
    (heap,) = spread(heaped([mark(305, 100)], 7), 7, NONE, taken, FRAME)
    assert math.dist(heap.where, (300, 100)) >= 14 + heap.radius - 1


@given(points)
def test_nothing_leaves_the_frame(found):
    marks = [mark(x, y, f"n{n}") for n, (x, y) in enumerate(found)]
    for heap in spread(heaped(marks, 7), 7, LINE, [], FRAME):
        assert FRAME.holds(*heap.where, inset=heap.radius)


def test_lines_are_walked_in_small_steps():
    found = line_points([np.array([[0.0, 0.0], [100.0, 0.0]]), np.array([[5.0, 5.0]])])
    assert found[0].tolist() == [0, 0]
    assert found[-1].tolist() == [100, 0]
    assert np.diff(found[:, 0]).max() <= 6
    assert len(inside(found, (10, -1, 20, 1))) == 2


@pytest.mark.parametrize(
    ("point", "away"), [((5, 3), 3), ((-4, 3), 5), ((13, 4), 5), ((2, 0), 0)]
)
def test_distance_to_a_stroke(point, away):
    assert off(point, (0, 0), (10, 0)) == pytest.approx(away)


def test_distance_to_a_stroke_without_length():
    assert off((3, 4), (0, 0), (0, 0)) == 5
