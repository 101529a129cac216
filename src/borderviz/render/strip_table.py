"""The twin of a strip as a table, and kilometres in words, for strips and the panel."""

from __future__ import annotations

from collections.abc import Sequence

from borderviz.along import BEYOND, EITHER, Along
from borderviz.axes import ON, Axis
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.strip import Mark

# Ranges narrower than this bear a decimal; wider ones would pretend to know more.
FINE_KM = 2.0


def km_words(along: Along, context: Context) -> str:
    """
    Write the ranges of kilometres, no finer than they are known.

    Parameters
    ----------
    along
        Where a record is.
    context
        Gives the language.
    """
    digits = 1 if along.width < FINE_KM else 0

    def words(low: float, high: float) -> str:
        ends = [context.number(round(km, digits), digits) for km in (low, high)]
        if ends[0] == ends[1]:
            return ends[0]
        return context.say("numbers-span", low=ends[0], high=ends[1])

    return context.listed((words(low, high) for low, high in along.spans), ",")


def _doubt(mark: Mark, context: Context) -> list[Html]:
    """Say of a position that was derived, or that no page confirms, that it was."""
    record = mark.record
    flags = {"derived": record.location_derived, "open": record.location_unverified}
    return [
        tag("small", f" ({context.say(f'km-{name}')})")
        for name, is_so in flags.items()
        if is_so
    ]


def side_words(along: Along, context: Context) -> str:
    """Name the side of the line; empty for a record without a point."""
    if not along.side:
        return ""
    if along.side in (EITHER, ON, BEYOND):
        return context.say(f"side-{along.side}")
    return context.say("side", country=context.term("country", along.side))


def sector_words(along: Along, axis: Axis, context: Context) -> str:
    """Name the sectors that the ranges touch, in the order of km."""
    names = {sector.id: sector.name for sector, _, _ in axis.sectors}
    if len(along.sectors) == len(names):
        return context.say("sectors-all")
    return context.listed(context.plain(names[s]) for s in along.sectors)


def strip_table(marks: Sequence[Mark], axis: Axis, context: Context) -> Html:
    """Write every mark of a strip as a row, folded until it is wanted."""
    heads = ("col-date", "col-title", "col-km", "col-side", "col-sectors")
    head = tag("tr", *[tag("th", context.say(key), scope="col") for key in heads])
    rows = [
        tag(
            "tr",
            tag("td", context.date(mark.record)),
            tag(
                "th",
                tag(
                    "a",
                    context.words(mark.record.title),
                    href=context.link(mark.record),
                    target="_self",
                ),
                scope="row",
            ),
            tag("td", km_words(mark.along, context), *_doubt(mark, context)),
            tag("td", side_words(mark.along, context)),
            tag("td", sector_words(mark.along, axis, context)),
            data_id=mark.record.id,
        )
        for mark in reversed(marks)
    ]
    table = tag(
        "table",
        tag("thead", head),
        tag("tbody", *rows),
        class_="bv-records",
        lang=context.view.lang,
    )
    summary = tag("summary", context.say("strip-table", count=len(marks)))
    return tag("details", summary, table, class_="bv-s-table")
