"""Points in a GeoPackage: a copy of the file in which one table gets more columns.

The file is read and altered as the SQLite database that it is (OGC 12-128r19,
GeoPackage Encoding Standard 1.4). So other layers, styles, types of columns and fids
stay as they are, and no name from outside reaches GDAL, which takes some for addresses.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from borderviz.faults import Fault
from borderviz.linear.geodesy import Floats
from borderviz.point_files.base import (
    UNCERTAINTY,
    Options,
    PointFile,
    Value,
    refusal,
    refuse_clash,
)
from borderviz.point_files.rows import BadRowError, Rows, radius_in

_ENVELOPE_BYTES = (0, 32, 48, 48, 64)


class GeoPackageFile(PointFile):
    """One layer of points, in any system of coordinates that PROJ knows."""

    suffixes = (".gpkg",)

    def __init__(self, path: Path, options: Options) -> None:
        self.rows = Rows(path, "feature")
        self._path, self._added = path, options.added
        with path.open("rb") as file:
            if file.read(16) != b"SQLite format 3\0":
                cure = "Export the points as GeoPackage."
                raise refusal(path, "", "no SQLite database", "a GeoPackage", cure)
        with self._opened() as base:
            self._table, column, srs = self._layer(base, options.layer)
            info = base.execute(
                "SELECT name, pk FROM pragma_table_info(?)", [self._table]
            ).fetchall()
            names = [name for name, _ in info]
            refuse_clash(path, names, options.added)
            self._key = next((name for name, pk in info if pk == 1), "rowid")
            radius = self._radius(names, options.uncertainty)
            picked = map(_quoted, (self._key, column, radius or column))
            found = base.execute(
                f"SELECT {', '.join(picked)} FROM {_quoted(self._table)} "
                f"ORDER BY {_quoted(self._key)}"
            ).fetchall()
            crs = self._crs(base, srs)
        if not found:
            cure = "Add features."
            raise refusal(path, self._table, "no feature", "one or more", cure)
        self._keys = [key for key, _, _ in found]
        radii = [value if radius else None for _, _, value in found]
        self._add([shape for _, shape, _ in found], radii, radius or "", crs)

    def write(self, path: Path, added: Iterable[Sequence[Value]]) -> None:
        """See `PointFile`; words are TEXT, kilometres REAL."""
        table, key = _quoted(self._table), _quoted(self._key)
        with self._connected() as source, closing(sqlite3.connect(path)) as base:
            source.backup(base)
            base.isolation_level = None
            base.execute("PRAGMA journal_mode = MEMORY")
            base.execute("BEGIN")
            # Those that keep a spatial index call functions which only a GIS has.
            triggers = base.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
                "AND tbl_name = ? COLLATE NOCASE",
                [self._table],
            ).fetchall()
            for name, _ in triggers:
                base.execute(f"DROP TRIGGER {_quoted(name)}")
            for name, kind in self._added.items():
                column = f"{_quoted(name)} {'REAL' if kind is float else 'TEXT'}"
                base.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
            sets = ", ".join(f"{_quoted(name)} = ?" for name in self._added)
            base.executemany(
                f"UPDATE {table} SET {sets} WHERE {key} = ?",
                ((*v, key) for v, key in zip(added, self._keys, strict=True)),
            )
            for _, sql in triggers:
                base.execute(sql)
            base.execute(
                "UPDATE gpkg_contents SET last_change = "
                "strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = ?",
                [self._table],
            )
            base.execute("COMMIT")

    def _connected(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file to be read; complaints of SQLite are faults of the file."""
        try:
            with self._connected() as base:
                yield base
        except (sqlite3.Error, UnicodeDecodeError) as error:
            cure = "Export the points again as GeoPackage."
            raise refusal(self._path, "", str(error), "a GeoPackage", cure) from None

    def _layer(
        self, base: sqlite3.Connection, wanted: str | None
    ) -> tuple[str, str, int]:
        """Choose the layer: table, column of geometry, id of its coordinate system."""
        found = base.execute(
            "SELECT g.table_name, g.column_name, g.srs_id FROM sqlite_master m "
            "JOIN gpkg_geometry_columns g ON m.name = g.table_name "
            "WHERE m.type = 'table' ORDER BY g.table_name"
        ).fetchall()
        layers = {layer: (layer, column, srs) for layer, column, srs in found}
        if wanted is None and len(layers) == 1:
            return next(iter(layers.values()))
        if wanted in layers:
            return layers[str(wanted)]
        told = f"{len(layers)} layers with a geometry" if wanted is None else wanted
        allowed = "one of " + (", ".join(layers) or "(none)")
        raise refusal(self._path, "--layer", told, allowed, "Name one with --layer.")

    def _radius(self, names: list[str], wanted: str | None) -> str | None:
        """Find the column with the radius, if there is one."""
        plain = (wanted or UNCERTAINTY).casefold()
        found = next((name for name in names if name.casefold() == plain), None)
        if wanted and not found:
            allowed = "one of " + ", ".join(names)
            raise refusal(
                self._path, "--uncertainty", wanted, allowed, "Name a column."
            )
        return found

    def _crs(self, base: sqlite3.Connection, srs: int) -> CRS:
        row = base.execute(
            "SELECT organization, organization_coordsys_id, definition "
            "FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
            [srs],
        ).fetchone()
        number: Any
        definition: Any
        organization, number, definition = row or ("", None, None)
        try:
            if str(organization).upper() == "EPSG":
                return CRS.from_epsg(number)
            return CRS.from_wkt(definition)
        except (CRSError, TypeError):
            allowed = "a coordinate system that is known"
            cure = "Set the coordinate system of the layer."
            raise refusal(self._path, "srs_id", str(srs), allowed, cure) from None

    def _add(self, blobs: list[Any], radii: list[Any], radius: str, crs: CRS) -> None:
        shapes = _shapes([_wkb(blob) for blob in blobs])
        lons, lats = _lonlats(shapes, crs)
        rows = zip(blobs, shapes, lons, lats, radii, strict=True)
        for number, (blob, shape, lon, lat, value) in enumerate(rows, 1):
            try:
                _refuse_no_point(blob, shape)
                self.rows.add(number, lon, lat, radius_in(value, radius))
            except BadRowError as error:
                self.rows.add_bad(number, error.fault)


