"""Each rule over reference lines and over what names a sector."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("old", "new", "field", "found"),
    [
        (
            'record = "coral-line"\norigin',
            'record = "coral"\norigin',
            "record",
            "coral",
        ),
        ('left = "LEM"', 'left = "XX"', "left", "XX"),
        ('right = "ATL"', 'right = "YY"', "right", "YY"),
        ('{at = "hill-gate"', '{at = "hill-gat"', "landmarks.0.at", "hill-gat"),
        ('{at = "poseidonia"', '{at = "pos"', "stretches.0.places.0.at", "pos"),
        (
            'record = "coral-line-length"\nname',
            'record = "coral-line-lengt"\nname',
            "stretches.0.record",
            "coral-line-lengt",
        ),
    ],
)
def test_what_a_reference_line_names_must_exist(edit_text, old, new, field, found):
    problems = edit_text("atlas.toml", old, new)
    mine = [p for p in problems if p.field.endswith(field) and "_lines" in p.field]
    assert [p.found for p in mine] == [found]
    assert all(p.allowed and p.cure for p in mine)


def test_a_mistyped_landmark_gets_a_suggestion(edit_text):
    (problem,) = edit_text("atlas.toml", '{at = "hill-gate"', '{at = "hill-gat"')
    assert "hill-gate" in problem.cure


def test_a_border_without_a_line_cannot_be_walked(edit_text):
    old, new = 'record = "coral-line"\norigin', 'record = "quiet-zone"\norigin'
    problems = edit_text("atlas.toml", old, new)
    mine = [p for p in problems if p.field == "reference_lines.0.record"]
    assert len(mine) == 1
    assert mine[0].record == "quiet-zone"


def test_pieces_that_do_not_meet_are_told(edit_text):
    old = 'geometry = ["coral-line"]'
    problems = edit_text("borders.toml", old, 'geometry = ["coral-line", "foam-line"]')
    mine = [p for p in problems if p.field == "reference_lines.0.record"]
    assert len(mine) == 1
    assert "coral-line" in mine[0].found


def test_two_reference_lines_for_one_border_are_told(edit_text):
    old, new = 'record = "lethe-border"\nreverse', 'record = "coral-line"\nreverse'
    problems = edit_text("atlas.toml", old, new)
    assert [p.found for p in problems] == ["2 lines for coral-line"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (
            'line = "coral-line"}',
            'line = "choral"}',
            "vocabulary.extent.whole-line.line",
        ),
        ('["west-reeds"]', '["reed"]', "vocabulary.area.reeds.sectors"),
    ],
)
def test_words_that_mean_stretches_name_what_exists(edit_text, old, new, field):
    (problem,) = edit_text("atlas.toml", old, new)
    assert problem.field == field


def test_sectors_of_a_record_exist(edit_feature):
    def give(feature):
        feature["properties"]["sectors"] = ["east-hill"]

    (problem,) = edit_feature("crossings.geojson", "1970-fog-rafts", give)
    assert (problem.record, problem.field) == ("1970-fog-rafts", "sectors")
    assert "east-hills" in problem.cure
