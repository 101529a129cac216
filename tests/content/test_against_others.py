"""Our lines beside lines that others drew, and what geodata/README.md says of it.

The others are in `tests/data/reference_lines.geojson`, which names where they are from;
`make references` rebuilds it. Distances are measured in EPSG:5179, which is true to
scale within 0.2 % along all these borders (see `test_map.py`).
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import shape

ROOT = Path(__file__).parents[2]
FILE = ROOT / "tests" / "data" / "reference_lines.geojson"
GEOD = Geod(ellps="WGS84")
STEP_KM = 0.1
FOLLOWS_M = 1000
# Nine points in ten of a map are right to a fiftieth of an inch at its scale (United
# States National Map Accuracy Standards, Bureau of the Budget, 1947). Natural Earth
# names a scale and no accuracy, so it is asked no more than that: 25 km at 1:50m.
PLOTTED_M = 0.0254 / 50
METRES = {"10m": 10e6 * PLOTTED_M, "50m": 50e6 * PLOTTED_M}
BORDERS = ("mdl", "china-border", "russia-border")
COMPARED = [(line, scale) for line in BORDERS for scale in METRES]


@pytest.fixture(scope="module")
def others():
    features = json.loads(FILE.read_text("utf-8"))["features"]
    return {f["id"]: (shape(f["geometry"]), f["properties"]) for f in features}


@pytest.fixture(scope="module")
def section():
    """What the contract says of all this, one line a string."""
    text = (ROOT / "geodata" / "README.md").read_text("utf-8")
    _, _, rest = text.partition("\n## How the line compares with others\n")
    return re.split(r"\n## ", rest)[0].splitlines()


def metric(degrees):
    return gpd.GeoSeries([degrees], crs=4326).to_crs(5179).iloc[0]


def ours_of(atlas, line):
    return shapely.union_all([atlas.shapes[n] for n in atlas.records[line].geometry])


def apart_m(one, other, step_m=500):
    """How far points along one line lie from the other, in metres."""
    parts = shapely.get_parts(shapely.line_merge(metric(one)))
    steps = [np.arange(0, part.length, step_m) for part in parts]
    points = [
        shapely.line_interpolate_point(p, s) for p, s in zip(parts, steps, strict=True)
    ]
    return shapely.distance(np.concatenate(points), metric(other))


def assert_told(rows, section):
    missing = [row for row in rows if row not in section]
    assert not missing, "\n".join(["geodata/README.md lacks", *missing])


def ten(metres):
    """To ten metres, as the contract prints it."""
    return f"{round(metres, -1):,.0f} m"


# --- the demarcation line and the limit of the South's townships ----------------------


@pytest.fixture(scope="module")
def walk(atlas, others):
    """Kilometre, distance in metres, side and sector of a point every 100 m."""
    axis = atlas.axes["mdl"]
    limits = [geometry for name, (geometry, _) in others.items() if "limit" in name]
    limit = metric(shapely.union_all(limits))
    km = np.arange(0, axis.line.length_km, STEP_KM)
    here = gpd.GeoSeries(gpd.points_from_xy(*axis.line.at(km).T), crs=4326).to_crs(5179)
    strokes = shapely.shortest_line(here.to_numpy(), limit)
    feet = gpd.GeoSeries(shapely.get_point(strokes, -1), crs=5179).to_crs(4326)
    side = axis.line.locate(feet.x, feet.y).side
    sectors = np.array([axis.sector_at(one) for one in km])
    return km, shapely.length(strokes), side, sectors


def stretches(walk):
    """Where the two part by more than a kilometre: rows of the contract's table."""
    km, apart, side, sectors = walk
    rows = []
    for is_far, group in groupby(range(len(km)), lambda i: apart[i] > FOLLOWS_M):
        if is_far:
            at = list(group)
            worst = max(at, key=lambda i: apart[i])
            run = "north" if side[worst] > 0 else "south"
            where = f"| {km[at[0]]:.1f}–{km[at[-1]]:.1f} | `{sectors[worst]}` |"
            rows.append(f"{where} {ten(apart[worst])} | {run} |")
    return rows


def test_the_line_follows_the_limit_of_the_townships(walk):
    follows = walk[1] <= FOLLOWS_M
    assert 0.88 < follows.mean() < 0.93
    assert np.median(walk[1][follows]) < 100
    assert np.percentile(walk[1][follows], 95) < 600
    assert walk[1].max() < 3500


