"""Scale bar and north arrow: true in the middle of the map, and said to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from borderviz.pictures.map_canvas import Canvas
from borderviz.pictures.map_extent import bar_km
from borderviz.pictures.map_projection import Projection
from borderviz.render.context import Context

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

WIDE = 1.02  # a scale that grows more than this towards the corners is told
HEIGHT = 46.0
_ARROW = 26.0


def draw_scale(
    plate: Plate,
    canvas: Canvas,
    projection: Projection,
    context: Context,
    box: tuple[float, float, float, float],
) -> None:
    """
    Draw the bar with its length, and an arrow to the north.

    Parameters
    ----------
    plate, canvas
        Where.
    projection
        What they measure.
    context
        The reader's language.
    box
        Left, top, right, bottom of the room for both.
    """
    left, _, right, bottom = box
    is_wide = projection.most_scale > WIDE
    base = bottom - (13.0 if is_wide else 0.0)
    km = bar_km(projection, right - left - _ARROW - 30)
    length = km * 1000 / projection.unit_m
    x, y = left + 1, base - 2
    ink = canvas.colours["ink"]
    width = canvas.points(1.2)
    ends = [x, x, x + length, x + length], [y - 7, y, y, y - 7]
    _line(plate, *ends, ink, width, gid="scale-bar")
    half = x + length / 2
    _line(plate, [half, half], [y - 4, y], ink, width, gid="scale-half")
    words = (
        context.say("numbers-kilometres", km=context.number(km))
        if km >= 1
        else context.say("numbers-metres", metres=context.number(km * 1000))
    )
    canvas.write(
        plate, (x + 4, y - 5 - 5), context.number(0), size=10.5, gid="scale-start"
    )
    canvas.write(
        plate,
        (x + length, y - 10),
        words,
        size=10.5,
        anchor="center" if length > 60 else "left",
        gid="scale-length",
    )
    _north(plate, canvas, context, (right - 8, base))
    if is_wide:
        canvas.write(
            plate,
            (left, bottom),
            context.say("picture-middle"),
            size=10,
            colour="muted",
            gid="scale-where",
        )


def _line(
    plate: Plate, x: list[float], y: list[float], colour: str, width: float, gid: str
) -> None:
    from matplotlib.lines import Line2D

    line = Line2D(x, y, color=colour, linewidth=width, solid_joinstyle="miter")
    line.set_gid(gid)
    plate.add(line)


def _north(
    plate: Plate, canvas: Canvas, context: Context, foot: tuple[float, float]
) -> None:
    from matplotlib.patches import Polygon

    x, y = foot
    ink: Any = canvas.colours["ink"]
    points = [(x, y - 24), (x + 6, y - 2), (x, y - 7), (x - 6, y - 2)]
    plate.add(Polygon(points, closed=True, facecolor=ink, linewidth=0, gid="north"))
    canvas.write(
        plate,
        (x, y - 28),
        context.say("picture-north"),
        size=11,
        weight=600,
        anchor="center",
        gid="north-letter",
    )
