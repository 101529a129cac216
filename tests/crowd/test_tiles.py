"""Tiles of very many points: exact counts, whatever is shown and however near."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz import crowd
from borderviz.crowd import MOST_POINTS, SIDE, tile
from points_files import large, scattered

LONS = st.floats(-180, 180) | st.sampled_from([-180.0, 180.0, 0.0, 179.9999999])
LATS = st.floats(-90, 90) | st.sampled_from([-90.0, 90.0, 85.06, -85.06, 0.0])


@pytest.fixture(scope="module")
def heaps(atlantis):
    return scattered(atlantis)


def read(answer):
    """What a browser reads of a tile."""
    kind, spare, side, total, n = struct.unpack_from("<BBHII", answer)
    found = {"kind": kind, "side": side, "total": total}
    widths = {
        1: ("cell:u2", "count:u4"),
        2: ("x:u2", "y:u2", "row:u4", "look:u1", "m:u4"),
    }
    at = 12
    for name, width in (part.split(":") for part in widths[kind]):
        found[name] = np.frombuffer(answer, f"<{width}", n, at)
        at += n * int(width[1])
    assert (at, spare) == (len(answer), 0)
    return found


def tiles_of(shown, zoom, mask):
    """All tiles of a zoom that have any rows."""
    keys = np.unique(shown.keys >> np.uint64(2 * (28 - zoom)))
    corners = set()
    for key in keys.tolist():
        x = sum((key >> 2 * bit & 1) << bit for bit in range(zoom))
        y = sum((key >> 2 * bit + 1 & 1) << bit for bit in range(zoom))
        corners.add((x, y))
    return {at: read(tile(shown, zoom, *at, mask)) for at in corners}


def count_of(found):
    return int(found["count"].sum()) if found["kind"] == 1 else len(found["row"])


@given(seed=st.integers(0, 99), share=st.floats(0, 1), zoom=st.integers(0, 7))
def test_the_tiles_of_a_zoom_hold_every_shown_row_once(heaps, seed, share, zoom):
    mask = np.random.default_rng(seed).random(len(heaps.rows)) < share
    found = tiles_of(heaps, zoom, mask).values()
    assert sum(map(count_of, found)) == mask.sum()
    assert all(count_of(one) == one["total"] for one in found)


@given(at=st.lists(st.tuples(LONS, LATS), min_size=1, max_size=30), data=st.data())
def test_wherever_rows_are_each_is_in_one_tile_of_any_zoom(atlantis, at, data):
    shown = crowd.of(large(atlantis, *zip(*at, strict=True)))
    zoom = data.draw(st.integers(0, 22))
    found = tiles_of(shown, zoom, np.ones(len(at), bool)).values()
    rows = np.concatenate([one["row"] for one in found])
    assert sorted(rows.tolist()) == list(range(len(at)))


@given(seed=st.integers(0, 99), zoom=st.integers(0, 9), data=st.data())
def test_a_cell_holds_the_rows_that_it_counts(heaps, seed, zoom, data):
    mask = np.random.default_rng(seed).random(len(heaps.rows)) < 0.9
    found = {at: x for at, x in tiles_of(heaps, zoom, mask).items() if x["kind"] == 1}
    if not found:
        return
    (x, y), one = data.draw(st.sampled_from(sorted(found.items(), key=lambda p: p[0])))
    n = data.draw(st.integers(0, len(one["cell"]) - 1))
    rows = crowd.rows_in(heaps, zoom, x, y, int(one["cell"][n]), mask)
    assert len(rows) == one["count"][n]
    assert set(rows.tolist()) == slow_rows(
        heaps.overlay, zoom, x, y, one["cell"][n], mask
    )


def slow_rows(overlay, zoom, x, y, cell, mask):
    """Rows in a cell by the formula of the map, one by one."""
    wide = 2**zoom * SIDE
    right = np.floor((overlay.lons + 180) / 360 * wide)
    phi = np.radians(np.clip(overlay.lats, -89.9, 89.9))
    down = np.floor((1 - np.log(np.tan(phi) + 1 / np.cos(phi)) / np.pi) / 2 * wide)
    right, down = (np.clip(v, 0, wide - 1).astype(int) for v in (right, down))
    there = (right == x * SIDE + int(cell) % SIDE) & (
        down == y * SIDE + int(cell) // SIDE
    )
    return set(np.flatnonzero(there & mask).tolist())


def test_cells_are_told_in_order_and_none_is_empty(heaps):
    one = read(tile(heaps, 0, 0, 0, np.ones(len(heaps.rows), bool)))
    assert (one["kind"], one["side"]) == (1, SIDE)
    assert (np.diff(one["cell"].astype(int)) > 0).all()
    assert one["count"].min() > 0


@pytest.mark.parametrize(("count", "kind"), [(MOST_POINTS, 2), (MOST_POINTS + 1, 1)])
def test_a_tile_with_few_rows_has_them_all(heaps, count, kind):
    mask = np.zeros(len(heaps.rows), bool)
    mask[:count] = True
    found = read(tile(heaps, 0, 0, 0, mask))
    assert (found["kind"], found["total"]) == (kind, count)


def test_a_point_is_told_with_its_place_look_and_radius(atlantis):
    lons, lats = [-45.0, 90.0, -45.0], [0.0, -40.0, 66.5]
    shown = crowd.of(
        large(
            atlantis, lons, lats, category=["b", "", "b"], radius_m=[0.4, 2500.6, None]
        )
    )
    found = read(tile(shown, 0, 0, 0, np.ones(3, bool)))
    assert found["row"].tolist() == [0, 1, 2]
    assert found["x"].tolist() == [24576, 49152, 24576]
    assert found["y"][0] == 32768
    assert found["y"][1] > 32768 > found["y"][2]
    assert found["look"].tolist() == [0, 8, 0]
    assert found["m"].tolist() == [0, 2501, 0]
    far = read(tile(shown, 22, 1572864, 2097152, np.ones(3, bool)))
    assert (far["row"].tolist(), far["y"].tolist()) == ([0], [512])


def test_rows_of_a_cell_stand_by_date_and_the_undated_last(atlantis):
    dates = ["2013", "", "1999-05-04", "2013-01-01", "1999"]
    shown = crowd.of(large(atlantis, [5] * 5, [5] * 5, date=dates))
    cell = read(tile(shown, 0, 0, 0, np.ones(5, bool)))
    right, down = int(cell["x"][0]) // 1024, int(cell["y"][0]) // 1024
    rows = crowd.rows_in(shown, 0, 0, 0, down * SIDE + right, np.ones(5, bool))
    assert rows.tolist() == [4, 2, 0, 3, 1]


@pytest.mark.parametrize(
    "where", [(-1, 0, 0), (23, 0, 0), (1, 2, 0), (1, 0, 2), (0, -1, 0), (3, 0, 10**30)]
)
def test_a_tile_that_there_is_not_is_refused(heaps, where):
    with pytest.raises(ValueError, match="no tile"):
        tile(heaps, *where, np.ones(len(heaps.rows), bool))
    with pytest.raises(ValueError, match="no cell"):
        crowd.rows_in(heaps, *where, 0, np.ones(len(heaps.rows), bool))


@pytest.mark.parametrize("cell", [-1, SIDE * SIDE])
def test_a_cell_that_there_is_not_is_refused(heaps, cell):
    with pytest.raises(ValueError, match="no cell"):
        crowd.rows_in(heaps, 0, 0, 0, cell, np.ones(len(heaps.rows), bool))