def _wkb(blob: Any) -> bytes | None:
    """Cut the header of GeoPackage off a geometry; None if it has none."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return None
    envelope = blob[3] >> 1 & 7
    if envelope >= len(_ENVELOPE_BYTES):
        return None
    return blob[8 + _ENVELOPE_BYTES[envelope] :]


def _shapes(bodies: list[bytes | None]) -> Any:
    """Make geometries; None of bytes that are none, and of a curve."""
    try:
        return shapely.from_wkb(bodies, on_invalid="ignore")
    except NotImplementedError:
        if len(bodies) == 1:
            return np.array([None], dtype=object)
    return np.concatenate([_shapes([body]) for body in bodies])


def _lonlats(shapes: Any, crs: CRS) -> tuple[list[float], list[float]]:
    """Find (lon, lat) of the points, or of the only point of MultiPoints."""
    single = (shapely.get_num_geometries(shapes) == 1) & ~shapely.is_empty(shapes)
    points = shapely.get_geometry(np.where(single, shapes, None), 0)
    x: Floats = shapely.get_x(points)
    y: Floats = shapely.get_y(points)
    lons, lats = Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(x, y)
    return lons.tolist(), lats.tolist()


def _refuse_no_point(blob: Any, shape: Any) -> None:
    if shape is None:
        found = "nothing" if blob is None else "bytes that are no geometry"
    elif shape.is_empty:
        found = f"an empty {shape.geom_type}"
    elif shape.geom_type == "Point" or (
        shape.geom_type == "MultiPoint" and len(shape.geoms) == 1
    ):
        return
    else:
        found = shape.geom_type
    raise BadRowError(
        Fault("geometry", found, "a Point", "Give it a point, or use one of its own.")
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
