"""A table while it is made, of whatever form of file, cleaned in one way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from borderviz.overlay_files.clean import Lost, cells, headings, listed, told
from borderviz.overlay_files.limits import (
    ALL_LETTERS,
    COLUMNS,
    ROWS,
    TOLD_PROBLEMS,
    TOLD_ROWS,
    refusal,
    refuse_more,
)
from borderviz.overlay_files.raw import RawTable, Reason, RowProblem

if TYPE_CHECKING:
    # At run time this would cost a CSV the time that shapely takes to be imported.
    from borderviz.overlay_files.shapes import Settled


class Problems:
    """
    Rows that cannot be used: the first are told, all are counted.

    Attributes
    ----------
    told
        Those told, in the order of the file but for geometries, which come last.
    count
        How many there are.
    """

    def __init__(self) -> None:
        self.told: list[RowProblem] = []
        self.count = 0

    def add(self, row: int, field: str, value: object, reason: Reason) -> None:
        """Enter a row."""
        self.count += 1
        if self.count <= TOLD_PROBLEMS:
            self.told.append(RowProblem(row, told(field), told(value), reason))


class Draft:
    """
    Rows, columns and remarks of a file that is being read.

    Parameters
    ----------
    form
        See `RawTable`, as for `layer`, `layers` and `encoding`, which may be set later.
    """

    def __init__(self, form: str) -> None:
        self.form = form
        self.layer, self.encoding = "", ""
        self.layers: tuple[str, ...] = ()
        self.names: list[str] = []
        self.columns: list[Sequence[Any]] = []
        self.numbers: list[int] = []
        self.settled: Settled | None = None
        self.problems = Problems()
        self.notes: list[Reason] = []

    def note(self, key: str, **values: str | int | float) -> None:
        """Remark on the file as a whole; the reason is `file-<key>`."""
        self.notes.append(Reason(f"file-{key}", values))

    def take_records(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Make columns of what has names in every row, in the order first met."""
        refuse_more(len(records), ROWS, "rows")
        names: dict[str, None] = {}
        for record in records:
            if not names.keys() >= record.keys():
                names.update(dict.fromkeys(record))
                refuse_more(len(names), COLUMNS, "columns")
        self.names = list(names)
        self.columns = [[record.get(name) for record in records] for name in names]

    def take_rows(self, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Make columns of rows that are as long as their headings."""
        self.names = list(names)
        self.columns = list(zip(*rows, strict=True)) or [()] * len(self.names)

    def finish(self) -> RawTable:
        """
        Clean all, leave out the rows whose geometry is bad, and give the table.

        Raises
        ------
        RefusedFileError
            If there is no row, good or bad, or too much text.
        """
        self._settle()
        if not self.numbers and not self.problems.count:
            raise refusal(why="no-rows")
        self._drop_blank_columns()
        refuse_more(len(self.columns), COLUMNS, "columns")
        names, unnamed, renamed = headings(self.names)
        lost, columns, letters = Lost(), [], 0
        for name, values in zip(names, self.columns, strict=True):
            column, count = cells(values, lost, self.numbers, name)
            columns.append(column)
            letters += count
            refuse_more(letters, ALL_LETTERS, "letters")
        for key, found in (("unnamed", unnamed), ("renamed", renamed)):
            if found:
                columns_told = told(listed(found, TOLD_ROWS))
                self.note(key, count=len(found), columns=columns_told)
        for key, lost_count in (
            ("cleaned", lost.letters),
            ("not-finite", lost.numbers),
            ("blobs", lost.blobs),
        ):
            if lost_count:
                self.note(key, count=lost_count)
        return RawTable(
            self.form,
            self.layer,
            self.layers,
            self.encoding,
            tuple(names),
            np.array(self.numbers, dtype=np.int32),
            tuple(columns),
            self.settled.shapes if self.settled else None,
            tuple(self.notes),
            tuple(self.problems.told),
            self.problems.count,
        )

    def _settle(self) -> None:
        """Tell the rows whose geometry cannot be used, and leave them out."""
        if self.settled is None:
            return
        self.notes += self.settled.notes(self.numbers)
        bad = self.settled.bad
        if not bad:
            return
        for at, (value, reason) in sorted(bad.items()):
            self.problems.add(self.numbers[at], "", value, reason)
        good = np.ones(len(self.numbers), dtype=bool)
        good[list(bad)] = False
        keep = good.tolist()
        self.columns = [list(compress(column, keep)) for column in self.columns]
        self.numbers = list(compress(self.numbers, keep))
        self.settled.shapes = self.settled.shapes[good]

    def _drop_blank_columns(self) -> None:
        """Drop what spreadsheets add at the edge: no heading and nothing below it."""
        kept = [
            (name, column)
            for name, column in zip(self.names, self.columns, strict=True)
            if name.strip() or any(cell not in ("", None) for cell in column)
        ]
        self.names = [name for name, _ in kept]
        self.columns = [column for _, column in kept]
