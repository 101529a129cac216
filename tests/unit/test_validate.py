"""Each rule over records, on a copy of the invented atlas that breaks it."""

from __future__ import annotations

import pytest

from borderviz.content import read
from borderviz.faults import language_faults, texts_of
from borderviz.model import Source
from borderviz.reading import Folder

CROSSINGS = "crossings.geojson"
ROUTES = "routes.geojson"
WALKER = "2001-05-04-reed-bridge-walker"
RAFTS = "1970-fog-rafts"
GONE = object()
EN = {"en": "a"}


def change(**changes):
    """Make a function that changes properties of a feature; GONE removes one."""

    def apply(feature):
        for key, value in changes.items():
            if value is GONE:
                del feature["properties"][key]
            else:
                feature["properties"][key] = value

    return apply


def one(field, **entry):
    """Make a list field with one entry."""
    return {field: [entry]}


def tie(identity, how="background"):
    """Make a relation to another record."""
    return one("related", id=identity, how=how)


def move(geometry):
    """Make a function that gives a feature another geometry."""
    return lambda feature: feature.update(geometry=geometry)


def point(*coordinates):
    return move({"type": "Point", "coordinates": coordinates})


def assert_told(problems, file, record, field, found, *words):
    """Exactly one problem, at this place, that says what was found and what may be."""
    (problem,) = problems
    assert (problem.file, problem.record, problem.field) == (file, record, field)
    assert found in problem.found
    assert all(word in f"{problem.allowed} {problem.cure}" for word in words)
    assert problem.allowed
    assert problem.cure


def test_the_unbroken_copy_has_no_problem(atlantis_copy):
    assert read(atlantis_copy)[1] == []


@pytest.mark.parametrize(
    ("changes", "field", "found", "words"),
    [
        ({"colour": "red"}, "colour", "'red'", ["one of aliases", "confidence"]),
        ({"sorces": []}, "sorces", "[]", ["Did you mean sources or sectors?"]),
        ({"title": GONE}, "title", "nothing", ["required"]),
        ({"title": "Walk"}, "title", "Walk", ["dictionary"]),
        ({"title": {}}, "title", "{}", ["words"]),
        ({"title": {"en": " "}}, "title", "{'en': ' '}", ["words"]),
        ({"title": {"eo": "Iro"}}, "title", "languages eo", ["always en"]),
        ({"title": {"en": "a", "xx": "b"}}, "title", "languages en, xx", ["eo"]),
        ({"kind": "walk"}, "kind", "walk", ["'crossing'"]),
        ({"date": "1953-02-30"}, "date", "1953-02-30", ["day"]),
        ({"date": "4 May 2001"}, "date", "4 May 2001", ["YYYY-MM-DD"]),
        ({"date": 2001}, "date", "2001", ["string"]),
        ({"date": GONE}, "date", "nothing", ["YYYY-MM-DD"]),
        ({"date_end": "2001-05-03"}, "date_end", "2001-05-03", ["2001-05-04"]),
        ({"uncertainty_km": GONE}, "uncertainty_km", "nothing", ["radius"]),
        ({"uncertainty_km": 60}, "geometry", "within 60 km", ["no point", "extent"]),
        ({"uncertainty_km": 0}, "uncertainty_km", "0", ["greater than 0"]),
        ({"uncertainty_km": "3"}, "uncertainty_km", "3", ["number; or: ", "integer"]),
        ({"mode": GONE}, "mode", "nothing", ["vocabulary"]),
        ({"mode": "foots"}, "mode", "foots", ["Did you mean foot?", "dolphin"]),
        ({"who": "king"}, "who", "king", ["fisher", "[vocabulary.who]"]),
        ({"theme": "fish"}, "theme", "fish", ["lines, arrivals"]),
        ({"country": "XX"}, "country", "XX", ["ATL, LEM, MUU"]),
        ({"extent": "moon"}, "extent", "moon", ["at-sea"]),
        ({"style": "walls"}, "style", "walls", ["Did you mean wall?"]),
        ({"sources": []}, "sources", "[]", ["at least 1"]),
        ({"sources": ["nobody-1999"]}, "sources", "nobody-1999", ["sources.json"]),
        ({"sources": "mirror-copy"}, "sources", "mirror-copy", ["list"]),
        ({"statements": []}, "statements", "[]", ["at least 1"]),
        ({"confidence": "sure"}, "confidence", "sure", ["'high', 'medium' or 'low'"]),
        ({"people": -1}, "people", "-1", ["greater than or equal to 0"]),
        ({"people": 1.5}, "people", "1.5", ["integer"]),
        (tie("moon"), "related", "moon", ["a record"]),
        (tie("coral-lin"), "related", "coral-lin", ["Did you mean coral-line"]),
        (tie("coral-line", how="near"), "related.how", "near", ["same-person"]),
        ({"part_of": "moon"}, "part_of", "moon", ["a record"]),
        ({"geometry": ["moon"]}, "geometry", "moon", ["a line or zone"]),
        (one("conflicts", text=EN, sources=["no"]), "conflicts.0.sources", "no", []),
        (one("attributes", label=EN), "attributes.0.value", "nothing", ["required"]),
        (one("attributes", label=EN, value=EN, lable=1), "attributes.0.lable", "1",
         ["one of label, value", "Did you mean label"]),
        (one("competing", value=[], who=EN), "competing.0.value", "[]",
         ["number", "integer", "dictionary"]),
        ({"outcome": {"eo": "En urbo"}}, "outcome", "languages eo", ["always en"]),
    ],
    ids=lambda value: str(value)[:50] if isinstance(value, dict) else None,
)  # fmt: skip
def test_a_broken_field_is_told_by_name(edit_feature, changes, field, found, words):
    problems = edit_feature(CROSSINGS, WALKER, change(**changes))
    mine = [p for p in problems if p.record == WALKER]
    assert_told(mine, CROSSINGS, WALKER, field, found, *words)


