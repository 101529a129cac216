"""A sheet of an Excel workbook, cell by cell; formulas are not run, links not followed.

openpyxl takes several times as long for 100,000 rows, too long to wait for; what it
knows of dates is used here.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

from openpyxl.utils.datetime import from_excel

from borderviz.overlay_files.archive import Archive
from borderviz.overlay_files.clean import told
from borderviz.overlay_files.draft import Draft
from borderviz.overlay_files.limits import COLUMNS, ROWS, refusal, refuse_more
from borderviz.overlay_files.raw import RawTable
from borderviz.overlay_files.workbook import FORM, Workbook, opened
from borderviz.overlay_files.xml_walk import Names, walk

_DIGITS = "0123456789"
_LETTERS = re.compile("[A-Z]{1,3}")
_FIRST_ROWS = 20
_HIGHEST_ROW = 1_048_576
Row = tuple[int, list[Any]]


def read_workbook(archive: Archive, layer: str) -> RawTable:
    """
    Read a sheet; its headings are the first row that is about as full as those below.

    Parameters
    ----------
    archive
        The workbook.
    layer
        Name of the sheet; empty for the first.

    Raises
    ------
    RefusedFileError
        If it is broken, has no such sheet, or is over a limit.
    """
    draft = Draft("xlsx")
    book = opened(archive)
    draft.layers = tuple(book.sheets)
    draft.layer = layer or draft.layers[0]
    if draft.layer not in book.sheets:
        raise refusal(why="layer", layer=told(layer))
    if len(draft.layers) > 1:
        draft.note("layers", count=len(draft.layers), layer=told(draft.layer))
    sheet = _Sheet(book)
    rows = sheet.read(archive.read(book.sheets[draft.layer]))
    if sheet.unsaved:
        draft.note("formulas", count=sheet.unsaved)
    if not rows:
        raise refusal(why="no-rows")
    filled = [sum(cell is not None for cell in row) for _, row in rows[:_FIRST_ROWS]]
    at = next(n for n, count in enumerate(filled) if 2 * count >= max(filled))
    if at:
        draft.note("heading-row", row=rows[at][0])
    refuse_more(len(rows) - at - 1, ROWS, "rows")
    width = max(len(row) for _, row in rows[at:])
    for _, row in rows[at:]:
        row += [None] * (width - len(row))
    names = ["" if cell is None else str(cell) for cell in rows[at][1]]
    draft.numbers = [number for number, _ in rows[at + 1 :]]
    draft.take_rows(names, [row for _, row in rows[at + 1 :]])
    return draft.finish()


class _Sheet:
    """
    The rows of a sheet that hold something.

    Attributes
    ----------
    unsaved
        How many cells have a formula without a result.
    """

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._dates: dict[str, Any] = {}
        self._columns: dict[str, int] = {}
        self.unsaved = 0

    def read(self, data: bytes) -> list[Row]:
        """Read all rows; the cells of each as far as the last that holds something."""
        names, rows = Names(), list[Row]()
        cells: list[Any] = []
        parts: list[str] = []
        number = column = -1
        kind = style = ""
        is_value = has_formula = False

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal number, column, kind, style, is_value, has_formula
            local = names[name]
            if local == "c":
                column = self._column(attributes.get("r", ""), column + 1)
                kind, style = attributes.get("t", ""), attributes.get("s", "")
                has_formula = False
                parts.clear()
            elif local in ("v", "t"):
                is_value = True
            elif local == "f":
                has_formula = True
            elif local == "row":
                number, column = _row(attributes.get("r", ""), number), -1

        def end(name: str) -> None:
            nonlocal is_value, cells
            local = names[name]
            is_value = False
            if local == "c":
                if parts:
                    value = self._value("".join(parts), kind, style)
                    if column >= COLUMNS:
                        raise refusal(why="columns", limit=COLUMNS)
                    cells += [None] * (column + 1 - len(cells))
                    cells[column] = value
                elif has_formula:
                    self.unsaved += 1
            elif local == "row" and cells:
                # A few rows may stand above the headings.
                if len(rows) > ROWS + _FIRST_ROWS:
                    raise refusal(why="rows", limit=ROWS)
                rows.append((number, cells))
                cells = []

        def text(found: str) -> None:
            if is_value:
                parts.append(found)

        walk(data, FORM, start, end, text)
        return rows

    def _column(self, reference: str, following: int) -> int:
        """Number a column by the letters of a cell's name, from 0."""
        letters = reference.rstrip(_DIGITS)
        found = self._columns.get(letters)
        if found is None:
            if not _LETTERS.fullmatch(letters):
                return following
            found = 0
            for letter in letters:
                found = 26 * found + ord(letter) - ord("A") + 1
            self._columns[letters] = found = found - 1
        return found

    def _value(self, text: str, kind: str, style: str) -> Any:
        if kind == "s":
            at = int(text) if text.isdecimal() and len(text) < 9 else -1
            if not 0 <= at < len(self._book.texts):
                raise refusal(why="broken", form=FORM)
            return self._book.texts[at] or None
        if kind == "b":
            return text.strip() == "1"
        if kind not in ("", "n"):
            return text
        if style in self._book.dates or style in self._book.spans:
            key = f"{text} {style}"
            if key not in self._dates:
                self._dates[key] = self._date(text, style in self._book.spans)
            return self._dates[key]
        return _number(text)

    def _date(self, text: str, is_span: bool) -> date | time | timedelta | str | float:
        """Read a number of days; one that no calendar has stays a number."""
        number = _number(text)
        if isinstance(number, str):
            return number
        try:
            found: date | time | timedelta | None = from_excel(
                number, self._book.epoch, timedelta=is_span
            )
        except (ValueError, OverflowError, OSError):
            return number
        return number if found is None else found


def _number(text: str) -> int | float | str:
    try:
        return int(text) if text.isdecimal() and len(text) < 16 else float(text)
    except ValueError:
        return text


def _row(text: str, before: int) -> int:
    """Number a row; where the sheet does not say, the one after the last."""
    found = int(text) if text.isdecimal() and len(text) < 8 else 0
    return found if 0 < found <= _HIGHEST_ROW else max(before, 0) + 1
