"""The strip of events as a picture: kilometres along a line against time."""

from __future__ import annotations

import datetime as dt

import numpy as np

from borderviz.pictures.lettering import clean
from borderviz.pictures.shapes import line, rect, symbol, text
from borderviz.pictures.strip_axis import BAND, Plot, bands, km_axis, moved
from borderviz.pictures.strip_labels import flowing, names_block, outline
from borderviz.pictures.strip_names import SIZE, Name
from borderviz.render.html import Html, join, tag
from borderviz.render.strip_events import (
    DARK_KM,
    DARKEST,
    FAINTEST,
    LEVELS,
    NARROWEST,
    USUAL,
)
from borderviz.render.symbol import symbol_of
from borderviz.render.timeline_html import Scale, dated, scale_of
from borderviz.strip import EventStrip, Mark

LANES, DENSITY, NOTE = 4, 36.0, 12.0
# How high the years are, at least and where nothing limits them.
LEAST_MARKS, MARKS = 130.0, 300.0
BAR, SYMBOL = 3.6, 0.6
LEGEND_GAP = 9.0


def draw_events(
    found: EventStrip, plot: Plot, height: float | None
) -> tuple[Html, float]:
    """
    Draw the events along one line.

    Parameters
    ----------
    found
        What the strip shows; at least one mark.
    plot
        The line, the width, words and colours.
    height
        What there is of it on a slide; None lets the drawing choose.
    """
    names = [
        Name(plot.at(tick.km), clean(plot.context.plain(tick.name)), tick.id)
        for tick in found.landmarks
    ]
    landmarks, high, hidden = names_block(
        names, plot.width, LANES, plot.colours, ink="muted"
    )
    axis, axis_high = km_axis(plot)
    legend, legend_high = flowing(
        legend_of(found, plot, hidden), plot.width, plot.colours
    )
    sectors = [
        (plot.context.plain(s.name), low, high) for s, low, high in plot.axis.sectors
    ]
    above = BAND + 3 + high + DENSITY + NOTE + 6
    below = axis_high + LEGEND_GAP + legend_high
    marks_high = MARKS
    if height is not None:
        marks_high = max(LEAST_MARKS, height - above - below)
    top = BAND + 3
    parts = [
        moved(bands(sectors, plot), 0, "bv-sectors"),
        moved(landmarks, top, "bv-landmarks"),
        moved(_density(found, plot), top + high, "bv-density"),
        moved(_marks(found, plot, marks_high), above, "bv-events"),
        moved(axis, above + marks_high, "bv-km"),
        moved(legend, above + marks_high + axis_high + LEGEND_GAP, "bv-signs"),
    ]
    return join(parts), above + marks_high + below


def _density(found: EventStrip, plot: Plot) -> Html:
    """Draw how many records lie along each part of the line; the peak is cut."""
    values, colours, context = found.density, plot.colours, plot.context
    top = max(float(np.quantile(values, USUAL)) * 1.3, float(values.max()) * 0.05)
    bottom = NOTE + DENSITY
    kms = np.minimum(np.arange(len(values) + 1) * found.bin_km, _length(plot))
    corners = [(0.0, bottom)]
    for number, value in enumerate(values.tolist()):
        level = bottom - DENSITY * min(1.0, value / top)
        corners += [(plot.at(float(kms[number + n])), level) for n in (0, 1)]
    corners.append((plot.width, bottom))
    note = context.say("strip-density", km=context.number(found.bin_km, 0))
    drawn = [
        outline(corners, colours["muted"], "0.5"),
        line((0, bottom), (plot.width, bottom), colours["line"]),
        text(plot.width, 8, note, SIZE, colours["muted"], anchor="end"),
    ]
    level = next((x for x in LEVELS if x <= 0.8 * top), None)
    if level:
        at = bottom - DENSITY * level / top
        drawn += [
            line(
                (0, at),
                (plot.width, at),
                colours["muted"],
                stroke_dasharray="1 3",
                stroke_width="0.6",
            ),
            text(
                -5, at + 3, context.number(level), SIZE, colours["muted"], anchor="end"
            ),
        ]
    peak = int(np.argmax(values))
    if values[peak] > top:
        words = f"↑ {context.number(float(values[peak]), 0)}"
        at = plot.at(float(kms[peak + 1]))
        drawn.append(text(at + 3, NOTE + 7, words, SIZE, colours["ink"], bold=True))
    return join(drawn)


def _length(plot: Plot) -> float:
    return plot.axis.line.length_km


