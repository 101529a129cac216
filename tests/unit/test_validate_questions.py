"""Each rule over questions, on a copy that breaks it."""

from __future__ import annotations

import pytest

from borderviz.content import read

FILE = "questions.toml"
VALUE = "value = 500, about = true"


def only(problems):
    """The one problem in the questions, complete."""
    (problem,) = problems
    assert problem.file == FILE
    assert all((problem.found, problem.allowed, problem.cure))
    return problem


@pytest.mark.parametrize(
    ("old", "new", "record", "field", "found"),
    [
        ('line = "coral-', 'line = "moral-', "coral-length", "line", "moral-line"),
        ('line = "coral-line"', 'line = "singing-fish"', "coral-length", "line", "sin"),
        ('line = "coral-line"', 'line = "quiet-zone"', "coral-length", "line", "quiet"),
        ('["foam-line"]', '["foam"]', "coral-length", "beside.0", "foam"),
        ('["foam-line"]', '["quiet-zone"]', "coral-length", "beside.0", "quiet-zone"),
        ('"quiet-zone"\nsco', '"quiet"\nsco', "quiet-area", "zone", "quiet"),
        ('"quiet-zone"\nsco', '"foam-line"\nsco', "quiet-area", "zone", "foam-line"),
        ('zone = "q', 'line = "coral-line"\nzone = "q', "quiet-area", "zone", "quiet-"),
        ('id = "quiet-area"', 'id = "coral-length"', "coral-length", "id", FILE),
        ('{id = "share"', '{id = "reeds"', "quiet-area", "scopes.1.id", "reeds"),
        ('scope = "reeds", ', "", "quiet-area", "scopes.0.id", "reeds"),
        ('scope = "reeds"', 'scope = "sand"', "quiet-area", "claims.1.scope", "sand"),
        ('kreskis."}, sources = ["old-', 'kreskis."}, sources = ["new-', "quiet-area",
         "reasons.0.sources", "new-chronicle"),
        (VALUE, "low = 500, high = 400", "quiet-area", "claims.0.low", "from 500 to 4"),
        (VALUE, "low = 500, high = 500", "quiet-area", "claims.0.low", "from 500 to 5"),
        (VALUE, "about = false", "quiet-area", "claims.0", "no value"),
        (VALUE, "value = 5, low = 4", "quiet-area", "claims.0", "value and low"),
        (VALUE, 'high = 4, words = {en = "four"}', "quiet-area", "claims.0", "high"),
        (VALUE, "low = 500, about = true", "quiet-area", "claims.0.about", "True"),
        (VALUE, 'words = {en = "w"}, about = true', "quiet-area", "claims.0.about", ""),
        (VALUE, "value = 0", "quiet-area", "claims.0.value", "0"),
        (VALUE, "value = -3.5", "quiet-area", "claims.0.value", "-3.5"),
        (VALUE, 'value = "500"', "quiet-area", "claims.0.value", "500"),
        ('"1999-05"', '"1999-13"', "quiet-area", "claims.1.as_of", "1999-13"),
        ('"coral-line", s', '"fish", s', "singing-fish-count", "claims.0.record", ""),
        ('["mirror-copy"]', '["gazetteer"]', "singing-fish-count", "claims.0.sources",
         "gazetteer"),
        ('["mirror-copy"]', "[]", "singing-fish-count", "claims.0.sources", "[]"),
        ('{en = "How many fish', '{eo = "How many fish', "singing-fish-count", "title",
         "eo"),
        ('eo = "unu a', 'xx = "unu a', "singing-fish-count", "claims.1.who", "en, xx"),
        ("charted = false", "chart = false", "singing-fish-count", "chart", "False"),
    ],
)  # fmt: skip
def test_a_fault_is_told(edit_text, old, new, record, field, found):
    problems = [
        problem
        for problem in edit_text(FILE, old, new)
        if (problem.record, problem.field) == (record, field)
    ]
    assert found in only(problems).found


def test_a_reason_without_a_source_needs_something_measured(edit_text, atlantis_copy):
    assert edit_text(FILE, ', sources = ["old-chronicle"]}]', "}]") == []
    path = atlantis_copy / FILE
    text = path.read_text(encoding="utf-8").replace('zone = "quiet-zone"\n', "", 1)
    path.write_text(text, encoding="utf-8")
    problem = only(read(atlantis_copy)[1])
    assert (problem.record, problem.field) == ("quiet-area", "reasons.0.sources")


def test_a_question_without_anything_to_compare_is_told(edit_text, atlantis_copy):
    path = atlantis_copy / FILE
    text = path.read_text(encoding="utf-8")
    head = text.split("claims = [\n  {low = 1000")[0]
    path.write_text(head, encoding="utf-8")
    problem = only(read(atlantis_copy)[1])
    assert (problem.record, problem.field) == ("singing-fish-count", "claims")


def test_a_line_that_is_not_drawn_cannot_be_measured(edit_text, edit_feature):
    problems = edit_text("borders.toml", 'geometry = ["foam-line"]\n', "")
    assert problems == []  # a feature of its own name is its geometry
    problems = edit_feature(
        "lines.geojson", "foam-line", lambda f: f["properties"].update(id="foam")
    )
    mine = [problem for problem in problems if problem.file == FILE]
    assert only(mine).field == "beside.0"


def test_an_atlas_may_ask_nothing(edit_text, atlantis_copy):
    assert edit_text("atlas.toml", 'questions = "questions.toml"\n', "") == []
    atlas, _ = read(atlantis_copy)
    assert atlas.questions == []
