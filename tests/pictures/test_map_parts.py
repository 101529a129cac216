"""Parts of the map's picture: symbols, circles, coasts, legend, groups of the SVG."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from borderviz.pictures.map_coast import _outline as land_outline
from borderviz.pictures.map_coverage import counted
from borderviz.pictures.map_groups import Mark
from borderviz.pictures.map_land import mapped
from borderviz.pictures.map_paths import dashes, path_of
from borderviz.pictures.map_projection import Frame, Projection
from borderviz.pictures.map_sizes import MAP_SIZES
from borderviz.pictures.map_symbols import _outline, symbol_path
from borderviz.render.context import Context
from borderviz.render.web_files import symbol_paths
from borderviz.view import ViewState
from mapped import SVG, asked, parsed, plate, records, texts

FRAME = Frame(0, 0, 600, 400)


@pytest.mark.parametrize("name", symbol_paths())
def test_each_symbol_is_a_closed_shape_of_its_size(name):
    path = symbol_path(name, (100, 50))
    left, top, right, bottom = path.get_extents().extents
    assert 8 <= right - left <= 20
    assert 6 <= bottom - top <= 20
    assert (left + right) / 2 == pytest.approx(100, abs=1.5)
    assert (top + bottom) / 2 == pytest.approx(50, abs=1.5)


def test_triangle_points_the_way_it_is_turned():
    for turn, way in ((0, (0, -1)), (90, (1, 0)), (180, (0, 1)), (270, (-1, 0))):
        tip = symbol_path("triangle", (0, 0), turn=turn).vertices[0]
        assert tip == pytest.approx(np.array(way) * 8, abs=1e-9)


def test_scale_makes_symbols_larger():
    one, two = (symbol_path("dot", (0, 0), scale=s).get_extents() for s in (1, 2))
    assert two.width == pytest.approx(2 * one.width)
    assert one.width == pytest.approx(10, abs=0.01)
    assert one.height == pytest.approx(10, abs=0.01)


def test_unknown_command_of_a_path_is_told():
    with pytest.raises(ValueError, match="'Q'"):
        _outline("M0 0Q1 1 2 2")


def test_dashes_are_counted_in_widths():
    assert dashes("6 5", 2) == (0, (3.0, 2.5))
    assert dashes(None, 2) == dashes("", 2) == "solid"


def test_paths_keep_holes_and_drop_what_is_no_line():
    ring = shapely.Point(0, 0).buffer(10).difference(shapely.Point(0, 0).buffer(4))
    path = path_of(ring)
    assert (path.codes == path.MOVETO).sum() == 2
    assert (path.codes == path.CLOSEPOLY).sum() == 2
    assert path_of(shapely.GeometryCollection([shapely.Point(1, 1)])) is None


def test_coast_has_no_edge_where_the_data_were_cut_off():
    island = shapely.Polygon([(9, 50), (9.5, 50.1), (10, 50), (10, 51), (9, 51)])
    runs = shapely.get_parts(land_outline(island, (9.0, 10.0), (51.0,)))
    found = [shapely.get_coordinates(run).tolist() for run in runs]
    assert found == [[[9, 50], [9.5, 50.1], [10, 50]]]


def test_straight_coast_elsewhere_stays():
    island = shapely.box(9, 50, 10, 51)
    assert land_outline(island, (8.0,), (49.0,)).length == pytest.approx(4)


def test_data_reach_as_far_as_the_land_and_the_bounds(atlas):
    west, south, east, north = mapped(atlas).bounds
    assert (west, south) <= (28, -2)
    assert (east, north) >= (157, 66)


def test_circles_are_counted_where_they_overlap(atlantis):
    context = Context(atlantis, ViewState(lang="en", layers=()))
    known = next(r for r in atlantis.records.values() if r.uncertainty_km)
    projection = Projection(50, 9, known.uncertainty_km * 1000 / 40, FRAME)
    marks = [Mark(known.id, "x", (x, 200.0), "dot") for x in (280.0, 320.0)]
    counts, x, y = counted(context, projection, marks)

    def at(across, down):
        return counts[np.abs(y - down).argmin(), np.abs(x - across).argmin()]

    assert at(300, 200) == pytest.approx(2)
    assert at(250, 200) == at(350, 200) == pytest.approx(1)
    assert at(300, 300) == 0
    area = 2 * np.pi * 40**2
    assert counts.sum() * (x[1] - x[0]) ** 2 == pytest.approx(area, rel=0.02)


def test_shades_of_the_circles_are_explained(atlas):
    root = parsed("circles=1", atlas)
    ids = {g.get("id") for g in plate(root, "circles").iter(f"{SVG}g")}
    assert {"coverage-1", "coverage-8"} <= ids
    legend = [t.words for t in texts(root) if t.plate == "legend"]
    assert "How many records may lie here" in legend


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_numbers_of_the_legend_are_what_is_drawn(atlas, lang):
    root = parsed(f"lang={lang}&at=37.95,126.7,10", atlas)
    lines = [t for t in texts(root) if t.plate == "legend"]
    shown = records(root, "events", "selected")
    for layer in atlas.settings.layers:
        count = sum(
            (atlas.records[i].direction in layer.directions or not layer.directions)
            and atlas.records[i].kind in layer.kinds
            for i in shown
        )
        named = [t for t in lines if t.words == layer.name[lang]]
        if not count:
            continue
        (row,) = named
        (told,) = (
            t.words for t in lines if t is not row and abs(t.box[3] - row.box[3]) < 0.5
        )
        assert int(told) == count


def test_record_without_a_point_says_so(atlas):
    lost = next(
        r for r in atlas.records.values() if r.extent and r.id not in atlas.positions
    )
    root = parsed(f"sel={lost.id}", atlas)
    said = " ".join(t.words for t in texts(root) if t.plate == "words")
    assert lost.title["en"] in said
    assert "No point on the map" in said
    assert lost.id not in records(root, "events", "selected")


def test_symbols_tell_their_record_on_hover(atlas):
    _, context = asked("sel=2025-10-19-cheorwon-soldier", atlas)
    record = atlas.records["2025-10-19-cheorwon-soldier"]
    root = parsed("sel=2025-10-19-cheorwon-soldier", atlas)
    told = [e.text for e in plate(root, "selected").iter(f"{SVG}title")]
    assert told == [f"{record.title['en']}, {context.date(record)}"]


def test_ids_of_the_svg_are_unique(atlas):
    root = parsed("circles=1&layers=land-line.routes.crossings-south.places", atlas)
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    named = [i for i in ids if "_" not in i]
    twice = {i for i in named if named.count(i) > 1}
    assert not twice


def test_sizes_are_what_they_say():
    paper = MAP_SIZES["print"]
    assert paper.width_px / paper.dpi * 25.4 == pytest.approx(180, abs=0.1)
    assert paper.height_px / paper.dpi * 25.4 == pytest.approx(145, abs=0.1)
    assert 10 * paper.unit_points >= 6, "the smallest letters of print"
    for name, size in MAP_SIZES.items():
        assert size.across > size.down > 500, name
