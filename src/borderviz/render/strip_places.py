"""The strip of places: towns, crossing points, rivers and studied stretches."""

from __future__ import annotations

from collections.abc import Sequence

from borderviz.axes import Axis
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.strip_parts import (
    NOTHING_BESIDE,
    Beside,
    Label,
    bands,
    km_axis,
    labels_of,
    named_ticks,
    percent,
    strip,
)
from borderviz.render.strip_table import strip_table
from borderviz.strip import PlaceStrip, Tick, place_strip

TOWN_LANES, POINT_LANES, LANDMARK_LANES = 3, 6, 1
LONGEST = 21


def places_html(axis: Axis, context: Context, beside: Beside = NOTHING_BESIDE) -> Html:
    """
    Draw the places along one line.

    Parameters
    ----------
    axis
        A line whose strip is of places.
    context
        Atlas, view and language.
    beside
        What else is drawn along it.
    """
    found = place_strip(axis, context.atlas)
    title = context.say("strip-places-title", line=context.plain(axis.record.title))
    left, right = (
        context.term("country", key)
        for key in (axis.settings.left, axis.settings.right)
    )
    said = context.say(
        "strip-places-said",
        points=context.say("strip-points-count", count=len(found.points)),
        towns=context.say(
            "strip-towns-count", count=len(found.left) + len(found.right)
        ),
    )
    parts = [(context.plain(r.title), low, high) for r, low, high in axis.parts]
    drawing = (
        bands(parts, axis),
        named_ticks(
            labels_of(found.landmarks, context), axis, LANDMARK_LANES, "bv-s-up"
        ),
        _row(
            context.say("strip-towns", country=left), _towns(found.left, axis, context)
        ),
        _row(context.say("strip-points"), _points(found, axis, context)),
        _row(
            context.say("strip-towns", country=right),
            _towns(found.right, axis, context),
        ),
        *[_stretch(n, found, axis, context) for n in range(len(found.stretches))],
        beside.drawing,
        km_axis(axis, context),
    )
    return tag(
        "div",
        strip(title, said, axis, *drawing, context=context),
        strip_table(found.points, axis, context),
        beside.below,
    )


def _row(name: str, drawn: Html) -> Html:
    return tag("div", tag("small", name, class_="bv-s-row"), drawn)


def _towns(ticks: Sequence[Tick], axis: Axis, context: Context) -> Html:
    """Name the towns, the largest first where there is no room for all."""
    rank = {place.id: place.rank for place, _ in context.atlas.places}
    ordered = sorted(ticks, key=lambda tick: (rank.get(tick.id, 9), tick.km))
    return named_ticks(labels_of(ordered, context), axis, TOWN_LANES, "bv-s-towns")


def _points(found: PlaceStrip, axis: Axis, context: Context) -> Html:
    """Name the crossing points; one whose place was derived has a hollow mark."""
    labels = [
        Label(
            mark.along.km or 0.0,
            _shortened(context.plain(mark.record.title)),
            mark.record.id,
            context.link(mark.record),
            f"bv-s bv-s-gate bv-c-{context.style_of(mark.record)}"
            + (" bv-s-derived" if mark.record.location_derived else ""),
        )
        for mark in found.points
    ]
    return named_ticks(labels, axis, POINT_LANES, "bv-s-points")


def _shortened(words: str) -> str:
    """Drop what stands in brackets, and what is too long for a tick."""
    short = words.partition(" (")[0]
    return short if len(short) <= LONGEST else short[: LONGEST - 1].rstrip() + "…"


def _stretch(number: int, found: PlaceStrip, axis: Axis, context: Context) -> Html:
    """Mark what a report studied by name alone: where each ends is not known."""
    stretch, ticks = found.stretches[number]
    drawn = [
        tag(
            "a",
            context.plain(tick.name),
            href=context.link(stretch.record),
            target="_self",
            class_="bv-s-study",
            style=f"left:{percent(tick.km, axis)}",
        )
        for tick in ticks
    ]
    name = context.say("strip-studied", name=context.plain(stretch.name))
    return _row(name, tag("div", *drawn, class_="bv-s-studies"))
