"""What a fault in one record looks like before it becomes a `Problem`, and its words.

Used by the rules of `validate*` and by `reading`; nothing here knows a file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from borderviz.errors import near_ids, shortened


class Fault(NamedTuple):
    """One fault in a record: field (dotted path), what stands there, and the cure."""

    field: str
    found: object
    allowed: str
    cure: str


_QUOTED = re.compile(r"'([^']*)'")
# What helps where a value has another form, by pydantic's names for what is wrong.
_CURES = {
    "bool_type": "Write true or false, without quotes.",
    "dict_type": 'Write words by language: {en = "…"}, in JSON {"en": "…"}.',
    "float_type": "Write a number, without quotes.",
    "int_type": "Write a whole number, without quotes.",
    "list_type": "Put it in square brackets, even if it is only one: […].",
    "model_type": "Write its fields in braces: {…}.",
    "string_type": "Put it in straight quotes.",
}
# Faults with the file and the entry that they are in.
Found = Iterator[tuple[str, str, Fault]]


def one_of(words: Iterable[str]) -> str:
    """List allowed words; says so when there are none."""
    return "one of " + (", ".join(words) or "(none is defined)")


def suggestion(identity: str, known: Iterable[str], otherwise: str) -> str:
    """Offer near matches of a mistyped word, before any other cure."""
    near = near_ids(identity, known)
    return f"Did you mean {' or '.join(near)}? {otherwise}" if near else otherwise


def unknown(field: str, word: str, known: Iterable[str], cure: str) -> Iterator[Fault]:
    """Yield a fault if a word is not among those known."""
    words = list(known)
    if word not in words:
        yield Fault(field, word, one_of(words), suggestion(word, words, cure))


def unresolved(
    field: str, target: str, known: Iterable[str], what: str
) -> Iterator[Fault]:
    """Yield a fault if an id names nothing; too many ids to list what is allowed."""
    if target not in (ids := known if isinstance(known, Mapping) else set(known)):
        cure = suggestion(target, ids, "Mend the id, or add what it names.")
        yield Fault(field, target, f"the id of {what}", cure)


def texts_of(
    model: BaseModel, prefix: str = ""
) -> Iterator[tuple[str, dict[str, str]]]:
    """
    Walk every text of a model, at any depth, with its dotted path.

    Parameters
    ----------
    model
        A record, a place, the settings. Dicts of strings are texts by language.
    prefix
        Path of the model itself, with its dot; empty for the outermost.
    """
    for name in type(model).model_fields:
        yield from _texts(getattr(model, name), f"{prefix}{name}")


def _texts(value: object, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(value, BaseModel):
        yield from texts_of(value, f"{path}.")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _texts(item, f"{path}.{number}")
    elif value and isinstance(value, dict) and _is_text(value):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{path}.{key}")


def _is_text(value: Mapping[str, object]) -> bool:
    return all(isinstance(words, str) for words in value.values())


def language_faults(
    texts: Iterable[tuple[str, Mapping[str, str]]],
    languages: Iterable[str],
    *,
    others: bool = False,
) -> Iterator[Fault]:
    """
    Find texts without the default language, or in one the atlas does not have.

    Parameters
    ----------
    texts
        Dotted path and words by language.
    languages
        Codes of the atlas; the first is the default.
    others
        True where other languages may stand too, as in the names of places.
    """
    default, *rest = languages
    for path, text in texts:
        strange = set() if others else set(text) - {default, *rest}
        if default not in text or strange:
            found = "languages " + ", ".join(sorted(text))
            allowed = f"always {default}" + (
                f"; besides it {', '.join(rest)}" if rest else ""
            )
            cure = f"Write the text in {default}, under the right language code."
            yield Fault(path, found, allowed, cure)


def model_problems(kind: type[BaseModel], error: ValidationError) -> list[Fault]:
    """
    Turn what pydantic found into faults, one a field.

    Parameters
    ----------
    kind
        The model that refused the data.
    error
        Its refusal. A field that may be several types yields one fault, not several.
    """
    found: dict[str, Fault] = {}
    parts = error.errors(include_url=False)
    misspelt = {name for part in parts for name in _meant(kind, part)}
    for part in parts:
        if part["type"] == "missing" and part["loc"] in misspelt:
            continue  # it is there, under a name that is told
        fault = _model_fault(kind, part)
        if fault.field in found:
            fault = found[fault.field]._replace(
                allowed=f"{found[fault.field].allowed}; or: {fault.allowed}"
            )
        found[fault.field] = fault
    return list(found.values())


def _model_fault(kind: type[BaseModel], part: Any) -> Fault:
    loc = tuple(step for step in part["loc"] if not _is_type(step))
    field = ".".join(str(step) for step in loc)
    value = part["input"]
    if part["type"] == "missing":
        return Fault(
            field,
            "nothing",
            "a value; the field is required",
            f"Add the field `{loc[-1]}`.",
        )
    if part["type"] == "extra_forbidden":
        known = sorted(_model_at(kind, loc).model_fields)
        cure = suggestion(str(loc[-1]), known, "Remove the field or mend its name.")
        return Fault(field, shortened(value), "a field that is " + one_of(known), cure)
    cure = _CURES.get(part["type"], "Write a value of that form.")
    if isinstance(value, str) and part["type"] in ("int_type", "float_type"):
        value = repr(value)  # 4 in quotes looks like a number without them
    if part.get("ctx", {}).get("pattern", "").startswith("^[a-z0-9]+(-"):
        cure = "Use lower-case letters, digits and single hyphens only: a-b-1."
    if part["type"] == "literal_error":
        words = _QUOTED.findall(part["ctx"]["expected"])
        cure = suggestion(str(value), words, "Write one of these words.")
    if isinstance(value, dt.date | dt.time):
        cure = "Put the date in quotes."
    return Fault(field, value, part["msg"].removeprefix("Value error, "), cure)


def _meant(kind: type[BaseModel], part: Any) -> Iterator[tuple[int | str, ...]]:
    """Yield the places of the fields that an unknown one may be a misspelling of."""
    if part["type"] == "extra_forbidden":
        *path, name = part["loc"]
        for near in near_ids(
            str(name), _model_at(kind, tuple(part["loc"])).model_fields
        ):
            yield (*path, near)


def _is_type(step: object) -> bool:
    """Tell pydantic's names for the members of a union from the names of fields."""
    return isinstance(step, str) and (
        step in ("float", "int") or step.startswith(("function-", "dict["))
    )


def _model_at(kind: type[BaseModel], loc: tuple[object, ...]) -> type[BaseModel]:
    """Follow a path of fields down to the model that its last step belongs to."""
    for step in loc[:-1]:
        field = kind.model_fields.get(step) if isinstance(step, str) else None
        kind = (field and _model_in(field.annotation)) or kind
    return kind


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Find the model inside `list[Model]`, `dict[str, Model]` or `Model | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for a in get_args(annotation) if (m := _model_in(a))), None)
