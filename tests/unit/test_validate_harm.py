"""Each rule to do no harm, on a copy of the invented atlas that breaks it."""

from __future__ import annotations

import pytest

from borderviz.content import read

CROSSINGS, ROUTES, SITES = "crossings.geojson", "routes.geojson", "sites.geojson"
WALKER, FLARE = "2001-05-04-reed-bridge-walker", "2003-07-reed-bridge-flare"
GATE = (-38.45, 31.57)
EN = {"en": "Ana"}


def change(at=None, **properties):
    """Make a function that changes properties of a feature, and moves its point."""

    def apply(feature):
        feature["properties"] |= properties
        if at is not None:
            feature["geometry"] = {"type": "Point", "coordinates": at}

    return apply


def waypoint(number, *lonlat):
    """Make a function that moves one point of a route."""

    def apply(feature):
        feature["geometry"]["coordinates"][number] = lonlat

    return apply


def only(problems):
    """The one problem, complete."""
    (problem,) = problems
    assert all((problem.file, problem.found, problem.allowed, problem.cure))
    return problem


def place(problem):
    return problem.file, problem.record, problem.field


def test_a_crosser_placed_too_finely_is_told(edit_feature):
    problem = only(edit_feature(CROSSINGS, WALKER, change(uncertainty_km=2.9)))
    assert place(problem) == (CROSSINGS, WALKER, "uncertainty_km")
    assert problem.found == "2.9 km"
    assert problem.allowed == "3 km or more: whoever crossed (rule `crossers`)"
    assert all(w in problem.cure for w in ("location_basis", "`landmark`", "`name`"))


@pytest.mark.parametrize(
    ("record", "changes", "is_told"),
    [
        (WALKER, {"uncertainty_km": 3}, False),
        (WALKER, {"uncertainty_km": 0.1, "name": EN}, False),
        (WALKER, {"uncertainty_km": 0.1, "landmark": "hill-gate", "at": GATE}, False),
        (FLARE, {"uncertainty_km": 0.1}, False),
        (FLARE, {"uncertainty_km": 0.1, "attempted": 1}, True),
        (FLARE, {"uncertainty_km": 0.1, "people": 1}, True),
        (FLARE, {"uncertainty_km": 0.1, "people": 0, "victims": 1}, False),
        ("2002-03-01-choir", {"uncertainty_km": 0.1}, False),
    ],
)
def test_it_is_told_of_whoever_crossed_or_tried(edit_feature, record, changes, is_told):
    problems = edit_feature(CROSSINGS, record, change(**changes))
    assert [p.field for p in problems] == ["uncertainty_km"] * is_told


def test_without_the_exceptions_a_name_or_landmark_does_not_help(edit_text):
    path = "atlas.toml"
    edit_text(path, "unless_named = true\nunless_landmark = true\n", "")
    problem = only(
        edit_text(
            CROSSINGS,
            '"uncertainty_km": 3,',
            '"uncertainty_km": 1, "name": {"en": "A"},',
        )
    )
    assert problem.field == "uncertainty_km"
    assert not {"`landmark`", "`name`"} & set(problem.cure.split())


# --- landmarks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("landmark", "at", "found", "allowed"),
    [
        ("hil-gate", GATE, "hil-gate", "the id of a site"),
        ("reed-end", GATE, "reed-end", "the id of a site"),
        ("coral-line", GATE, "kind border, at None", "site or crossing-point"),
        (FLARE, GATE, "kind incident", "site or crossing-point"),
        ("hill-gate", (-38.44, 31.57), None, None),
        (
            "hill-gate",
            (-38.43, 31.57),
            "at (-38.45, 31.57), the record at (-38.43",
            "1 km",
        ),
    ],
)
def test_a_landmark_is_a_public_place_and_the_event_is_there(
    edit_feature, landmark, at, found, allowed
):
    problems = edit_feature(CROSSINGS, WALKER, change(at=at, landmark=landmark))
    if found is None:
        assert problems == []
        return
    problem = only(problems)
    assert place(problem) == (CROSSINGS, WALKER, "landmark")
    assert found in problem.found
    assert allowed in problem.allowed


