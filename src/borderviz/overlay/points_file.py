"""GeoParquet of up to some million points, which an operator shows to all readers.

It is the operator's own file: it is read in this process, and what is wrong with it is
told to them as faults of an atlas are, in English.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from borderviz.overlay.model import Origin
from borderviz.overlay.points_error import CURE, MOST_BYTES, MOST_ROWS, fault
from borderviz.overlay.points_geometry import column_of
from borderviz.overlay.points_origin import origin_of
from borderviz.overlay.points_table import large_table, small_table
from borderviz.overlay_files.limits import COLUMNS, ROWS
from borderviz.overlay_files.raw import RawTable

if TYPE_CHECKING:
    import pyarrow.parquet as pq

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PointsFile:
    """
    A file of points as it was read.

    Parameters
    ----------
    raw
        Its rows; of up to `ROWS` as they are of an upload, of more in lean columns.
    lons, lats
        (n,) EPSG:4326, NaN for none, where there are more rows; None without a column
        of geometries, or of fewer rows.
    origin
        What is stated about it.
    digest
        Twelve hexadecimal digits of all that was read.
    """

    raw: RawTable
    lons: Floats | None
    lats: Floats | None
    origin: Origin
    digest: str

    @property
    def is_large(self) -> bool:
        """Whether it has more rows than a browser gets."""
        return len(self.raw.numbers) + self.raw.bad_count > ROWS


def check_points(path: Path) -> int:
    """
    Look at a file without reading its rows.

    Returns
    -------
    int
        How many rows it has.

    Raises
    ------
    PointsError
        If it cannot be shown, as far as that can be told.
    """
    with _opened(path) as file:
        column_of(file.schema_arrow, path.name)
        origin_of(path, file.schema_arrow.metadata or {})
        return int(file.metadata.num_rows)


def read_points(path: Path) -> PointsFile:
    """
    Read a file of points.

    Parameters
    ----------
    path
        A GeoParquet file, or a Parquet file with columns of degrees.

    Raises
    ------
    PointsError
        If it cannot be shown.
    """
    import pyarrow as pa

    name = path.name
    with _opened(path) as file:
        metadata = file.schema_arrow.metadata or {}
        column = column_of(file.schema_arrow, name)
        origin = origin_of(path, metadata)
        try:
            table = file.read().combine_chunks()
        except (pa.ArrowException, OSError) as error:
            raise fault(name, "", str(error), "a whole Parquet file", CURE) from None
    digest = _digest(path, origin)
    shapes = None
    if column:
        chunks = table.column(column.name)
        shapes = chunks.chunk(0) if chunks.num_chunks else chunks.combine_chunks()
        table = table.drop_columns(column.name)
    if len(table) <= ROWS:
        raw, lons, lats = small_table(table, shapes, column, name), None, None
    else:
        raw, lons, lats = large_table(table, shapes, column, name)
    pa.default_memory_pool().release_unused()
    return PointsFile(raw, lons, lats, origin, digest)


def _opened(path: Path) -> pq.ParquetFile:
    """Open a file and look whether it is of a size that can be shown."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    name = path.name
    try:
        file = pq.ParquetFile(path, memory_map=False)
    except (pa.ArrowException, OSError) as error:
        raise fault(name, "", str(error), "a Parquet file", CURE) from None
    told, rows = file.metadata, file.metadata.num_rows
    size = sum(told.row_group(n).total_byte_size for n in range(told.num_row_groups))
    for found, most, unit, cure in (
        (rows, MOST_ROWS, "rows", "Take a part of the rows."),
        (told.num_columns, 2 * COLUMNS, "columns", "Take the columns that matter."),
        (-(-size // 10**6), MOST_BYTES // 10**6, "MB unpacked", "Take less."),
    ):
        if found > most:
            raise fault(name, "", f"{found:,} {unit}", f"at most {most:,}", cure)
    if not rows:
        raise fault(name, "", "no row", "at least one row", "Add rows.")
    return file


def _digest(path: Path, origin: Origin) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(repr(origin).encode())
    return digest.hexdigest()[:12]
