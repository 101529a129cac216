"""Where each row of a reader's table is: by its geometry, its coordinates or a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import shapely
from numpy.typing import NDArray

from borderviz.linear.geodesy import on_earth
from borderviz.overlay.cells import column, plain, read_each
from borderviz.overlay.degrees import LATITUDE, LONGITUDE, read_degrees
from borderviz.overlay.pairs import read_pair
from borderviz.overlay.places import Gazetteer, Spot
from borderviz.overlay.roles import Choices
from borderviz.overlay_files.clean import told
from borderviz.overlay_files.raw import Cell, RawTable, Reason, RowProblem

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
# Beyond this no degree is meant: such numbers are metres of a projected system.
_METRES = 1000


@dataclass(frozen=True, eq=False)
class Positions:
    """
    Where rows are, (n,) each, and why some are nowhere.

    Parameters
    ----------
    lons, lats
        EPSG:4326; what they are for a row that is not `usable` means nothing.
    named_km
        Where a name places a row, how exactly it does; NaN elsewhere.
    shapes
        Geometry of the file, None for a row without; None if the file has none.
    usable
        Whether a row has a place.
    explain
        Tells why row number i has none.
    """

    lons: Floats
    lats: Floats
    named_km: Floats
    shapes: NDArray[np.object_] | None
    usable: Bools
    explain: Callable[[int], RowProblem]


class _Read:
    """A column that was read; one that was not chosen is empty throughout."""

    def __init__(
        self, raw: RawTable, name: str, read: Callable[[Cell], float | Reason | None]
    ) -> None:
        self.name = name
        self.cells = column(raw, name) or (None,) * len(raw.numbers)
        self.found = read_each(self.cells, read)
        self.numbers = np.array(
            [x if isinstance(x, float) else np.nan for x in self.found], float
        )
        self.empty = np.array([x is None for x in self.found], bool)


def positions(raw: RawTable, choices: Choices, gazetteer: Gazetteer) -> Positions:
    """
    Find the place of each row.

    The geometry of the file goes before coordinates, and these before a name: a row
    whose coordinates cannot be read is not placed by its name instead.

    Parameters
    ----------
    raw
        n rows.
    choices
        Which columns hold coordinates and names, and whether the former are exchanged.
    gazetteer
        The names that can be placed.
    """
    lat, lon = _coordinates(raw, choices)
    lons, lats = lon.numbers.copy(), lat.numbers.copy()
    shapes, has_shape, is_off = _placed(raw, lons, lats, swapped=choices.swapped)
    written = ~has_shape & ~(lat.empty & lon.empty)
    place = choices.columns.get("place", "")
    searched = ~has_shape & ~written
    cells = column(raw, place) or (None,) * len(raw.numbers)
    found = read_each(
        [
            cell if wanted else None
            for cell, wanted in zip(cells, searched, strict=True)
        ],
        gazetteer.find,
    )
    named_km = np.full(len(lons), np.nan)
    for row in np.flatnonzero(searched).tolist():
        spot = found[row]
        if isinstance(spot, Spot):
            (lons[row], lats[row]), named_km[row] = spot.point, spot.km

    def explain(row: int) -> RowProblem:
        if has_shape[row]:
            there = f"{lats[row]:.7g}, {lons[row]:.7g}"
            fault = "", there, _beyond(lats[row], lons[row])[1]
        elif written[row]:
            fault = _fault(lat, lon, row)
        elif isinstance(reason := found[row], Reason):
            fault = place, plain(cells[row]), reason
        else:
            fault = "", "", Reason("row-no-place")
        field, value, reason = fault
        return RowProblem(int(raw.numbers[row]), told(field), told(value), reason)

    usable = on_earth(lons, lats) & ~is_off
    return Positions(lons, lats, named_km, shapes, usable, explain)


def _coordinates(raw: RawTable, choices: Choices) -> tuple[_Read, _Read]:
    """Read the columns of latitudes and longitudes; one column may hold both."""
    names = [choices.columns.get(role, "") for role in ("lat", "lon")]
    turned = -1 if choices.swapped else 1
    readers = (
        partial(read_degrees, axis=axis.under(name))
        for axis, name in zip((LATITUDE, LONGITUDE), names[::turned], strict=True)
    )
    if names[0] == names[1]:
        parts = (0, 1)[::turned]
        readers = (
            partial(read_pair, axis=axis, part=part)
            for axis, part in zip((LATITUDE, LONGITUDE), parts, strict=True)
        )
    lat, lon = (
        _Read(raw, name, read)
        for name, read in zip(names[::turned], readers, strict=True)
    )
    return lat, lon


def _placed(
    raw: RawTable, lons: Floats, lats: Floats, *, swapped: bool
) -> tuple[NDArray[np.object_] | None, Bools, Bools]:
    """Enter points that stand for the geometry; return what is none, and who has it."""
    is_off = np.zeros(len(lons), bool)
    if raw.shapes is None:
        return None, is_off, is_off
    shapes = raw.shapes.copy()
    has_shape = np.array([shape is not None for shape in shapes], bool)
    if swapped:
        turned = shapely.transform(shapes[has_shape], lambda xy: xy[:, ::-1])
        shapes[has_shape] = turned
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    inside = shapely.point_on_surface(shapes[has_shape & ~is_point])
    for mine, points in ((is_point, shapes[is_point]), (has_shape & ~is_point, inside)):
        lons[mine], lats[mine] = shapely.get_x(points), shapely.get_y(points)
    # Lines and areas reach farther than the point that stands for them: what is too
    # far stands for the whole.
    reach = shapely.bounds(shapes[has_shape]).reshape(-1, 2, 2)
    far = np.take_along_axis(reach, np.abs(reach).argmax(axis=1)[:, None], axis=1)[:, 0]
    is_off[has_shape] = ~on_earth(*far.T)
    lons[is_off], lats[is_off] = far[is_off[has_shape]].T
    shapes[is_point] = None
    return shapes, has_shape, is_off


def _fault(lat: _Read, lon: _Read, row: int) -> tuple[str, str, Reason]:
    """Tell what is wrong with the coordinates of a row: field, value and reason."""
    for read in (lat, lon):
        found = read.found[row]
        if isinstance(found, Reason):
            return read.name, plain(read.cells[row]), found
    for read in (lat, lon):
        if read.empty[row]:
            return read.name, plain(read.cells[row]), Reason("row-half")
    index, reason = _beyond(lat.numbers[row], lon.numbers[row])
    read = (lat, lon)[index]
    return read.name, plain(read.cells[row]), reason


def _beyond(lat: float, lon: float) -> tuple[int, Reason]:
    """Tell which of two coordinates is more than degrees can be, and why."""
    if min(abs(lat), abs(lon)) > _METRES:
        return 0, Reason("row-metres")
    if abs(lat) <= LONGITUDE.limit and abs(lon) <= LATITUDE.limit:
        return 0, Reason("row-swap")
    index = int(abs(lat) <= LATITUDE.limit)
    return index, Reason("row-range", {"limit": (LATITUDE, LONGITUDE)[index].limit})
