"""Where the rows of a GeoParquet file are: WKB or GeoArrow, in any system."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]

from borderviz.overlay.points_error import fault

if TYPE_CHECKING:
    import pyarrow as pa

Floats = NDArray[np.float64]
_USUAL = ("geometry", "geom", "wkb_geometry")
_WKB, _POINT = ("geoarrow.wkb", "ogc.wkb"), "geoarrow.point"
# Of a point in WKB: byte order, type, two numbers.
_POINT_BYTES = 21
_LITTLE_POINT = np.array([1, 1, 0, 0, 0], np.uint8)
_CURE = "Save the file as GeoParquet with points in WKB."


@dataclass(frozen=True)
class Column:
    """
    The column of geometries that a file says it has.

    Parameters
    ----------
    name, encoding
        `WKB` or `point`.
    crs
        Of its coordinates; None if it is not known, which means degrees.
    """

    name: str
    encoding: str
    crs: CRS | None

    @property
    def is_native(self) -> bool:
        """Whether coordinates are numbers of Arrow and not bytes of WKB."""
        return self.encoding == "point"

    @property
    def is_degrees(self) -> bool:
        """Whether the coordinates are longitude and latitude of WGS84, or so taken."""
        if self.crs is None:
            return True
        return self.crs.to_authority() in (("EPSG", "4326"), ("OGC", "CRS84"))


def column_of(schema: pa.Schema, file: str) -> Column | None:
    """
    Find the column of geometries; None if there is none.

    Parameters
    ----------
    schema
        With the file's metadata.
    file
        Its name, for what is wrong with it.

    Raises
    ------
    PointsError
        If the metadata cannot be read, or the coordinates are of an unknown kind.
    """
    if stated := (schema.metadata or {}).get(b"geo"):
        return _stated(stated, schema, file)
    for field in schema:
        told = field.metadata or {}
        name = told.get(b"ARROW:extension:name", b"").decode("utf-8", "replace")
        if name == _POINT or name in _WKB:
            more = told.get(b"ARROW:extension:metadata", b"") or b"{}"
            crs = _crs(_json(more, file).get("crs"), file, field.name)
            return Column(field.name, "point" if name == _POINT else "WKB", crs)
    binary = [f.name for f in schema if "binary" in str(f.type) and f.name in _USUAL]
    return Column(binary[0], "WKB", None) if binary else None


def _stated(stated: bytes, schema: pa.Schema, file: str) -> Column:
    geo = _json(stated, file)
    name, columns = geo.get("primary_column"), geo.get("columns")
    told = columns.get(name) if isinstance(columns, dict) else None
    if not isinstance(told, dict) or name not in schema.names:
        cure = "Save the file with GeoPandas or GDAL."
        raise fault(file, "geo", name, "the name of a column of the file", cure)
    encoding = str(told.get("encoding", "WKB"))
    if encoding not in ("WKB", "point"):
        raise fault(file, str(name), f"the encoding {encoding}", "WKB or point", _CURE)
    # Without the key: longitude and latitude; null: unknown.
    crs = _crs(told.get("crs", "OGC:CRS84"), file, str(name))
    return Column(str(name), encoding, crs)


def _json(text: bytes, file: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        cure = "Save the file with GeoPandas or GDAL."
        raise fault(file, "geo", text[:80], "metadata of GeoParquet", cure)
    return found


def _crs(stated: object, file: str, name: str) -> CRS | None:
    if stated is None:
        return None
    set_network_enabled(False)
    try:
        return CRS.from_user_input(stated)
    except (CRSError, TypeError):
        allowed = "a coordinate reference system that PROJ knows"
        cure = "Save the file in WGS84 (EPSG:4326)."
        raise fault(file, name, stated, allowed, cure) from None


def points_of(array: pa.Array, column: Column, file: str) -> tuple[Floats, Floats, int]:
    """
    Read points; one that is nowhere is NaN.

    Parameters
    ----------
    array, column
        The geometries, and how they are written.
    file
        Its name, for what is wrong with it.

    Returns
    -------
    xs, ys, others
        (n,) each, as the file has them; how many were lines or areas, for each of which
        a point on it stands.
    """
    if column.is_native:
        return *_of_arrow(array, column, file), 0
    if "binary" not in str(array.type):
        raise fault(file, column.name, f"the type {array.type}", "binary", _CURE)
    xy = np.full((len(array), 2), np.nan)
    data, starts, sizes = _bytes_of(array)
    rows = np.flatnonzero(sizes == _POINT_BYTES)
    if len(rows) == len(sizes):  # as nearly always: they lie one after another
        points = data[starts[0] :][: len(rows) * _POINT_BYTES].reshape(-1, _POINT_BYTES)
    else:
        points = data[starts[rows][:, None] + np.arange(_POINT_BYTES)]
    is_plain = (points[:, :5] == _LITTLE_POINT).all(axis=1)
    rows = rows[is_plain]
    xy[rows] = np.ascontiguousarray(points[is_plain, 5:]).view("<f8")
    is_left = sizes > 0
    is_left[rows] = False
    rest, others = np.flatnonzero(is_left), 0
    if len(rest):
        with np.errstate(invalid="ignore"):
            blobs = np.array(array.take(rest).to_pylist(), object)
            shapes = shapely.from_wkb(blobs, on_invalid="ignore")
            is_other = shapely.get_type_id(shapes) > shapely.GeometryType.POINT
            shapes[is_other] = shapely.point_on_surface(shapes[is_other])
        others = int(is_other.sum())
        xy[rest] = np.column_stack([shapely.get_x(shapes), shapely.get_y(shapes)])
    return xy[:, 0].copy(), xy[:, 1].copy(), others


def shapes_of(array: pa.Array, column: Column, file: str) -> NDArray[np.object_]:
    """Read whole geometries, as `points_of` reads points; None for what is broken."""
    if column.is_native:
        xs, ys = _of_arrow(array, column, file)
        found = np.full(len(xs), None, object)
        known = np.isfinite(xs) & np.isfinite(ys)
        found[known] = shapely.points(xs[known], ys[known])
        return found
    if "binary" not in str(array.type):
        raise fault(file, column.name, f"the type {array.type}", "binary", _CURE)
    blobs = np.array([*array.to_pylist(), None], object)[:-1]
    with np.errstate(invalid="ignore"):
        read: NDArray[np.object_] = shapely.from_wkb(blobs, on_invalid="ignore")
    return read


def _bytes_of(array: pa.Array) -> tuple[NDArray[np.uint8], NDArray[Any], NDArray[Any]]:
    """Give the bytes of all values, where each begins, and how many it has."""
    import pyarrow as pa

    whole = array.cast(pa.large_binary())
    _, offsets, values = whole.buffers()
    at = np.frombuffer(offsets, np.int64)[whole.offset :][: len(whole) + 1]
    data = np.frombuffer(values or b"", np.uint8)
    sizes = np.where(whole.is_valid().to_numpy(zero_copy_only=False), np.diff(at), 0)
    return data, at[:-1], sizes


def _of_arrow(array: pa.Array, column: Column, file: str) -> tuple[Floats, Floats]:
    """Read points of GeoArrow: a struct of x and y, or a list of two numbers."""
    import pyarrow as pa

    kind, valid = array.type, array.is_valid().to_numpy(zero_copy_only=False)
    if pa.types.is_struct(kind) and {"x", "y"} <= {field.name for field in kind}:
        parts = [array.field(name) for name in ("x", "y")]
    elif pa.types.is_fixed_size_list(kind) and kind.list_size >= 2:
        flat = array.values.slice(array.offset * kind.list_size)
        rows = np.arange(len(array)) * kind.list_size
        parts = [flat.take(rows + n) for n in (0, 1)]
    else:
        raise fault(file, column.name, f"the type {kind}", "x and y", _CURE)
    xs, ys = (
        np.where(valid, part.cast("float64").to_numpy(zero_copy_only=False), np.nan)
        for part in parts
    )
    return xs, ys


def to_degrees(
    xs: Floats, ys: Floats, column: Column, file: str
) -> tuple[Floats, Floats]:
    """Turn coordinates into longitude and latitude; what has none becomes NaN."""
    if column.is_degrees:
        return xs, ys
    try:
        turn = Transformer.from_crs(column.crs, "EPSG:4326", always_xy=True)
    except ProjError:
        cure = "Save the file in WGS84 (EPSG:4326)."
        told = str(column.crs)
        raise fault(file, column.name, told, "a known system", cure) from None
    with np.errstate(invalid="ignore"):
        lons, lats = turn.transform(xs, ys)
    off = ~(np.isfinite(lons) & np.isfinite(lats))
    return np.where(off, np.nan, lons), np.where(off, np.nan, lats)
