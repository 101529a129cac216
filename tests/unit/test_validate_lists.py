"""Each rule over places, labels, sectors, shapes, land and the series of arrivals."""

from __future__ import annotations

import pytest

PLACES, LABELS = "places.geojson", "labels.geojson"
LINES, LAND = "lines.geojson", "land.geojson"
SECTORS, SOURCES = "sectors.toml", "sources.json"


def only(problems):
    """The one problem, complete."""
    (problem,) = problems
    assert all((problem.found, problem.allowed, problem.cure))
    return problem


def place(problem):
    return problem.file, problem.record, problem.field


@pytest.mark.parametrize(
    ("old", "new", "record", "field", "found"),
    [
        ("total = 12", "total = 13", "", "rows.total", "a sum of 61"),
        ("\nmale = 4", "\nmale = 5", "", "rows.male", "a sum of 26"),
        ("female = 8", "female = 9", "", "rows.female", "a sum of 36"),
        ("sum_total = 60", "sum_total = 61", "", "rows.total", "a sum of 60"),
        ("sum_female = 35\n", "", "", "rows.female", "a sum of 35"),
        ('subset_of = "until-2001"', 'subset_of = "1999"', "2001", "subset_of", "1999"),
        ('["coast-office-2003", "h', '["coast", "h', "2003", "rows.sources", "coast"),
        ('es = ["harbour', 'es = ["x", "harbour', "#1", "direct.sources", "x"),
    ],
)  # fmt: skip
def test_a_series_that_does_not_add_up_is_told(
    edit_text, old, new, record, field, found
):
    problems = edit_text("arrivals.toml", old, new)
    mine = [p for p in problems if place(p) == ("arrivals.toml", record, field)]
    assert found in only(mine).found


def test_a_row_whose_parts_are_not_its_whole_is_told(edit_text):
    problem = only(edit_text("arrivals.toml", "\nmale = 3", "\nmale = 2"))
    assert place(problem) == ("arrivals.toml", "2001", "rows.total")
    assert (problem.found, problem.allowed[:1]) == ("7", "6")


def test_a_row_that_loses_its_mark_is_counted(edit_text):
    problems = edit_text("arrivals.toml", 'subset_of = "until-2001"', "")
    assert [p.found for p in problems] == ["a sum of 67", "a sum of 28", "a sum of 39"]


def test_rows_that_are_no_tables_add_up_to_nothing(edit_text, atlantis_copy):
    path = atlantis_copy / "arrivals.toml"
    head = path.read_text(encoding="utf-8").split("[[rows]]")[0]
    path.write_text(f"{head}\nrows = [1, 2]\n", encoding="utf-8")
    problems = edit_text("arrivals.toml", "rows = [1, 2]", "rows = 3")
    assert {p.found for p in problems} == {"a sum of 0"}


@pytest.mark.parametrize(
    ("file", "old", "new", "record", "field", "found"),
    [
        (PLACES, '"MUU"', '"MU"', "ra-mu", "country", "MU"),
        (PLACES, '"rank": 3', '"rank": 9', "reed-end", "rank", "9"),
        (PLACES, '"en": "Ra Mu"', '"zh": "Ra Mu"', "ra-mu", "name", "zh"),
        (PLACES, '"ra-mu",\n  "r', '"hill-end",\n  "r', "hill-end", "id", PLACES),
        (PLACES, "[-37.5, 31.2]", "[31.2, -37.5]", "ra-mu", "geometry", "lon 31.2"),
        (LABELS, '"river"', '"stream"', "label-lethe", "kind", "stream"),
        (LABELS, '"Lethe"', '"Lethe", "xx": "L"', "label-lethe", "name", "xx"),
        (LABELS, "[-38.1, 31.2]", "[31, -38]", "label-lethe", "geometry", "lon 31"),
        (SECTORS, '"old-', '"new-', "west-reeds", "sources", "new-chronicle"),
        (SECTORS, '"coral-', '"moral-', "west-reeds", "border", "moral-line"),
        (SECTORS, "= -39.5", "= -38.5", "west-reeds", "lon_west", "from -38.5"),
        (SECTORS, 'note = {en', 'note = {xx', "west-reeds", "note", "eo, xx"),
        (SECTORS, '"east-hills"', '"west-reeds"', "west-reeds", "id", SECTORS),
        (LINES, '"lethe"\n', '"Le the"\n', "Le the", "id", "Le the"),
        (LAND, '"tier": "near"', '"tier": "mid"', "land-shaded", "tier", "mid"),
        (LAND, '"shaded": true', '"shaded": "yes"', "land-shaded", "shaded", "yes"),
        (SOURCES, '"title": "Towns', '"titel": "Towns', "gazetteer", "titel", "Towns"),
        (SOURCES, '"gazetteer"', '"mirror-copy"', "mirror-copy", "id", SOURCES),
    ],
)  # fmt: skip
def test_an_entry_that_breaks_a_rule_is_told(
    edit_text, file, old, new, record, field, found
):
    problems = edit_text(file, old, new)
    mine = [p for p in problems if place(p) == (file, record, field)]
    assert found in only(mine).found


@pytest.mark.parametrize(
    ("file", "record"),
    [
        ("places.geojson", "ra-mu"),
        ("labels.geojson", "label-sea"),
        ("lines.geojson", "lethe"),
        ("zones.geojson", "quiet-zone"),
        ("land.geojson", "land-near"),
    ],
)
def test_what_is_there_to_be_drawn_has_a_geometry(edit_feature, file, record):
    problems = edit_feature(file, record, lambda feature: feature.update(geometry=None))
    (mine,) = (p for p in problems if p.file == file)
    assert place(mine) == (file, record, "geometry")
    assert mine.found == "null"


@pytest.mark.parametrize(
    ("file", "record"), [("places.geojson", "ra-mu"), ("labels.geojson", "label-sea")]
)
def test_a_place_is_a_point(edit_feature, file, record):
    line = {"type": "LineString", "coordinates": [[-38, 31], [-39, 31]]}
    problems = edit_feature(file, record, lambda feature: feature.update(geometry=line))
    assert only(problems).found == "LineString"


def test_a_shape_may_not_take_the_id_of_a_route(edit_text):
    problems = edit_text("lines.geojson", '"id": "lethe"\n', '"id": "raft-route"\n')
    mine = [p for p in problems if p.file == "lines.geojson"]
    assert "routes.geojson" in only(mine).found
