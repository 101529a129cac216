"""Text into plain values: JSON and TOML, stricter than the standard library reads them.

Refused outright: a key given twice (JSON), which would drop the first value in silence.
Taken out and told one by one: numbers no map can hold (NaN, 1e999, an integer of a
thousand digits) and nesting deeper than any field of an atlas goes.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

DEEPEST = 32
LARGEST = 2**53
Branch: TypeAlias = dict[str, Any] | list[Any]


@dataclass(frozen=True)
class Oddity:
    """
    One value that was taken out of a document.

    Parameters
    ----------
    path
        Keys and positions from the top of the document down to the value.
    record
        Id of the innermost thing around it that has one; empty if none has.
    found, allowed
        What stood there, and what may stand there.
    """

    path: tuple[str | int, ...]
    record: str
    found: str
    allowed: str


def json_from_text(text: str) -> Any:
    """
    Read JSON.

    Raises
    ------
    ValueError
        If it is not JSON or gives one key twice; the message names the place.
    RecursionError
        If it is nested beyond what the parser itself can follow.
    """
    return json.loads(text, object_pairs_hook=_without_doubles)


def toml_from_text(text: str) -> dict[str, Any]:
    """
    Read TOML.

    Raises
    ------
    ValueError
        If it is not TOML; the message names the line.
    RecursionError
        If it is nested beyond what the parser itself can follow.
    """
    return tomllib.loads(text)


def oddities(document: Any) -> list[Oddity]:
    """
    Take out of a document what nothing after can be trusted to bear.

    Parameters
    ----------
    document
        As parsed; changed in place, each odd value replaced by None.

    Returns
    -------
    list
        What was taken out, in no particular order.

    Examples
    --------
    >>> page = {"id": "lake", "depth": float("nan")}
    >>> [(o.record, o.path, o.found) for o in oddities(page)], page["depth"]
    ([('lake', ('depth',), 'nan')], None)
    """
    found = []
    branches: list[tuple[tuple[str | int, ...], Branch]] = []
    if isinstance(document, dict | list):
        branches.append(((), document))
    while branches:
        path, branch = branches.pop()
        for key, value in _items(branch):
            if isinstance(value, dict | list):
                if len(path) + 1 < DEEPEST:
                    branches.append(((*path, key), value))
                    continue
                odd = "nesting too deep to show", f"at most {DEEPEST} levels"
            elif isinstance(value, int | float) and not -LARGEST <= value <= LARGEST:
                odd = _number(value), "a finite number of ordinary size"
            else:
                continue
            whole = (*path, key)
            found.append(Oddity(whole, _record(document, whole), *odd))
            branch[key] = None  # type: ignore[index]
    return found


def _items(branch: Branch) -> Iterator[tuple[str | int, Any]]:
    """List keys and values; a copy, because values are replaced on the way."""
    return iter(list(branch.items() if isinstance(branch, dict) else enumerate(branch)))


def _number(value: int | float) -> str:
    """Show a number that may be too long to be written out."""
    return str(value) if isinstance(value, float) else "a number too large to write out"


def _record(document: Any, path: tuple[str | int, ...]) -> str:
    """Find the id of the innermost thing on the way down."""
    identity = ""
    for step in path:
        if isinstance(document, dict) and isinstance(document.get("id"), str):
            identity = document["id"]
        document = document[step]
    return identity


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a JSON object; refuse a key that is given twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        identity = found.get("id") or found.get("title")
        msg = f"the key {double!r} twice in one object (id or title: {identity!r:.60})"
        raise ValueError(msg)
    return found
