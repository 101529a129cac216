"""Text in columns: apart by comma, semicolon, tab or bar, in any usual encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from borderviz.overlay_files.draft import Draft
from borderviz.overlay_files.encodings import decoded
from borderviz.overlay_files.limits import (
    CELL_LETTERS,
    COLUMNS,
    ROWS,
    refusal,
    refuse_more,
)
from borderviz.overlay_files.raw import RawTable, Reason

_DELIMITERS = ",;\t|"
_SAID = "sep="
_LINES_TRIED = 5


def read_csv(data: bytes, encoding: str, *, named: bool = True) -> RawTable:
    """
    Read text in columns; the first line that is not blank has the headings.

    Parameters
    ----------
    data
        The file.
    encoding
        What the reader chose; empty to find out.
    named
        Whether the name of the file speaks for a table. If not, what has no columns is
        not taken for one.

    Raises
    ------
    RefusedFileError
        If it is no text, has no rows, or is over a limit.
    """
    draft = Draft("csv")
    text = decoded(data, draft, encoding)
    delimiter, text, skipped = _delimiter(text)
    csv.field_size_limit(CELL_LETTERS)
    width, names = 0, []
    rows: list[list[str]] = []
    for number, row in _rows(text, delimiter, draft, skipped):
        if not width:
            while row and not row[-1].strip():
                row.pop()
            names, width = row, len(row)
            refuse_more(width, COLUMNS, "columns")
            continue
        if len(row) > width and not "".join(row[width:]).strip():
            del row[width:]
        if len(row) != width:
            values = {"found": len(row), "expected": width}
            shown = delimiter.join(row[:width])
            draft.problems.add(number, "", shown, Reason("file-ragged", values))
        else:
            rows.append(row)
            draft.numbers.append(number)
        refuse_more(len(rows) + draft.problems.count, ROWS, "rows")
    if not named and width < 2:
        raise refusal(why="unknown")
    draft.take_rows(names, rows)
    return draft.finish()


def _rows(
    text: str, delimiter: str, draft: Draft, skipped: int
) -> Iterator[tuple[int, list[str]]]:
    """Walk the rows that are not blank, each with the number of its first line."""
    # newline="" takes LF, CR LF and CR for ends of lines; the same file may mix them.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number = reader.line_num + 1 + skipped
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            told = str(error)
            if "field limit" in told:
                raise refusal(why="cell-open", limit=CELL_LETTERS, row=number) from None
            if "end of data" in told:
                raise refusal(why="open-quote", row=number) from None
            draft.problems.add(number, "", "", Reason("file-quote"))
            continue
        if any(map(str.strip, row)):
            yield number, row


def _delimiter(text: str) -> tuple[str, str, int]:
    """Find what separates cells; also the text, and how many lines said so."""
    first, _, rest = text.partition("\n")
    said = first.rstrip("\r").strip('"').lower()
    if said in [_SAID + delimiter for delimiter in _DELIMITERS]:
        return said[-1], rest, 1
    lines = io.StringIO(text.lstrip("\r\n"), newline="")
    tried = [line for _, line in zip(range(_LINES_TRIED), lines, strict=False)]

    def quality(delimiter: str) -> tuple[int, int]:
        """How many of the first lines are as wide as the headings, and how wide."""
        try:
            widths = [*map(len, csv.reader(tried, delimiter=delimiter))]
        except csv.Error:  # `_rows` will tell
            return 0, 0
        wide = widths[0] if widths else 0
        return (sum(w == wide for w in widths), wide) if wide > 1 else (0, 0)

    return max(_DELIMITERS, key=quality), text, 0
