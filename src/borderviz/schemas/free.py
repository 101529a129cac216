"""Files that have no model: yearly arrivals, and the words of the interface."""

from __future__ import annotations

from typing import Any

from borderviz.dates import DATE_PATTERN
from borderviz.schemas.geojson import Schema
from borderviz.texts import catalogue
from borderviz.texts.tables import BY, CATEGORIES, DEFAULT

_TEXT: Schema = {"$ref": "#/$defs/Text"}
_DATE: Schema = {"type": "string", "pattern": DATE_PATTERN}
_WORD: Schema = {"type": "string"}
_SOURCES: Schema = {"type": "array", "items": {"$ref": "#/$defs/Id"}}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_PEOPLE = {"total": _COUNT, "male": _COUNT, "female": _COUNT}


def _tables(**fields: Schema) -> Schema:
    rows = {"type": "object", "properties": {**fields, "sources": _SOURCES}}
    return {"type": "array", "items": rows}


def arrivals_schema() -> Schema:
    """Write the schema of the yearly arrivals; more tables may stand in the file."""
    year = {**_WORD, "description": "2003, 1999-2001, until-1998, or any other span"}
    inside = {**_WORD, "description": "the `year` of the row that has these people"}
    texts = dict.fromkeys(("title", "unit", "how_to_read", "age_note", "check"), _TEXT)
    sums = dict.fromkeys(("sum_total", "sum_male", "sum_female"), _COUNT)
    rows = _tables(**_PEOPLE, year=year, subset_of=inside, status=_WORD, note=_TEXT)
    return {
        "type": "object",
        "properties": {
            **texts,
            **sums,
            "updated_to": _DATE,
            "rows": rows,
            "cumulative": _tables(**_PEOPLE, as_of=_WORD, note=_TEXT),
            "direct": _tables(
                period=_WORD, period_label=_TEXT, people=_COUNT, scope=_TEXT
            ),
        },
    }


def texts_schema() -> Schema:
    """Write the schema of a table of words; the English ones stand beside each key."""
    words: dict[str, Any] = {}
    for key, template in catalogue(DEFAULT).items():
        english = template if isinstance(template, str) else template["other"]
        words[key] = {"$ref": "#/$defs/Words", "description": english}
    return {"type": "object", "properties": words, "additionalProperties": False}


def free_defs() -> Schema:
    """Write the definitions that the schemas here refer to."""
    forms = {name: _WORD for name in (BY, *CATEGORIES)}
    plural = {
        "type": "object",
        "description": "words for each plural category of the language, by CLDR",
        "properties": forms,
        "required": ["other"],
        "additionalProperties": False,
    }
    return {
        "Text": {
            "type": "object",
            "description": "words by language",
            "additionalProperties": {"type": "string", "pattern": r"\S"},
            "minProperties": 1,
        },
        "Id": {"type": "string", "description": "an id of sources.json"},
        "Words": {"anyOf": [_WORD, plural]},
    }
