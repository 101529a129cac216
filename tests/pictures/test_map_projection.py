"""Projection, extent and scale bar of the map's picture."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from pyproj import Geod

from borderviz.permalink import decode_query
from borderviz.pictures.map_extent import (
    LEAST_M,
    bar_error,
    bar_km,
    chosen_record,
    opening,
    projection_for,
)
from borderviz.pictures.map_projection import Frame, Projection
from borderviz.selection import select

FRAME = Frame(20, 80, 720, 620)
GEOD = Geod(ellps="WGS84")


def view_of(query, atlas):
    return decode_query(query, atlas, ()).view


def shown(query, atlas, frame=FRAME):
    view = view_of(query, atlas)
    record = chosen_record(atlas, view, select(atlas, view))
    return projection_for(atlas, view, record, frame)


@pytest.mark.parametrize(("lat", "lon"), [(0, 10), (38, 127), (-50, -70), (84, 20)])
def test_middle_is_in_the_middle_and_north_is_up(lat, lon):
    at = Projection(lat, lon, 500, FRAME)
    assert at.point(lon, lat) == pytest.approx(FRAME.middle)
    x, y = at.point(lon, lat + 0.5)
    assert x == pytest.approx(FRAME.middle[0], abs=1e-6)
    assert y < FRAME.middle[1]


def test_places_undo_points():
    at = Projection(38, 127, 900, FRAME)
    lonlat = np.array([[126.1, 37.2], [129.9, 42.0], [127, 38]])
    assert at.places(at.points(lonlat)) == pytest.approx(lonlat, abs=1e-9)


def test_it_is_conformal():
    at = Projection(38, 127, 900, FRAME)
    step = 1e-4
    for lon, lat in ((122.0, 34.0), (133.0, 43.0)):
        here, east, north = at.points(
            np.array([[lon, lat], [lon + step, lat], [lon, lat + step]])
        )
        a, b = east - here, north - here
        cosine = a @ b / math.hypot(*a) / math.hypot(*b)
        assert cosine == pytest.approx(0, abs=1e-3)
        metres = [
            GEOD.inv(lon, lat, lon + step, lat)[2],
            GEOD.inv(lon, lat, lon, lat + step)[2],
        ]
        scales = math.hypot(*a) / metres[0], math.hypot(*b) / metres[1]
        assert scales[0] == pytest.approx(scales[1], rel=1e-3)


def test_zoom_is_that_of_a_web_map_of_the_same_scale():
    metres_per_pixel = 156_543.033928 * math.cos(math.radians(38)) / 2**9
    assert Projection(38, 127, metres_per_pixel, FRAME).zoom == pytest.approx(9)


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
def test_scale_bar_of_the_opening_view_is_true(name, request):
    at = opening(request.getfixturevalue(name), FRAME)
    km = bar_km(at, 130)
    assert km * 1000 / at.unit_m <= 130
    assert bar_error(at, km, FRAME.middle) == pytest.approx(0, abs=1e-4)
    for corner in ((FRAME.left, FRAME.top), (FRAME.right, FRAME.bottom)):
        assert abs(bar_error(at, km, corner)) < 0.02


def test_scale_that_varies_is_known_to():
    near, far = Projection(38, 127, 900, FRAME), Projection(30, 115, 12_000, FRAME)
    assert near.most_scale < 1.02 < far.most_scale
    km = bar_km(far, 130)
    error = bar_error(far, km, (FRAME.left + 5, FRAME.top + 5))
    assert error == pytest.approx(1 / far.most_scale - 1, abs=0.01)


@pytest.mark.parametrize("most", [40, 130, 170, 300])
@pytest.mark.parametrize("unit_m", [3, 45, 900, 14_000])
def test_scale_bar_is_round_and_long(most, unit_m):
    km = bar_km(Projection(38, 127, unit_m, FRAME), most)
    digit = km / 10 ** math.floor(math.log10(km) + 1e-9)
    assert round(digit, 6) in (1, 2, 5)
    assert 0.35 * most <= km * 1000 / unit_m <= most + 1e-9


def test_readers_position_comes_first(atlas):
    at = shown("at=38.3,127.25,10&sel=mdl", atlas)
    assert (at.lat, at.lon) == (38.3, 127.25)
    assert (
        FRAME.width * at.unit_m >= 1000 * 156_543 * math.cos(math.radians(38.3)) / 2**10
    )


@pytest.mark.parametrize("zoom", ["1", "18"])
def test_zoom_keeps_to_what_the_map_allows(zoom, atlas):
    at = shown(f"at=38.3,127.25,{zoom}", atlas)
    assert 2 < at.zoom < 14.5


def test_selected_record_is_in_the_middle_with_its_circle(atlas):
    at = shown("sel=2025-10-19-cheorwon-soldier", atlas)
    record = atlas.records["2025-10-19-cheorwon-soldier"]
    lon, lat = atlas.positions[record.id]
    assert (at.lon, at.lat) == (lon, lat)
    assert at.radius(record.uncertainty_km, FRAME.middle) * 2 < FRAME.height / 2


def test_selected_line_fits(atlas):
    at = shown("sel=mdl", atlas)
    assert within(atlas.shapes["mdl"], at)


def test_selected_route_fits(atlas):
    at = shown("layers=routes&sel=southern-laos-thailand", atlas)
    assert within(atlas.shapes["southern-laos-thailand"], at)


def test_step_fits(atlas):
    for step in atlas.story:
        at = shown(f"story={step.id}", atlas)
        box = shapely.segmentize(shapely.box(*step.head.box), 0.2)
        assert within(box, at), step.id


def within(shape, at):
    xy = at.points(shapely.get_coordinates(shape))
    return all(FRAME.holds(x, y) for x, y in xy)


def test_hidden_record_is_not_chosen(atlas):
    identity = "2025-10-19-cheorwon-soldier"
    for query in (f"sel={identity}&to=2000-01-01", f"sel={identity}&layers=places"):
        view = view_of(query, atlas)
        assert chosen_record(atlas, view, select(atlas, view)) is None
    view = view_of(f"sel={identity}", atlas)
    assert chosen_record(atlas, view, select(atlas, view)).id == identity


def test_nothing_is_shown_nearer_than_it_is_known(atlantis):
    nearest = min(r.uncertainty_km or 1 for r in atlantis.records.values())
    assert nearest < 5
    for identity in atlantis.positions:
        at = shown(f"sel={identity}", atlantis)
        assert min(FRAME.width, FRAME.height) * at.unit_m >= LEAST_M - 1


@pytest.mark.parametrize(("lat", "lon"), [(84, 170), (-84, 0), (0, 179), (66, -30)])
def test_degrees_hold_all_of_the_frame(lat, lon):
    at = Projection(lat, lon, 5000, FRAME)
    west, south, east, north = at.degrees
    across = np.linspace(FRAME.left, FRAME.right, 30)
    down = np.linspace(FRAME.top, FRAME.bottom, 30)
    xy = np.array([(x, y) for x in across for y in down])
    lons, lats = at.places(xy).T
    assert south <= lats.min()
    assert lats.max() <= north
    turned = (lons - lon + 180) % 360 - 180 + lon
    held = (turned >= west) & (turned <= east) | (np.abs(turned) > 180)
    assert held.all()


def test_long_strokes_are_bent():
    at = Projection(60, 100, 9000, FRAME)
    stroke = shapely.LineString([(60, 60), (140, 60)])
    drawn = at.shape(stroke)
    assert len(drawn.coords) > 40


def test_shape_out_of_sight_is_empty():
    at = Projection(38, 127, 900, FRAME)
    assert at.shape(shapely.LineString([(0, 0), (1, 1)])).is_empty
