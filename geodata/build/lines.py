"""The border lines: shared edges of time zones, cut where land, estuary and sea meet.

Time-zone polygons carry OpenStreetMap's country borders vertex by vertex, so the edge
that two zones share *is* the border line at full resolution. This module finds those
edges, cuts them at the points named below, and orients them; it moves no vertex.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, mapping
from shapely.ops import linemerge

from packages import zone

GEOD = Geod(ellps="WGS84")
METRIC_CRS = "EPSG:5179"
SHORE_M = 50.0

# Where the land line begins: its western end at the mouth of the Imjin, as the
# sector table has it ("Land line starts at the Imjin").
IMJIN_MOUTH = (126.69, 37.843)
# First published point of the western limit line, at the mouth of the Han estuary.
ESTUARY_MOUTH = (126.111111, 37.7125)
# The land part at Mount Paektu: between these two places the line runs in straight
# surveyed legs (over the crater lake), outside them it winds with the rivers.
TUMEN_HEAD = (128.4311, 42.0202)
YALU_HEAD = (128.0698, 41.9689)
# Where the long straight legs at sea end and the line enters the river.
TUMEN_MOUTH = (130.697, 42.2929)


def shared_edges(a: MultiPolygon, b: MultiPolygon) -> list[LineString]:
    """Return the edges that two zones have in common, merged, longest first."""
    edges_b = _edges(b)
    common = [edge for edge in _edges(a) if edge in edges_b or edge[::-1] in edges_b]
    merged = linemerge([LineString(edge) for edge in common])
    parts = list(merged.geoms) if hasattr(merged, "geoms") else [merged]
    return sorted(parts, key=GEOD.geometry_length, reverse=True)


def _edges(shape: MultiPolygon) -> set[tuple[tuple[float, float], ...]]:
    """List every edge of every ring, coordinates at the package's 1e-6 degrees."""
    found = set()
    for polygon in shape.geoms:
        for ring in (polygon.exterior, *polygon.interiors):
            points = [tuple(p) for p in np.round(np.array(ring.coords), 6).tolist()]
            found.update(pairwise(points))
    return found


def cut(line: LineString, *places: tuple[float, float]) -> list[LineString]:
    """Cut a line at the vertices nearest to some places (lon, lat)."""
    points = np.array(line.coords)
    ends = sorted(
        int(np.argmin(((points - place) * [0.79, 1]) ** 2 @ [1, 1])) for place in places
    )
    stops = [0, *ends, len(points) - 1]
    return [LineString(points[a : b + 1]) for a, b in pairwise(stops)]


def first_on_shore(
    line: LineString, *shores: Polygon | MultiPolygon
) -> tuple[float, float]:
    """Find the first vertex, from the line's start, within 50 m of every shore."""
    shore = [gpd.GeoSeries([s], crs=4326).to_crs(METRIC_CRS).iloc[0] for s in shores]
    points = gpd.GeoSeries([Point(p) for p in line.coords], crs=4326).to_crs(METRIC_CRS)
    near = np.all([points.distance(s).to_numpy() <= SHORE_M for s in shore], axis=0)
    place = line.coords[int(np.argmax(near))]
    return float(place[0]), float(place[1])


def build(
    land: dict[str, Any], sea_lines: Path
) -> tuple[dict[str, LineString], Polygon]:
    """
    Build every line by id, and the nominal zone around the land line.

    Parameters
    ----------
    land
        Dated land polygons by country code, for the cuts at the coasts.
    sea_lines
        The published points at sea (`sea_points.json`).

    Returns
    -------
    lines, zone
        Lines in (lon, lat), EPSG:4326; the zone 2 km to either side of the land line.
    """
    north, south = zone("Asia/Pyongyang"), zone("Asia/Seoul")
    inter = _oriented(shared_edges(north, south)[0], west_to_east=True)
    coast = first_on_shore(
        LineString(inter.coords[::-1]), land["PRK"].union(land["KOR"])
    )
    _, estuary, mdl, sea_east = cut(inter, ESTUARY_MOUTH, IMJIN_MOUTH, coast)

    river = _oriented(shared_edges(north, zone("Asia/Shanghai"))[0], west_to_east=False)
    mouth = first_on_shore(LineString(river.coords[::-1]), land["CHN"], land["PRK"])
    tumen, paektu, yalu, sea_yalu = cut(river, TUMEN_HEAD, YALU_HEAD, mouth)

    east = shared_edges(north, zone("Asia/Vladivostok"))[0]
    east = _oriented(east, west_to_east=True)
    russia, _sea = cut(east, TUMEN_MOUTH)

    published = json.loads(sea_lines.read_text(encoding="utf-8"))
    socheong = _island(land["KOR"], (124.75, 37.77))
    yeonpyeong = _island(land["KOR"], (125.70, 37.665))
    lines = {
        "mdl": mdl,
        "han-estuary-line": estuary,
        "nll-west": LineString(published["nll-west"]),
        "nll-east": sea_east,
        "waterway-1": LineString([*published["waterway-1"], socheong]),
        "waterway-2": LineString([*published["waterway-2"], yeonpyeong]),
        "china-border-tumen": tumen,
        "china-border-paektu": paektu,
        "china-border-yalu": yalu,
        "china-sea-line": sea_yalu,
        "russia-border": russia,
    }
    return lines, _nominal_zone(mdl)


def _oriented(line: LineString, *, west_to_east: bool) -> LineString:
    """Turn a line round if it runs the other way."""
    eastward = line.coords[0][0] < line.coords[-1][0]
    return line if eastward == west_to_east else LineString(line.coords[::-1])


def _island(land: MultiPolygon, place: tuple[float, float]) -> tuple[float, float]:
    """Take the middle of the island nearest to a place."""
    nearest = min(land.geoms, key=lambda part: part.distance(Point(place)))
    middle = nearest.representative_point()
    return round(middle.x, 6), round(middle.y, 6)


def _nominal_zone(mdl: LineString) -> Polygon:
    """Lay 2 km to either side of the land line, with square ends."""
    metric = gpd.GeoSeries([mdl], crs=4326).to_crs(METRIC_CRS)
    strip = metric.buffer(2000, cap_style="flat", resolution=8).simplify(5)
    return strip.to_crs(4326).iloc[0]


def geojson_geometry(shape: Any) -> dict[str, Any]:
    """Write a geometry as RFC 7946: six decimals, right-hand rings."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        rounded = shapely.orient_polygons(shapely.set_precision(shape, 1e-6))
    else:
        rounded = shapely.set_precision(shape, 1e-6, mode="pointwise")
    return json.loads(json.dumps(mapping(rounded)))
