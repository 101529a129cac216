"""The twins of the strips of a reader's own rows, as tables: rows, or counts."""

from __future__ import annotations

import numpy as np

from borderviz.axes import Axis
from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.overlay_bins import Bins
from borderviz.render.overlay_rows import (
    Indices,
    along_of,
    chooser,
    date_of,
    row_name,
)
from borderviz.render.strip_table import km_words, sector_words, side_words


def rows_table(
    overlay: Overlay, rows: Indices, axis: Axis, context: Context, chosen: int
) -> Html:
    """
    Write every mark as a row, the newest first, folded until it is wanted.

    Parameters
    ----------
    overlay, rows
        Those on the strip.
    axis
        The border.
    context
        Words.
    chosen
        Index of the chosen row; -1 for none.
    """
    heads = ("col-date", "overlay-view-col-row", "col-km", "col-side", "col-sectors")
    found = sorted(rows.tolist(), key=lambda i: (-int(overlay.first[i]), i))
    body = []
    for index in found:
        along = along_of(overlay, index, axis)
        words = row_name(overlay, index, context)
        button = chooser(words, index, is_on=index == chosen)
        body.append(
            tag(
                "tr",
                tag("td", date_of(overlay, index, context)),
                tag("th", button, scope="row"),
                tag("td", km_words(along, context)),
                tag("td", side_words(along, context)),
                tag("td", sector_words(along, axis, context)),
                data_row=str(index),
                class_="bv-row-on" if index == chosen else None,
            )
        )
    head = [tag("th", context.say(key), scope="col") for key in heads]
    return _folded(tag("tr", *head), body, len(rows), context)


def _folded(head: Html, body: list[Html], count: int, context: Context) -> Html:
    table = tag(
        "table",
        tag("thead", head),
        tag("tbody", *body),
        class_="bv-records bv-own-table",
        lang=context.view.lang,
    )
    summary = tag("summary", context.say("overlay-view-strip-table", count=count))
    frame = tag("div", table, class_="bv-own-frame")
    return tag("details", summary, frame, class_="bv-s-table")


def km_span(bins: Bins, n: int, context: Context) -> str:
    """Name the kilometres of a bin."""
    low, high = (context.number(float(km)) for km in bins.kms[n : n + 2])
    return context.say("numbers-span", low=low, high=high)


def time_span(bins: Bins, n: int, context: Context) -> str:
    """Name the years of a bin; the last one is of rows without a date."""
    if n == len(bins.years) - 1:
        return context.say("overlay-view-no-date")
    first, last = int(bins.years[n]), int(bins.years[n + 1]) - 1
    if first == last:
        return str(first)
    return context.say("numbers-span", low=str(first), high=str(last))


def bins_table(bins: Bins, count: int, context: Context) -> Html:
    """
    Write the counts: kilometres down, years across, with sums.

    Parameters
    ----------
    bins
        The counts.
    count
        How many rows they are.
    context
        Words.
    """
    times = np.flatnonzero(bins.counts.any(axis=0)).tolist()
    heads = [time_span(bins, t, context) for t in times]
    heads = [context.say("col-km"), *heads, context.say("overlay-view-sum")]
    head = tag("tr", *[tag("th", x, scope="col", class_="bv-n") for x in heads])
    body = []
    for k in np.flatnonzero(bins.counts.any(axis=1)).tolist():
        row = bins.counts[k]
        numbers = [int(row[t]) for t in times] + [int(row.sum())]
        cells = [
            tag("td", context.number(x) if x else "", class_="bv-n") for x in numbers
        ]
        name = tag("th", km_span(bins, k, context), scope="row", class_="bv-n")
        body.append(tag("tr", name, *cells))
    return _folded(head, body, count, context)