@pytest.mark.parametrize(
    ("geometry", "found"),
    [
        (point(31.55, -38.9), "lon 31.55, lat -38.9"),
        (point(-38.9, -31.55), "lon -38.9, lat -31.55"),
        (point(31.55, -138.9), "[31.55, -138.9]"),
        (point(-238.9, 31.55), "[-238.9, 31.55]"),
        (point(float("nan"), 31.55), "nan"),
        (point(1e999, 31.55), "inf"),
    ],
    ids=["swapped", "south", "swapped-off-world", "off-world", "nan", "1e999"],
)
def test_a_position_off_the_map_is_told(edit_feature, geometry, found):
    problems = edit_feature(CROSSINGS, WALKER, geometry)
    assert {(p.file, p.record) for p in problems} == {(CROSSINGS, WALKER)}
    assert any(found in p.found and "geometry" in p.field for p in problems)


def test_a_position_off_the_map_in_a_table_is_told(edit_text):
    problems = edit_text("facts.toml", "[-37.92, 30.62]", "[30.62, -37.92]")
    assert_told(problems, "facts.toml", "singing-fish", "at", "lon 30.62", "bounds")


def test_a_crossing_without_a_direction_is_told(edit_feature):
    """And no layer shows it, because layers of crossings go by direction."""
    problems = edit_feature(CROSSINGS, WALKER, change(direction=GONE))
    direction, layer = problems
    assert_told([direction], CROSSINGS, WALKER, "direction", "nothing", "vocabulary")
    assert_told([layer], CROSSINGS, WALKER, "kind", "direction None", "layer")


def test_neither_point_nor_extent_is_told(edit_feature):
    problems = edit_feature(CROSSINGS, WALKER, move(None))
    assert_told(problems, CROSSINGS, WALKER, "extent", "neither", "at-sea, whole-line")


def test_an_extent_of_its_own_needs_no_point(edit_feature):
    problems = edit_feature(CROSSINGS, RAFTS, change(uncertainty_km=GONE))
    assert problems == []


def test_a_wide_record_may_not_get_a_point(edit_feature):
    problems = edit_feature(CROSSINGS, RAFTS, point(-40.5, 31))
    assert_told(problems, CROSSINGS, RAFTS, "geometry", "90 km", "null", "extent")


def test_waypoints_and_points_are_as_many(edit_feature):
    problems = edit_feature(
        ROUTES, "raft-route", lambda feature: feature["geometry"]["coordinates"].pop()
    )
    assert_told(problems, ROUTES, "raft-route", "geometry", "3 points for 4 waypoints")


def test_a_waypoint_in_an_unknown_country_is_told(edit_text):
    problems = edit_text(ROUTES, '"country": "LEM"', '"country": "LM"')
    assert_told(problems, ROUTES, "raft-route", "waypoints.0.country", "LM", "LEM")


def test_a_second_record_with_the_same_id_is_told(edit_text):
    problems = edit_text("facts.toml", 'id = "singing-fish"', 'id = "white-tower"')
    assert_told(
        problems, "facts.toml", "white-tower", "id", "sites.geojson", "never reused"
    )


def test_a_record_that_no_layer_shows_is_told(edit_text):
    problems = edit_text("atlas.toml", 'kinds = ["site"]', "kinds = []")
    assert_told(problems, "sites.geojson", "white-tower", "kind", "site", "layer")


def test_a_date_without_quotes_is_told_with_the_cure(edit_text):
    problems = edit_text("timeline.toml", '"1953-07-27"', "1953-07-27")
    assert_told(problems, "timeline.toml", "coral-treaty", "date", "1953", "in quotes")


def test_every_fault_of_a_record_is_told_at_once(edit_feature):
    problems = edit_feature(
        CROSSINGS, WALKER, change(mode="moon", sources=["no"], date_end="1999")
    )
    assert {p.field for p in problems} == {"mode", "sources", "date_end"}


def test_a_broken_file_does_not_hide_the_faults_of_others(edit_text, atlantis_copy):
    (atlantis_copy / "timeline.toml").write_text("[[", encoding="utf-8")
    problems = edit_text("facts.toml", 'confidence = "low"', 'confidence = "none"')
    assert {p.file for p in problems} == {"timeline.toml", "facts.toml"}


def test_a_model_is_given_back_or_every_fault_of_it_told(tmp_path):
    folder = Folder(tmp_path)
    good = {"id": "a", "type": "book", "publisher": "P", "title": "T"}
    assert folder.model(Source, good, "s.json", "a").title == "T"
    assert folder.model(Source, {"id": "A b", "titel": "T"}, "s.json", "#1") is None
    fields = {p.field for p in folder.problems}
    # That the title is missing follows from its misspelling.
    assert fields == {"id", "type", "publisher", "titel"}


def test_texts_are_found_at_any_depth(atlantis):
    paths = {path for path, _ in texts_of(atlantis.records[WALKER])}
    assert {"title", "statements.0.text", "conflicts.0.text", "outcome"} <= paths
    assert not any("sources" in path for path in paths)


def test_other_languages_may_stand_where_that_is_said():
    texts = [("name", {"en": "a", "zh": "b"})]
    assert len(list(language_faults(texts, ["en", "eo"]))) == 1
    assert list(language_faults(texts, ["en", "eo"], others=True)) == []
