"""What a reader's file is read into, and how it is said what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from borderviz.errors import BorderVizError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Cell: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True)
class Reason:
    """
    What is wrong or was done, to be said in the reader's language.

    Parameters
    ----------
    key
        The text `overlay-<key>` of the interface says it.
    values
        What fills the braces of that text.
    """

    key: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True)
class RowProblem:
    """
    Why a row is not used.

    Parameters
    ----------
    row
        As people count: line of a CSV, row of a sheet, number of a feature or Placemark
        from 1.
    field
        Heading of the column; empty for the row as a whole. At most 80 letters.
    value
        What was found; at most 80 letters.
    reason
        What is wrong with it.
    """

    row: int
    field: str
    value: str
    reason: Reason


@dataclass(frozen=True, eq=False)
class RawTable:
    """
    A reader's file as rows and columns, of plain values only.

    Parameters
    ----------
    form
        `csv`, `geojson`, `gpkg`, `kml`, `kmz` or `xlsx`.
    layer, layers
        The sheet or table that was read, and all that there are; empty where the form
        has none.
    encoding
        Of a CSV: one of `ENCODINGS`; empty for other forms.
    columns
        Headings, each once: a second of the same name ends in ` (2)`.
    numbers
        For each row its number as people count.
    cells
        By column, then by row. Text has no control characters but the line feed, no
        half of a surrogate pair and no marks that turn the direction of writing. Those
        of a CSV are all texts, empty ones too; elsewhere None is an empty cell. Dates
        of a sheet are ISO texts.
    shapes
        For each row a geometry of shapely in two dimensions, EPSG:4326, valid and not
        empty, or None if the row has none; None for a CSV or a sheet.
    notes
        What is to be said about the file as a whole.
    problems, bad_count
        Rows that are not in the table: the first 1,000, and how many.
    """

    form: str
    layer: str
    layers: tuple[str, ...]
    encoding: str
    columns: tuple[str, ...]
    numbers: NDArray[np.int32]
    cells: tuple[Sequence[Cell], ...]
    shapes: NDArray[np.object_] | None
    notes: tuple[Reason, ...]
    problems: tuple[RowProblem, ...]
    bad_count: int


class RefusedFileError(BorderVizError):
    """A reader's file that is not read; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.key)
