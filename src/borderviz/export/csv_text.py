r"""The table as CSV: it opens right in a spreadsheet, and no formula in it can run.

UTF-8 with signature, RFC 4180, CRLF. A spreadsheet takes a cell for a formula by its
first character, and some take a comma, a semicolon or a tab for the end of a cell. So
an apostrophe stands before whatever could be read as the start of one, at the start of
a text and after every semicolon, tab or line break in it. Numbers are never touched: a
leading minus is a coordinate. `unguarded` takes exactly these apostrophes away again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from borderviz.export.exported import Exported
from borderviz.export.geojson import plain

_SIGNATURE = "\ufeff"
# What a spreadsheet may skip before it looks for a formula: spaces, quotes, invisibles.
_LEAD = (
    "(?:(?![;\\t\\r\\n])[\\s\"'`\u00ab\u00bb\u2018-\u201f\u2039\u203a\ufeff\u00ad\u061c"
    "\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\uffa0"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f])*"
)
# ASCII and full-width, the small forms, and the minus sign of mathematics.
_SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b]"
_FIRST = "(?<![\\s\\S])"
_NEXT = "(?<=[;\\t\\r\\n])"
_FORMULA = f"(?={_LEAD}{_SIGN})"
_BLANK = f"(?={_LEAD}[\\t\\r\\n\\0])"
_UNSAFE = re.compile(f"(?:{_FIRST}|{_NEXT}){_FORMULA}|{_FIRST}{_BLANK}")
_GUARD = re.compile(f"(?:{_FIRST}|{_NEXT})'{_FORMULA}|{_FIRST}'{_BLANK}")
# Our own headings need no quotes; nobody knows what a reader calls a column.
_BARE = re.compile("[a-z0-9_]+")


def csv_bytes(export: Exported) -> bytes:
    """
    Write the table; true and false as words, a cell without a value empty.

    Parameters
    ----------
    export
        What is taken along.
    """
    names = [str(name) for name in export.cells.columns]
    head = [name if _BARE.fullmatch(name) else csv_cell(name) for name in names]
    rows = export.cells.itertuples(index=False, name=None)
    texts = export.numeric_texts
    writers = [_number_text if name in texts else csv_cell for name in names]
    return csv_lines(
        [head, *[[f(x) for f, x in zip(writers, row, strict=True)] for row in rows]]
    )


def csv_lines(rows: Iterable[Iterable[str]]) -> bytes:
    """Put cells that are written already into a file."""
    text = "".join(f"{','.join(row)}\r\n" for row in rows)
    return (_SIGNATURE + text).encode()


def csv_cell(value: Any) -> str:
    """Write a cell; every text in quotes, as some programs part a row at semicolons."""
    found = plain(value)
    if found is None:
        return ""
    if isinstance(found, str):
        return _quoted(guarded(found))
    return str(found).lower() if isinstance(found, bool) else repr(found)


def _number_text(value: Any) -> str:
    """Write a number that is a text, as it is: a minus begins no formula there."""
    return "" if plain(value) is None else _quoted(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def guarded(text: str) -> str:
    """
    Put an apostrophe before all that a spreadsheet could take for a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("- a; @b"), guarded("Kim - Lee; a+b")
    ("'=1+1", "'- a;' @b", 'Kim - Lee; a+b')
    """
    return _UNSAFE.sub("'", text)


def unguarded(text: str) -> str:
    """
    Take the apostrophes of `guarded` away.

    Examples
    --------
    >>> unguarded("'- a;' @b"), unguarded("'90s")
    ('- a; @b', "'90s")
    """
    return _GUARD.sub("", text)
