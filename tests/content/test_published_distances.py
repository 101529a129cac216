"""Distances that somebody published, measured again on the map.

A position may be off by its radius, the other end by its own, and words are rounded:
"4" is 3.5 to 4.5, "60" is 55 to 65. What differs by more is in `DIFFER` and is told in
geodata/README.md, so that a change on either side would be noticed.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point

from borderviz.faults import texts_of

README = Path(__file__).parents[2] / "geodata" / "README.md"
GEOD = Geod(ellps="WGS84")
KM = {"km": 1.0, "m": 0.001}
# The coast is simplified to 80 m; the line lies some 70 m from another's (README).
DRAWN_KM = 0.1
BEARINGS = {"north": 0, "north-east": 45, "east": 90, "south": 180, "south-west": 225}


class Published(NamedTuple):
    """
    One published distance.

    `words` stand in the `record`, which cites `source`; `said` is one number or two,
    in km or m. It is from the record, or from `start`, to a record, a line or zone, a
    town by its English name, or the North's `shore` or `mainland`. `bearing` is that
    of the start seen from there. An `island` is measured from its own shore.
    """

    record: str
    words: str
    said: str
    to: str
    source: str
    bearing: str = ""
    island: bool = False
    start: str = ""
    unit: str = "km"


AGREE = [
    Published("tunnel-3", "about 4 km south of Panmunjom", "4", "jsa-panmunjom",
              "hankyung-1990-03-04", bearing="south"),
    Published("tunnel-3", "44 km from Seoul", "44", "Seoul", "hankyung-1990-03-04"),
    Published("1978-10-17-tunnel-3", "about 4 km south of Panmunjom", "4",
              "jsa-panmunjom", "joongang-ilbo-9", bearing="south"),
    Published("tunnel-4", "26 km north-east of Yanggu", "26", "Yanggu",
              "hankyung-1990-03-04", bearing="north-east"),
    Published("1979-10-05-yanggu-infiltration", "16 km northeast of Yanggu", "16",
              "Yanggu", "joongang-ilbo-1979-10", bearing="north-east"),
    Published("1983-05-07-yanggu-captain", "21 km north of Yanggu", "21", "Yanggu",
              "joongang-ilbo-5", bearing="north"),
    Published("1986-panmunjom-east-99", "about 8 km east of Panmunjom", "8",
              "jsa-panmunjom", "joongang-ilbo-3", bearing="east"),
    Published("shatuozi-saebyol", "About 12 km south-west of Hunchun", "12", "Hunchun",
              "china-dragon-tours-3", bearing="south-west"),
    Published("shuangmufeng-samjiyon", "about 20 km from Heaven Lake", "20",
              "paektu-heaven-lake", "cnr-korean-2018-07-11", bearing="east"),
    Published("gyodong-distance", "about 2.5 km from the North Korean shore", "2.5",
              "shore", "viewus-global-2024", island=True),
    Published("gyodong-island", "About 2.6 km from the North", "2.6", "shore",
              "incheon-tourism-2021-09-24", island=True),
    Published("yeonpyeong", "about 12 km from the northern coast", "12", "shore",
              "wikipedia-10"),
    Published("baengnyeong", "13–16 km from the northern mainland", "13–16",
              "mainland", "the-korea-herald-2013-06-21", island=True),
    Published("ganghwa-peace-observatory", "1.8–2.3 km away over the water", "1.8–2.3",
              "shore", "the-korea-times-2012-03-22"),
    Published("odusan-observatory", "2–3 km away by most texts", "2–3", "shore",
              "gyeonggi-cultural-foundation"),
    Published("1998-06-22-sokcho-submarine", "18 km east of Sokcho", "18", "Sokcho",
              "seoul-shinmun-1998-06-23", bearing="east"),
    Published("2023-10-24-sokcho", "about 11 km east of Sokcho", "11", "Sokcho",
              "ap-2023-10-24", bearing="east"),
    Published("2004-11-19-yeonpyeong-one", "12.6 km east of Yeonpyeong", "12.6",
              "yeonpyeong", "dong-a-ilbo-2004-11-19", bearing="east"),
]  # fmt: skip
DIFFER = [
    Published("dmz-to-seoul", "about 60 km from Seoul", "60", "dmz",
              "reuters-factbox-via-2019-06", start="Seoul"),
    Published("dmz-to-seoul", "210 km from Pyongyang", "210", "dmz",
              "reuters-factbox-via-2019-06", start="Pyongyang"),
    Published("kaesong-industrial-complex", "10 km north of the DMZ", "10", "dmz",
              "wikipedia-6"),
    Published("daeseong-dong", "about 350–400 m west", "350–400", "mdl",
              "wikipedia-2024", unit="m"),
    Published("dorasan-station", "about 650 m from the southern edge of the DMZ", "650",
              "dmz", "infomap-travel-2024-08-06", unit="m"),
]  # fmt: skip


def metric(degrees):
    return gpd.GeoSeries([degrees], crs=4326).to_crs(5179).iloc[0]


@pytest.fixture(scope="module")
def land(atlas):
    """The detailed land in metres: that of the North, and the rest."""
    near = {p.get("shaded"): s for p, s in atlas.land if p.get("tier") == "near"}
    return metric(near[True]), metric(near[False])


def located(atlas, name):
    """Find (lon, lat) and radius of a record, or of a town by its English name."""
    if name in atlas.positions:
        return atlas.positions[name], atlas.records[name].uncertainty_km
    ((place, at),) = ((p, at) for p, at in atlas.places if p.name["en"] == name)
    return at, place.uncertainty_km


def measured(atlas, land, case):
    """Kilometres, and by how much both ends may be off."""
    at, radius = located(atlas, case.start or case.record)
    if case.to in atlas.positions or case.to not in {
        *atlas.shapes,
        "shore",
        "mainland",
    }:
        other, more = located(atlas, case.to)
        return GEOD.inv(*at, *other)[2] / 1000, radius + more
    north, rest = land
    start = metric(Point(at))
    if case.island:
        start = min(shapely.get_parts(rest), key=start.distance)
        radius = DRAWN_KM
    goal = north if case.to == "shore" else metric(atlas.shapes.get(case.to))
    if case.to == "mainland":
        goal = max(shapely.get_parts(north), key=lambda part: part.area)
    return start.distance(goal) / 1000, radius + DRAWN_KM


def stated(case):
    """Lowest and highest km that the words allow by themselves."""
    numbers = case.said.split("–")
    low, high = (float(numbers[i]) * KM[case.unit] for i in (0, -1))
    half = [0.5 * 10.0 ** last_digit(n) * KM[case.unit] for n in numbers]
    return low - half[0], high + half[-1]


def last_digit(number):
    """Power of ten of the last digit that is not a nought: 1 of "60", -1 of "2.5"."""
    whole, _, part = number.partition(".")
    return -len(part) if part else len(whole) - len(whole.rstrip("0"))


def agrees(atlas, land, case):
    km, slack = measured(atlas, land, case)
    low, high = stated(case)
    return low - slack <= km <= high + slack


@pytest.mark.parametrize("case", [*AGREE, *DIFFER], ids=lambda c: f"{c.record}-{c.to}")
def test_the_words_and_their_source_are_in_the_record(atlas, case):
    record = atlas.records[case.record]
    assert any(case.words in text["en"] for _, text in texts_of(record))
    assert all(number in case.words for number in case.said.split("–"))
    assert case.source in record.sources
    for statement in record.statements:
        assert (
            case.words not in statement.text["en"] or case.source in statement.sources
        )


@pytest.mark.parametrize("case", AGREE, ids=lambda c: f"{c.record}-{c.to}")
def test_a_published_distance_is_that_of_the_map(atlas, land, case):
    assert agrees(atlas, land, case), measured(atlas, land, case)


@pytest.mark.parametrize(
    "case", [c for c in AGREE if c.bearing], ids=lambda c: c.record
)
def test_a_published_bearing_is_that_of_the_map(atlas, case):
    """One of eight winds is right to an eighth of a turn, more where radii allow."""
    here, radius = located(atlas, case.record)
    there, more = located(atlas, case.to)
    azimuth, _, metres = GEOD.inv(*there, *here)
    off = abs((azimuth - BEARINGS[case.bearing] + 180) % 360 - 180)
    swing = math.asin(min(1, (radius + more) * 1000 / metres))
    assert off <= 22.5 + math.degrees(swing)


@pytest.mark.parametrize("case", DIFFER, ids=lambda c: f"{c.record}-{c.to}")
def test_what_differs_is_known_and_told(atlas, land, case):
    assert not agrees(atlas, land, case)
    km, _ = measured(atlas, land, case)
    shown = f"{km:.0f} km" if case.unit == "km" else f"{100 * round(10 * km):.0f} m"
    row = f"| `{case.record}` | {case.words} | {shown} |"
    assert row in README.read_text("utf-8")


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("kaesong-industrial-complex", "only about 4 km from the MDL"),
        ("daeseong-dong", "the OSM line gives about 0.9 km"),
    ],
)
def test_some_records_tell_the_difference_themselves(atlas, record, words):
    assert record in {case.record for case in DIFFER}
    assert any(words in text["en"] for _, text in texts_of(atlas.records[record]))
