"""A strip as a picture: a border drawn straight, with all that is read beside it."""

from __future__ import annotations

from borderviz.axes import Axis
from borderviz.pictures.chart_picture import narrowed
from borderviz.pictures.lettering import Run
from borderviz.pictures.page_svg import Draw, empty
from borderviz.pictures.page_words import Words
from borderviz.pictures.strip_axis import LEFT, RIGHT, Plot
from borderviz.pictures.strip_events import draw_events
from borderviz.pictures.strip_places import draw_places
from borderviz.pictures.tokens import Scheme, palette
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.sentence import sentence
from borderviz.selection import Selection
from borderviz.strip import event_strip, place_strip

# Where a slide is too low for all names: first smaller letters, then fewer lines.
LANES = 14
TRIALS = (
    *((scale, LANES) for scale in (1.0, 0.95, 0.9, 0.85, 0.8)),
    *((0.8, lanes) for lanes in range(LANES - 1, 0, -1)),
)


def strip_parts(
    axis: Axis, selection: Selection, context: Context, scheme: Scheme
) -> tuple[Words, Draw]:
    """
    Prepare a strip for a page.

    Parameters
    ----------
    axis
        A line that has a strip.
    selection, context
        What the view shows; a strip of places is the same for all views.
    scheme
        Colours.

    Returns
    -------
    tuple
        What is read around it, and what draws it. A strip of events without any says so
        in the place of the drawing.
    """
    is_events = axis.settings.strip == "events"
    line = context.plain(axis.record.title)
    title = context.say(f"strip-{axis.settings.strip}-title", line=line)
    colours = palette(scheme)
    if not is_events:
        places = place_strip(axis, context.atlas)
        said = context.say(
            "strip-places-said",
            points=context.say("strip-points-count", count=len(places.points)),
            towns=context.say(
                "strip-towns-count", count=len(places.left) + len(places.right)
            ),
        )

        def draw_the_places(width: float, height: float | None) -> tuple[Html, float]:
            for scale, lanes in TRIALS:
                wide = width / scale - LEFT - RIGHT
                plot = Plot(axis, wide, context, colours)
                drawn, high = draw_places(places, plot, lanes)
                if height is None or high * scale <= height:
                    break
            return _inset(drawn, high, scale)

        return _words(title, said, axis, context), draw_the_places
    events = event_strip(selection.records, axis, context.atlas)
    if not events.marks:
        said = sentence(selection, context)
        nothing = empty(context.say("strip-nothing"), colours)
        return _words(title, said, axis, context), nothing
    said = context.say(
        "strip-said",
        count=len(events.marks),
        vague=sum(mark.along.km is None for mark in events.marks),
        elsewhere=events.elsewhere,
    )
    said = narrowed(said, selection, context)

    def draw_the_events(width: float, height: float | None) -> tuple[Html, float]:
        plot = Plot(axis, width - LEFT - RIGHT, context, colours)
        return _inset(*draw_events(events, plot, height))

    return _words(title, said, axis, context), draw_the_events


def _inset(drawn: Html, height: float, scale: float = 1.0) -> tuple[Html, float]:
    """Leave room for the years at the left."""
    moved = f"scale({scale}) translate({LEFT:.2f} 0)"
    return tag("g", drawn, transform=moved), height * scale


def _words(title: str, said: str, axis: Axis, context: Context) -> Words:
    left, right = (
        context.term("country", key)
        for key in (axis.settings.left, axis.settings.right)
    )
    version = context.plain(axis.settings.version)
    notes = [
        (Run(context.say("picture-strip-sides", left=left, right=right)),),
        (Run(f"{context.say('strip-line')} {version}"),),
    ]
    return Words(title, said, tuple(notes), ())
