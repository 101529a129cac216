"""Models as definitions of JSON Schema, each field with what it means."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from borderviz.schemas.geojson import Schema


class _Plain(GenerateJsonSchema):
    """Without titles that repeat the name of a field."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        """Leave the title to whoever reads the name."""
        return False


@cache
def meanings() -> dict[str, dict[str, str]]:
    """Read what each field means, by model and field."""
    text = files("borderviz").joinpath("schemas", "meanings.toml").read_text("utf-8")
    return tomllib.loads(text)


def model_defs(kinds: Iterable[type[BaseModel]]) -> Schema:
    """
    Write the definitions of models and of all that they are made of.

    Parameters
    ----------
    kinds
        Models; what they refer to comes with them.
    """
    _, whole = models_json_schema(
        [(kind, "validation") for kind in kinds],
        ref_template="#/$defs/{model}",
        schema_generator=_Plain,
    )
    defs: Schema = whole["$defs"]
    for name, schema in defs.items():
        # A line of a docstring is no line of a text that is shown as one.
        paragraphs = schema.get("description", "").split("\n\n")
        schema["description"] = "\n\n".join(" ".join(p.split()) for p in paragraphs)
        for field, meaning in meanings().get(name, {}).items():
            schema["properties"][field]["description"] = meaning
        for field in schema["properties"].values():
            # No default is no value, and nothing that an editor should fill in.
            if field.get("default", "") is None:
                del field["default"]
    return defs
