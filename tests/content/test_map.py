"""What lies under and over the records: lines, land, places, labels, grid."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from pyproj import Geod, Proj
from shapely.geometry import Point

from borderviz.layers import layer_of

GEOD = Geod(ellps="WGS84")


def test_the_land_line_runs_west_to_east_in_one_piece(atlas):
    line = atlas.shapes["mdl"]
    assert line.coords[0][0] < line.coords[-1][0]
    assert line.is_simple


def test_the_zone_is_two_kilometres_to_either_side_of_the_line(atlas):
    zone, line = atlas.shapes["dmz"], atlas.shapes["mdl"]
    assert zone.buffer(1e-5).contains(line)
    area, _ = GEOD.geometry_area_perimeter(zone)
    # Twice two kilometres times the length, less what bends of the line share.
    width_km = abs(area) / 1e6 / (GEOD.geometry_length(line) / 1000)
    assert 3 < width_km < 4.1


def test_the_parts_of_the_river_border_meet(atlas):
    for one, other in (
        ("china-border-tumen", "china-border-paektu"),
        ("china-border-paektu", "china-border-yalu"),
    ):
        assert atlas.shapes[one].touches(atlas.shapes[other])


def test_land_has_something_for_both_views_and_the_shaded_country(atlas):
    tiers = {(p["tier"], p.get("shaded")) for p, _ in atlas.land}
    assert {("near", True), ("near", False), ("far", False)} <= tiers


def test_the_shaded_land_lies_between_the_borders(atlas):
    near = [(p, shape) for p, shape in atlas.land if p["tier"] == "near"]
    (shaded,) = (shape for p, shape in near if p.get("shaded"))
    inside = {place.id for place, xy in atlas.places if shaded.contains(Point(xy))}
    north = {place.id for place, _ in atlas.places if place.country == "KP"}
    # Towns on a shore or a river bank may fall just outside a simplified outline.
    assert len(north - inside) <= 3
    assert not inside - north


def test_the_metric_grid_is_true_to_scale_where_borders_run(atlas):
    grid = Proj(atlas.settings.metric_crs)
    for name in ("mdl", "china-border-tumen", "china-border-yalu", "russia-border"):
        lon, lat = np.array(atlas.shapes[name].coords).T
        factors = grid.get_factors(lon, lat)
        assert np.abs(np.array(factors.meridional_scale) - 1).max() < 0.002, name


def test_every_kind_with_a_place_is_on_a_layer(atlas):
    for identity in [*atlas.positions, *atlas.shapes]:
        record = atlas.records.get(identity)
        if record is not None:
            assert layer_of(record, atlas.settings.layers), identity


def test_every_layer_shows_something(atlas):
    shown = {
        layer.id
        for record in atlas.records.values()
        if (layer := layer_of(record, atlas.settings.layers))
    }
    with_places = {layer.id for layer in atlas.settings.layers if layer.places}
    assert shown | with_places == {layer.id for layer in atlas.settings.layers}


@pytest.mark.parametrize("capital", ["Pyongyang", "Seoul", "Beijing"])
def test_capitals_are_marked(atlas, capital):
    (place,) = (p for p, _ in atlas.places if p.name["en"] == capital)
    assert place.capital
    assert place.rank == 1


def test_place_names_are_in_both_languages(atlas):
    for place, _ in atlas.places:
        assert {"en", "ko"} <= set(place.name), place.id


def test_sectors_follow_each_other_along_the_line(atlas):
    sectors = sorted(atlas.sectors, key=lambda sector: sector.lon_west)
    (west, _), *_, (east, _) = atlas.shapes["mdl"].coords
    assert sectors[0].lon_west == pytest.approx(west, abs=0.001)
    assert sectors[-1].lon_east == pytest.approx(east, abs=0.001)
    for one, following in pairwise(sectors):
        assert one.lon_east == pytest.approx(following.lon_west, abs=0.01), one.id
    # The land line is 235 to 256 km long by every measurement.
    assert 235 < sum(sector.measured_km for sector in sectors) < 256
