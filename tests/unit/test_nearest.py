"""The tree of cells finds what a look at every segment finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from borderviz.linear.nearest import Feet, Quadtree
from borderviz.linear.segments import Segments

metres = st.floats(-3e5, 3e5).map(lambda value: round(value, 3))
places = st.tuples(metres, metres)


def brute(vertices, points):
    """Squared distances of all points to all segments."""
    start, step = vertices[:-1], np.diff(vertices, axis=0)
    away = points[:, None] - start
    share = np.einsum("ijk,jk->ij", away, step) / np.einsum("jk,jk->j", step, step)
    away -= np.clip(share, 0, 1)[..., None] * step
    return np.hypot(*away.transpose(2, 0, 1))


def check(vertices, points):
    tree = Quadtree(vertices[:-1], np.diff(vertices, axis=0))
    assert tree.useful
    feet = tree.feet(points)
    distances = brute(vertices, points)
    assert set(feet.point) == set(range(len(points)))
    assert feet.distance == pytest.approx(distances[feet.point, feet.segment], abs=1e-6)
    assert feet.distance == pytest.approx(distances.min(axis=1)[feet.point], abs=1e-6)
    return feet


@given(
    st.lists(places, min_size=2, max_size=60, unique=True),
    st.lists(places, min_size=1, max_size=30),
)
def test_no_segment_is_nearer(vertices, points):
    check(np.array(vertices), np.array(points))


@given(st.integers(0, 10_000), st.floats(0.001, 50))
@hypothesis_settings(max_examples=25)
def test_no_segment_is_nearer_among_many(seed, spread_km):
    rng = np.random.default_rng(seed)
    vertices = np.cumsum(rng.normal(0, 100, (600, 2)), axis=0)
    near = vertices[rng.integers(0, 600, 300)]
    points = near + rng.normal(0, spread_km * 1000, (300, 2))
    feet = check(vertices, points)
    # Far away, where one cell is as wide as a country.
    check(vertices, rng.uniform(-1.2e7, 1.2e7, (50, 2)))
    # All feet that are as near are found, as the other search finds them.
    other = Segments(vertices, closed=False).feet(points)
    pairs = [set(zip(f.point, f.segment, strict=True)) for f in (feet, other)]
    assert pairs[1] <= pairs[0]


def layers(passes):
    """Go east and back again and again, one kilometre a step."""
    way = np.abs((np.arange(passes * 50 + 1) + 50) % 100 - 50)
    return np.column_stack([way * 1000.0, np.zeros(len(way))])


@pytest.mark.parametrize(
    "vertices",
    [
        layers(40),
        np.column_stack([np.arange(100) % 2 * 0.01, np.arange(100) * 0.001]),
        np.column_stack([np.arange(900) % 30 * 0.2, np.arange(900) // 30 * 0.2]),
    ],
    ids=["layers", "zigzag", "heap"],
)
def test_where_no_division_helps_every_segment_is_looked_at(vertices):
    segments = Segments(vertices, closed=False)
    segments.expect(10**9)
    points = np.array([[510.0, 7.0], [0.001, 0.001], [1e6, 1e6]])
    feet = segments.feet(points)
    least = brute(vertices, points).min(axis=1)
    assert feet.distance == pytest.approx(least[feet.point], abs=1e-6)
    assert not Quadtree(vertices[:-1], np.diff(vertices, axis=0)).useful


def test_feet_are_picked_by_row():
    feet = Feet(*np.arange(8.0).reshape(4, 2).astype(int))
    assert feet.pick(np.array([1])) == Feet(*(np.array([n]) for n in (1, 3, 5, 7)))
