"""Strips and kilometres as readers get them: marks, words, the table beside them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.filters import Filters
from borderviz.permalink import default_view
from borderviz.render.context import Context
from borderviz.render.lanes import lanes_of
from borderviz.render.strip_html import strips_html
from borderviz.render.strip_table import km_words
from borderviz.render.where_html import along_parts, exact_parts
from borderviz.selection import select
from markup import parsed

NOT_OURS = ("script", "img", "svg", "iframe", "style")


def context_of(atlas, **changes):
    return Context(atlas, default_view(atlas).with_(**changes))


def strips(atlas, **changes):
    context = context_of(atlas, **changes)
    return parsed(strips_html(select(atlas, context.view), context))


def share(node, name):
    return float(re.search(rf"{name}:(-?[\d.]+)%", node["style"])[1])


@pytest.mark.parametrize("name", ["atlantis", "hostile", "atlas"])
@pytest.mark.parametrize("filters", [Filters(), Filters(since="2002", until="2003")])
def test_strips_are_whole_and_only_our_own_markup(request, name, filters):
    root = strips(request.getfixturevalue(name), filters=filters)
    for node in root.all():
        assert node.name not in NOT_OURS
        assert not [a for a in node.attributes if a.startswith("on")]
    assert root.all("section")


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_selected_event_on_the_line_is_marked_and_in_the_table(atlas, lang):
    root = strips(atlas, lang=lang)
    (marks,) = root.all(class_="bv-s-marks")
    wanted = {
        record.id
        for record in select(atlas, default_view(atlas)).records
        if record.id in atlas.along and atlas.along[record.id].axis == "mdl"
    }
    assert {m["data-id"] for m in marks.all(class_="bv-s")} == wanted
    table = root.all("table")[0]
    assert {row["data-id"] for row in table.all("tr")} - {""} == wanted


def test_marks_lie_within_the_strip_and_bars_hold_their_symbols(atlas):
    (marks,) = strips(atlas).all(class_="bv-s-marks")
    bars = {}
    for bar in marks.all(class_="bv-s-bar"):
        left, width = share(bar, "left"), share(bar, "width")
        assert 0 <= left <= left + width <= 100.01
        bars.setdefault(bar["data-id"], []).append((left, left + width))
    dots = marks.all(class_="bv-s-dot")
    assert dots
    for dot in dots:
        at = share(dot, "left")
        spans = bars.get(dot["data-id"])
        assert not spans or any(low - 0.01 <= at <= high + 0.01 for low, high in spans)


def test_what_has_no_point_has_a_range_and_no_symbol(atlas):
    (marks,) = strips(atlas).all(class_="bv-s-marks")
    dots = {dot["data-id"] for dot in marks.all(class_="bv-s-dot")}
    bars = {bar["data-id"] for bar in marks.all(class_="bv-s-bar")}
    limit = atlas.settings.no_point_from_km
    vague = {r.id for r in atlas.records.values() if (r.uncertainty_km or 0) >= limit}
    assert not dots & vague
    assert len(bars & vague) > 5


def test_wider_ranges_are_fainter(atlas):
    (marks,) = strips(atlas).all(class_="bv-s-marks")
    inks = sorted(
        (atlas.along[b["data-id"]].width, float(b["style"].rpartition(":")[2]))
        for b in marks.all(class_="bv-s-bar")
    )
    shades = [ink for _, ink in inks]
    assert shades == sorted(shades, reverse=True)
    assert shades[0] > 2 * shades[-1]


def test_a_derived_or_unconfirmed_position_is_shown_so(atlas):
    root = strips(atlas)
    (marks,) = root.all(class_="bv-s-marks")
    pale = {m["data-id"] for m in marks.all(class_="bv-s-unsure")}
    dots = {m["data-id"] for m in marks.all(class_="bv-s-dot")}
    doubted = {
        identity
        for identity in dots
        if atlas.records[identity].location_derived
        or atlas.records[identity].location_unverified
    }
    assert pale == doubted
    derived = [r for r in root.all("tr") if "(derived)" in r.text]
    assert derived
    assert all(atlas.records[row["data-id"]].location_derived for row in derived)


def test_the_selected_record_stands_out(atlas):
    root = strips(atlas, selected="2025-10-19-cheorwon-soldier")
    chosen = {m["data-id"] for m in root.all(class_="bv-t-on")}
    assert chosen == {"2025-10-19-cheorwon-soldier"}


def test_an_empty_selection_says_so_and_keeps_the_line(atlantis):
    root = strips(atlantis, filters=Filters(areas=("moon",)))
    assert "None of the records shown" in root.text
    assert root.all(class_="bv-s-km")


def test_crossing_points_whose_place_was_derived_are_hollow(atlas):
    root = strips(atlas)
    gates = root.all(class_="bv-s-gate")
    hollow = {g["data-id"] for g in root.all(class_="bv-s-derived")}
    derived = {
        g["data-id"] for g in gates if atlas.records[g["data-id"]].location_derived
    }
    assert hollow == derived
    assert 0 < len(hollow) < len(gates)


def test_an_atlas_without_strips_says_so(atlantis):
    plain = [
        x.model_copy(update={"strip": None}) for x in atlantis.settings.reference_lines
    ]
    settings = atlantis.settings.model_copy(update={"reference_lines": plain})
    bare = type(atlantis)(**{**fields_of(atlantis), "settings": settings})
    assert "No line of this atlas" in strips(bare).text


def fields_of(atlas):
    return {name: getattr(atlas, name) for name in type(atlas).__dataclass_fields__}


# --- kilometres in words --------------------------------------------------------------


def test_a_vague_range_has_no_decimals_and_an_exact_one_has(atlas):
    context = context_of(atlas)
    vague = km_words(atlas.along["2025-10-19-cheorwon-soldier"], context)
    exact = km_words(atlas.along["2017-11-13-jsa"], context)
    assert re.fullmatch(r"\d+–\d+", vague)
    assert re.fullmatch(r"\d+\.\d–\d+\.\d", exact)


def test_the_panel_tells_line_range_distance_sector_and_version(atlas):
    record = atlas.records["2025-10-19-cheorwon-soldier"]
    said = "".join(parsed(p).text for p in along_parts(record, context_of(atlas)))
    along, axis = atlas.along[record.id], atlas.axes["mdl"]
    assert f"{along.low:.0f}–{along.high:.0f} of 246.4" in said
    assert "Cheorwon" in said
    assert axis.settings.version["en"] in said
    assert axis.settings.origin["en"] in said
    assert "15 km" in said


def test_a_derived_position_proves_no_distance(atlas):
    record = next(
        r
        for r in atlas.records.values()
        if r.kind == "crossing-point" and r.location_derived and r.id in atlas.along
    )
    said = "".join(parsed(p).text for p in along_parts(record, context_of(atlas)))
    assert "proves nothing" in said
    assert "km from the line" not in said


def test_a_distance_is_told_no_finer_than_lines_are_apart(atlas):
    record = atlas.records["2017-11-13-jsa"]
    said = "".join(parsed(p).text for p in along_parts(record, context_of(atlas)))
    assert atlas.along[record.id].distance_km < 0.05
    assert "Less than 0.1 km from the line" in said


def test_a_record_near_no_border_has_no_kilometre(atlas):
    record = next(r for r in atlas.records.values() if r.id not in atlas.along)
    assert along_parts(record, context_of(atlas)) == []


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_panel_says_how_exact_each_place_is(atlas, lang):
    context = context_of(atlas, lang=lang)
    said = {}
    for record in atlas.records.values():
        if record.id in atlas.positions and record.uncertainty_km:
            text = parsed(exact_parts(record, context)[0]).text
            said.setdefault(text.rpartition(" ")[0], set()).add(record.uncertainty_km)
            assert context.number(record.uncertainty_km) in text
    assert len(said) > 3


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 0.3)), max_size=25),
    st.integers(1, 5),
)
def test_names_on_one_lane_never_overlap(starts, lanes):
    spans = [(a, a + width) for a, width in starts]
    rows = lanes_of(spans, lanes)
    placed = [
        (row, *span) for row, span in zip(rows, spans, strict=True) if row is not None
    ]
    for n, (row, low, high) in enumerate(placed):
        assert row < lanes
        for other, a, b in placed[n + 1 :]:
            assert row != other or high <= a or b <= low
