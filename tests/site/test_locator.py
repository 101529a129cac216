"""The small map of a record's page: true to scale, legible, no finer than the map."""

from __future__ import annotations

import re

import pytest
from pyproj import Geod

from borderviz.permalink import default_view
from borderviz.render.context import Context
from borderviz.render.web_files import symbol_paths
from borderviz.site.locator import Locator
from borderviz.site.locator_names import Box, names
from borderviz.site.names import LinkWriter
from borderviz.site.projected import HIGH, WIDE, Frame, latitude
from markup import parsed

GEOD = Geod(ellps="WGS84")
NAME = re.compile(r'<text x="([-\d.]+)" y="([-\d.]+)"(.*?)>(.*)<')


LOCATORS: dict[str, Locator] = {}


def locator_of(atlas):
    """Make what draws an atlas's maps once: it makes the land coarser first."""
    known = LOCATORS.get(str(atlas.root))
    if known is None:
        known = Locator(atlas, symbol_paths())
        LOCATORS[str(atlas.root)] = known
    return known


def figure_of(record, atlas, lang=""):
    view = default_view(atlas)
    context = Context(atlas, view.with_(lang=lang or view.lang))
    links = LinkWriter(f"records/{record.id}.html", view, atlas)
    return locator_of(atlas).figure(record, context, links)


@pytest.mark.parametrize("degrees", [0.5, 2.0])
def test_a_kilometre_is_as_long_as_it_says(degrees):
    frame = Frame.around((127.0, 38.0), degrees)
    km = 20.0
    lon, lat, _ = GEOD.fwd(127.0, 38.0, 90, km * 1000)
    x, _ = frame.at((lon, lat))
    assert (x - WIDE / 2) * frame.km_per_unit == pytest.approx(km, rel=0.01)
    lon, lat, _ = GEOD.fwd(127.0, 38.0, 0, km * 1000)
    _, y = frame.at((lon, lat))
    assert (HIGH / 2 - y) * frame.km_per_unit == pytest.approx(km, rel=0.02)


def test_a_frame_shows_what_it_was_asked_for():
    frame = Frame.of((124.0, 37.0, 131.0, 43.0), 1.0)
    for position in ((124.0, 37.0), (131.0, 43.0)):
        x, y = frame.at(position)
        assert 0 < x < WIDE
        assert 0 < y < HIGH
    west, south, east, north = frame.box.bounds
    assert west < 124.0 < 131.0 < east
    assert south < 37.0 < 43.0 < north
    assert latitude(frame.y) == pytest.approx(40.1, abs=0.2)


def test_the_circle_is_as_wide_as_the_place_is_uncertain(any_atlas):
    drawn = 0
    for record in any_atlas.records.values():
        if record.id not in any_atlas.positions or not record.uncertainty_km:
            continue
        figure = figure_of(record, any_atlas)
        (radius,) = re.findall(r'r="([\d.]+)" class="bv-l-circle', figure)
        reach = 2.6 * record.uncertainty_km / 111.32
        frame = Frame.around(any_atlas.positions[record.id], max(0.5, reach))
        assert float(radius) * frame.km_per_unit == pytest.approx(
            record.uncertainty_km, abs=0.06 * frame.km_per_unit
        )
        # All of it is seen, with what lies around it.
        assert float(radius) < HIGH / 2
        drawn += 1
        if drawn > 40:
            break
    assert drawn


def test_what_has_no_place_has_no_map(any_atlas):
    for record in any_atlas.records.values():
        placed = record.id in any_atlas.positions or record.geometry or record.waypoints
        assert bool(figure_of(record, any_atlas)) == bool(placed)


def test_names_stand_inside_and_never_over_each_other(atlas):
    view = default_view(atlas)
    for lang in ("en", "ko"):
        context = Context(atlas, view.with_(lang=lang))
        for record in list(atlas.records.values())[:200]:
            if record.id not in atlas.positions:
                continue
            frame = Frame.around(atlas.positions[record.id], 0.5)
            boxes = []
            for piece in names(atlas, record, frame, context):
                found = NAME.search(piece)
                if not found:
                    continue
                x, y = float(found[1]), float(found[2])
                wide = sum(12.0 if ord(c) > 0x1100 else 6.6 for c in found[4])
                left = x - wide if "text-anchor" in found[3] else x
                boxes.append(Box(left, y - 11, left + wide, y + 3))
            assert all(box.is_inside for box in boxes)
            pairs = [(a, b) for a in boxes for b in boxes if a is not b]
            assert not any(a.meets(b) for a, b in pairs)


def test_the_drawing_is_told_in_words_and_escaped(any_atlas):
    for record in list(any_atlas.records.values())[:60]:
        figure = figure_of(record, any_atlas)
        if not figure:
            continue
        root = parsed(figure.replace("<svg", "<span").replace("</svg", "</span"))
        (drawing,) = (n for n in root.all("span") if n["role"] == "img")
        assert drawing["aria-label"]
