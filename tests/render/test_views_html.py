"""Timeline, table, limits and sentence as markup: whole, escaped, and in order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.filters import Filters
from borderviz.limits import beside, limits
from borderviz.permalink import SORTS, decode, default_view
from borderviz.render.context import Context
from borderviz.render.lanes import packed
from borderviz.render.limits_html import limits_html
from borderviz.render.sentence import page_title, sentence_html
from borderviz.render.table_html import KEYS, sorted_records, table_html
from borderviz.render.timeline_html import NARROWEST, Scale, timeline_html
from borderviz.selection import select
from markup import parsed

VIEWS = (
    Filters(),
    Filters(modes=("dolphin",)),
    Filters(since="1969-12-31", until="1970-01-01"),
    Filters(kinds=("authorised",), within_km=1),
)


@pytest.fixture(params=["atlantis", "hostile"])
def any_atlas(request):
    return request.getfixturevalue(request.param)


def context_of(atlas, **changes):
    return Context(atlas, default_view(atlas).with_(**changes))


@pytest.mark.parametrize("filters", VIEWS)
@pytest.mark.parametrize("lang", ["en", "eo"])
def test_every_view_is_whole_and_only_our_own_markup(any_atlas, filters, lang):
    context = context_of(any_atlas, lang=lang, filters=filters)
    selection = select(any_atlas, context.view)
    for html in (
        timeline_html(selection, context),
        table_html(selection, context),
        limits_html(selection, context),
        sentence_html(selection, context),
    ):
        root = parsed(html)
        for node in root.all():
            assert node.name not in ("script", "img", "svg", "iframe", "style")
            assert not [name for name in node.attributes if name.startswith("on")]
        for link in root.all("a"):
            assert link["href"].startswith("?")
            query = dict(
                part.split("=", 1) for part in link["href"][1:].split("&") if part
            )
            found = decode(query, any_atlas, ())
            assert found.ignored == ()
    assert "\n" not in page_title(selection, context)


@given(
    spans=st.lists(
        st.tuples(st.floats(0, 1), st.floats(0.01, 0.4)).map(
            lambda pair: (pair[0], pair[0] + pair[1])
        ),
        max_size=40,
    ).map(sorted)
)
def test_marks_on_one_row_never_overlap(spans):
    rows = packed(spans)
    for n, (start, end) in enumerate(spans):
        for m in range(n):
            if rows[m] == rows[n]:
                assert spans[m][1] <= start or end <= spans[m][0]


@pytest.mark.parametrize(
    ("date", "date_end", "first", "last"),
    [
        ("1953-07-27", None, 0.0, 1.0),
        ("1969-12-31", None, 16.99, 17.01),
        ("1970-01-01", None, 17.0, 17.01),
        ("1970", None, 17.0, 18.0),
        ("1970-06", None, 17.4, 17.5),
    ],
)
def test_a_date_takes_the_room_it_may_mean(atlantis, date, date_end, first, last):
    record = next(iter(atlantis.records.values())).model_copy(
        update={"date": date, "date_end": date_end}
    )
    scale = Scale(1953, 2002)
    start, end = scale.span(record)
    years = 50
    assert first - 0.02 <= start * years < end * years <= last + 0.02
    assert (end - start > NARROWEST) == (len(date) == 4)


def test_every_column_sorts_both_ways_and_keeps_every_record(atlas):
    context = context_of(atlas)
    records = select(atlas, context.view).records
    assert set(KEYS) == set(SORTS)
    for name in SORTS:
        up = sorted_records(records, name, context)
        down = sorted_records(records, f"-{name}", context)
        assert {r.id for r in up} == {r.id for r in down} == {r.id for r in records}
        keys = [KEYS[name](r, context) for r in up]
        full = [k for k in keys if k not in (None, "")]
        assert full == sorted(full)
        assert all(k in (None, "") for k in keys[len(full) :])
        back = [KEYS[name](r, context) for r in down[: len(full)]]
        assert back == sorted(full, reverse=True)


def test_the_heading_that_sorts_says_so(atlas):
    context = context_of(atlas, sort="-people")
    root = parsed(table_html(select(atlas, context.view), context))
    (head,) = (node for node in root.all("th") if node["aria-sort"])
    assert head["aria-sort"] == "descending"
    assert "sort=people" in head.all("a")[0]["href"]


def test_limits_add_up(atlas):
    context = context_of(atlas)
    records = select(atlas, context.view).records
    found = limits(records, atlas)
    assert found.total == len(records) == sum(found.dates.values())
    places = {k: v for k, v in found.places.items() if k != "derived"}
    assert sum(places.values()) == found.total
    assert sum(found.decades.values()) == found.total
    assert list(found.decades) == list(range(1950, 2030, 10))
    none = limits([], atlas)
    assert none.total == 0
    assert set(none.decades.values()) == {0}


def test_known_counts_are_beside_ours_where_they_concern_what_is_shown(atlas):
    context = context_of(atlas)
    every = beside(select(atlas, context.view).records, atlas)
    assert len(every) == len(atlas.settings.known_counts) >= 4
    assert all(found.count for found in every)
    early = context.view.with_(filters=Filters(until="1954"))
    assert beside(select(atlas, early).records, atlas) == []


def test_known_counts_say_both_numbers(atlantis):
    context = context_of(atlantis)
    html = limits_html(select(atlantis, context.view), context)
    words = parsed(html).text
    assert ": 60. In this atlas: 2." in words


def test_a_turning_point_without_room_is_still_there_to_be_read(atlas):
    context = context_of(atlas)
    root = parsed(timeline_html(select(atlas, context.view), context))
    names = [node.text for node in root.all("a", "bv-t-label")]
    wanted = [p.label["en"] for p in atlas.settings.turning_points]
    assert sorted(names) == sorted(wanted)
    drawn = [
        node
        for node in root.all("a", "bv-t-label")
        if "bv-hidden-words" not in node["class"]
    ]
    assert 8 <= len(drawn) <= len(wanted)


def test_the_selected_mark_is_on(atlas):
    name = "2025-10-19-cheorwon-soldier"
    context = context_of(atlas, selected=name)
    root = parsed(timeline_html(select(atlas, context.view), context))
    assert [node["data-id"] for node in root.all("i", "bv-t-on")] == [name]
    table = parsed(table_html(select(atlas, context.view), replace(context)))
    (link,) = (node for node in table.all("a") if node["aria-current"])
    assert name in link["href"]
