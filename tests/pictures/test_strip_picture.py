"""Strips as pictures: the records of the page, names that do not collide."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.pictures.lettering import (
    BOLD,
    Run,
    clean,
    shortened,
    width_of,
    wrapped_runs,
)
from borderviz.pictures.strip_names import LANE, SIZE, Name, place
from borderviz.pictures.strip_picture import strip_parts
from borderviz.render.strip_html import strips_html
from drawn import group, ids_in, said_of, svg_of, view_of
from markup import parsed

WORDS = st.text(st.sampled_from("abc 가나WM"), min_size=1, max_size=24)


def events_axis(atlas):
    return next(a for a in atlas.axes.values() if a.settings.strip == "events")


def strip_svg(atlas, kind, **changes):
    key = next(k for k, a in atlas.axes.items() if a.settings.strip == kind)
    return svg_of(f"strip-{key}", atlas, **changes)


@pytest.mark.parametrize("name", ["atlas", "atlantis"])
@pytest.mark.parametrize("since", ["", "2000"])
def test_the_picture_has_the_records_of_the_page(request, name, since):
    atlas = request.getfixturevalue(name)
    selection, context = view_of(atlas, since=since)
    page = parsed(strips_html(selection, context))
    (marks,) = page.all(class_="bv-s-marks")
    wanted = {mark["data-id"] for mark in marks.all(class_="bv-s")}
    assert wanted
    events = group(strip_svg(atlas, "events", since=since), "bv-events")
    assert ids_in(events) == wanted
    dots = {mark["data-id"] for mark in marks.all(class_="bv-s-dot")}
    symbols = group(strip_svg(atlas, "events", since=since), "bv-symbols")
    assert ids_in(symbols) == dots


def test_a_bar_is_as_long_as_the_range(atlas):
    svg = strip_svg(atlas, "events")
    axis = events_axis(atlas)
    rule = group(svg, "bv-km").find("{*}line")
    width = float(rule.get("x2"))
    checked = 0
    for bar in group(svg, "bv-ranges"):
        low, high = map(float, bar.get("data-span").split(","))
        drawn = bar.find("{*}rect")
        # Kilometres of the file have one decimal.
        near = 0.1 * width / axis.line.length_km + 0.02
        assert float(drawn.get("x")) == pytest.approx(
            low / axis.line.length_km * width, abs=near
        )
        assert float(drawn.get("width")) == pytest.approx(
            (high - low) / axis.line.length_km * width, abs=2 * near
        )
        checked += 1
    assert checked > 50


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("size", ["web", "print", "slide"])
def test_the_strip_says_sides_ends_and_where_it_was_measured(atlas, lang, size):
    _, context = view_of(atlas, lang)
    axis = events_axis(atlas)
    said = said_of(strip_svg(atlas, "events", lang=lang, size=size))
    settings = axis.settings
    for words in (settings.origin, settings.end, settings.version):
        assert context.plain(words) in said
    for side in (settings.left, settings.right):
        assert context.term("country", side) in said
    for key in ("picture-strip-range", "strip-line"):
        assert context.say(key) in said


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_place_is_named_where_the_height_is_free(atlas, lang):
    selection, context = view_of(atlas, lang)
    said = said_of(strip_svg(atlas, "places", lang=lang))
    hidden = re.escape(context.say("picture-strip-hidden", count=0).replace("0", "N"))
    assert not re.search(hidden.replace("N", r"\d+"), said)
    axis = next(a for a in atlas.axes.values() if a.settings.strip == "places")
    words, _ = strip_parts(axis, selection, context, "light")
    assert words.said in said


def test_the_selected_record_stands_out(atlantis):
    selection, context = view_of(atlantis)
    axis = events_axis(atlantis)
    chosen = next(r for r in selection.records if r.id in atlantis.along)
    on = replace(context, view=context.view.with_(selected=chosen.id))
    drawn = [
        strip_parts(axis, selection, c, "light")[1](700, None)[0] for c in (context, on)
    ]
    assert drawn[0] != drawn[1]


@given(
    st.lists(st.tuples(st.floats(0, 600), WORDS), max_size=14),
    st.integers(1, 8),
)
def test_names_never_overlap_nor_are_crossed(items, lanes):
    names = [Name(at, clean(words) or "x") for at, words in items]
    found = place(names, 600, lanes)
    placed = [one for one in found if one]
    assert [one.name for one in found if one] == [
        n for n, one in zip(names, found, strict=True) if one
    ]
    for one in placed:
        assert one.left >= -0.01
        assert one.right <= 600.01
        assert one.right - one.left == pytest.approx(width_of(one.name.words, SIZE))
        assert one.lane < lanes
    for one, other in combinations(placed, 2):
        if one.lane == other.lane:
            assert one.right < other.left or other.right < one.left
        upper, lower = (one, other) if one.lane > other.lane else (other, one)
        if upper.lane != lower.lane:
            assert not lower.left < upper.name.at < lower.right


def test_a_lone_name_is_always_placed_above_its_place():
    (one,) = place([Name(300, "Hill Gate")], 600, 1)
    assert (one.left + one.right) / 2 == pytest.approx(300)
    assert one.lane == 0
    assert SIZE < LANE


@given(st.text(max_size=200), st.floats(40, 400))
def test_lines_are_no_wider_than_the_room_and_lose_no_word(words, room):
    lines = wrapped_runs([Run(words, is_bold=True), Run(words)], 10, room)
    for line in lines:
        wide = sum(width_of(r.words, 10, r.weight) for r in line)
        assert wide <= room + 0.01
    joined = "".join(run.words for line in lines for run in line)
    assert "".join(joined.split()) == "".join((clean(words) * 2).split())


@given(st.text(max_size=60), st.floats(0, 200))
def test_a_shortened_text_fits(words, room):
    kept = shortened(words, 10, room)
    assert width_of(kept, 10) <= room
    assert kept in (words, "") or kept.endswith("…")


def test_wide_letters_are_wide_and_marks_take_no_room():
    assert width_of("脱", 10) == 10
    assert width_of("e\u0301\u0331", 10) < 2 * width_of("e", 10)
    assert width_of("MM", 10, BOLD) > width_of("ii", 10, BOLD)
