"""What each file of an atlas may hold, as JSON Schema (2020-12), for editors.

Made from the models, so that both say the same. A schema sees one file: whether an id
resolves, whether positions lie inside the bounds, is told by `borderviz check` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from borderviz.documents import Correction, PageHead, StepHead, TitleHead
from borderviz.model import Label, Place, Record, Sector, Source
from borderviz.parts import Land, Shape
from borderviz.questions import Claim, Question
from borderviz.schemas import rules
from borderviz.schemas.free import arrivals_schema, free_defs, texts_schema
from borderviz.schemas.geojson import Schema, collection, geometry_defs
from borderviz.schemas.models import model_defs
from borderviz.settings import Settings, Style

__all__ = ["SCHEMAS", "Described", "Schema", "file_name", "schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SUFFIX = ".schema.json"


@dataclass(frozen=True)
class Described:
    """
    A kind of file.

    Parameters
    ----------
    told
        What such a file holds.
    files
        How such files are usually called, as patterns.
    body
        Makes its schema, without definitions.
    """

    told: str
    files: tuple[str, ...]
    body: Callable[[], Schema]


def _ref(kind: type[BaseModel]) -> Schema:
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _tables(key: str, item: Schema) -> Callable[[], Schema]:
    """Describe a TOML file of `[[key]]` tables."""
    return lambda: {
        "type": "object",
        "properties": {key: {"type": "array", "items": item}},
        "required": [key],
        "additionalProperties": False,
    }


def _features(kind: type[BaseModel], **more: Any) -> Callable[[], Schema]:
    """Describe a GeoJSON file."""
    return lambda: collection(_ref(kind), **{"rules": None, **more})


SCHEMAS: Mapping[str, Described] = {
    "atlas": Described(
        "The settings of an atlas: its words, layers, vocabulary and files.",
        ("atlas.toml",),
        lambda: _ref(Settings),
    ),
    "styles": Described(
        "How each layer is drawn; the name of a table is the id of a style.",
        ("styles.toml",),
        lambda: {
            "type": "object",
            "additionalProperties": _ref(Style),
            "minProperties": 1,
        },
    ),
    "sources": Described(
        "Every citation, once.",
        ("sources.json",),
        lambda: {"type": "array", "items": _ref(Source)},
    ),
    "record-tables": Described(
        "Records as TOML tables, with their position in `at`.",
        ("borders.toml", "events.toml", "facts.toml"),
        _tables("record", rules.TABLE),
    ),
    "record-features": Described(
        "Records as GeoJSON features.",
        ("crossings.geojson", "sites.geojson", "routes.geojson"),
        _features(Record, null=True, rules=rules.FEATURE),
    ),
    "shapes": Described(
        "Geometry of lines and zones, for records to name.",
        ("lines.geojson", "zones.geojson"),
        _features(Shape),
    ),
    "land": Described(
        "The map below everything else.",
        ("land.geojson",),
        _features(Land),
    ),
    "places": Described(
        "Towns for the names on the map.",
        ("places.geojson",),
        _features(Place, only="Point"),
    ),
    "labels": Described(
        "Names laid over the map: countries, seas and rivers.",
        ("labels.geojson",),
        _features(Label, only="Point"),
    ),
    "sectors": Described(
        "Named stretches of the lines.",
        ("sectors.toml",),
        _tables("sector", _ref(Sector)),
    ),
    "arrivals": Described(
        "People who arrived, by year.", ("arrivals.toml",), arrivals_schema
    ),
    "questions": Described(
        "Questions on which published numbers differ.",
        ("questions.toml",),
        _tables("question", _ref(Question)),
    ),
    "corrections": Described(
        "Published data that were changed.",
        ("corrections.toml",),
        _tables("correction", _ref(Correction)),
    ),
    "texts": Described(
        "Words of the interface in another language, or better ones.",
        ("texts/*.toml",),
        texts_schema,
    ),
    "step-head": Described(
        "The front matter of a step of the story, in the default language.",
        (),
        lambda: _ref(StepHead),
    ),
    "title-head": Described(
        "The front matter of a step in any other language.", (), lambda: _ref(TitleHead)
    ),
    "page-head": Described("The front matter of a page.", (), lambda: _ref(PageHead)),
}
_MODELS = (
    *(Settings, Style, Source, Record, Shape, Land, Place, Label, Sector, Question),
    *(Claim, Correction, StepHead, TitleHead, PageHead),
)


def file_name(name: str) -> str:
    """Name the file that holds a schema."""
    return name + SUFFIX


def schema(name: str) -> Schema:
    """
    Write the schema of one kind of file.

    Parameters
    ----------
    name
        A key of `SCHEMAS`.

    Examples
    --------
    >>> schema("sources")["items"]
    {'$ref': '#/$defs/Source'}
    """
    described = SCHEMAS[name]
    body = described.body()
    defs = {**model_defs(_MODELS), **geometry_defs(), **free_defs()}
    for kind, more in ((Record, rules.RECORD), (Claim, rules.CLAIM)):
        defs[kind.__name__] |= more
    defs["Question"] |= rules.QUESTION
    return deepcopy(
        {
            "$schema": DIALECT,
            "$id": f"urn:borderviz:schema:{name}",
            "title": f"borderviz: {name}",
            "description": described.told,
            **body,
            "$defs": {key: defs[key] for key in sorted(_used(body, defs))},
        }
    )


def _used(part: Any, defs: Schema) -> set[str]:
    """List the definitions that a part of a schema needs, and those that they need."""
    found: set[str] = set()
    parts = [part]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name in defs and name not in found:
                found.add(name)
                parts.append(defs[name])
        inner: Iterable[Any] = part.values() if isinstance(part, dict) else part
        parts += [x for x in inner if isinstance(x, dict | list)]
    return found
