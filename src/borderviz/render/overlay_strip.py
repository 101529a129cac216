"""A reader's own rows on the strips: marks where they are few, counts where many.

They stand below what the atlas shows, on the same kilometres, with years of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from borderviz.axes import Axis
from borderviz.overlay.ends import know_ends
from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.overlay_bins import Bins, bins_of
from borderviz.render.overlay_rows import (
    Indices,
    along_of,
    mark_class,
    own_name,
    rows_on,
)
from borderviz.render.overlay_strip_table import (
    bins_table,
    km_span,
    rows_table,
    time_span,
)
from borderviz.render.overlay_style import MARKS, OTHER, kinds
from borderviz.render.overlay_timeline import scale_of_rows
from borderviz.render.strip_events import DARK_KM, DARKEST, FAINTEST, NARROWEST
from borderviz.render.strip_parts import Beside, percent
from borderviz.render.timeline_html import Scale

# More rows than this would hide each other: they are counted instead.
MOST_MARKS = 300
# Rows without a date stand at the foot, on this share of the height, below their name.
UNDATED, NAMED = 0.24, 0.11
_PALEST = 0.14

Own = Callable[[Axis], Beside]


def own_strips(
    overlay: Overlay, mask: NDArray[np.bool_], context: Context, chosen: int = -1
) -> Own:
    """
    Prepare what joins each strip.

    Parameters
    ----------
    overlay, mask
        The rows, and which of them are shown.
    context
        Words.
    chosen
        Index of the chosen row; -1 for none.
    """
    return partial(_beside, overlay, mask, context, chosen)


def _beside(
    overlay: Overlay,
    mask: NDArray[np.bool_],
    context: Context,
    chosen: int,
    axis: Axis,
) -> Beside:
    rows = rows_on(overlay, mask, axis)
    name = tag("small", own_name(overlay, context), class_="bv-s-row")
    said = context.say(
        "overlay-view-strip",
        own=own_name(overlay, context),
        count=len(rows),
        elsewhere=int(np.count_nonzero(mask)) - len(rows),
    )
    if not len(rows):
        return Beside(Html(""), tag("p", said, class_="bv-small bv-own-words"))
    scale = scale_of_rows(overlay, rows)
    foot = UNDATED if scale is None or (overlay.first[rows] == 0).any() else 0.0
    grid = _grid(scale, foot, context)
    if len(rows) <= MOST_MARKS:
        marks = _marks(overlay, rows, axis, scale, foot, chosen)
        hint = context.say("overlay-view-strip-marks")
        twin = rows_table(overlay, rows, axis, context, chosen)
    else:
        bins = bins_of(overlay, rows, axis.line.length_km, scale)
        marks = _cells(bins, axis, scale, foot, context)
        hint = _bins_said(bins, context)
        twin = bins_table(bins, len(rows), context)
    drawing = tag("div", *grid, *marks, class_="bv-s-marks bv-own-marks")
    words = tag("p", said, " ", hint, class_="bv-small bv-own-words")
    plot = tag("div", name, drawing, class_="bv-own-strip", aria_hidden="true")
    return Beside(plot, join([words, twin]))


def _at(day: float, scale: Scale, foot: float) -> float:
    """Return how high a day stands: 0 is the foot of the drawing, 1 its head."""
    start = dt.date(scale.first, 1, 1).toordinal()
    end = dt.date(scale.last + 1, 1, 1).toordinal()
    part = min(max((day - start) / (end - start), 0.0), 1.0)
    return foot + (1 - foot) * part


def _middle(foot: float) -> float:
    """Return how high rows without a date stand."""
    return (foot - NAMED) / 2


def _grid(scale: Scale | None, foot: float, context: Context) -> list[Html]:
    """Draw a line at each named year, and name the rows without a date."""
    lines = []
    if scale is not None:
        named = scale.named()
        every = max(1, -(-len(named) // 8))
        for year in named[::every]:
            at = _at(dt.date(year, 1, 1).toordinal(), scale, foot)
            place = f"bottom:{100 * at:.2f}%"
            lines.append(tag("span", str(year), class_="bv-s-year", style=place))
    if foot:
        words = context.say("overlay-view-no-date")
        place = f"height:{100 * foot:.2f}%"
        lines.append(tag("span", words, class_="bv-own-undated", style=place))
    return lines


def _marks(
    overlay: Overlay,
    rows: Indices,
    axis: Axis,
    scale: Scale | None,
    foot: float,
    chosen: int,
) -> list[Html]:
    """Draw a mark for each row, and a bar where its place is a range."""
    drawn, looks = [], (*MARKS, OTHER)
    know_ends(overlay, rows.tolist(), {axis.record.id: axis})
    for index, kind in zip(rows.tolist(), kinds(overlay)[rows].tolist(), strict=True):
        along, mark = along_of(overlay, index, axis), looks[kind]
        first, last = int(overlay.first[index]), int(overlay.last[index])
        at = (
            _at((first + last + 1) / 2, scale, foot)
            if first and scale
            else _middle(foot)
        )
        bottom = f"bottom:{100 * at:.2f}%"
        on = " bv-t-on" if index == chosen else ""
        span = f"{along.low:.1f},{along.high:.1f}"
        if along.width / axis.line.length_km > NARROWEST:
            ink = min(DARKEST, DARKEST * DARK_KM / max(along.width, DARK_KM))
            left, width = percent(along.low, axis), percent(along.width, axis)
            place = f"left:{left};width:{width};{bottom}"
            drawn.append(
                tag(
                    "i",
                    class_=f"bv-own bv-s-bar bv-c-{mark.token}{on}",
                    style=f"{place};opacity:{max(FAINTEST, ink):.2f}",
                    data_row=str(index),
                    data_span=span,
                )
            )
        drawn.append(
            tag(
                "i",
                class_=f"bv-own bv-own-mark bv-own-dot {mark_class(mark)}{on}",
                style=f"left:{percent(along.km or 0.0, axis)};{bottom}",
                title=overlay.titles[index][:200] or None,
                data_row=str(index),
                data_span=span,
            )
        )
    return drawn


def _cells(
    bins: Bins, axis: Axis, scale: Scale | None, foot: float, context: Context
) -> list[Html]:
    """Draw a cell for each bin with rows, the darker the more there are."""
    top, drawn = float(bins.counts.max()), []
    for k, t in np.argwhere(bins.counts).tolist():
        count = int(bins.counts[k, t])
        low, high = 0.0, foot - NAMED
        if t < len(bins.years) - 1 and scale is not None:
            days = (dt.date(int(y), 1, 1).toordinal() for y in bins.years[t : t + 2])
            low, high = (_at(day, scale, foot) for day in days)
        start, end = (float(km) for km in bins.kms[k : k + 2])
        words = context.say(
            "overlay-view-bin",
            km=km_span(bins, k, context),
            time=time_span(bins, t, context),
            count=count,
        )
        ink = max(_PALEST, (count / top) ** 0.5)
        style = (
            f"left:{percent(start, axis)};width:{percent(end - start, axis)};"
            f"bottom:{100 * low:.2f}%;height:{100 * (high - low):.2f}%;"
            f"opacity:{ink:.2f}"
        )
        drawn.append(tag("i", class_="bv-own-cell", style=style, title=words))
    return drawn


def _bins_said(bins: Bins, context: Context) -> str:
    """Say that rows are counted, and where most of them are."""
    k, t = np.unravel_index(int(np.argmax(bins.counts)), bins.counts.shape)
    return context.say(
        "overlay-view-strip-bins",
        km=km_span(bins, int(k), context),
        time=time_span(bins, int(t), context),
        most=int(bins.counts.max()),
    )
