"""Draws what stands for records: symbols, rings, circles, hair lines; and towns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from borderviz.pictures.map_canvas import Canvas
from borderviz.pictures.map_groups import NEAR, Heap, Mark, shares
from borderviz.pictures.map_paths import dashes
from borderviz.pictures.map_projection import Projection
from borderviz.pictures.map_symbols import symbol_path
from borderviz.render.context import Context

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate


class Marks:
    """
    Draws marks.

    Parameters
    ----------
    canvas, context, projection
        Where and how.
    clip
        The frame as a patch.
    """

    def __init__(
        self, canvas: Canvas, context: Context, projection: Projection, clip: Any
    ) -> None:
        self.canvas, self.context = canvas, context
        self.projection, self.clip = projection, clip

    def colour(self, style: str) -> str:
        """Return the colour of a style."""
        return self.canvas.colours[self.context.atlas.styles[style].token]

    @property
    def is_far(self) -> bool:
        """Whether single places are drawn small."""
        return self.projection.zoom < NEAR

    def name(self, identity: str) -> str:
        """Call a record by title and date."""
        record = self.context.atlas.records[identity]
        parts = (self.context.plain(record.title), self.context.date(record))
        return ", ".join(filter(None, parts))

    def patch(self, plate: Plate, path: Any, **how: Any) -> None:
        """Add a shape; `linewidth` is in design units."""
        from matplotlib.patches import PathPatch

        how["linewidth"] = self.canvas.points(how.get("linewidth", 0.0))
        plate.add(PathPatch(path, joinstyle="round", **how))

    def symbol(
        self,
        plate: Plate,
        name: str,
        at: tuple[float, float],
        colour: str,
        *,
        turn: float = 0,
        scale: float = 1.0,
        rim: str = "halo",
        rim_width: float = 3.0,
        gid: str | None = None,
    ) -> None:
        """Draw one symbol with a rim around it; a square is hollow."""
        path = symbol_path(name, at, turn=turn, scale=scale)
        colours = self.canvas.colours
        if name == "square":
            self.patch(
                plate,
                path,
                facecolor="none",
                edgecolor=colours[rim],
                linewidth=(2.4 + rim_width) * scale,
            )
            self.patch(
                plate,
                path,
                facecolor=colours["halo"],
                edgecolor=colour,
                linewidth=2.4 * scale,
                gid=gid,
            )
            return
        self.patch(
            plate, path, facecolor="none", edgecolor=colours[rim], linewidth=rim_width
        )
        self.patch(plate, path, facecolor=colour, edgecolor="none", gid=gid)

    def heap(self, plate: Plate, heap: Heap) -> None:
        """Draw a record's symbol, or the ring of a group with its number."""
        if heap.is_group:
            ids = tuple(mark.id for mark in heap.marks)
            gid = f"group-{ids[0]}"
            titles = "\n".join(self.name(identity) for identity in ids)
            self.canvas.say_more(gid, title=titles, records=ids)
            self.ring(plate, heap.where, heap.radius, heap.marks, gid)
            return
        mark = heap.marks[0]
        is_small = mark.is_place and self.is_far
        self._event(plate, mark, heap.where, scale=0.62 if is_small else 1.0)

    def ring(
        self,
        plate: Plate,
        at: tuple[float, float],
        radius: float,
        marks: Sequence[Mark],
        gid: str,
    ) -> None:
        """Draw a ring whose arcs are the shares of the styles, its number inside."""
        from matplotlib.patches import Arc, Circle

        colours, points = self.canvas.colours, self.canvas.points
        plate.add(
            Circle(
                at,
                radius,
                facecolor=colours["page"],
                edgecolor=colours["halo"],
                linewidth=points(1.5),
                gid=gid,
            )
        )
        start = -90.0
        width = 2 * (radius - 1.5)
        for style, share in shares(marks).items():
            end = start + 360 * share / len(marks)
            arc = Arc(at, width, width, theta1=start, theta2=end)
            arc.set(edgecolor=self.colour(style), linewidth=points(2.5))
            plate.add(arc)
            start = end
        size = 10.5 if len(marks) < 100 else 9.5
        size *= min(1.0, (radius - 1) / 9.5)
        self.canvas.write(
            plate,
            (at[0], at[1] + size * 0.36),
            str(len(marks)),
            size=size,
            weight=600,
            anchor="center",
            gid=f"{gid}-number",
        )

    def hairs(self, plate: Plate, heaps: Iterable[Heap]) -> None:
        """Lead from what stands aside to its own place."""
        for heap in heaps:
            if heap.spot is not None:
                self.hair(plate, heap.at, heap.spot)

    def hair(
        self, plate: Plate, at: tuple[float, float], spot: tuple[float, float]
    ) -> None:
        """Draw a thin line with a dot where it starts."""
        from matplotlib.lines import Line2D

        line = Line2D(
            [at[0], spot[0]],
            [at[1], spot[1]],
            color=self.canvas.colours["ink"],
            linewidth=self.canvas.points(0.9),
            marker="o",
            markevery=[0],
            markersize=self.canvas.points(3.8),
            markeredgewidth=0,
        )
        plate.add(line)

    def town(
        self,
        plate: Plate,
        at: tuple[float, float],
        *,
        capital: bool,
        scale: float = 1.0,
    ) -> None:
        """Draw the dot of a place, square for a capital."""
        name, part = ("square", 3.4 / 6.2) if capital else ("dot", 0.5)
        path = symbol_path(name, at, scale=part * scale)
        colours = self.canvas.colours
        self.patch(
            plate,
            path,
            facecolor=colours["place"],
            edgecolor=colours["halo"],
            linewidth=1,
        )

    def chosen(self, plate: Plate, mark: Mark) -> None:
        """Draw the selected record's symbol, larger and with a strong rim."""
        self._event(plate, mark, mark.at, scale=1.25, rim="select", rim_width=4.0)

    def _event(
        self, plate: Plate, mark: Mark, at: tuple[float, float], **looks: Any
    ) -> None:
        """Draw one record's symbol, and say of it which record it is."""
        gid = f"event-{mark.id}"
        colour = self.colour(mark.style)
        self.symbol(plate, mark.symbol, at, colour, turn=mark.turn, gid=gid, **looks)
        self.canvas.say_more(gid, title=self.name(mark.id), records=(mark.id,))

    def circle(
        self,
        plate: Plate,
        at: tuple[float, float],
        radius: float,
        colour: str,
        gid: str | None = None,
    ) -> None:
        """Draw within which radius the reports place a record."""
        from matplotlib.patches import Circle

        fill = Circle(at, radius, facecolor=colour, alpha=0.14, linewidth=0)
        edge = Circle(at, radius, fill=False, edgecolor=colour, gid=gid)
        edge.set(linewidth=self.canvas.points(2), linestyle=dashes("6 4", 2))
        for patch in (fill, edge):
            plate.add(patch)
            patch.set_clip_path(self.clip)
