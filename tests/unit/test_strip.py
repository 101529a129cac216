"""What a strip shows: marks, ticks and a density that uses the ranges, not the dots."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.filters import events
from borderviz.strip import BIN_KM, density, event_strip, place_strip

LENGTH = 87.5
inside = st.floats(0, LENGTH)
span = st.tuples(inside, inside).map(lambda ends: tuple(sorted(ends)))


@given(st.lists(span, max_size=30))
def test_the_density_adds_up_to_the_records(ranges):
    found = density([[one] for one in ranges], LENGTH)
    assert found.sum() == pytest.approx(len(ranges), abs=1e-6)
    assert (found >= 0).all()
    assert len(found) == np.ceil(LENGTH / BIN_KM)


@given(span)
def test_a_record_has_no_density_where_it_cannot_be(one):
    found = density([[one]], LENGTH)
    edges = np.arange(len(found)) * BIN_KM
    outside = (edges + BIN_KM < one[0]) | (edges > one[1])
    assert not found[outside].any()


def test_a_wide_range_is_flatter_than_a_narrow_one():
    assert density([[(10, 12)]], LENGTH).max() > density([[(0, 40)]], LENGTH).max()


def test_ranges_apart_share_one_record():
    found = density([[(0, 10), (80, 87.5)]], LENGTH)
    assert found.sum() == pytest.approx(1)
    assert found[:5].sum() == pytest.approx(10 / 17.5)


def test_the_last_bin_may_be_narrower():
    found = density([[(0, LENGTH)]], LENGTH)
    assert found[-1] == pytest.approx(found[0] * 1.5 / 2)


def test_a_selection_is_on_the_strip_or_counted_as_elsewhere(atlas):
    records = events(atlas)
    axis = atlas.axes["mdl"]
    found = event_strip(records, axis, atlas)
    ids = [mark.record.id for mark in found.marks]
    assert len(ids) + found.elsewhere == len(records)
    assert ids == [
        r.id
        for r in sorted(records, key=lambda r: (r.date, r.id))
        if r.id in atlas.along and atlas.along[r.id].axis == "mdl"
    ]
    assert found.density.sum() == pytest.approx(len(ids))


def test_a_narrower_selection_is_a_part_of_the_strip(atlas):
    axis = atlas.axes["mdl"]
    every = {m.record.id for m in event_strip(events(atlas), axis, atlas).marks}
    some = [r for r in events(atlas) if r.kind == "crossing"]
    part = {m.record.id for m in event_strip(some, axis, atlas).marks}
    assert part < every


def test_landmarks_stand_at_their_own_kilometre(atlas):
    found = event_strip([], atlas.axes["mdl"], atlas)
    assert found.marks == ()
    for tick in found.landmarks:
        assert tick.km == pytest.approx(atlas.along[tick.id].km, abs=0.01)


def test_towns_stand_on_their_side_in_order(atlas):
    found = place_strip(atlas.axes["china-border"], atlas)
    country = {place.id: place.country for place, _ in atlas.places}
    assert {country[tick.id] for tick in found.left} == {"CN"}
    assert {country[tick.id] for tick in found.right} == {"KP"}
    for ticks in (found.left, found.right):
        kms = [tick.km for tick in ticks]
        assert kms == sorted(kms)
        assert len(kms) > 8


def test_every_crossing_point_is_on_one_line(atlas):
    found = place_strip(atlas.axes["china-border"], atlas)
    here = {mark.record.id for mark in found.points}
    points = [r.id for r in atlas.records.values() if r.kind == "crossing-point"]
    there = {r: atlas.along[r].axis for r in points if r not in here}
    assert set(there.values()) == {"mdl", "russia-border"}
    assert there["khasan-tumangang-rail"] == "russia-border"


def test_opposite_towns_are_near_each_other_along_the_river(atlas):
    found = place_strip(atlas.axes["china-border"], atlas)
    km = {tick.name["en"]: tick.km for tick in (*found.left, *found.right)}
    for here, there in (("Dandong", "Sinuiju"), ("Tumen", "Namyang")):
        assert km[here] == pytest.approx(km[there], abs=6)


def test_studied_stretches_are_names_in_the_order_of_the_atlas(atlas):
    axis = atlas.axes["china-border"]
    ((stretch, ticks),) = place_strip(axis, atlas).stretches
    assert [t.name for t in ticks] == [p.name for p in stretch.places]
    assert [t.km for t in ticks] == sorted(t.km for t in ticks)


def test_the_invented_island_has_both_strips(atlantis):
    assert place_strip(atlantis.axes["lethe-border"], atlantis).stretches
    records = events(atlantis)
    assert event_strip(records, atlantis.axes["coral-line"], atlantis).marks
