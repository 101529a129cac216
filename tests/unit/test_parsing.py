"""JSON and TOML read strictly: no doubles, no impossible numbers, no endless depth."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.parsing import DEEPEST, json_from_text, oddities, toml_from_text

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(PLAIN)
def test_plain_json_is_read_as_the_standard_library_reads_it(value):
    document = json_from_text(json.dumps(value))
    assert document == value
    assert oddities(document) == []
    assert document == value


@pytest.mark.parametrize(
    "text", ['{"a": 1, "a": 1}', '[{"b": {"a": 1, "c": 2, "a": 3}}]']
)
def test_a_key_given_twice_is_refused_by_name(text):
    with pytest.raises(ValueError, match="the key 'a' twice"):
        json_from_text(text)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" * 400])
def test_a_number_no_map_can_hold_is_taken_out_of_json(number):
    document = json_from_text(f'[{{"id": "lake", "sizes": [2, {number}]}}]')
    (odd,) = oddities(document)
    assert (odd.record, odd.path) == ("lake", (0, "sizes", 1))
    assert document == [{"id": "lake", "sizes": [2, None]}]


@pytest.mark.parametrize("number", ["nan", "-inf", "1e999", "0x" + "f" * 5000])
def test_a_number_no_map_can_hold_is_taken_out_of_toml(number):
    document = toml_from_text(f"[[record]]\nid = 'lake'\nkm = {number}")
    (odd,) = oddities(document)
    assert (odd.record, odd.path) == ("lake", ("record", 0, "km"))
    assert document == {"record": [{"id": "lake", "km": None}]}


def test_the_record_named_is_the_innermost_around_the_value():
    document = {
        "id": "a",
        "inner": [{"id": "b", "km": float("inf")}, {"km": float("nan")}],
    }
    assert {(odd.record, odd.found) for odd in oddities(document)} == {
        ("b", "inf"),
        ("a", "nan"),
    }


def test_nesting_is_cut_off_where_no_field_of_an_atlas_goes():
    nested: object = 1
    for _ in range(DEEPEST):
        nested = [nested]
    assert oddities(nested) == []
    document = {"id": "lake", "deep": [nested]}
    (odd,) = oddities(document)
    assert (odd.record, odd.path[0]) == ("lake", "deep")
    assert oddities(document) == []


def test_dotted_keys_cannot_nest_beyond_reach():
    document = toml_from_text(".".join("a" * 5000) + " = 1")
    (odd,) = oddities(document)
    assert len(odd.path) == DEEPEST


@pytest.mark.parametrize("value", [None, 1, "a", float("nan")])
def test_a_bare_value_has_nothing_to_be_taken_out(value):
    assert oddities(value) == []
