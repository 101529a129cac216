"""The legend of a reader's own rows on the picture of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from borderviz.overlay.model import Overlay
from borderviz.pictures.lettering import drawable
from borderviz.pictures.map_canvas import Canvas
from borderviz.pictures.map_legend import Painter, Row
from borderviz.pictures.map_overlay import KINDS, Placed
from borderviz.pictures.map_symbols import symbol_path
from borderviz.render.context import Context
from borderviz.render.overlay_rows import category_name
from borderviz.render.overlay_style import MARKS, Mark, kinds

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

_NAME = 60  # letters of a category


def own_rows(found: Placed, canvas: Canvas, context: Context) -> list[Row]:
    """
    Write the legend: whose rows these are, and each mark that is drawn.

    Parameters
    ----------
    found
        The rows in the frame.
    canvas
        Where it is drawn.
    context
        Words.
    """
    overlay, rows = found.own.overlay, found.rows
    if not len(rows):
        return []
    counts = np.bincount(kinds(overlay)[rows], minlength=len(KINDS)).tolist()
    listed = [Row(context.say("overlay-view-picture"))]
    for number, (mark, count) in enumerate(zip(KINDS, counts, strict=True)):
        if count:
            name = drawable(_name(overlay, number, context))
            paint = _painter(canvas, mark)
            listed.append(Row(name, paint, context.number(count)))
    km = float(overlay.radii_km[found.own.chosen]) if found.own.chosen in rows else 0.0
    if km > 0:
        words = context.say("overlay-view-picture-circle", km=context.number(km))
        listed.append(Row(words, _ring(canvas, kinds(overlay)[found.own.chosen])))
    return listed


def _name(overlay: Overlay, number: int, context: Context) -> str:
    if number < min(len(MARKS), len(overlay.categories)):
        name = overlay.categories[number]
        return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    if more := max(0, len(overlay.categories) - len(MARKS)):
        return context.say("overlay-view-others", count=more)
    return category_name(overlay, -1, context)


def _painter(canvas: Canvas, mark: Mark) -> Painter:
    def paint(plate: Plate, at: tuple[float, float], scale: float) -> None:
        from matplotlib.patches import PathPatch

        path = symbol_path(mark.symbol, at, scale=0.8 * scale)
        colour = canvas.colours[mark.token]
        plate.add(PathPatch(path, facecolor=colour, edgecolor="none"))

    return paint


def _ring(canvas: Canvas, kind: int) -> Painter:
    def paint(plate: Plate, at: tuple[float, float], scale: float) -> None:
        from matplotlib.patches import Circle

        colour = canvas.colours[KINDS[int(kind)].token]
        disc = Circle(at, 7 * scale, facecolor=colour, alpha=0.14, linewidth=0)
        edge = Circle(at, 7 * scale, fill=False, edgecolor=colour)
        edge.set(linewidth=canvas.points(1.6), linestyle=(0, (2.5, 1.9)))
        for patch in (disc, edge):
            plate.add(patch)

    return paint
