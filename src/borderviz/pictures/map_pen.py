"""The pen of lines and areas: colours by token, widths in units, cut at a frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from borderviz.pictures.map_canvas import Canvas
from borderviz.pictures.map_paths import dashes
from borderviz.pictures.map_projection import Projection
from borderviz.render.context import Context

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate


@dataclass(frozen=True)
class Pen:
    """Where and how lines are drawn; `chosen` is the id of the selected record."""

    canvas: Canvas
    projection: Projection
    context: Context
    clip: Any
    chosen: str

    def stroke(
        self,
        plate: Plate,
        path: Any,
        token: str,
        weight: float,
        *,
        dash: str | None = None,
        alpha: float = 1.0,
        gid: str = "",
    ) -> None:
        """Draw a line in the colour of a token."""
        from matplotlib.patches import PathPatch

        patch = PathPatch(
            path,
            fill=False,
            edgecolor=self.canvas.colours[token],
            linewidth=self.canvas.points(weight),
            linestyle=dashes(dash, weight),
            alpha=alpha,
            capstyle="round",
            joinstyle="round",
            gid=gid or None,
        )
        plate.add(patch)
        if self.clip is not None:
            patch.set_clip_path(self.clip)

    def fill(
        self, plate: Plate, path: Any, token: str, *, alpha: float, gid: str
    ) -> None:
        """Fill an area in the colour of a token."""
        from matplotlib.patches import PathPatch

        if path is None:
            return
        patch = PathPatch(
            path,
            facecolor=self.canvas.colours[token],
            linewidth=0,
            alpha=alpha,
            gid=gid or None,
        )
        plate.add(patch)
        if self.clip is not None:
            patch.set_clip_path(self.clip)
