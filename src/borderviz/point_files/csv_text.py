"""Comma-separated text as records that can be written again exactly as they were."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from borderviz.point_files.base import PointFileError, refusal

_DELIMITERS = ",;\t"
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_CODE_PAGE = "cp949"
_ENCODINGS = "UTF-8, UTF-16 with a byte order mark, or EUC-KR (cp949)"


class Decoded(NamedTuple):
    """A text, and what must be known to write it again."""

    text: str
    encoding: str
    mark: bytes


class Record(NamedTuple):
    """
    A record of a CSV file.

    Parameters
    ----------
    number
        As a person counts the rows in a table, blank ones too; the header is 1.
    text
        Exactly what stands in the file, without the end of its last line.
    end
        The end of that line: empty, LF, CR LF or CR.
    cells
        What the text means; empty for a blank line.
    """

    number: int
    text: str
    end: str
    cells: list[str]


def decoded(path: Path) -> Decoded:
    """
    Read a text file in the encoding that it has.

    Raises
    ------
    PointFileError
        If it is empty, no text, or in another encoding.
    """
    raw = path.read_bytes()
    mark = next((mark for mark in _MARKS if raw.startswith(mark)), b"")
    body = raw[len(mark) :]
    if not body.strip():
        raise refusal(path, "", "an empty file", "a table", "Add a header and rows.")
    if body.startswith(b"PK\3\4"):
        cure = "Save the table as CSV (UTF-8) in the program it comes from."
        raise refusal(path, "", "a ZIP file, such as a workbook", "text", cure)
    if mark not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and b"\0" in body:
        cure = "Save it as CSV in UTF-8."
        raise refusal(path, "", "zero bytes: no text", _ENCODINGS, cure)
    for encoding in (_MARKS[mark],) if mark else ("utf-8", _CODE_PAGE):
        try:
            return Decoded(body.decode(encoding), encoding, mark)
        except UnicodeDecodeError:
            continue
    raise refusal(path, "", "another encoding", _ENCODINGS, "Save it as UTF-8.")


def records(path: Path, text: str, delimiter: str) -> Iterator[Record]:
    """
    Walk the records of a text.

    Raises
    ------
    PointFileError
        If a quotation mark does not end, or text follows one.
    """
    lines: list[str] = []

    def remembered() -> Iterator[str]:
        # newline="" takes LF, CR LF and CR for ends of lines, and keeps them.
        for line in io.StringIO(text, newline=""):
            lines.append(line)
            yield line

    number = 0
    reader = csv.reader(remembered(), delimiter=delimiter, strict=True)
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _broken(path, number, error) from None
        whole = "".join(lines)
        lines.clear()
        body = whole.rstrip("\r\n")
        yield Record(number, body, whole[len(body) :], cells)


def delimiter_of(path: Path, text: str) -> str:
    """Find what separates the cells: what makes most of them in the first line."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    first = next(iter(io.StringIO(text.lstrip("\r\n"), newline="")), "")

    def count(delimiter: str) -> int:
        try:
            return max(map(len, csv.reader([first], delimiter=delimiter)), default=0)
        except csv.Error:  # `records` will tell
            return 0

    return max(_DELIMITERS, key=count)


def _broken(path: Path, number: int, error: csv.Error) -> PointFileError:
    cure = "Look for a quotation mark too many or too few in that row."
    return refusal(path, f"row {number}", str(error), "cells in whole quotes", cure)
