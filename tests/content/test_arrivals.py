"""The yearly arrivals: what adds up, and what must not be counted twice."""

from __future__ import annotations

import pytest

ROUNDED = 0.05


@pytest.fixture(scope="module")
def rows(atlas):
    return {row["year"]: row for row in atlas.arrivals["rows"]}


@pytest.mark.parametrize(
    ("column", "total"), [("total", 34_537), ("male", 9_593), ("female", 24_944)]
)
def test_rows_add_up_to_the_published_total(atlas, rows, column, total):
    whole = [row[column] for row in rows.values() if "subset_of" not in row]
    assert sum(whole) == total
    assert atlas.arrivals[f"sum_{column}"] == total


def test_men_and_women_are_everyone(rows):
    for year, row in rows.items():
        if "subset_of" not in row or "male" in row:
            assert row["male"] + row["female"] == row["total"], year


def test_shares_are_computed_from_the_row(rows):
    for year, row in rows.items():
        if "female_share_pct" in row:
            share = 100 * row["female"] / row["total"]
            assert row["female_share_pct"] == pytest.approx(
                share, abs=ROUNDED + 1e-9
            ), year


def test_parts_are_no_more_than_the_row_they_are_in(rows):
    for whole in {row["subset_of"] for row in rows.values() if "subset_of" in row}:
        parts = [row for row in rows.values() if row.get("subset_of") == whole]
        for column in ("total", "male", "female"):
            inside = sum(part.get(column, 0) for part in parts)
            assert inside <= rows[whole][column], whole


def test_the_revised_series_is_used(rows):
    assert rows["2025"]["total"] == 223
    assert rows["until-1998"]["total"] == 947
    assert rows["1998"]["total"] == 71
    assert rows["1998"]["subset_of"] == "until-1998"
    assert rows["1999-2001"]["total"] == 1043
    assert rows["2024"]["total"] == 236


def test_few_came_straight_over_the_line(atlas):
    direct = {entry["period"]: entry for entry in atlas.arrivals["direct"]}
    assert direct["2024"]["people"] == 3
    # For 2025 only "a single-digit number" was published: no figure is made up.
    assert "people" not in direct["2025"]


def test_every_figure_names_its_source(atlas):
    for table, entries in atlas.arrivals.items():
        for entry in entries if isinstance(entries, list) else ():
            assert entry["sources"], (table, entry)
            assert set(entry["sources"]) <= set(atlas.sources), (table, entry)
