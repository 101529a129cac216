"""The band of a reader's own rows on the timeline: how many in each year or month.

A row whose date may mean many days is spread evenly over them, so that the bars add up
to the number of rows. Rows that filters leave out stand behind, grey.
"""

from __future__ import annotations

import datetime as dt
import math
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.lanes import share
from borderviz.render.overlay_rows import Indices, own_name
from borderviz.render.overlay_style import MARKS, OTHER, kinds
from borderviz.render.timeline_html import Band, Scale
from borderviz.texts import date_words

HEIGHT_PX = 40
# Of many rows this share may lie outside the years shown at either end: a single
# mistyped year would press all else together.
OUTLIERS = 0.005
# Up to so many years each month has a bar; there are never more bars than this.
MONTHLY_YEARS, MOST_BARS = 10, 200
# A colour in a bar, by a short name.
_LETTERS = "abcdefghi"
_LAST_YEAR = dt.MAXYEAR - 1

Mask = NDArray[np.bool_]


def band(overlay: Overlay, mask: Mask, context: Context) -> Band | None:
    """
    Prepare the band; None where no row has a date.

    Parameters
    ----------
    overlay, mask
        The rows, and which of them are shown.
    context
        Words.
    """
    scale = scale_of_rows(overlay, np.arange(len(overlay)))
    if scale is None:
        return None
    return Band(scale.first, scale.last, partial(_drawn, overlay, mask, context))


def scale_of_rows(overlay: Overlay, rows: Indices) -> Scale | None:
    """
    Return the whole years that dated rows need, but for outliers; None without dates.

    Parameters
    ----------
    overlay, rows
        The rows.
    """
    dated = rows[overlay.first[rows] > 0]
    if not len(dated):
        return None
    first = np.quantile(overlay.first[dated], OUTLIERS, method="lower")
    last = np.quantile(overlay.last[dated], 1 - OUTLIERS, method="higher")
    years = [dt.date.fromordinal(int(day)).year for day in (first, last)]
    low, high = (min(year, _LAST_YEAR) for year in years)
    return Scale(low, max(low, high))


def edges_of(scale: Scale) -> NDArray[np.int64]:
    """
    Part the years shown: the first day of each bar, and the day after the last.

    Parameters
    ----------
    scale
        The years.
    """
    years = scale.last + 1 - scale.first
    if years <= MONTHLY_YEARS:
        months = [(scale.first + n // 12, n % 12 + 1) for n in range(12 * years + 1)]
    else:
        step = math.ceil(years / MOST_BARS)
        months = [(year, 1) for year in range(scale.first, scale.last + 1, step)]
        months.append((scale.last + 1, 1))
    return np.array([dt.date(year, month, 1).toordinal() for year, month in months])


def spread(
    overlay: Overlay, mask: Mask, edges: NDArray[np.int64]
) -> NDArray[np.float64]:
    """
    Count dated rows in each bar by mark, spread over the days that they may mean.

    Parameters
    ----------
    overlay, mask
        The rows, and which of them count.
    edges
        (b + 1,) ordinals of days.

    Returns
    -------
    array
        (m, b + 2): for each mark what lies before, in each bar, and after. All of it
        adds up to the number of rows that have a date.
    """
    rows = np.flatnonzero(mask & (overlay.first > 0))
    starts, ends, code = overlay.spans
    # Rows of one mark that may mean the same days count together.
    sums = np.bincount(
        kinds(overlay)[rows] * np.int64(len(starts)) + code[rows],
        minlength=(len(MARKS) + 1) * len(starts),
    ).reshape(len(MARKS) + 1, -1)
    first = starts.astype(float)
    days = np.maximum(ends + 1 - first, 1.0)
    before = [sums @ np.clip((edge - first) / days, 0, 1) for edge in edges]
    counts = [np.zeros(len(sums)), *before, sums.sum(axis=1)]
    return np.diff(np.column_stack(counts), axis=1)


def _drawn(overlay: Overlay, mask: Mask, context: Context, scale: Scale) -> Html:
    """Draw the band on a scale."""
    edges = edges_of(scale)
    every = spread(overlay, np.ones(len(overlay), bool), edges)[:, 1:-1].sum(axis=0)
    shown = spread(overlay, mask, edges)
    bars = [
        _bar(column, float(total), float(every.max()), ends, scale, context)
        for column, total, ends in zip(
            shown[:, 1:-1].T, every, pairwise(edges), strict=True
        )
        if total > 0
    ]
    name = tag("small", own_name(overlay, context), class_="bv-t-own-name")
    said = tag(
        "p", _said(overlay, mask, shown, edges, context), class_="bv-hidden-words"
    )
    colours = ";".join(
        f"--{letter}:var(--bv-{mark.token})"
        for letter, mark in zip(_LETTERS, (*MARKS, OTHER), strict=True)
    )
    drawing = tag(
        "div", *bars, class_="bv-t-own-bars", style=colours, aria_hidden="true"
    )
    return join([said, tag("div", name, drawing, class_="bv-t-own")])


def _bar(
    column: NDArray[np.float64],
    total: float,
    top: float,
    ends: tuple[int, int],
    scale: Scale,
    context: Context,
) -> Html:
    """Draw a bar: the shown rows in their colours, the others grey above them."""
    start, end = (scale.at(dt.date.fromordinal(int(day))) for day in ends)
    stops, at = [], 0.0
    for letter, value in zip(_LETTERS, column, strict=True):
        if value > 0:
            at += 100 * float(value) / total
            # From 0 is from where the one before ends: there are up to 200 bars.
            stops.append(f"var(--{letter}) 0 {at:.3g}%")
    if at < 99.95:
        stops.append("var(--bv-line) 0 100%")
    height = max(2.0, HEIGHT_PX * total / top)
    words = context.say(
        "overlay-view-bar",
        time=_time(ends, context),
        count=round(float(column.sum()), 1),
    )
    return tag(
        "i",
        style=f"left:{share(start)};width:{share(end - start)};height:{height:.1f}px;"
        f"background:linear-gradient(to top,{','.join(stops)})",
        title=words,
    )


def _time(ends: tuple[int, int], context: Context) -> str:
    """Name the month, the year or the years of a bar."""
    first, last = (dt.date.fromordinal(int(d)) for d in (ends[0], ends[1] - 1))
    lang = context.view.lang
    if first.year != last.year:
        return context.say("numbers-span", low=str(first.year), high=str(last.year))
    is_month = first.month == last.month
    return date_words(first.isoformat()[: 7 if is_month else 4], lang)


def _said(
    overlay: Overlay,
    mask: Mask,
    shown: NDArray[np.float64],
    edges: NDArray[np.int64],
    context: Context,
) -> str:
    """Say what the band shows: how many, when most, how many outside or undated."""
    bars = shown[:, 1:-1].sum(axis=0)
    own = own_name(overlay, context)
    count = int(np.count_nonzero(mask & (overlay.first > 0)))
    undated = int(np.count_nonzero(mask)) - count
    if not count:
        return context.say("overlay-view-time-none", own=own, undated=undated)
    peak = int(np.argmax(bars))
    return context.say(
        "overlay-view-time",
        own=own,
        count=count,
        peak=_time((int(edges[peak]), int(edges[peak + 1])), context),
        most=round(float(bars[peak]), 1),
        outside=round(float(shown[:, 0].sum() + shown[:, -1].sum()), 1),
        undated=undated,
    )
