"""The yearly arrivals as rows: what adds up, which years a row covers."""

from __future__ import annotations

import pytest

from borderviz.arrivals import arrivals, span


@pytest.fixture
def found(atlas):
    return arrivals(atlas.arrivals)


@pytest.mark.parametrize(
    ("column", "total"), [("total", 34_537), ("male", 9_593), ("female", 24_944)]
)
def test_the_whole_rows_add_up(found, column, total):
    assert sum(getattr(row, column) for row in found.whole) == total


def test_no_whole_row_is_inside_another_and_none_overlap(found):
    years = [
        year
        for row in found.whole
        for year in range(row.first or row.last, row.last + 1)
    ]
    assert years == sorted(set(years)) == list(range(1998, 2026))
    assert not any(row.subset_of for row in found.whole)
    assert len(found.rows) > len(found.whole)


def test_a_merged_row_is_not_a_year(found):
    merged = [row for row in found.whole if not row.is_year]
    assert [(row.period, row.first, row.last) for row in merged] == [
        ("until-1998", None, 1998),
        ("1999-2001", 1999, 2001),
    ]


def test_only_a_calendar_year_counts_as_one_for_those_who_came_straight(found):
    by_period = {entry.period: entry for entry in found.direct}
    assert (by_period["2024"].year, by_period["2024"].people) == (2024, 3)
    assert (by_period["2025"].year, by_period["2025"].people) == (2025, None)
    for period in ("2015-01..2015-07", "2010-01..2015-07 total", "2017 (to 21 Dec)"):
        assert by_period[period].year is None


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("until-1998", (None, 1998)),
        ("1999-2001", (1999, 2001)),
        ("2002", (2002, 2002)),
        ("2025-Q1", (None, None)),
        ("2022-Q1-Q3", (None, None)),
        ("2015-01", (None, None)),
        ("20020", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_period_is_read_as_whole_years_or_not_at_all(period, years):
    assert span(period) == years


def test_an_atlas_without_arrivals_has_no_rows():
    found = arrivals({})
    assert found.rows == found.whole == found.direct == ()
    assert found.title is found.unit is None


def test_a_row_without_a_number_is_left_out_and_a_missing_split_stays_missing(atlantis):
    rows = [{"year": "2001", "total": 3, "sources": ["a"]}, {"year": "2002"}]
    (row,) = arrivals({**atlantis.arrivals, "rows": rows}).rows
    assert (row.total, row.male, row.female, row.note) == (3, None, None, None)
    assert row.is_year