def test_a_mistyped_landmark_is_guessed(edit_feature):
    problem = only(edit_feature(CROSSINGS, WALKER, change(GATE, landmark="hil-gate")))
    assert "Did you mean hill-gate?" in problem.cure


def test_an_event_without_a_point_took_place_at_no_landmark(edit_feature):
    rafts = "1970-fog-rafts"
    problem = only(edit_feature(CROSSINGS, rafts, change(landmark="hill-gate")))
    assert place(problem) == (CROSSINGS, rafts, "landmark")
    assert "the record at None" in problem.found


def test_a_landmark_needs_a_point_of_its_own(edit_feature):
    edit_feature(CROSSINGS, WALKER, change((-38.8, 31.4), landmark="white-tower"))
    problems = edit_feature(SITES, "white-tower", lambda f: f.update(geometry=None))
    problem = only(problems)
    assert place(problem) == (CROSSINGS, WALKER, "landmark")
    assert "at None" in problem.found


# --- routes and kinds of sites --------------------------------------------------------


def test_a_route_that_is_not_generalised_is_told(edit_text):
    problem = only(edit_text(ROUTES, '"generalised": true,', ""))
    assert place(problem) == (ROUTES, "raft-route", "generalised")
    assert "a route (rule `routes`)" in problem.allowed


def test_too_many_decimals_are_told(edit_feature):
    problem = only(edit_feature(ROUTES, "raft-route", waypoint(1, -39.601, 31.15)))
    assert place(problem) == (ROUTES, "raft-route", "geometry")
    assert "lon -39.601, lat 31.15" in problem.found
    assert "at most 2 decimals" in problem.allowed


def test_a_waypoint_far_from_every_town_is_told(edit_feature):
    problem = only(edit_feature(ROUTES, "raft-route", waypoint(1, -40.9, 31.15)))
    assert place(problem) == (ROUTES, "raft-route", "geometry")
    # 1.6 degrees of longitude at 31 degrees, from the town at -39.3, 31.4.
    assert "154.9 km from the nearest town" in problem.found
    assert "60 km either way" in problem.allowed


def test_where_the_list_has_no_towns_a_waypoint_may_be_elsewhere(edit_feature):
    assert edit_feature(ROUTES, "raft-route", waypoint(1, -44.9, 26.15)) == []


def test_without_a_reach_every_waypoint_is_a_town(edit_feature, edit_text):
    edit_text("atlas.toml", "town_reach_km = 200\n", "")
    problem = only(edit_feature(ROUTES, "raft-route", waypoint(1, -44.9, 26.15)))
    assert "from the nearest town" in problem.found


def test_a_type_is_limited_and_no_other(edit_feature):
    problem = only(edit_feature(SITES, "white-tower", change(uncertainty_km=0.4)))
    assert problem.allowed == "0.5 km or more: a tower (rule `towers`)"
    assert problem.cure == "Widen the radius and say so in `location_basis`."
    changes = change(uncertainty_km=0.4, type={"en": "well"})
    assert edit_feature(SITES, "white-tower", changes) == []


# --- the rules themselves -------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "record", "field"),
    [
        ('id = "towers"', 'id = "routes"', "routes", "finest.id"),
        ('{en = "a tower", eo = "turo"}', '{eo = "turo"}', "", "finest.2.what"),
        ("km = 0.5", "km = 0", "", "finest.2.km"),
        ("decimals = 2", "decimals = 2.5", "", "finest.1.decimals"),
        ('types = ["tower"]', 'typs = ["tower"]', "", "finest.2.typs"),
        ('kinds = ["route"]\ndec', "kinds = []\ndec", "", "finest.1.kinds"),
    ],
)
def test_a_broken_rule_is_told(edit_text, old, new, record, field):
    problems = edit_text("atlas.toml", old, new)
    assert ("atlas.toml", record, field) in {place(p) for p in problems}


def test_an_atlas_without_rules_is_not_held_to_any(edit_text, atlantis_copy):
    path = atlantis_copy / "atlas.toml"
    head, _, _ = path.read_text("utf-8").partition("[[finest]]")
    path.write_text(head, encoding="utf-8")
    assert read(atlantis_copy)[1] == []
    changes = ('"uncertainty_km": 3,', '"uncertainty_km": 0.1,')
    assert edit_text(CROSSINGS, *changes) == []
