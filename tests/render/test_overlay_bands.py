"""A reader's own rows on timeline and strips: every row counts, and counts once."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.render import overlay_strip
from borderviz.render.overlay_bins import bins_of
from borderviz.render.overlay_rows import rows_on
from borderviz.render.overlay_strip import own_strips
from borderviz.render.overlay_timeline import band, edges_of, scale_of_rows, spread
from borderviz.render.strip_html import strips_html
from borderviz.render.timeline_html import Scale, timeline_html
from markup import parsed
from own_rows import along, asked, everything

COUNT = 80
MASKS = st.lists(st.booleans(), min_size=COUNT, max_size=COUNT).map(np.array)


@pytest.fixture(scope="module")
def overlay(atlantis):
    return along(atlantis, COUNT)


def dated(atlas, *dates, **more):
    return along(atlas, len(dates), date=list(dates), **more)


@given(mask=MASKS, first=st.integers(1990, 2015), years=st.integers(0, 40))
def test_the_bars_and_what_is_outside_add_up(overlay, mask, first, years):
    edges = edges_of(Scale(first, first + years))
    found = spread(overlay, mask, edges)
    assert (found >= -1e-9).all()
    assert found.sum() == pytest.approx(np.count_nonzero(mask & (overlay.first > 0)))


def test_a_vague_date_counts_in_parts(atlantis):
    overlay = dated(atlantis, "2011", "2011-02", "2011-02-03", category=["x"] * 3)
    months = spread(overlay, everything(overlay), edges_of(Scale(2011, 2012)))
    bars = months.sum(axis=0)[1:-1]
    assert len(bars) == 24
    assert bars[1] == pytest.approx(2 + 28 / 365)
    assert bars[0] == pytest.approx(31 / 365)
    assert bars[12:].sum() == 0


@pytest.mark.parametrize(
    ("scale", "bars"), [(Scale(2011, 2011), 12), (Scale(2000, 2020), 21)]
)
def test_a_short_time_has_months(scale, bars):
    edges = edges_of(scale)
    assert len(edges) == bars + 1
    ends = [dt.date.fromordinal(int(day)) for day in edges[[0, -1]]]
    assert ends == [dt.date(scale.first, 1, 1), dt.date(scale.last + 1, 1, 1)]


def test_there_are_never_more_bars_than_can_be_seen():
    assert len(edges_of(Scale(1, 9998))) <= 202


def test_the_scale_is_as_wide_as_both_need(atlantis):
    selection, context = asked(atlantis)
    alone = parsed(timeline_html(selection, context)).all(class_="bv-timeline")[0]
    first, last = int(alone["data-first"]), int(alone["data-last"])
    overlay = dated(atlantis, f"{first - 20}", f"{last + 9}-05")
    mask = everything(overlay)
    html = timeline_html(selection, context, band(overlay, mask, context))
    both = parsed(html).all(class_="bv-timeline")[0]
    assert (int(both["data-first"]), int(both["data-last"])) == (first - 20, last + 9)
    assert len(both.all("i", "bv-t")) == len(alone.all("i", "bv-t"))
    assert "rows with a date that are shown: 2" in both.text


def test_one_mistyped_year_of_many_does_not_press_all_together(atlantis):
    dates = ["0201", *["2013"] * 400]
    overlay = dated(atlantis, *dates)
    found = scale_of_rows(overlay, np.arange(len(overlay)))
    assert found == Scale(2013, 2013)
    selection, context = asked(atlantis)
    mask = everything(overlay)
    html = timeline_html(selection, context, band(overlay, mask, context))
    assert "Outside the years shown: 1." in parsed(html).text


@pytest.mark.parametrize("dates", [["0001"], ["9999"], ["0001", "9999"]])
def test_the_first_and_last_year_can_be_drawn(atlantis, dates):
    overlay = dated(atlantis, *dates)
    selection, context = asked(atlantis)
    mask = everything(overlay)
    html = timeline_html(selection, context, band(overlay, mask, context))
    assert parsed(html).all(class_="bv-t-own")
    assert len(parsed(html).all(class_="bv-t-years")[0].all("span")) <= 16


def test_rows_that_filters_leave_out_stay_behind_in_grey(overlay, atlantis):
    selection, context = asked(atlantis)
    none = np.zeros(COUNT, bool)
    html = timeline_html(selection, context, band(overlay, none, context))
    (bars,) = parsed(html).all(class_="bv-t-own-bars")
    assert bars.all("i")
    assert not [x for x in bars.all("i") if re.search(r"var\(--[a-i]\)", x["style"])]
    assert all("--bv-line" in x["style"] for x in bars.all("i"))


def test_rows_without_any_date_have_no_band(atlantis):
    overlay = dated(atlantis, "", "")
    assert band(overlay, everything(overlay), asked(atlantis)[1]) is None


@given(mask=MASKS)
def test_the_bins_of_a_strip_add_up_to_its_rows(overlay, atlantis, mask):
    for axis in atlantis.axes.values():
        rows = rows_on(overlay, mask, axis)
        assert set(rows.tolist()) <= set(np.flatnonzero(mask).tolist())
        bins = bins_of(overlay, rows, axis.line.length_km, scale_of_rows(overlay, rows))
        assert bins.counts.sum() == len(rows)
        undated = int((overlay.first[rows] == 0).sum())
        if scale_of_rows(overlay, rows):
            assert bins.counts[:, -1].sum() == undated
        assert (np.diff(bins.kms) > 0).all()
        assert bins.kms[-1] == axis.line.length_km


def test_rows_belong_to_a_border_as_records_do(atlantis):
    ids = [x for x in atlantis.along if atlantis.along[x].km is not None]
    at = [atlantis.positions[x] for x in ids]
    radii = [f"{atlantis.records[x].uncertainty_km}" for x in ids]
    lats, lons = ([f"{p[n]!r}" for p in at] for n in (1, 0))
    changed = {"lat": lats, "lon": lons, "radius km": radii}
    overlay = along(atlantis, len(ids), **changed)
    for name, axis in atlantis.axes.items():
        wanted = [n for n, x in enumerate(ids) if atlantis.along[x].axis == name]
        assert rows_on(overlay, everything(overlay), axis).tolist() == wanted


def test_each_row_on_a_strip_has_a_mark_and_a_line_in_its_table(overlay, atlantis):
    selection, context = asked(atlantis)
    mask = everything(overlay)
    html = strips_html(selection, context, own_strips(overlay, mask, context, 3))
    marks = [x["data-row"] for x in parsed(html).all("i", "bv-own-dot")]
    twins = [x["data-row"] for x in parsed(html).all("tr") if x["data-row"]]
    drawn = [a for a in atlantis.axes.values() if a.settings.strip]
    wanted = sorted(str(n) for a in drawn for n in rows_on(overlay, mask, a).tolist())
    assert sorted(marks) == sorted(twins) == wanted != []
    on = {x["data-row"] for x in parsed(html).all("i", "bv-t-on") if x["data-row"]}
    assert on == {"3"} & set(wanted)


def test_many_rows_are_counted_and_the_table_has_the_same_counts(
    overlay, atlantis, monkeypatch
):
    monkeypatch.setattr(overlay_strip, "MOST_MARKS", 5)
    selection, context = asked(atlantis)
    mask = everything(overlay)
    html = strips_html(selection, context, own_strips(overlay, mask, context))
    root = parsed(html)
    assert not root.all("i", "bv-own-dot")
    cells = [
        int(re.search(r"(\d+) rows?$", x["title"])[1])
        for x in root.all("i", "bv-own-cell")
    ]
    sums = [
        int(row.all("td")[-1].text)
        for table in root.all("table", "bv-own-table")
        for row in table.all("tr")
        if row.all("td")
    ]
    drawn = [a for a in atlantis.axes.values() if a.settings.strip]
    total = sum(len(rows_on(overlay, mask, axis)) for axis in drawn)
    assert sum(cells) == sum(sums) == total > 5


def test_a_strip_without_rows_says_so_and_is_else_as_it_was(overlay, atlantis):
    selection, context = asked(atlantis)
    far = replace(overlay, located=overlay.located.assign(border=None))
    own = own_strips(far, everything(far), context)
    html = strips_html(selection, context, own)
    (line,) = {x.text for x in parsed(html).all("p", "bv-own-words")}
    assert (
        line
        == f"Your data: 0 rows that are shown lie along this line, elsewhere: {COUNT}."
    )
    said = re.sub(r'<p class="bv-small bv-own-words">[^<]*</p>', "", html)
    assert said == strips_html(selection, context)
