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
from borderviz.render.overlay_rows import Indices
from borderviz.render.overlay_style import MARKS, OTHER, kinds
from borderviz.render.timeline_html import Band, Scale
from borderviz.texts import date_words

HEIGHT_PX = 40
# Of many rows this share may lie outside the years shown at either end: a single
# mistyped year would press all else together.
OUTLIERS = 0.005
# Up to so many years each month has a bar; there are never more bars than this.
MONTHLY_YEARS, MOST_BARS = 10, 200
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
    kind, count = kinds(overlay)[rows], len(MARKS) + 1
    first = overlay.first[rows].astype(float)
    days = np.maximum(overlay.last[rows] + 1 - first, 1.0)
    before = [
        np.bincount(kind, np.clip((edge - first) / days, 0, 1), minlength=count)
        for edge in edges
    ]
    whole = np.bincount(kind, minlength=count).astype(float)
    return np.diff(np.column_stack([np.zeros(count), *before, whole]), axis=1)


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
    name = tag("small", context.say("overlay-view-own"), class_="bv-t-own-name")
    said = tag(
        "p", _said(overlay, mask, shown, edges, context), class_="bv-hidden-words"
    )
    drawing = tag("div", *bars, class_="bv-t-own-bars", aria_hidden="true")
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
    for mark, value in zip((*MARKS, OTHER), column, strict=True):
        if value > 0:
            now = at + 100 * float(value) / total
            stops.append(f"var(--bv-{mark.token}) {at:.1f}% {now:.1f}%")
            at = now
    if at < 99.95:
        stops.append(f"var(--bv-line) {at:.1f}% 100%")
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
    count = int(np.count_nonzero(mask & (overlay.first > 0)))
    undated = int(np.count_nonzero(mask)) - count
    if not count:
        return context.say("overlay-view-time-none", undated=undated)
    peak = int(np.argmax(bars))
    return context.say(
        "overlay-view-time",
        count=count,
        peak=_time((int(edges[peak]), int(edges[peak + 1])), context),
        most=round(float(bars[peak]), 1),
        outside=round(float(shown[:, 0].sum() + shown[:, -1].sum()), 1),
        undated=undated,
    )
