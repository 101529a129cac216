"""The panel for one row of a reader's own data: every cell, and where on a border."""

from __future__ import annotations

import datetime as dt

import numpy as np

from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.overlay_rows import (
    along_of,
    as_is,
    axis_of,
    category_name,
    cell_words,
    date_of,
    mark_of,
    own_name,
    row_name,
    swatch,
)
from borderviz.render.record_html import article, section
from borderviz.render.strip_table import km_words, sector_words
from borderviz.render.where_html import along_drawing, counted, distance_words
from borderviz.texts import date_words, range_words

# A row farther from every border than this says so first: its kilometre means little.
FAR_KM = 100.0


def row_html(overlay: Overlay, index: int, context: Context) -> Html:
    """
    Write the whole panel of a row.

    Parameters
    ----------
    overlay, index
        The row.
    context
        Atlas, view and language.
    """
    return article(
        context,
        _head(overlay, index, context),
        section(context.say("overlay-view-cells"), _cells(overlay, index, context)),
        section(context.say("how-exact"), *_exact(overlay, index, context)),
        section(context.say("along"), *_along(overlay, index, context)),
        more="bv-own-record",
    )


def close_html(context: Context) -> Html:
    """Write the way back to what the panel shows without a choice."""
    return tag(
        "button",
        context.say("back-to-overview"),
        type="button",
        class_="bv-own-link bv-back",
        data_bv="own-close",
    )


def _head(overlay: Overlay, index: int, context: Context) -> Html:
    name = category_name(overlay, int(overlay.category[index]), context)
    kicker = [own_name(overlay, context)]
    if overlay.categories:
        kicker.append(as_is("span", name))
    row = context.number(int(overlay.numbers[index]))
    is_given = overlay.origin is not None
    note = "overlay-given-row-note" if is_given else "overlay-view-row-note"
    own = context.say(note, row=row, name="\0")
    before, after = own.split("\0")
    zoom = tag(
        "button",
        context.say("zoom-to"),
        type="button",
        class_="bv-button",
        data_bv="own-zoom",
        data_row=str(index),
    )
    date, mark = date_of(overlay, index, context), swatch(mark_of(overlay, index))
    return tag(
        "header",
        close_html(context),
        tag("p", mark, join(kicker, " · "), class_="bv-kicker"),
        as_is("h2", row_name(overlay, index, context)),
        tag("p", date, class_="bv-when") if date else "",
        tag("p", zoom, class_="bv-actions"),
        tag("p", before, as_is("b", overlay.name), after, class_="bv-small"),
        _origin(overlay, context),
    )


def _origin(overlay: Overlay, context: Context) -> Html:
    """Write what the operator states about the data, or that they state nothing."""
    found = overlay.origin
    if found is None:
        return Html("")
    said = (found.source, found.licence, found.attribution, found.url)
    parts = [as_is("span", words) for words in said if words]
    unstated = context.say("overlay-given-unstated")
    return tag("p", join(parts, " · ") if parts else unstated, class_="bv-small")


def _cells(overlay: Overlay, index: int, context: Context) -> Html:
    """List every cell of the row, also empty ones: the file as it is."""
    raw, row = overlay.raw, int(overlay.rows[index])
    rows = []
    for name, cells in zip(raw.columns, raw.cells, strict=True):
        words = cell_words(cells[row])
        value = as_is("span", words) if words else _empty(context)
        rows.append(
            tag("tr", tag("th", as_is("span", name), scope="row"), tag("td", value))
        )
    if not rows:
        return tag("p", context.say("overlay-view-no-cells"), class_="bv-small")
    return tag("table", tag("tbody", *rows), class_="bv-own-cells")


def _empty(context: Context) -> Html:
    return tag("small", context.say("overlay-view-empty"))


def _exact(overlay: Overlay, index: int, context: Context) -> list[Html]:
    """Say how exactly place and date are known: only what the file says."""
    radius = float(overlay.radii_km[index])
    is_known = np.isfinite(radius) and radius > 0
    said = [
        context.say("overlay-view-within", km=context.number(radius, 3))
        if is_known
        else context.say("overlay-view-within-unknown")
    ]
    if overlay.shapes is not None and overlay.shapes[index] is not None:
        said.append(context.say("overlay-view-shape"))
    elif _is_named(overlay):
        said.append(context.say("overlay-view-by-name"))
    first, last = int(overlay.first[index]), int(overlay.last[index])
    if first and last > first:
        lang = context.view.lang
        low, high = (
            date_words(dt.date.fromordinal(day).isoformat(), lang)
            for day in (first, last)
        )
        span = range_words(low, high, lang)
        said.append(context.say("overlay-view-date-span", span=span))
    return [tag("p", words) for words in said]


def _is_named(overlay: Overlay) -> bool:
    """Tell whether points come from the names of places alone."""
    columns, is_plain = overlay.choices.columns, overlay.raw.shapes is None
    return is_plain and bool(columns.get("place")) and not columns.get("lat")


def _along(overlay: Overlay, index: int, context: Context) -> list[Html]:
    axis = axis_of(overlay, index, context)
    if axis is None:
        return []
    along = along_of(overlay, index, axis)
    said = context.say(
        "along-km",
        km=km_words(along, context),
        length=context.number(axis.line.length_km),
        line=context.plain(axis.record.title),
    )
    parts = [tag("p", distance_words(along, context))]
    if along.sectors:
        names = sector_words(along, axis, context)
        parts.append(tag("p", context.say("along-sectors", names=names)))
    if (along.distance_km or 0.0) > FAR_KM:
        parts.append(tag("p", context.say("overlay-view-far"), class_="bv-caution"))
    worn = f"bv-c-{mark_of(overlay, index).token}"
    return [
        tag("p", tag("b", said)),
        along_drawing(along, axis, worn, context),
        *parts,
        counted(axis, context),
    ]
