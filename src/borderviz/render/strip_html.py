"""The sheet of strips: each border that the atlas wants drawn straight."""

from __future__ import annotations

from collections.abc import Callable

from borderviz.axes import Axis
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.strip_events import events_html
from borderviz.render.strip_parts import NOTHING_BESIDE, Beside
from borderviz.render.strip_places import places_html
from borderviz.selection import Selection


def strips_html(
    selection: Selection,
    context: Context,
    own: Callable[[Axis], Beside] = lambda _: NOTHING_BESIDE,
) -> Html:
    """
    Write every strip of the atlas, in its order.

    Parameters
    ----------
    selection
        The events that the view shows; strips of places show the same for all views.
    context
        Atlas, view and language.
    own
        What joins each strip of a reader's own data.
    """
    drawn = [
        events_html(selection, axis, context, own(axis))
        if axis.settings.strip == "events"
        else places_html(axis, context, own(axis))
        for axis in context.atlas.axes.values()
        if axis.settings.strip
    ]
    empty = [] if drawn else [tag("p", context.say("strip-none"))]
    name = "bv-record bv-strips bv-tall"
    return tag("div", *drawn, *empty, class_=name, lang=context.view.lang)
