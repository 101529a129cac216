"""The cells of a reader's table: as text, and read many at once.

A cell is never trusted: what reads one returns a value, a `Reason`, or None where the
cell says nothing.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from borderviz.overlay_files.raw import Cell, RawTable

_Found = TypeVar("_Found")


@cache
def table(name: str) -> dict[str, Any]:
    """Read one of the tables of words beside this module."""
    text = files("borderviz.overlay").joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _missing() -> frozenset[str]:
    return frozenset(table("words")["missing"])


def plain(cell: Cell) -> str:
    """
    Write a cell as text.

    Examples
    --------
    >>> plain(" a "), plain(12.0), plain(0.5), plain(True), plain(None)
    ('a', '12', '0.5', 'true', '')
    """
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def one_line(cell: Cell) -> str:
    """Write a cell as text without line breaks."""
    text = plain(cell)
    return text if text.isprintable() else " ".join(text.split())


def is_missing(text: str) -> bool:
    """
    Tell whether a stripped text says that nothing is known.

    Examples
    --------
    >>> is_missing(""), is_missing("N/A"), is_missing("0")
    (True, True, False)
    """
    return not text or (len(text) <= 20 and text.lower() in _missing())


def simple(text: str) -> str:
    """Write a text in the plain forms of its letters, and in lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def column(raw: RawTable, name: str) -> Sequence[Cell] | None:
    """Return the cells below a heading; None if there is no such column."""
    return raw.cells[raw.columns.index(name)] if name in raw.columns else None


def read_each(cells: Sequence[Cell], read: Callable[[Cell], _Found]) -> list[_Found]:
    """
    Read the cells of a column, equal ones once.

    Parameters
    ----------
    cells
        (n,) cells.
    read
        Reads one.

    Returns
    -------
    list
        (n,) what `read` returns for each.
    """
    if len(set(map(type, cells))) <= 1:
        known = {cell: read(cell) for cell in set(cells)}
        return [known[cell] for cell in cells]
    # True equals 1 and 1.0: the type belongs to the key.
    typed = [(type(cell), cell) for cell in cells]
    found = {pair: read(pair[1]) for pair in set(typed)}
    return [found[pair] for pair in typed]
