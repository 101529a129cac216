"""The rows of a map's legend, each with a small drawing of what it explains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from borderviz.pictures.map_coverage import SHADES, STEPS
from borderviz.pictures.map_draw import Marks
from borderviz.pictures.map_groups import Mark
from borderviz.pictures.map_legend import (
    Content,
    Painter,
    Row,
    line_entries,
    mark_entries,
    mode_entries,
)
from borderviz.pictures.map_names import Name
from borderviz.pictures.map_paths import dashes
from borderviz.pictures.map_pen import Pen
from borderviz.pictures.map_routes import arrow, stop
from borderviz.render.context import Context
from borderviz.settings import Style

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate


class Swatches:
    """
    Makes the rows.

    Parameters
    ----------
    marks, pen
        Draw as on the map.
    context
        Words and styles.
    """

    def __init__(self, marks: Marks, pen: Pen, context: Context) -> None:
        self.marks, self.pen, self.context = marks, pen, context

    def rows(
        self,
        content: Content,
        *,
        places: Sequence[Name],
        borders: bool,
        circles: bool,
    ) -> list[Row]:
        """
        List everything that is drawn, under the atlas's own headings.

        Parameters
        ----------
        content
            Lines and points.
        places
            The towns that are named.
        borders
            Whether other borders are dotted.
        circles
            Whether the circles of all records are counted.
        """
        settings = self.context.atlas.settings
        layers = {layer.id: layer for layer in settings.layers}
        by_group: dict[str, list[Row]] = {group.id: [] for group in settings.groups}
        for layer, name, words in line_entries(content, self.context):
            paint = self._line(self.context.atlas.styles[name])
            by_group[layers[layer].group].append(Row(words, paint))
        for kind, mark, count, directed in mark_entries(content, self.context):
            number = self.context.number(count)
            row = Row(self.context.plain(kind.name), self._mark(mark, directed), number)
            by_group[kind.group].append(row)
        rows: list[Row] = []
        for group in settings.groups:
            if by_group[group.id]:
                rows += [Row(self.context.plain(group.name)), *by_group[group.id]]
        rows += self._signs(content, circles=circles)
        rows += self._ground(places=places, borders=borders)
        return rows

    def _signs(self, content: Content, *, circles: bool) -> list[Row]:
        """List what shapes, rings, hair lines and circles mean."""
        say = self.context.say
        rows = [
            Row(self._mode(symbol, words), self._shape(symbol), is_short=True)
            for symbol, words in mode_entries(content, self.context)
        ]
        groups = [heap for heap in content.heaps if heap.is_group]
        if groups:
            smallest = min(groups, key=lambda heap: len(heap.marks))
            rows.append(Row(say("picture-group"), self._ring(smallest.marks)))
        if any(heap.spot for heap in content.heaps):
            rows.append(Row(say("picture-aside"), self._hair))
        chosen = content.chosen
        if chosen and any(mark.id == chosen.id for mark in content.marks):
            km = chosen.uncertainty_km
            if km:
                words = say("picture-circle", km=self.context.number(float(km)))
                rows.append(Row(words, self._circle(self.context.style_of(chosen))))
        rows = [Row(say("picture-symbols")), *rows] if rows else []
        if circles:
            rows.append(Row(say("uncertainty-legend")))
            for n, low in enumerate(STEPS):
                rows.append(Row(self._step(n, low), self._shade(n)))
        return rows

    def _ground(self, *, places: Sequence[Name], borders: bool) -> list[Row]:
        say = self.context.say
        rows = []
        for capital, key in ((True, "picture-capital"), (False, "picture-town")):
            if any(name.capital == capital for name in places):
                rows.append(Row(say(key), self._dot(capital=capital)))
        if borders:
            rows.append(Row(say("picture-border"), self._border))
        return [Row(say("picture-ground")), *rows] if rows else []

    def _mode(self, symbol: str, words: str) -> str:
        return (
            self.context.say("picture-points", mode=words)
            if symbol == "triangle"
            else words
        )

    def _step(self, n: int, low: int) -> str:
        high = STEPS[n + 1] - 1 if n + 1 < len(STEPS) else None
        if high == low:
            return self.context.number(low)
        key = "uncertainty-more" if high is None else "uncertainty-step"
        return self.context.say(key, low=low, high=high)

    def _line(self, style: Style) -> Painter:
        from matplotlib.path import Path

        pen = self.pen

        def paint(plate: Plate, at: tuple[float, float], scale: float) -> None:
            x, y = at
            half = 9.0 * scale
            if style.form == "band":
                box = np.asarray(Path.unit_rectangle().vertices) * (
                    2 * half,
                    10 * scale,
                )
                path = Path(np.add(box, (x - half, y - 5 * scale)), closed=True)
                pen.fill(plate, path, style.token, alpha=0.2, gid="")
                pen.stroke(plate, path, style.token, style.weight, alpha=0.45)
                return
            path = Path([(x - half, y), (x + half, y)])
            pen.stroke(plate, path, style.token, style.weight * scale, dash=style.dash)
            if style.form == "route":
                curve = np.column_stack(
                    (np.linspace(x - half, x + half * 1.3, 33), np.full(33, y))
                )
                arrow(plate, pen, curve, style.token, 1.0)
                stop(plate, pen, (x - half, y), style.token)

        return paint

    def _mark(self, mark: Mark, directed: bool) -> Painter:
        def paint(plate: Plate, at: tuple[float, float], scale: float) -> None:
            symbol, turn = mark.symbol, float(mark.turn)
            if directed:
                direction = self.context.atlas.records[mark.id].direction
                terms = self.context.atlas.settings.vocabulary.direction
                symbol, turn = "triangle", float(terms[direction or ""].turn)
            elif not mark.is_place:
                symbol, turn = "dot", 0.0
            colour = self.marks.colour(mark.style)
            small = 0.62 if mark.is_place and self.marks.is_far else 0.85
            self.marks.symbol(plate, symbol, at, colour, turn=turn, scale=small * scale)

        return paint

    def _shape(self, symbol: str) -> Painter:
        def paint(plate: Plate, at: tuple[float, float], scale: float) -> None:
            colour = self.marks.canvas.colours["muted"]
            self.marks.symbol(plate, symbol, at, colour, scale=0.85 * scale)

        return paint

    def _ring(self, marks: list[Mark]) -> Painter:
        def paint(plate: Plate, at: tuple[float, float], scale: float) -> None:
            self.marks.ring(plate, at, 10 * scale, marks, "legend-group")

        return paint

    def _hair(self, plate: Plate, at: tuple[float, float], scale: float) -> None:
        x, y = at
        self.marks.hair(plate, (x - 8 * scale, y + 3 * scale), (x + 5, y - 2 * scale))
        colour = self.marks.canvas.colours["muted"]
        self.marks.symbol(
            plate, "dot", (x + 6, y - 2 * scale), colour, scale=0.7 * scale
        )

    def _circle(self, style: str) -> Painter:
        def paint(plate: Plate, at: tuple[float, float], scale: float) -> None:
            from matplotlib.patches import Circle

            # Not `Marks.circle`: that is cut at the map's frame.
            colour, points = self.marks.colour(style), self.marks.canvas.points
            disc = Circle(at, 7 * scale, facecolor=colour, alpha=0.14, linewidth=0)
            edge = Circle(at, 7 * scale, fill=False, edgecolor=colour)
            edge.set(linewidth=points(1.6), linestyle=dashes("4 3", 1.6))
            plate.add(disc)
            plate.add(edge)

        return paint

    def _shade(self, n: int) -> Painter:
        def paint(plate: Plate, at: tuple[float, float], scale: float) -> None:
            from matplotlib.patches import Rectangle

            colours = self.marks.canvas.colours
            corner = (at[0] - 9 * scale, at[1] - 5 * scale)
            for token, alpha in (("land", 1.0), ("ink", SHADES[n])):
                box = Rectangle(corner, 18 * scale, 10 * scale, linewidth=0)
                box.set(facecolor=colours[token], alpha=alpha)
                plate.add(box)

        return paint

    def _dot(self, *, capital: bool) -> Painter:
        def paint(plate: Plate, at: tuple[float, float], scale: float) -> None:
            self.marks.town(plate, at, capital=capital, scale=scale)

        return paint

    def _border(self, plate: Plate, at: tuple[float, float], scale: float) -> None:
        from matplotlib.path import Path

        (x, y), half = at, 9.0 * scale
        path = Path([(x - half, y), (x + half, y)])
        self.pen.stroke(plate, path, "coast", 1.0, dash="3 4")
