"""A reader's own rows on the picture of the map, and what the picture says of them.

They are drawn in colours of their own below the names and events of the atlas, so that
many of them hide neither; legend and notes call them the reader's. Words of a file that
no font can draw never stop a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from borderviz.overlay.model import Overlay
from borderviz.pictures.map_draw import Marks
from borderviz.pictures.map_paths import path_of
from borderviz.pictures.map_pen import Pen
from borderviz.pictures.map_projection import Floats, Frame, Projection
from borderviz.pictures.map_symbols import symbol_path
from borderviz.render.context import Context
from borderviz.render.overlay_style import MARKS, OTHER, Mark, kinds

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

# Up to so many rows a symbol has this part of its size, and a rim or none.
_SIZES = ((150, 0.72, 2.4), (1500, 0.5, 1.6), (8000, 0.34, 0.8))
_LEAST = 0.22
# More are drawn in parts, each with all kinds and half clear: none hides the others,
# and where they are dense it shows.
_PARTS, _ALPHA = 12, 0.5
# Symbols of one kind nearer to each other than this, in units, are drawn once a part.
_GRID = 1.5
_LINE, _RIM = 1.8, 1.2
KINDS = (*MARKS, OTHER)


@dataclass(frozen=True, eq=False)
class Own:
    """
    A reader's rows to be drawn.

    Parameters
    ----------
    overlay, mask
        The rows, and which of them are shown.
    chosen
        Index of the chosen row; -1 for none.
    """

    overlay: Overlay
    mask: NDArray[np.bool_]
    chosen: int = -1

    @cached_property
    def rows(self) -> NDArray[np.intp]:
        """The indices of the rows that are shown."""
        return np.flatnonzero(self.mask)


@dataclass(frozen=True, eq=False)
class Placed:
    """
    Where the rows are on a picture.

    Parameters
    ----------
    own
        The rows.
    at
        (n, 2) where each of `own.rows` is drawn, in design units.
    inside
        (n,) whether that is in the frame.
    """

    own: Own
    at: Floats
    inside: NDArray[np.bool_]

    @property
    def rows(self) -> NDArray[np.intp]:
        """The indices of the rows in the frame."""
        return self.own.rows[self.inside]

    def note(self, context: Context) -> str:
        """Say how many rows are drawn, whose they are, how many lie outside."""
        count = int(self.inside.sum())
        said = [context.say("overlay-view-picture-note", count=count)]
        if away := len(self.inside) - count:
            said.append(context.say("overlay-view-picture-outside", count=away))
        return " ".join(said)


def placed(own: Own, projection: Projection) -> Placed:
    """
    Find where rows are on a picture.

    Parameters
    ----------
    own
        The rows.
    projection
        How the map is drawn.
    """
    overlay, rows = own.overlay, own.rows
    at = projection.points(np.column_stack((overlay.lons[rows], overlay.lats[rows])))
    return Placed(own, at, _inside(at, projection.frame))


def _inside(at: Floats, frame: Frame) -> NDArray[np.bool_]:
    x, y = np.nan_to_num(at, nan=np.inf).T
    across = (frame.left <= x) & (x <= frame.right)
    down: NDArray[np.bool_] = across & (frame.top <= y) & (y <= frame.bottom)
    return down


def draw_own(
    plate: Plate, selected: Plate, found: Placed, marks: Marks, pen: Pen
) -> None:
    """
    Draw the rows: areas and lines first, then points, then the chosen one.

    Parameters
    ----------
    plate, selected
        Where, and where the chosen row is drawn.
    found
        The rows, and where they are.
    marks, pen
        How.
    """
    overlay, kind = found.own.overlay, kinds(found.own.overlay)
    has_shape = np.zeros(len(overlay), bool)
    if overlay.shapes is not None:
        has_shape = ~shapely.is_missing(overlay.shapes)
        for index in found.own.rows[has_shape[found.own.rows]].tolist():
            _shape(plate, overlay.shapes[index], KINDS[int(kind[index])].token, pen)
    rows, at = found.rows, found.at[found.inside]
    points = np.flatnonzero(~has_shape[rows])
    scale, rim = _size(len(points))
    for part in np.array_split(points, 1 if rim else _PARTS):
        for number, mark in enumerate(KINDS):
            wanted = at[part[kind[rows[part]] == number]]
            if len(wanted):
                _points(plate, mark, _thinned(wanted, rim), scale, rim, marks)
    chosen = np.flatnonzero(rows == found.own.chosen)
    if len(chosen):
        x, y = at[chosen[0]].tolist()
        _chosen(selected, found, (x, y), KINDS[int(kind[found.own.chosen])], marks)


def _size(count: int) -> tuple[float, float]:
    """Choose how large symbols are, and how wide their rims, by how many they are."""
    sizes = ((scale, rim) for most, scale, rim in _SIZES if count <= most)
    return next(sizes, (_LEAST, 0.0))


def _thinned(at: Floats, rim: float) -> Floats:
    """Keep one of all that would be drawn at the same spot, where they are many."""
    if rim:
        return at
    _, first = np.unique(np.round(at / _GRID), axis=0, return_index=True)
    kept: Floats = at[np.sort(first)]
    return kept


def _points(
    plate: Plate, mark: Mark, at: Floats, scale: float, rim: float, marks: Marks
) -> None:
    """Draw all symbols of one kind as one shape."""
    from matplotlib.path import Path

    one = symbol_path(mark.symbol, (0.0, 0.0), scale=scale)
    vertices = (np.asarray(one.vertices)[None] + at[:, None]).reshape(-1, 2)
    path = Path(vertices, np.tile(np.asarray(one.codes), len(at)))
    colours, gid = marks.canvas.colours, f"own-{mark.token}"
    if rim:
        halo = {"facecolor": "none", "edgecolor": colours["halo"], "linewidth": 2 * rim}
        marks.patch(plate, path, **halo)
    alpha = None if rim else _ALPHA
    colour = colours[mark.token]
    marks.patch(plate, path, facecolor=colour, edgecolor="none", alpha=alpha, gid=gid)


def _shape(plate: Plate, shape: Any, token: str, pen: Pen) -> None:
    """Draw a line or an area of a file: a thin outline, a faint fill."""
    drawn = pen.projection.shape(shape, tolerance=0.2)
    path = path_of(drawn)
    if path is None:
        return
    is_area = shapely.get_dimensions(drawn) == 2
    if is_area:
        pen.fill(plate, path, token, alpha=0.14, gid="")
    else:
        pen.stroke(plate, path, "halo", _LINE + 2 * _RIM, alpha=0.8)
    pen.stroke(plate, path, token, _LINE)


def _chosen(
    plate: Plate, found: Placed, at: tuple[float, float], mark: Mark, marks: Marks
) -> None:
    """Draw the chosen row larger, with the circle in which its place lies."""
    km = float(found.own.overlay.radii_km[found.own.chosen])
    colour = marks.canvas.colours[mark.token]
    if np.isfinite(km) and km > 0:
        marks.circle(plate, at, marks.projection.radius(km, at), colour, "own-circle")
    path = symbol_path(mark.symbol, at, scale=1.1)
    edge = {"edgecolor": marks.canvas.colours["select"], "linewidth": 4.0}
    marks.patch(plate, path, facecolor="none", **edge)
    marks.patch(plate, path, facecolor=colour, edgecolor="none", gid="own-chosen")
