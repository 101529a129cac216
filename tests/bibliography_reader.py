"""Citations read back: by a parser, a decoder and a schema that are none of ours."""

from __future__ import annotations

import bibtexparser
from jsonschema import Draft7Validator
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from borderviz.bibliography import CSL_TYPES, tidy, web_address
from borderviz.dates import PartialDate

# LaTeX prints these so; pylatexenc takes two for accents and does not know the others.
_SIGNS = get_default_latex_context_db()
_SIGNS.add_context_category(
    "signs",
    prepend=True,
    macros=[
        MacroTextSpec(f"text{name}", sign)
        for name, sign in {
            "asciicircum": "^",
            "asciitilde": "~",
            "braceleft": "{",
            "braceright": "}",
        }.items()
    ],
)
DECODER = LatexNodes2Text(_SIGNS, strict_latex_spaces=True)

# What the specification of CSL-JSON says of the fields that are written here.
_TEXT = {"type": "string", "minLength": 1}
_DAY = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
    "properties": {
        "literal": _TEXT,
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "items": {"type": "integer"},
            },
        },
    },
}
ITEM = Draft7Validator(
    {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": _TEXT,
            "type": {"enum": sorted(CSL_TYPES)},
            **dict.fromkeys(("issued", "accessed"), _DAY),
            **dict.fromkeys(
                (
                    *("title", "publisher", "container-title", "URL"),
                    *("version", "language", "note"),
                ),
                _TEXT,
            ),
        },
    }
)


def read_back(text):
    """Parse a BibTeX file; return type and fields of each entry, without TeX."""
    found = bibtexparser.parse_string(text)
    assert found.failed_blocks == []
    assert {type(block).__name__ for block in found.blocks} == {"Entry"}
    assert len(found.entries) == len(found.entries_dict)
    return {entry.key: (entry.entry_type, fields(entry)) for entry in found.entries}


def fields(entry):
    raw = {name: field.value for name, field in entry.fields_dict.items()}
    return {
        name: value if name == "url" else DECODER.latex_to_text(inside(value))
        for name, value in raw.items()
    }


def inside(text):
    """Take off the second pair of braces, which keeps capitals."""
    return text[1:-1] if text.startswith("{") else text


def expected(work):
    """The fields a work should have, worked out another way."""
    found = {
        "author": tidy(work.publisher),
        "title": tidy(work.title),
        "howpublished": tidy(work.container),
        "version": tidy(work.version),
        "url": web_address(work.url),
        "urldate": str(work.accessed or ""),
        "note": tidy("; ".join(work.notes)),
    }
    try:
        date = PartialDate.parse(work.issued)
    except ValueError:
        found["year"] = tidy(work.issued)
    else:
        found["year"] = f"{date.first.year:04d}"
        if date.precision in ("month", "day"):
            found["month"] = date.first.strftime("%b").lower()
        if date.precision == "day":
            found["day"] = str(date.first.day)
    return {name: value for name, value in found.items() if value}
