"""Where records are along borders: by hand on the invented island, by law on ours."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.along import BEYOND, EITHER, along_of, merged
from borderviz.axes import ON
from borderviz.geometry import length_km, line_parts
from borderviz.model import DATED


def changed(atlas, identity, **fields):
    """Where one record of an atlas would be with other fields."""
    record = atlas.records[identity].model_copy(update=fields)
    records = {**atlas.records, identity: record}
    positions = dict(atlas.positions)
    if "at" in fields:
        positions.pop(identity, None)
        if fields["at"]:
            positions[identity] = tuple(fields["at"])
    stand_in = type("Atlas", (), vars(atlas) | {"records": records})()
    stand_in.positions = positions
    return along_of(stand_in, atlas.axes).get(identity)


# --- the invented island --------------------------------------------------------------


def test_a_bend_of_the_line_has_its_kilometre(atlantis):
    along = atlantis.along["2001-05-04-reed-bridge-walker"]
    line = atlantis.shapes["coral-line"]
    first_three = type(line)(line.coords[:4])
    assert along.axis == "coral-line"
    assert along.km == pytest.approx(length_km(first_three), abs=0.001)
    assert along.low == pytest.approx(along.km - 3, abs=0.1)
    assert along.high == pytest.approx(along.km + 3, abs=0.1)
    assert along.distance_km == pytest.approx(0, abs=0.001)
    assert along.basis == "point"


def test_the_side_is_told_only_where_the_circle_does_not_reach_over(atlantis):
    assert atlantis.along["white-tower"].side == "ATL"
    assert changed(atlantis, "white-tower", at=[-38.8, 31.7]).side == "LEM"
    assert changed(atlantis, "white-tower", uncertainty_km=30).side == EITHER


def test_past_an_end_only_what_touches_the_end_is_along_the_line(atlantis):
    west = [-39.52, 31.5]  # 1.9 km past the western end
    touching = changed(atlantis, "white-tower", at=west, uncertainty_km=3)
    assert (touching.side, touching.low) == (BEYOND, 0)
    assert 0 < touching.high < 4
    assert changed(atlantis, "white-tower", at=west, uncertainty_km=1) is None


def test_what_is_out_of_reach_has_no_kilometre_unless_its_circle_touches(atlantis):
    far = [-38.8, 31.1]  # some 50 km south of the line, whose reach is 20
    assert changed(atlantis, "white-tower", at=far, uncertainty_km=10) is None
    assert changed(atlantis, "white-tower", at=far, uncertainty_km=59).side == EITHER


def test_a_town_on_the_river_belongs_to_the_river(atlantis):
    along = changed(atlantis, "white-tower", at=[-38.12, 31.2], uncertainty_km=1)
    assert along.axis == "lethe-border"
    whole = length_km(atlantis.shapes["lethe"])
    # The river is walked from its mouth, against its geometry.
    assert whole / 2 < along.km < whole


def test_sectors_are_those_that_the_range_touches(atlantis):
    along = atlantis.along["2001-05-04-reed-bridge-walker"]
    assert along.sectors == ("west-reeds", "east-hills")
    assert atlantis.along["2002-03-01-choir"].sectors == ("east-hills",)


@pytest.mark.parametrize(
    ("fields", "basis", "sectors"),
    [
        ({"sectors": ["east-hills"], "extent": "whole-line"}, "sectors", 1),
        ({"extent": "whole-line", "area": "reeds"}, "line", 2),
        ({"area": "reeds"}, "area", 1),
    ],
)
def test_without_a_point_words_place_a_record(atlantis, fields, basis, sectors):
    along = changed(atlantis, "1970-fog-rafts", **{"at": None, "area": None} | fields)
    assert (along.basis, along.km, along.side) == (basis, None, "")
    assert len(along.sectors) == sectors


def test_without_a_point_and_without_words_there_is_no_range(atlantis):
    assert "1970-fog-rafts" not in atlantis.along
    assert changed(atlantis, "1970-fog-rafts", area="open-sea") is None


def test_sectors_that_do_not_touch_stay_apart(atlas):
    along = atlas.along["2025-11-mdl-incursions"]
    assert len(along.spans) == 3
    assert along.width < along.high - along.low


# --- laws -----------------------------------------------------------------------------


def test_every_range_of_the_atlas_is_on_its_line(atlas):
    assert len(atlas.along) > 200
    for identity, along in atlas.along.items():
        length = atlas.axes[along.axis].line.length_km
        assert 0 <= along.low <= along.high <= length, identity
        if along.km is not None:
            assert along.low - 1e-6 <= along.km <= along.high + 1e-6, identity
            known = {EITHER, ON, BEYOND, *atlas.settings.vocabulary.country}
            assert along.side in known, identity


def test_what_is_too_vague_for_a_point_is_a_range_or_nothing(atlas):
    limit = atlas.settings.no_point_from_km
    vague = [r for r in atlas.records.values() if (r.uncertainty_km or 0) >= limit]
    assert len(vague) > 10
    for record in vague:
        along = atlas.along.get(record.id)
        assert along is None or along.km is None


def test_events_on_land_have_a_kilometre(atlas):
    """None of the fronts is left without: only the sea, the estuary and the air are."""
    fronts = {
        key for key, term in atlas.settings.vocabulary.area.items() if term.sectors
    }
    without = [
        record.id
        for record in atlas.records.values()
        if record.kind in DATED
        and record.area in fronts
        and record.id not in atlas.along
    ]
    # Beaches and waters past the eastern end of the line.
    assert all(atlas.records[r].area == "east" for r in without)
    assert len(without) <= 3


def test_the_line_is_as_long_as_its_geometry(atlas):
    for name, axis in atlas.axes.items():
        shapes = [atlas.shapes[s] for s in axis.record.geometry]
        assert axis.line.length_km == pytest.approx(
            sum(map(length_km, shapes)), abs=1e-3
        )
        assert all(any(line_parts(shape)) for shape in shapes), name


def test_the_sectors_of_the_atlas_cover_the_line_once(atlas):
    axis = atlas.axes["mdl"]
    ends = [0.0, *[high for _, _, high in axis.sectors]]
    assert [low for _, low, _ in axis.sectors] == pytest.approx(ends[:-1], abs=0.1)
    assert ends[-1] == pytest.approx(axis.line.length_km, abs=0.1)
    for sector, low, high in axis.sectors:
        assert high - low == pytest.approx(sector.measured_km, abs=0.5)


spans = st.lists(
    st.tuples(st.floats(0, 100), st.floats(0, 10)).map(lambda x: (x[0], x[0] + x[1]))
)


@given(spans)
def test_merged_ranges_are_apart_in_order_and_cover_the_same(ranges):
    found = merged(ranges)
    assert all(a[1] < b[0] for a, b in pairwise(found))
    for low, high in ranges:
        assert any(a <= low and high <= b for a, b in found)
