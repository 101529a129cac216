"""The strip of events: kilometres along a line against time, ranges as bars."""

from __future__ import annotations

import datetime as dt

import numpy as np

from borderviz.axes import Axis
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.strip_parts import (
    NOTHING_BESIDE,
    Beside,
    bands,
    km_axis,
    labels_of,
    named_ticks,
    percent,
    strip,
)
from borderviz.render.strip_table import strip_table
from borderviz.render.symbol import symbol_of
from borderviz.render.timeline_html import Scale, dated, scale_of
from borderviz.selection import Selection
from borderviz.strip import EventStrip, Mark, event_strip

LANDMARK_LANES = 2
# A bar is never narrower, in shares of the width; what is, shows as its symbol alone.
NARROWEST = 0.012
# Each bar has the same ink: the wider the range, the fainter. A range of this many km
# is as dark as a bar may be.
DARK_KM, FAINTEST, DARKEST = 5.0, 0.13, 0.75
# Densities that may be named beside the curve: the largest that fits is. The curve is
# cut above what this share of the line stays below, and its peak told in a number.
LEVELS, USUAL = (50, 20, 10, 5, 2, 1, 0.5, 0.1), 0.95


def events_html(
    selection: Selection, axis: Axis, context: Context, beside: Beside = NOTHING_BESIDE
) -> Html:
    """
    Draw the selected events along one line.

    Parameters
    ----------
    selection
        What the view shows.
    axis
        A line whose strip is of events.
    context
        Atlas, view and language.
    beside
        What else is drawn along it.
    """
    found = event_strip(selection.records, axis, context.atlas)
    title = context.say("strip-events-title", line=context.plain(axis.record.title))
    if not found.marks:
        said = context.say("strip-nothing")
        parts = (beside.drawing, km_axis(axis, context))
        return join([strip(title, said, axis, *parts, context=context), beside.below])
    scale = scale_of(dated(context))
    sectors = [(context.plain(s.name), low, high) for s, low, high in axis.sectors]
    landmarks = labels_of(found.landmarks, context)
    drawing = (
        bands(sectors, axis),
        named_ticks(landmarks, axis, LANDMARK_LANES, "bv-s-landmarks"),
        _density(found, context),
        tag(
            "div",
            *_grid(scale, axis),
            *[
                part
                for mark in found.marks
                for part in _mark(mark, scale, axis, context)
            ],
            class_="bv-s-marks",
            aria_hidden="true",
        ),
        beside.drawing,
        km_axis(axis, context),
    )
    return tag(
        "div",
        strip(title, _said(found, context), axis, *drawing, context=context),
        tag(
            "p",
            context.say("strip-hint"),
            " ",
            # What a pointer does takes a script; some pages have none.
            tag("span", context.say("strip-point"), class_="bv-by-hand"),
            class_="bv-small",
        ),
        strip_table(found.marks, axis, context),
        beside.below,
    )


def _said(found: EventStrip, context: Context) -> str:
    """Say in words what the strip shows: how many, how many only vaguely, the rest."""
    whole = sum(mark.along.km is None for mark in found.marks)
    return context.say(
        "strip-said",
        count=len(found.marks),
        vague=whole,
        elsewhere=found.elsewhere,
    )


def _grid(scale: Scale, axis: Axis) -> list[Html]:
    """Draw a line at each decade and at each border of a sector."""
    years = [y for y in range(scale.first, scale.last + 1) if y % 10 == 0]
    lines = [
        tag(
            "span",
            str(year),
            class_="bv-s-year",
            style=f"bottom:{100 * scale.at(dt.date(year, 1, 1)):.2f}%",
        )
        for year in years
    ]
    lines += [
        tag("i", class_="bv-s-wall", style=f"left:{percent(low, axis)}")
        for _, low, _ in axis.sectors[1:]
    ]
    return lines


def _mark(mark: Mark, scale: Scale, axis: Axis, context: Context) -> list[Html]:
    """Draw a bar for each range, and a symbol where the point itself is."""
    first, last = scale.span(mark.record)
    bottom = f"bottom:{100 * (first + last) / 2:.2f}%"
    along, record = mark.along, mark.record
    worn = f"bv-s bv-c-{context.style_of(record)}"
    if record.id == context.view.selected:
        worn += " bv-t-on"
    ink = max(FAINTEST, min(DARKEST, DARKEST * DARK_KM / max(along.width, DARK_KM)))
    drawn = [
        tag(
            "i",
            class_=f"{worn} bv-s-bar",
            style=f"left:{percent(low, axis)};width:{percent(high - low, axis)};"
            f"{bottom};opacity:{ink:.2f}",
            data_id=record.id,
            data_span=f"{low:.1f},{high:.1f}",
        )
        for low, high in along.spans
        if along.km is None or (high - low) / axis.line.length_km > NARROWEST
    ]
    if along.km is not None:
        symbol, turn = symbol_of(record, context.atlas)
        unsure = record.location_derived or record.location_unverified
        drawn.append(
            tag(
                "i",
                class_=f"{worn} bv-s-dot bv-s-{symbol}{' bv-s-unsure' * unsure}",
                style=f"left:{percent(along.km, axis)};{bottom};rotate:{turn}deg",
                data_id=record.id,
                data_span=f"{along.low:.1f},{along.high:.1f}",
            )
        )
    return drawn


def _density(found: EventStrip, context: Context) -> Html:
    """
    Draw how many records lie along each part of the line; outliers are cut and named.

    Records known only as somewhere on the line would lift all of it alike: they are in
    the density, as they must be, and stand out nowhere. The shape is cut out of a box
    by a style, because the page lets no drawing of ours through.
    """
    values = found.density
    top = max(float(np.quantile(values, USUAL)) * 1.3, float(values.max()) * 0.05)
    count = len(values)
    steps = [
        f"{100 * x / count:.2f}% {100 * max(0.0, 1 - value / top):.1f}%"
        for n, value in enumerate(values)
        for x in (n, n + 1)
    ]
    area = tag("i", style=f"clip-path:polygon(0 100%,{','.join(steps)},100% 100%)")
    level = next((x for x in LEVELS if x <= 0.8 * top), None)
    levels = [
        tag(
            "span",
            context.number(x),
            style=f"bottom:{100 * x / top:.1f}%",
            class_="bv-s-level",
        )
        for x in (level,)
        if x
    ]
    peak = int(np.argmax(values))
    if values[peak] > top:
        words = context.number(float(values[peak]), 0)
        left = f"left:{100 * (peak + 1) / count:.2f}%"
        levels.append(tag("b", f"↑ {words}", class_="bv-s-peak", style=left))
    note = tag(
        "small",
        context.say("strip-density", km=context.number(found.bin_km, 0)),
        class_="bv-s-note",
    )
    return tag("div", area, *levels, note, class_="bv-s-density")
