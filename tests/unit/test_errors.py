"""The exception tree and the wording of a problem."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.errors import (
    BorderVizError,
    ContentError,
    Problem,
    UnknownIdError,
    near_ids,
    shortened,
)

PROBLEM = Problem(
    file="crossings.geojson",
    record="lake-swim",
    field="date",
    found="'1953-02-30'",
    allowed="a day that exists",
    cure="Mend the day.",
)


def test_a_problem_reads_as_one_line_from_place_to_cure():
    assert str(PROBLEM) == (
        "crossings.geojson › lake-swim › date: found '1953-02-30'; "
        "allowed: a day that exists. Mend the day."
    )


def test_a_problem_of_a_whole_file_leaves_out_what_it_does_not_have():
    whole = Problem("atlas.toml", "", "", "no such file", "a file", "Add it.")
    assert str(whole).startswith("atlas.toml: found no such file;")


def test_a_problem_goes_to_machines_with_every_field():
    fields = json.loads(json.dumps(PROBLEM.as_dict()))
    assert Problem(**fields) == PROBLEM
    assert list(fields) == ["file", "record", "field", "found", "allowed", "cure"]


@pytest.mark.parametrize(
    ("problems", "message"),
    [
        ([PROBLEM], "1 problem in the content"),
        ([PROBLEM, PROBLEM], "2 problems in the content"),
    ],
)
def test_a_content_error_holds_all_problems_and_counts_them(problems, message):
    error = ContentError(problems)
    assert error.problems == tuple(problems)
    assert str(error) == message


def test_everything_raised_on_purpose_can_be_caught_as_one():
    assert issubclass(ContentError, BorderVizError)
    assert issubclass(UnknownIdError, BorderVizError)
    assert not issubclass(BorderVizError, ValueError)


def test_an_unknown_id_offers_what_it_may_have_meant():
    error = UnknownIdError("old-brigde", ["old-bridge", "lake", "older-bridge"])
    assert error.near[0] == "old-bridge"
    assert "lake" not in error.near
    assert "'old-brigde'" in str(error)


@given(st.text(), st.lists(st.text(max_size=20), max_size=8))
def test_near_ids_are_at_most_three_of_the_known(identity, known):
    near = near_ids(identity, known)
    assert len(near) <= 3
    assert set(near) <= set(known)


def test_a_very_long_id_is_answered_all_the_same():
    assert near_ids("a" * 100_000, ["lake"]) == ()


@given(
    st.recursive(st.text() | st.integers() | st.none(), st.lists), st.integers(2, 60)
)
def test_a_shortened_value_fits_and_begins_as_the_value_does(value, limit):
    text = shortened(value, limit)
    assert len(text) <= limit
    assert repr(value).startswith(text.removesuffix("…"))
    assert (text == repr(value)) or text.endswith("…")
