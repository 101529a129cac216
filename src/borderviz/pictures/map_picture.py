"""The map of a view as a picture to hand on: PNG or SVG, drawn without a browser.

Everything is taken from the same selection, styles and tokens as the page. The SVG's
plates are groups by name; `event-<id>` and `group-<first id>` carry `data-records`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from borderviz.pictures.map_aside import line_points
from borderviz.pictures.map_canvas import Canvas, drawing
from borderviz.pictures.map_coverage import draw_coverage
from borderviz.pictures.map_draw import Marks
from borderviz.pictures.map_groups import Heap
from borderviz.pictures.map_land import borders_seen, draw_land, mapped
from borderviz.pictures.map_layout import GAP, Layout, laid_out
from borderviz.pictures.map_legend import Content, Row, draw_rows
from borderviz.pictures.map_lines import Drawn, draw_lines
from borderviz.pictures.map_locator import draw_locator
from borderviz.pictures.map_marks import arranged
from borderviz.pictures.map_overlay import Own, draw_own
from borderviz.pictures.map_overlay_legend import own_rows
from borderviz.pictures.map_paths import path_of
from borderviz.pictures.map_pen import Pen
from borderviz.pictures.map_scale import HEIGHT, draw_scale
from borderviz.pictures.map_sheet import draw_sheet
from borderviz.pictures.map_sizes import MAP_SIZES
from borderviz.pictures.map_swatches import Swatches
from borderviz.pictures.map_writing import towns, write_names
from borderviz.render.context import Context
from borderviz.render.sentence import page_title, sentence
from borderviz.selection import Selection

_PLATES = (
    *("words", "sea", "land", "areas", "circles", "borders", "routes", "own"),
    *("hairs", "labels", "events", "selected", "frame", "legend", "locator", "scale"),
)


def map_picture(
    selection: Selection,
    context: Context,
    *,
    form: str,
    size: str = "web",
    scheme: str = "light",
    today: dt.date | None,
    address: str = "",
    own: Own | None = None,
) -> bytes:
    """
    Draw the map that a reader sees, with all that it needs to stand alone.

    Parameters
    ----------
    selection
        The events of the view; nothing else of their kinds is drawn.
    context
        The view: layers, selected record, where the map is; and the language.
    form
        `png` or `svg`.
    size
        `web` (1200 by 900 pixels), `print` (180 by 145 mm, 300 dpi) or `slide` (1920 by
        1080 pixels).
    scheme
        `light` or `dark`.
    today
        The day on which it is taken; None leaves it out.
    address
        Where the atlas is served; empty leaves the link to its query.
    own
        A reader's own rows, to be drawn above it and named as theirs; None for none.

    Returns
    -------
    bytes
        The file; the same arguments give the same bytes.

    Raises
    ------
    ValueError
        If there is no such form, size or scheme.
    GlyphError
        If no font here can draw some character of it.
    """
    if size not in MAP_SIZES:
        msg = f"there is no size {size!r}; there are {', '.join(MAP_SIZES)}"
        raise ValueError(msg)
    with drawing():
        canvas = Canvas(MAP_SIZES[size], form, scheme, lang=context.view.lang)
        layout = laid_out(
            canvas, selection, context, today=today, address=address, own=own
        )
        _Drawing(canvas, context, layout).draw()
        said = " ".join((sentence(selection, context), *layout.words.notes))
        map_data, cited = layout.words.credit
        facts = {
            "Title": page_title(selection, context),
            "Description": said,
            "Source": cited,
            "Copyright": map_data,
        }
        return canvas.output(facts, description=said)


class _Drawing:
    """One map while it is drawn, from the ground up."""

    def __init__(self, canvas: Canvas, context: Context, layout: Layout) -> None:
        self.canvas, self.context, self.layout = canvas, context, layout
        names = [name for name in _PLATES if layout.own or name != "own"]
        self.plates = {name: canvas.plate(name) for name in names}
        clip = self._frame()
        projection = layout.projection
        chosen = layout.chosen.id if layout.chosen else ""
        self.pen = Pen(canvas, projection, context, clip, chosen)
        self.marks = Marks(canvas, context, projection, clip)

    def _frame(self) -> Any:
        """Fill the frame with sea as far as the data reach; draw its edge on top."""
        from matplotlib.patches import Rectangle

        frame = self.layout.projection.frame
        corner, colours = (frame.left, frame.top), self.canvas.colours
        clip = Rectangle(corner, frame.width, frame.height, linewidth=0)
        clip.set_facecolor(colours["line"])
        edge = Rectangle(corner, frame.width, frame.height, fill=False)
        edge.set(edgecolor=colours["line"], linewidth=self.canvas.points(1))
        self.plates["sea"].add(clip)
        self.plates["frame"].add(edge)
        sea = self.layout.projection.shape(mapped(self.context.atlas))
        pen = Pen(self.canvas, self.layout.projection, self.context, clip, "")
        pen.fill(self.plates["sea"], path_of(sea), "sea", alpha=1.0, gid="sea-area")
        return clip

    def draw(self) -> None:
        """Draw everything."""
        plates, layout, context = self.plates, self.layout, self.context
        atlas, projection = context.atlas, layout.projection
        land = draw_land(plates["land"], self.canvas, projection, atlas, self.pen.clip)
        drawn = draw_lines(
            plates["areas"], plates["borders"], plates["routes"], self.pen
        )
        heaps = self._points(drawn)
        names = write_names(
            plates["labels"], self.marks, layout, drawn, heaps, land.ground
        )
        rows = Swatches(self.marks, replace(self.pen, clip=None), context).rows(
            Content(drawn.records, layout.inside, heaps, layout.chosen),
            places=[name for name in names if name.kind == "place"],
            borders=borders_seen(land.borders, projection, atlas, drawn.mains),
            circles=context.view.circles,
        )
        if layout.own:
            draw_own(
                plates["own"], plates["selected"], layout.own, self.marks, self.pen
            )
            rows = own_rows(layout.own, self.canvas, context) + rows
        self._panel(rows)
        draw_sheet(plates["words"], self.canvas, layout.words)

    def _points(self, drawn: Drawn) -> list[Heap]:
        """Draw the records that are points, and circles if they are wanted."""
        plates, layout, marks = self.plates, self.layout, self.marks
        mark, record = layout.chosen_mark, layout.chosen
        if self.context.view.circles:
            others = [m for m in (*layout.inside, *layout.outside) if m != mark]
            draw_coverage(plates["circles"], marks, others)
        if mark and record and record.uncertainty_km:
            radius = layout.projection.radius(float(record.uncertainty_km), mark.at)
            colour, gid = marks.colour(mark.style), f"circle-{record.id}"
            marks.circle(plates["circles"], mark.at, radius, colour, gid=gid)
        heaps = arranged(
            layout.inside,
            mark.id if mark else "",
            layout.projection,
            line_points(drawn.mains),
            towns(self.context, layout),
        )
        marks.hairs(plates["hairs"], heaps)
        for heap in heaps:
            marks.heap(plates["events"], heap)
        if mark:
            marks.chosen(plates["selected"], mark)
        return heaps

    def _panel(self, rows: list[Row]) -> None:
        """Draw what stands beside the map: legend, locator map, scale."""
        frame = self.layout.projection.frame
        left, right = frame.right + GAP, self.canvas.size.across - frame.left
        bottom = frame.bottom - HEIGHT - GAP
        end = draw_rows(
            self.plates["legend"], self.canvas, rows, (left, frame.top, right, bottom)
        )
        box = (left, end + GAP, right, bottom)
        draw_locator(self.plates["locator"], self.pen, self.layout, box)
        box = (left, frame.bottom - HEIGHT, right, frame.bottom)
        projection, scale = self.layout.projection, self.plates["scale"]
        draw_scale(scale, self.canvas, projection, self.context, box)