def test_the_contract_tells_how_closely(walk, section):
    _, apart, _, _ = walk
    near = apart[apart <= FOLLOWS_M]
    told = [
        f"| within 1 km of each other | {100 * len(near) / len(apart):.0f} % |",
        f"| median there | {ten(np.median(near))} |",
        f"| 95th percentile there | {ten(np.percentile(near, 95))} |",
        f"| median everywhere | {ten(np.median(apart))} |",
        f"| 95th percentile everywhere | {ten(np.percentile(apart, 95))} |",
    ]
    assert_told(told, section)


def test_the_contract_tells_the_median_of_each_sector(atlas, walk, section):
    _, apart, _, sectors = walk
    told = [
        f"| `{sector.id}` | {ten(np.median(apart[sectors == sector.id]))} |"
        for sector in atlas.sectors
    ]
    assert_told(told, section)


def test_the_contract_tells_every_stretch_where_they_part(walk, section):
    told = [row for row in section if re.match(r"\| \d+\.\d–", row)]
    cells = [" |".join(row.split(" |")[:4]) + " |" for row in told]
    assert cells == stretches(walk), stretches(walk)


def test_behind_the_hwacheon_front_the_limit_is_that_of_cheorwon(atlas, others):
    """As `sectors.toml` says: by law to 127.87 E, and it is good to about a km."""
    (limit,) = (g for g, about in others.values() if about.get("county") == "철원군")
    lons, lats = np.array(atlas.shapes["mdl"].segmentize(0.001).coords).T
    here = gpd.GeoSeries(gpd.points_from_xy(lons, lats), crs=4326).to_crs(5179)
    followed = lons[here.distance(metric(limit)) <= FOLLOWS_M]
    assert followed.max() == pytest.approx(127.87, abs=1 / 87)
    (front,) = (s for s in atlas.sectors if s.id == "hwacheon-front")
    assert followed.min() < front.lon_west
    assert not [a for _, a in others.values() if a.get("county") == "화천군"]


# --- all borders and the lines of Natural Earth ---------------------------------------


@pytest.fixture(scope="module")
def compared(atlas, others):
    """Lengths in km and distances in metres, both ways, by line and scale."""
    found = {}
    for line, scale in COMPARED:
        ours = ours_of(atlas, line)
        theirs, _ = others[f"natural-earth-{scale}-{line}"]
        lengths = [GEOD.geometry_length(one) / 1000 for one in (ours, theirs)]
        found[line, scale] = lengths, apart_m(ours, theirs), apart_m(theirs, ours)
    return found


def test_natural_earth_lies_as_near_as_its_scale_allows(compared):
    beyond = {
        (line, scale, name)
        for (line, scale), (_, ours, theirs) in compared.items()
        for name, apart in (("ours", ours), ("theirs", theirs))
        if np.percentile(apart, 90) > METRES[scale]
    }
    # It has the three countries meet some 15 km too far up the river: our end of the
    # line lies between the markers of the treaty (test_published_places.py).
    assert beyond == {("russia-border", "10m", "theirs")}


def test_no_point_is_farther_than_the_coarser_scale_allows(compared):
    for _, ours, theirs in compared.values():
        assert max(ours.max(), theirs.max()) < METRES["50m"]


def test_a_generalised_line_is_shorter(compared):
    longer = {key for key, ((ours, theirs), *_) in compared.items() if theirs > ours}
    assert longer == {("russia-border", "10m"), ("russia-border", "50m")}


def test_the_contract_tells_these_distances(compared, section):
    told = [
        f"| `{line}` | 1:{scale} | {lengths[0]:,.0f} km | {lengths[1]:,.0f} km "
        f"| {np.percentile(ours, 90) / 1000:.1f} km "
        f"| {np.percentile(theirs, 90) / 1000:.1f} km |"
        for (line, scale), (lengths, ours, theirs) in compared.items()
    ]
    assert_told(told, section)


# --- the file itself ------------------------------------------------------------------


def test_the_file_says_where_it_is_from():
    head = json.loads(FILE.read_text("utf-8"))
    for name in ("license", "attribution", "method", "source_packages", "rebuilt_by"):
        assert head[name], name
    assert FILE.stat().st_size < 400_000
