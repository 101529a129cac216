"""The panel on where a record is: how exactly that is known, and where on a border."""

from __future__ import annotations

from borderviz.along import BEYOND, EITHER, Along
from borderviz.axes import ON, Axis
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.strip_parts import bands, percent
from borderviz.render.strip_table import FINE_KM, km_words, sector_words

# The least radius in km for each step of exactness; the table of positions in the
# content's contract has the same.
STEPS = (0.0, 2.0, 8.0, 20.0)
# No distance is told more finely than this: lines by others are that far from ours.
LEAST_M = 100


def exact_parts(record: Record, context: Context) -> list[Html]:
    """
    Say how exactly the place of a record is known, and on what that rests.

    Parameters
    ----------
    record
        What the panel shows.
    context
        Atlas, view and language.
    """
    parts = []
    radius = record.uncertainty_km
    km = context.number(radius) if radius else ""
    extent = context.term("extent", record.extent)
    if record.id in context.atlas.positions and radius:
        step = sum(radius >= least for least in STEPS) - 1
        within = tag("b", context.say("place-within", km=km))
        parts.append(tag("p", within, context.say(f"exact-like-{step}")))
    elif record.extent:
        key = "place-none" if radius else "place-extent"
        parts.append(tag("p", tag("b", context.say(key, extent=extent, km=km))))
    if record.location_basis:
        parts.append(context.words(record.location_basis, "p"))
    if record.location_confidence and record.location_confidence != record.confidence:
        level = context.say(f"confidence-short-{record.location_confidence}")
        parts.append(tag("p", context.say("place-confidence", level=level)))
    if record.location_derived:
        parts.append(tag("p", context.say("place-derived"), class_="bv-caution"))
    if record.location_unverified:
        parts.append(tag("p", context.say("place-unverified"), class_="bv-caution"))
    return parts


def along_parts(record: Record, context: Context) -> list[Html]:
    """
    Write the kilometres of a record with a drawing; nothing where it is near no border.

    Parameters
    ----------
    record
        What the panel shows.
    context
        Atlas, view and language.
    """
    along = context.atlas.along.get(record.id)
    if along is None:
        return []
    axis = context.atlas.axes[along.axis]
    said = context.say(
        "along-km",
        km=km_words(along, context),
        length=context.number(axis.line.length_km),
        line=context.plain(axis.record.title),
    )
    worn = f"bv-c-{context.style_of(record)}"
    return [
        tag("p", tag("b", said)),
        along_drawing(along, axis, worn, context),
        *[tag("p", words) for words in _words(record, along, axis, context)],
        counted(axis, context),
    ]


def counted(axis: Axis, context: Context) -> Html:
    """Say how kilometres are counted on a line, which line it is, and whose."""
    settings = axis.settings
    said = context.say(
        "along-counted",
        origin=context.plain(settings.origin),
        end=context.plain(settings.end),
    )
    version = context.say("along-version", version=context.plain(settings.version))
    asserted = context.words(axis.record.asserted_by, "small")
    return tag("p", f"{said} {version} ", asserted, class_="bv-small")


def _words(record: Record, along: Along, axis: Axis, context: Context) -> list[str]:
    """Say what the range rests on, how far the line is, on which side, which sector."""
    said = []
    if along.km is None:
        said.append(context.say(f"along-basis-{along.basis}"))
    else:
        if along.high - along.low > 0.1 and record.uncertainty_km:
            radius = context.number(record.uncertainty_km)
            km = context.number(along.km, 1 if along.width < FINE_KM else 0)
            said.append(context.say("along-between", radius=radius, km=km))
        is_derived = record.location_derived
        said.append(
            context.say("along-derived")
            if is_derived
            else distance_words(along, context)
        )
    if along.sectors:
        names = sector_words(along, axis, context)
        said.append(context.say("along-sectors", names=names))
    return said


def distance_number(along: Along, context: Context) -> str:
    """Write how far a point is from the line in km, no finer than lines differ."""
    return context.number(max(1000 * (along.distance_km or 0.0), LEAST_M) / 1000)


def distance_words(along: Along, context: Context) -> str:
    """Say how far a point is from the line, and on which side."""
    distance = context.say("strip-km", km=distance_number(along, context))
    if 1000 * (along.distance_km or 0.0) < LEAST_M:
        distance = context.say("along-under", km=distance)
    key = f"along-distance-{along.side}"
    if along.side not in (EITHER, ON, BEYOND):
        key = "along-distance"
    country = context.term("country", along.side)
    return context.say(key, distance=distance, country=country)


def along_drawing(along: Along, axis: Axis, worn: str, context: Context) -> Html:
    """Draw the line with its sectors, the ranges on it, and the middle."""
    stretches = axis.sectors or axis.parts
    named = [("", low, high) for _, low, high in stretches]
    spans = [
        tag(
            "i",
            class_=f"bv-along-span {worn}",
            style=f"left:{percent(low, axis)};width:{percent(high - low, axis)}",
        )
        for low, high in along.spans
    ]
    if along.km is not None:
        at = f"left:{percent(along.km, axis)}"
        spans.append(tag("i", class_="bv-along-km", style=at))
    whole = named or [("", 0.0, axis.line.length_km)]
    length = context.say("strip-km", km=context.number(axis.line.length_km))
    return tag(
        "div",
        bands(whole, axis),
        *spans,
        tag("div", tag("span", "0"), tag("span", length), class_="bv-along-ends"),
        class_="bv-along",
        aria_hidden="true",
    )
