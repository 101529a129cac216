"""Published positions and countries: what must lie on a line, or on one side of it."""

from __future__ import annotations

import re

import geopandas as gpd
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point

GEOD = Geod(ellps="WGS84")
# Bridges over the border rivers whose length a record gives have 148 to about 600 m.
HALF_A_BRIDGE_KM = 0.3
MARKER = re.compile(r"(\d+\.\d+) N (\d+\.\d+) E")


def metric(degrees):
    return gpd.GeoSeries([degrees], crs=4326).to_crs(5179).iloc[0]


def test_border_bridges_with_a_published_position_lie_on_the_line(atlas):
    lines = [
        atlas.shapes[n] for axis in atlas.axes for n in atlas.records[axis].geometry
    ]
    border = metric(shapely.union_all(lines))
    tried = 0
    for record in atlas.records.values():
        radius = record.uncertainty_km or 1
        if (
            record.kind == "crossing-point"
            and radius < 1
            and not record.location_derived
        ):
            km = metric(Point(atlas.positions[record.id])).distance(border) / 1000
            assert km <= radius + HALF_A_BRIDGE_KM, record.id
            tried += 1
    assert tried >= 10


def test_the_tripoint_lies_between_the_markers_of_the_treaty(atlas):
    """Two of three are on the banks, the meeting point is fixed in mid-river."""
    record = atlas.records["tripoint-markers"]
    found = MARKER.findall(record.statements[0].text["en"])
    markers = [(float(lon), float(lat)) for lat, lon in found]
    apart = GEOD.inv(*markers[0], *markers[1])[2]
    for line, end in (("russia-border", 0), ("china-border-tumen", 0)):
        meeting = atlas.shapes[line].coords[end]
        metres = [GEOD.inv(*meeting, *marker)[2] for marker in markers]
        assert max(metres) < apart
        assert sum(metres) < apart + 100


@pytest.mark.parametrize("border", ["mdl", "china-border"])
def test_towns_are_on_the_side_of_their_country(atlas, border):
    """GeoNames says the country; a town nearer than its own radius may be on either."""
    axis = atlas.axes[border]
    towns = [
        (place, at)
        for place, at in atlas.places
        if place.country in (axis.settings.left, axis.settings.right)
    ]
    where = axis.line.locate(*zip(*(at for _, at in towns), strict=True))
    tried = 0
    for (place, _), km, side in zip(towns, where.distance_km, where.side, strict=True):
        if place.uncertainty_km < km <= axis.settings.reach_km and side:
            assert axis.side_name(int(side)) == place.country, place.id
            tried += 1
    assert tried >= 10
