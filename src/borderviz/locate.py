"""Points of one's own along the borders of an atlas: where, how far, on which side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from borderviz.along import BEYOND, EITHER
from borderviz.axes import Axis
from borderviz.errors import BorderVizError
from borderviz.linear import Positions
from borderviz.linear.geodesy import Floats
from borderviz.linear.nearest import Ints
from borderviz.linear.threads import in_parts

if TYPE_CHECKING:
    from borderviz.content import Atlas

COLUMNS = (
    *("border", "km_along", "km_low", "km_high"),
    *("distance_km", "side", "sector"),
)
_CHUNK = 1 << 15
# Sides of the squares in degrees, and more than half of the way across one.
_SQUARE = 0.05
_ACROSS_KM = 4.0


class NoLineError(BorderVizError):
    """An atlas without a line along which kilometres are counted."""


def locate(
    lons: ArrayLike,
    lats: ArrayLike,
    atlas: Atlas,
    uncertainty_km: ArrayLike | None = None,
    *,
    with_ranges: bool = True,
) -> pd.DataFrame:
    """
    Find where points lie along the nearest border, however far away that is.

    Parameters
    ----------
    lons, lats
        (n,), EPSG:4326, degrees.
    atlas
        Its reference lines are the borders; of equally near ones the first counts.
    uncertainty_km
        Radius around each point, (n,) or one for all; None, NaN and 0 mean none.
    with_ranges
        Whether to work out the feet of circles, which takes longer than all else;
        `km_low` and `km_high` are missing if not.

    Returns
    -------
    DataFrame
        One row a point, in order:

        - `border`: id of the record
        - `km_along`: of the foot on the line, from the line's origin
        - `km_low`, `km_high`: of all feet of the circle; `km_along` without one
        - `distance_km`: geodesic, from the point to the foot
        - `side`: a country of the atlas; `either` where the circle reaches over the
          line, `on` within half a metre of it, `beyond` past an end
        - `sector`: id of the sector in which `km_along` lies; missing where none does

        All are missing for a point that is not on the earth (NaN, a latitude over 90, a
        longitude over 180) or on the other half of it.

    Raises
    ------
    NoLineError
        If the atlas has no reference line.
    ValueError
        If a radius is negative, or the arrays are not equally long.

    Examples
    --------
    >>> from borderviz.content import load
    >>> from borderviz.paths import default_atlas
    >>> found = locate([127.0, 400.0], [38.5, 38.5], load(default_atlas()), [3, 0])
    >>> found.border.isna().tolist()
    [False, True]
    """
    axes = list(atlas.axes.values())
    if not axes:
        message = f"the atlas {atlas.settings.id} has no reference line"
        raise NoLineError(message)
    radius = np.nan if uncertainty_km is None else uncertainty_km
    columns = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(c, dtype=float)) for c in (lons, lats, radius))
    )
    lon, lat, radius = columns
    if np.any(radius < 0):
        message = f"a radius is negative: {np.nanmin(radius):g} km"
        raise ValueError(message)
    table = {name: _empty(name, len(lon)) for name in COLUMNS}
    table["distance_km"][:] = np.inf
    owner = np.full(len(lon), -1)
    for number, rows in enumerate(_worth_asking(axes, lon, lat)):
        positions = axes[number].line.locate(lon[rows], lat[rows])
        nearer = positions.distance_km < table["distance_km"][rows]
        owner[rows[nearer]] = number
        for name, values in _columns(axes[number], positions, radius[rows]).items():
            table[name][rows[nearer]] = values[nearer]
    table["distance_km"][owner < 0] = np.nan
    if not with_ranges:
        return pd.DataFrame(table)
    table["km_low"], table["km_high"] = (
        table["km_along"].copy(),
        table["km_along"].copy(),
    )
    for number, axis in enumerate(axes):
        rows = np.flatnonzero((owner == number) & (radius > 0))
        ends = axis.line.ranges(lon[rows], lat[rows], radius[rows])
        table["km_low"][rows], table["km_high"][rows] = ends
    return pd.DataFrame(table)


def _worth_asking(axes: list[Axis], lon: Floats, lat: Floats) -> list[Ints]:
    """List for each border the points to which it may be the nearest."""
    if len(lon) <= _CHUNK:
        return [np.flatnonzero(row) for row in _may_be_nearest(axes, lon, lat, 0.0)]
    # Of many, points of the same small square are asked about once, by its middle.
    known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    column, row = (np.floor(x[known] / _SQUARE).astype(np.int64) for x in (lon, lat))
    squares, of_point = np.unique((column << 32) + row, return_inverse=True)
    up = (squares + (1 << 31)) >> 32
    east, north = (_SQUARE * (x + 0.5) for x in (up, squares - (up << 32)))
    may_be = _may_be_nearest(axes, east, north, _ACROSS_KM)
    return [known[row[of_point]] for row in may_be]


def _may_be_nearest(
    axes: list[Axis], lon: Floats, lat: Floats, slack_km: float
) -> NDArray[np.bool_]:
    """Tell for each border to which points, so far beside, it may be the nearest."""
    rough = in_parts(
        lambda part: [axis.line.about(lon[part], lat[part]) for axis in axes],
        len(lon),
        _CHUNK,
    )
    least, most = np.concatenate(rough, axis=2).swapaxes(0, 1)
    may_be: NDArray[np.bool_] = least - slack_km <= most.min(axis=0) + slack_km
    return may_be


def _empty(name: str, count: int) -> NDArray[Any]:
    return np.full(count, np.nan) if "km" in name else np.full(count, None, object)


def _columns(axis: Axis, positions: Positions, radius: Floats) -> dict[str, Any]:
    """Make the columns of points as if they belonged to one border; no range yet."""
    km, count = positions.km, len(positions.km)
    # Looked up by -1, 0 and 1: what stands last is at -1.
    names = np.array([axis.side_name(side) for side in (0, 1, -1)], object)
    side = names[positions.side]
    side[(radius > 0) & (positions.distance_km <= radius)] = EITHER
    side[positions.beyond] = BEYOND
    sector = np.full(count, None, object)
    # Backwards, so that where two sectors meet the first is named.
    for named, low, high in reversed(axis.sectors):
        sector[(low <= km) & (km <= high)] = named.id
    return {
        "border": np.full(count, axis.record.id, object),
        "km_along": km,
        "distance_km": positions.distance_km,
        "side": side,
        "sector": sector,
    }
