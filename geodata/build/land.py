"""Land and sea for the offline basemap: detailed around the borders, coarse elsewhere.

Land is dissolved: the dated country shapes give the coast, never a border. What the
map shades as the country between the two borders is the land inside its own time zone,
so the shade ends exactly where the drawn lines run.
"""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from packages import zone

NEAR = box(122.8, 33.0, 132.2, 44.2)
FAR = box(28.0, -2.0, 157.0, 68.0)
METRIC_CRS = "EPSG:5179"
NEAR_TOLERANCE_M = 80.0
CLOSE_TOLERANCE_M = 12.0
CLOSE_KM = 18.0
FAR_TOLERANCE_DEGREES = 0.035
SMALLEST_ISLAND_KM2 = 0.15
SMALLEST_LAKE_KM2 = 40.0
SMALLEST_FAR_AREA = 0.012


def whole_land(land: dict[str, list[BaseGeometry]]) -> MultiPolygon:
    """Dissolve the countries' land around the borders, in metres."""
    # The input is clipped already: a second `clip_by_rect` was seen to return the whole
    # rectangle for a shape outside it, an overlay of repaired shapes is exact.
    pieces = [
        shapely.intersection(shapely.make_valid(shape), NEAR)
        for shapes in land.values()
        for shape in shapes
    ]
    whole = _metric(_polygons(shapely.union_all(pieces)))
    # Two countries' coasts were drawn apart: close the slits between them first.
    return _polygons(whole.buffer(60, resolution=2).buffer(-60, resolution=2))


def near_land(whole: MultiPolygon) -> dict[str, MultiPolygon]:
    """Build detailed land in two parts that fit together: shaded, and the rest."""
    parts = _in_two(_without_specks(whole), NEAR_TOLERANCE_M)
    return _degrees([_without_specks(_polygons(p)) for p in parts])


def close_land(
    whole: MultiPolygon, lines: list[LineString]
) -> tuple[MultiPolygon, dict[str, MultiPolygon], MultiLineString]:
    """
    Build land at nearly full detail in a strip along some lines.

    Returns
    -------
    strip, land, coast
        The strip, which hides the coarser land below it; the land in it, in two parts;
        its coast, without the strip's own edges. EPSG:4326.
    """
    metric = gpd.GeoSeries(lines, crs=4326).to_crs(METRIC_CRS).simplify(500)
    strip = metric.buffer(CLOSE_KM * 1000, resolution=4).union_all().simplify(1000)
    inside = _polygons(shapely.intersection(whole, strip.buffer(2000)))
    kept = _without_specks(inside, island=0.01)
    parts = [
        # A little more than the strip, or its edge would show as a hair line.
        _polygons(shapely.intersection(_polygons(part), strip.buffer(60)))
        for part in _in_two(kept, CLOSE_TOLERANCE_M)
    ]
    edge = shapely.union_all(parts).boundary
    coast = _lines(shapely.intersection(edge, strip.buffer(20)))
    outline = gpd.GeoSeries([strip, shapely.line_merge(coast)], crs=METRIC_CRS)
    around, shore = outline.to_crs(4326)
    return _polygons(around), _degrees(parts), _lines(shore)


def _in_two(whole: MultiPolygon, tolerance_m: float) -> list[BaseGeometry]:
    """Split land into shaded and rest, and simplify both as one coverage (metres)."""
    shaded = shapely.intersection(whole, _metric(zone("Asia/Pyongyang")))
    rest = shapely.difference(whole, shaded)
    both = np.array([_polygons(shaded), _polygons(rest)])
    return list(shapely.coverage_simplify(both, tolerance_m))


def _degrees(parts: list[MultiPolygon]) -> dict[str, MultiPolygon]:
    """Bring the two parts back to EPSG:4326."""
    back = gpd.GeoSeries(parts, crs=METRIC_CRS).to_crs(4326).make_valid()
    shaded, rest = (_polygons(shape) for shape in back)
    return {"shaded": shaded, "rest": rest}


def far_land(countries: Iterable[tuple[str, MultiPolygon]]) -> MultiPolygon:
    """Build coarse land for the wide region, with the detailed part left out."""
    clipped = [
        shapely.clip_by_rect(shapely.make_valid(shape), *FAR.bounds)
        for _, shape in countries
        if shape.intersects(FAR)
    ]
    whole = shapely.union_all([shapely.make_valid(c) for c in clipped])
    # A sliver of overlap hides the joint between the two resolutions.
    outside = _polygons(shapely.difference(whole, NEAR.buffer(-0.02)))
    parts = [_filled(p, SMALLEST_FAR_AREA * 8) for p in outside.geoms]
    parts = [p for p in parts if p.area >= SMALLEST_FAR_AREA]
    simple = shapely.simplify(np.array(parts), FAR_TOLERANCE_DEGREES)
    return _polygons(shapely.make_valid(shapely.union_all(simple)))


def far_borders(countries: list[tuple[str, MultiPolygon]]) -> list[BaseGeometry]:
    """Draw the coarse edges that two countries share, outside the detailed part."""
    shapes = [(n, s) for n, s in countries if s.intersects(FAR)]
    tree = shapely.STRtree([s for _, s in shapes])
    found = []
    for i, (_, shape) in enumerate(shapes):
        for j in tree.query(shape, predicate="intersects"):
            if j > i:
                edge = shapely.intersection(shape.boundary, shapes[j][1].boundary)
                found.append(shapely.line_merge(_lines(edge)))
    merged = shapely.intersection(shapely.union_all(found), FAR)
    simple = shapely.simplify(shapely.line_merge(_lines(merged)), FAR_TOLERANCE_DEGREES)
    return [g for g in shapely.get_parts(simple) if g.length > 0.05]


def _metric(shape: BaseGeometry) -> BaseGeometry:
    """Project to metres."""
    return gpd.GeoSeries([shape], crs=4326).to_crs(METRIC_CRS).make_valid().iloc[0]


def _without_specks(
    shape: BaseGeometry,
    *,
    island: float = SMALLEST_ISLAND_KM2,
) -> MultiPolygon:
    """Drop islets and ponds too small to be more than noise on a map (metres in)."""
    kept = [
        _filled(polygon, SMALLEST_LAKE_KM2 * 1e6)
        for polygon in _polygons(shape).geoms
        if polygon.area >= island * 1e6
    ]
    # What lay on an island in a filled lake is now inside its neighbour: dissolve it.
    return _polygons(shapely.union_all(shapely.make_valid(np.array(kept))))


def _filled(polygon: Polygon, smallest: float) -> Polygon:
    """Fill holes below an area, in the square of the shape's own unit."""
    holes = [hole for hole in polygon.interiors if Polygon(hole).area >= smallest]
    return Polygon(polygon.exterior, holes)


def _polygons(shape: BaseGeometry) -> MultiPolygon:
    """Keep the areas of whatever an overlay returned."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    nested = [p for p in shapely.get_parts(shape) if p.geom_type == "MultiPolygon"]
    return MultiPolygon([*parts, *(q for m in nested for q in m.geoms)])


def _lines(shape: BaseGeometry) -> BaseGeometry:
    """Keep the lines of whatever an overlay returned."""
    return shapely.MultiLineString(
        [p for p in shapely.get_parts(shape) if p.geom_type == "LineString"]
    )
