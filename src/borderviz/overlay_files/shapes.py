"""Geometries of a file made fit for the map: in degrees, whole, on the earth.

Mended and said in a note: rings that do not close or cross themselves, latitude before
longitude in the whole file, longitudes from 180 to 360. Not mended and told row by row:
what lies off the earth, and what is left of a shape without extent, which is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Transformer
from pyproj.exceptions import ProjError
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]
from shapely.affinity import translate

from borderviz.overlay_files.clean import listed
from borderviz.overlay_files.limits import TOLD_ROWS, refusal
from borderviz.overlay_files.raw import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

WGS84 = "EPSG:4326"
_EAST = shapely.box(180, -90, 540, 90)
_WEST = shapely.box(-180, -90, 180, 90)


@dataclass
class Settled:
    """
    Geometries that can be drawn, and what was done to them.

    Parameters
    ----------
    shapes
        For each row a geometry or None.
    bad
        By position in `shapes`: what was found and why it cannot be used.
    mended, wrapped, across
        Positions of those that were made valid, that came from beyond 180 degrees, and
        that reach over more than half of the earth.
    heights
        How many had a third dimension.
    exchanged
        Whether latitude stood before longitude.
    crs
        What they were reprojected from; empty if they were not.
    """

    shapes: NDArray[np.object_]
    bad: dict[int, tuple[str, Reason]] = field(default_factory=dict)
    mended: list[int] = field(default_factory=list)
    wrapped: list[int] = field(default_factory=list)
    across: list[int] = field(default_factory=list)
    heights: int = 0
    exchanged: bool = False
    crs: str = ""

    def notes(self, numbers: Sequence[int]) -> Iterator[Reason]:
        """Say what was done; `numbers` are those of the rows."""
        if self.crs:
            yield Reason("file-reprojected", {"crs": self.crs})
        if self.exchanged:
            yield Reason("file-exchanged")
        if self.heights:
            yield Reason("file-heights", {"count": self.heights})
        for key in ("mended", "wrapped", "across"):
            if found := getattr(self, key):
                rows = listed([numbers[at] for at in found], TOLD_ROWS)
                yield Reason(f"file-{key}", {"count": len(found), "rows": rows})


def settle(
    shapes: NDArray[np.object_],
    bad: dict[int, tuple[str, Reason]],
    *,
    crs: str = "",
    closed: Sequence[int] = (),
    heights: int = 0,
) -> Settled:
    """
    Make geometries fit for the map.

    Parameters
    ----------
    shapes
        For each row a geometry with finite coordinates, or None.
    bad
        Rows known to be bad already; None in `shapes`.
    crs
        Name of the system of their coordinates; empty for longitude and latitude.
    closed
        Positions of shapes that had a ring closed.
    heights
        How many had a third dimension that is gone.

    Raises
    ------
    RefusedFileError
        If the system is unknown, or the numbers are no degrees.
    """
    done = Settled(shapely.force_2d(shapes), bad, list(closed), heights=heights)
    done.shapes[shapely.is_empty(shapes)] = None
    if crs and crs != WGS84:
        done.crs = crs
        done.shapes = shapely.transform(
            done.shapes, _transformer(crs), interleaved=False
        )
    _check_degrees(done)
    _wrap(done)
    _mend(done)
    bounds = shapely.bounds(done.shapes)
    with np.errstate(invalid="ignore"):
        done.across = np.flatnonzero(bounds[:, 2] - bounds[:, 0] > 180).tolist()
    return done


def _transformer(crs: str) -> Any:
    """Find the way from a known system to longitude and latitude; never a download."""
    set_network_enabled(False)
    try:
        return Transformer.from_crs(crs, WGS84, always_xy=True).transform
    except ProjError:
        raise refusal(why="crs", crs=crs) from None


def _check_degrees(done: Settled) -> None:
    """Tell what lies off the earth; exchange the two numbers if that is the fault."""
    points, owner = shapely.get_coordinates(done.shapes, return_index=True)
    size = len(done.shapes)
    x, y = points[:, 0], points[:, 1]
    # A comparison with NaN or infinity, which reprojection may give, is False.
    on_earth = (x >= -180) & (x <= 360) & (np.abs(y) <= 90)
    turned = (np.abs(x) <= 90) & (np.abs(y) <= 180)
    off = np.bincount(owner[~on_earth], minlength=size) > 0
    off_turned = np.bincount(owner[~turned], minlength=size) > 0
    if not off.any():
        return
    placed = int((np.bincount(owner, minlength=size) > 0).sum())
    if not done.crs and 2 * int(off.sum()) > placed:
        if not off_turned.any():
            done.exchanged = True
            done.shapes = shapely.transform(done.shapes, lambda c: c[:, ::-1])
            return
        far = (np.abs(x) > 360) | (np.abs(y) > 360)
        if 2 * int((np.bincount(owner[far], minlength=size) > 0).sum()) > placed:
            raise refusal(why="projected")
    wrong = np.flatnonzero(~on_earth)
    owners = np.flatnonzero(off)
    firsts = wrong[np.searchsorted(owner[wrong], owners)]
    for at, here in zip(owners.tolist(), firsts.tolist(), strict=True):
        found = f"{x[here]:g}, {y[here]:g}"
        swapped = not off_turned[at] and not done.crs
        done.bad[at] = found, Reason("file-swapped" if swapped else "file-off-earth")
    done.shapes[off] = None


def _wrap(done: Settled) -> None:
    """Bring what lies beyond 180 degrees to the other side, cut in two if need be."""
    bounds = shapely.bounds(done.shapes)
    with np.errstate(invalid="ignore"):
        done.wrapped = np.flatnonzero(bounds[:, 2] > 180).tolist()
    for at in done.wrapped:
        shape = done.shapes[at]
        if bounds[at, 0] <= 180:
            shape = shapely.make_valid(shape, method="structure")
            east = translate(shapely.intersection(shape, _EAST), -360)
            done.shapes[at] = shapely.union(shapely.intersection(shape, _WEST), east)
        else:
            done.shapes[at] = translate(shape, -360)


def _mend(done: Settled) -> None:
    """Make shapes valid that are not; nothing may be left of one."""
    invalid = ~shapely.is_valid(done.shapes) & ~shapely.is_missing(done.shapes)
    for at in np.flatnonzero(invalid).tolist():
        found = str(done.shapes[at].geom_type)
        valid = shapely.make_valid(
            done.shapes[at], method="structure", keep_collapsed=False
        )
        # Of numbers of very different size GEOS may make what is not valid either.
        if valid.is_empty or not valid.is_valid:
            done.shapes[at] = None
            done.bad[at] = found, Reason("file-collapsed")
        else:
            done.shapes[at] = valid
            done.mended.append(at)
    done.mended = sorted(set(done.mended) - set(done.bad))