def _marks(found: EventStrip, plot: Plot, height: float) -> Html:
    """Draw the years, the sectors' borders, a bar for each range, the symbols."""
    colours, scale = plot.colours, scale_of(dated(plot.context))
    grid = [
        line((plot.at(low), 0), (plot.at(low), height), colours["line"])
        for _, low, _ in plot.axis.sectors[1:]
    ]
    for year in range(scale.first, scale.last + 1):
        if year % 10 == 0:
            at = height * (1 - scale.at(dt.date(year, 1, 1)))
            grid += [
                line((0, at), (plot.width, at), colours["line"], stroke_width="0.7"),
                text(-5, at + 3, str(year), SIZE, colours["muted"], anchor="end"),
            ]
    drawn = [_mark(mark, scale, plot, height) for mark in found.marks]
    return join(
        [
            tag("g", *grid, id="bv-years"),
            tag("g", *[bar for bars, _ in drawn for bar in bars], id="bv-ranges"),
            tag("g", *[dot for _, dots in drawn for dot in dots], id="bv-symbols"),
        ]
    )


def _mark(
    mark: Mark, scale: Scale, plot: Plot, height: float
) -> tuple[list[Html], list[Html]]:
    """Draw a bar for each range, and a symbol where the point itself is."""
    first, last = scale.span(mark.record)
    middle = height * (1 - (first + last) / 2)
    record, along, context = mark.record, mark.along, plot.context
    colour, is_on = colour_of(mark, plot), record.id == context.view.selected
    about = tag(
        "title",
        clean(
            ", ".join(filter(None, (context.plain(record.title), context.date(record))))
        ),
    )
    ink = max(FAINTEST, min(DARKEST, DARKEST * DARK_KM / max(along.width, DARK_KM)))
    bars = [
        tag(
            "g",
            about,
            rect(
                plot.at(low),
                middle - BAR / 2,
                plot.at(high) - plot.at(low),
                BAR,
                colour,
                rx=str(BAR / 2),
                fill_opacity="1" if is_on else f"{ink:.2f}",
            ),
            data_id=record.id,
            data_span=f"{low:.1f},{high:.1f}",
        )
        for low, high in along.spans
        if along.km is None or (high - low) / _length(plot) > NARROWEST
    ]
    if along.km is None:
        return bars, []
    shape, turn = symbol_of(record, context.atlas)
    unsure = record.location_derived or record.location_unverified
    dot = symbol(
        shape,
        plot.at(along.km),
        middle,
        plot.colours["select"] if is_on else colour,
        scale=SYMBOL * (1.6 if is_on else 1.0),
        turn=turn,
        stroke=plot.colours["page"],
        stroke_width="0.9",
        fill_opacity="0.5" if unsure else "1",
    )
    return bars, [tag("g", about, dot, data_id=record.id)]


def colour_of(mark: Mark, plot: Plot) -> str:
    """Return the colour that a record has on the map."""
    styles = plot.context.atlas.styles
    style = plot.context.style_of(mark.record)
    token = styles[style].token if style in styles else "ink"
    return plot.colours.get(token, plot.colours["ink"])


def legend_of(
    found: EventStrip, plot: Plot, hidden: int
) -> list[tuple[Html, float, str]]:
    """List what colours, symbols and bars mean, of those that are drawn."""
    context, colours = plot.context, plot.colours
    atlas = context.atlas
    worn = {context.style_of(mark.record) for mark in found.marks}
    entries: list[tuple[Html, float, str]] = []
    for layer in atlas.settings.layers:
        if layer.style in worn and layer.style in atlas.styles:
            worn.discard(layer.style)
            colour = colours.get(atlas.styles[layer.style].token, colours["ink"])
            dot = rect(-5, -BAR / 2, 10, BAR, colour, rx=str(BAR / 2))
            entries.append((dot, 10, context.plain(layer.name)))
    placed = [mark.record for mark in found.marks if mark.along.km is not None]
    for mode, term in atlas.settings.vocabulary.mode.items():
        these = [record for record in placed if record.mode == mode]
        if these:
            shape, _ = symbol_of(these[0], atlas)
            sign = symbol(shape, 0, 0, colours["muted"], scale=SYMBOL)
            name = context.plain(term.name)
            if shape == "triangle":
                name = context.say("picture-points", mode=name)
            entries.append((sign, 11, name))
    if any(r.location_derived or r.location_unverified for r in placed):
        pale = symbol(
            "dot", 0, 0, colours["muted"], scale=SYMBOL * 1.2, fill_opacity="0.45"
        )
        entries.append((pale, 10, context.say("picture-strip-pale")))
    bar = [
        rect(-16, -BAR / 2, 9, BAR, colours["muted"], rx="1.8", fill_opacity="0.75"),
        rect(-4, -BAR / 2, 20, BAR, colours["muted"], rx="1.8", fill_opacity="0.25"),
    ]
    entries.append((join(bar), 32, context.say("picture-strip-range")))
    if hidden:
        entries.append((Html(""), 0, context.say("picture-strip-hidden", count=hidden)))
    return entries
