"""What is settled before anything is drawn: words, frame, extent, what is inside."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from borderviz.model import Record
from borderviz.pictures.map_canvas import Canvas
from borderviz.pictures.map_extent import chosen_record, projection_for
from borderviz.pictures.map_groups import Mark
from borderviz.pictures.map_marks import marks_of
from borderviz.pictures.map_overlay import Own, Placed, placed
from borderviz.pictures.map_projection import Frame, Projection
from borderviz.pictures.map_sheet import Words, room_of
from borderviz.pictures.map_words import cited_as, map_words
from borderviz.render.context import Context
from borderviz.selection import Selection

PANEL = 206.0  # the legend's column, in design units
GAP = 16.0


@dataclass(frozen=True)
class Layout:
    """
    A map that is ready to be drawn.

    Parameters
    ----------
    words
        What is written around it.
    projection
        How it is drawn, with its frame.
    chosen
        The record drawn as selected; None for none.
    inside, outside
        The records in the frame and outside it.
    own
        A reader's own rows, and where they are; None without any.
    """

    words: Words
    projection: Projection
    chosen: Record | None
    inside: list[Mark]
    outside: list[Mark]
    own: Placed | None = None

    @property
    def chosen_mark(self) -> Mark | None:
        """The selected record's mark, if it is a point in the frame."""
        wanted = self.chosen.id if self.chosen else ""
        return next((mark for mark in self.inside if mark.id == wanted), None)


def laid_out(
    canvas: Canvas,
    selection: Selection,
    context: Context,
    *,
    today: dt.date | None,
    address: str = "",
    own: Own | None = None,
) -> Layout:
    """
    Find a frame that leaves room for what is said about what is in it.

    Parameters
    ----------
    canvas
        Its size and fonts.
    selection, context
        The view.
    today, address
        For the citation.
    own
        A reader's own rows, if they are drawn too.
    """
    chosen = chosen_record(context.atlas, context.view, selection)
    cited = cited_as(selection, context, chosen, today=today, address=address)
    words = Words("", "", "", (), ())
    foot = 0.0
    while True:
        room = room_of(canvas, words)
        foot = max(foot, canvas.size.down - room.bottom)
        frame = Frame(
            room.left, room.top, room.right - PANEL - GAP, canvas.size.down - foot
        )
        projection = projection_for(context.atlas, context.view, chosen, frame)
        inside, outside = marks_of(context, selection, projection)
        words = map_words(selection, context, chosen, inside, outside, cited)
        there = placed(own, projection) if own else None
        if there:
            words = replace(words, notes=(*words.notes, there.note(context)))
        # What is said never needs less room than before, so this comes to an end.
        needed = room_of(canvas, words)
        if needed.top <= frame.top and needed.bottom >= frame.bottom:
            return Layout(words, projection, chosen, inside, outside, there)
