"""What holds between the fields of one entry, as JSON Schema.

Each rule here is one that `validate` or `validate_questions` has too, as far as it
takes no other entry. A field that is null counts as left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from borderviz.model import DATED
from borderviz.schemas.geojson import Schema
from borderviz.validate import MOVES


def given(*fields: str) -> Schema:
    """Ask for fields that are there and not null."""
    some = {name: {"not": {"type": "null"}} for name in fields}
    return {"required": list(fields), "properties": some}


def _of_kind(kinds: Iterable[str]) -> Schema:
    return {"required": ["kind"], "properties": {"kind": {"enum": sorted(kinds)}}}


# What happened says when, which way and how.
RECORD: Schema = {
    "allOf": [
        {"if": _of_kind(DATED), "then": given("date")},
        {"if": _of_kind(MOVES), "then": given("direction", "mode")},
        {"if": given("date_end"), "then": given("date")},
    ]
}
# In a TOML file the position is `at`.
TABLE: Schema = {
    "allOf": [
        {"$ref": "#/$defs/Record"},
        {"if": given("at"), "then": given("uncertainty_km")},
        {"if": _of_kind(MOVES), "then": {"anyOf": [given("at"), given("extent")]}},
    ]
}
_POINT: Schema = {
    "required": ["geometry"],
    "properties": {"geometry": {"$ref": "#/$defs/Point"}},
}
_NULL: Schema = {"not": given("geometry")}
# In a GeoJSON file it is the geometry, and without one `at`.
FEATURE: Schema = {
    "allOf": [
        {"if": _POINT, "then": {"properties": {"properties": given("uncertainty_km")}}},
        {
            "if": {**_NULL, "properties": {"properties": given("at")}},
            "then": {"properties": {"properties": given("uncertainty_km")}},
        },
        {
            "if": {"properties": {"properties": _of_kind(MOVES)}},
            "then": {
                "anyOf": [
                    _POINT,
                    {"properties": {"properties": given("extent")}},
                    {**_NULL, "properties": {"properties": given("at")}},
                ]
            },
        },
    ]
}
_ENDS: Schema = {"anyOf": [given("low"), given("high")]}
# A number, a range or words, and one of them only.
CLAIM: Schema = {
    "oneOf": [given("value"), _ENDS, given("words")],
    "if": {"required": ["about"], "properties": {"about": {"const": True}}},
    "then": {"anyOf": [given("value"), given("low", "high")]},
}
QUESTION: Schema = {
    "not": given("line", "zone"),
    "anyOf": [
        {"required": ["claims"], "properties": {"claims": {"minItems": 1}}},
        given("line"),
    ],
}
