"""Points along the borders: by hand on the island, as laws on the real atlas."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from borderviz.locate import COLUMNS, NoLineError, locate

GEOD = Geod(ellps="WGS84")
METRE = 0.001


def one(atlas, lon, lat, radius=None):
    return locate(lon, lat, atlas, radius).iloc[0]


def test_a_point_north_of_the_first_stroke(atlantis):
    axis = atlantis.axes["coral-line"]
    lon, lat = axis.line.at(10)[0]
    azimuth = GEOD.inv(*axis.line.at(10)[0], *axis.line.at(9)[0])[0]
    north = GEOD.fwd(lon, lat, azimuth + 90, 3000)[:2]  # left: km grow to the east
    south = GEOD.fwd(lon, lat, azimuth - 90, 3000)[:2]
    found = locate(*np.transpose([north, south]), atlantis)
    assert found["border"].tolist() == ["coral-line"] * 2
    assert found["km_along"].tolist() == pytest.approx([10, 10], abs=METRE)
    assert found["distance_km"].tolist() == pytest.approx([3, 3], abs=METRE)
    assert found["side"].tolist() == ["LEM", "ATL"]
    assert found["sector"].tolist() == ["west-reeds"] * 2
    assert found["km_low"].equals(found["km_along"])
    assert found["km_high"].equals(found["km_along"])


def test_the_columns_and_their_order(atlantis):
    found = locate([-39.0], [31.6], atlantis)
    assert tuple(found.columns) == COLUMNS
    assert found.index.tolist() == [0]


@pytest.mark.parametrize(("radius", "side"), [(2, "LEM"), (3.1, "either")])
def test_a_circle_over_the_line_may_be_on_either_side(atlantis, radius, side):
    axis = atlantis.axes["coral-line"]
    start, later = axis.line.at([10, 11])
    azimuth = GEOD.inv(*start, *later)[0]
    lon, lat, _ = GEOD.fwd(*start, azimuth - 90, 3000)
    row = one(atlantis, lon, lat, radius)
    assert row["side"] == side
    assert row["km_low"] < 10 - radius * 0.99
    assert row["km_high"] > 10 + radius * 0.99


@pytest.mark.parametrize("radius", [None, 0, np.nan])
def test_a_point_on_the_line_is_on_no_side(atlantis, radius):
    lon, lat = -39.5, 31.5  # the first vertex: 0 to the last digit
    row = one(atlantis, lon, lat, radius)
    assert (row["side"], row["distance_km"]) == ("on", 0)
    assert one(atlantis, lon, lat, 1)["side"] == "either"


@pytest.mark.parametrize("radius", [None, 50])
def test_a_point_past_the_end_is_beyond(atlantis, radius):
    row = one(atlantis, -39.7, 31.5, radius)
    assert (row["border"], row["side"]) == ("coral-line", "beyond")
    assert row["km_along"] == row["km_low"] == 0
    assert (row["km_high"] > 20) == (radius == 50)


def test_a_kilometre_outside_every_sector_has_none(atlantis):
    lon, lat = atlantis.axes["lethe-border"].line.at(30)[0]
    assert pd.isna(one(atlantis, lon, lat)["sector"])


def test_of_two_sectors_that_meet_the_first_is_named(atlantis):
    axis = atlantis.axes["coral-line"]
    (west, _, end), (east, start, _) = axis.sectors
    assert start == end
    row = one(atlantis, -38.9, 31.55)
    assert (row["km_along"], row["sector"]) == (end, west.id)
    lon, lat = axis.line.at(end + 0.1)[0]
    assert one(atlantis, lon, lat)["sector"] == east.id


@pytest.mark.parametrize(
    ("lon", "lat"), [(np.nan, 31), (-39, 91), (181, 31), (141, -31), (120, -40)]
)
def test_a_point_that_is_not_usable_has_nothing(atlantis, lon, lat):
    found = locate([lon, -39], [lat, 31.6], atlantis, [5, 5])
    assert found.iloc[0].isna().all()
    assert found.iloc[1].notna().all()


def test_no_points_give_an_empty_table(atlantis):
    found = locate([], [], atlantis, [])
    assert tuple(found.columns) == COLUMNS
    assert len(found) == 0


def test_a_negative_radius_is_refused(atlantis):
    with pytest.raises(ValueError, match="negative: -2 km"):
        locate([-39, -39], [31.6, 31.6], atlantis, [1, -2])


def test_arrays_that_do_not_match_are_refused(atlantis):
    with pytest.raises(ValueError, match="broadcast"):
        locate([-39, -39, -39], [31.6, 31.6], atlantis)


def test_an_atlas_without_lines_is_refused(atlantis):
    bare = dataclasses.replace(
        atlantis, settings=atlantis.settings.model_copy(update={"reference_lines": []})
    )
    with pytest.raises(NoLineError, match="no reference line"):
        locate([-39], [31.6], bare)


@given(st.integers(0, 1_000_000), st.floats(0, 30))
def test_the_border_is_the_nearest_of_all(atlas, seed, radius):
    rng = np.random.default_rng(seed)
    count = 60
    lons, lats = rng.uniform(123, 131, count), rng.uniform(37, 44, count)
    found = locate(lons, lats, atlas, radius)
    every = {name: axis.line.locate(lons, lats) for name, axis in atlas.axes.items()}
    distances = pd.DataFrame({name: p.distance_km for name, p in every.items()})
    assert found["distance_km"].to_numpy() == pytest.approx(distances.min(axis=1))
    assert found["border"].tolist() == distances.idxmin(axis=1).tolist()
    for index, name in enumerate(found["border"]):
        row, positions = found.loc[index], every[name]
        assert row["km_along"] == positions.km[index]
        assert row["km_low"] <= row["km_along"] <= row["km_high"]
        axis = atlas.axes[name]
        if positions.beyond[index]:
            assert row["side"] == "beyond"
        elif row["distance_km"] <= radius:
            assert row["side"] == "either"
        else:
            assert row["side"] == axis.side_name(positions.side[index])
        assert (axis.sector_at(row["km_along"]) or None) == (
            None if pd.isna(row["sector"]) else row["sector"]
        )


def test_the_records_of_the_atlas_lie_where_the_atlas_says(atlas):
    near = {name: one for name, one in atlas.along.items() if one.km is not None}
    assert len(near) > 100
    lons, lats = np.transpose([atlas.positions[name] for name in near])
    radii = [atlas.records[name].uncertainty_km for name in near]
    found = locate(lons, lats, atlas, radii)
    for (name, said), (_, row) in zip(near.items(), found.iterrows(), strict=True):
        assert row["border"] == said.axis, name
        assert row["km_along"] == pytest.approx(said.km), name
        assert (row["km_low"], row["km_high"]) == pytest.approx(
            (said.low, said.high)
        ), name
        assert row["side"] == said.side, name
