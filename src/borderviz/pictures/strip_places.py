"""The strip of places as a picture: towns, crossing points, what reports studied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from borderviz.pictures.lettering import clean, shortened, width_of
from borderviz.pictures.shapes import rect, text
from borderviz.pictures.strip_axis import BAND, Plot, bands, km_axis, moved
from borderviz.pictures.strip_labels import MARK, flowing, names_block, square
from borderviz.pictures.strip_names import SIZE, Name
from borderviz.render.html import Html, join, tag
from borderviz.strip import PlaceStrip, Tick

LONGEST = 175.0
_BRACKET = re.compile(r"\([^()]*\)$")
ROW = 16.0
STUDY = 15.0
LEGEND_GAP = 9.0


def draw_places(found: PlaceStrip, plot: Plot, lanes: int) -> tuple[Html, float]:
    """
    Draw the places along one line.

    Parameters
    ----------
    found
        What the strip shows.
    plot
        The line, the width, words and colours.
    lanes
        How many lines of names a row may have; what has no room then is counted.
    """
    context = plot.context
    left, right = (
        context.say("strip-towns", country=context.term("country", key))
        for key in (plot.axis.settings.left, plot.axis.settings.right)
    )
    marks = [
        Name(
            plot.at(mark.along.km or 0.0),
            _short(context.plain(mark.record.title)),
            mark.record.id,
            "hollow" if mark.record.location_derived else "full",
        )
        for mark in found.points
    ]
    rows = [
        ("bv-landmarks", "", _names(found.landmarks, plot), "muted"),
        ("bv-towns-left", left, _towns(found.left, plot), "muted"),
        ("bv-points", context.say("strip-points"), marks, "ink"),
        ("bv-towns-right", right, _towns(found.right, plot), "muted"),
    ]
    parts = [(context.plain(r.title), low, high) for r, low, high in plot.axis.parts]
    drawn = [moved(bands(parts, plot), 0, "bv-parts")] if parts else []
    top, hidden = BAND + 3 if parts else 0.0, 0
    for identity, title, names, ink in rows:
        if not names:
            continue
        if title:
            drawn.append(_title(title, top, plot))
            top += ROW
        part, high, missing = names_block(
            names, plot.width, lanes, plot.colours, ink=ink, base=bool(title)
        )
        drawn.append(moved(part, top, identity))
        top, hidden = top + high + 3, hidden + missing
    for number, (stretch, ticks) in enumerate(found.stretches):
        name = context.say("strip-studied", name=context.plain(stretch.name))
        drawn.append(_title(name, top, plot))
        part = _stretch(ticks, plot)
        drawn.append(moved(part, top + ROW, f"bv-studied-{number}"))
        top += ROW + STUDY + 5
    axis, high = km_axis(plot)
    drawn.append(moved(axis, top + 4, "bv-km"))
    top += 4 + high + LEGEND_GAP
    legend, high = flowing(_legend(found, plot, hidden), plot.width, plot.colours)
    drawn.append(moved(legend, top, "bv-signs"))
    return join(drawn), top + high


def _title(words: str, top: float, plot: Plot) -> Html:
    fitting = shortened(words, SIZE, plot.width)
    return text(0, top + 11, fitting, SIZE, plot.colours["muted"], bold=True)


def _names(ticks: Sequence[Tick], plot: Plot) -> list[Name]:
    return [
        Name(plot.at(tick.km), clean(plot.context.plain(tick.name)), tick.id)
        for tick in ticks
    ]


def _towns(ticks: Sequence[Tick], plot: Plot) -> list[Name]:
    """Name the towns, the largest first where there is no room for all."""
    rank = {town.id: town.rank for town, _ in plot.context.atlas.places}
    return _names(sorted(ticks, key=lambda t: (rank.get(t.id, 9), t.km)), plot)


def _short(words: str) -> str:
    """Drop what stands in brackets at the end, and what is too long for a tick."""
    short = clean(words).partition(" (")[0]
    if width_of(short, SIZE) > LONGEST:
        short = _BRACKET.sub("", short)
    return shortened(short, SIZE, LONGEST)


def _stretch(ticks: Sequence[Tick], plot: Plot) -> Html:
    """Mark what a report studied by name alone: where each ends is not known."""
    drawn = []
    for tick in ticks:
        words = clean(plot.context.plain(tick.name))
        half = width_of(words, SIZE) / 2 + 9
        at = min(max(plot.at(tick.km), half), plot.width - half)
        # Paler towards its ends, which nobody knows.
        for share in (1.0, 0.82, 0.64):
            wide = 2 * half * share
            drawn.append(
                rect(
                    at - wide / 2,
                    0,
                    wide,
                    STUDY,
                    plot.colours["line"],
                    fill_opacity="0.4",
                )
            )
        drawn.append(
            text(at, STUDY - 4, words, SIZE, plot.colours["ink"], anchor="middle")
        )
    return tag("g", *drawn)


def _legend(
    found: PlaceStrip, plot: Plot, hidden: int
) -> list[tuple[Html, float, str]]:
    """List what the squares mean, of those that are drawn."""
    context = plot.context
    kinds = {mark.record.location_derived for mark in found.points}
    entries = [
        (square(0, 0, mark, plot.colours), MARK + 1, context.say(key))
        for is_derived, mark, key in (
            (False, "full", "picture-strip-point"),
            (True, "hollow", "picture-strip-derived"),
        )
        if is_derived in kinds
    ]
    if hidden:
        entries.append((Html(""), 0, context.say("picture-strip-hidden", count=hidden)))
    return entries
