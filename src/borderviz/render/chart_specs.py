"""Charts as Altair draws them: bars, columns, a running total; no words of their own.

Nothing from an atlas may become code here. Its words are data: rows, the values of a
domain, an axis's unit, the sentence that describes a chart. They are never the title of
a line of a tooltip: Vega-Lite writes those into an expression and escapes quotes only.
It would do so with an axis's title too, to describe a mark to screen readers; so every
mark brings its own description, or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import altair as alt

from borderviz.render.chart_layout import (
    SILENT,
    Rows,
    chart_of,
    colour_of,
    count_axis,
    finish,
    height_axis,
    names_axis,
    texts,
    tooltip_of,
)
from borderviz.render.chart_parts import Look, Titles

# Pixels from one bar to the next.
BAR = 27
TALL_BAR = 36


def bars(
    rows: Rows,
    totals: Rows,
    parts: Mapping[str, str],
    titles: Titles,
    *,
    has_legend: bool,
    summary: str,
    look: Look,
) -> alt.LayerChart:
    """
    Draw stacked bars that lie, one below the other, with the sum at the end of each.

    Parameters
    ----------
    rows
        `bar` (its name, wrapped), `name`, `part`, `place` (order in the stack),
        `count`, `shown` (the count in words) and `said` (for screen readers).
    totals
        One for each bar: `bar`, `count`, `shown`, `said`.
    parts
        Colour by name of a part, in the order of the legend.
    titles
        Words of the interface.
    has_legend
        False where the bars' own names say it all.
    summary
        The chart in a sentence.
    look
        Colours and font.
    """
    names = list(dict.fromkeys(row["bar"] for row in totals))
    end = max(float(row["count"]) for row in totals)
    lying = alt.Y(
        "bar:N",
        sort=None,
        title=titles.bar,
        axis=names_axis(),
        scale=alt.Scale(domain=names, paddingInner=0.28, paddingOuter=0.2),
    )
    # Room at the right for the longest bar's sum.
    length = alt.X(
        "count:Q",
        title=titles.unit,
        stack="zero",
        axis=count_axis(),
        scale=alt.Scale(domain=[0, end * 1.12], nice=False),
    )
    stack = (
        chart_of(rows)
        .mark_bar(stroke=look.colours["panel"], strokeWidth=0.8)
        .encode(
            lying,
            length,
            colour_of(parts, has_legend=has_legend),
            alt.Order("place:Q"),
            alt.Description("said:N"),
            tooltip=tooltip_of(titles, has_part=has_legend),
        )
    )
    sums = texts(totals, "count", look, "left", dx=4).encode(y=alt.Y("bar:N"))
    step = TALL_BAR if any("\n" in str(name) for name in names) else BAR
    return finish([stack, sums], len(names) * step, summary, look)


def columns(
    rows: Rows,
    order: Sequence[str],
    labelled: Sequence[str],
    parts: Mapping[str, str],
    titles: Titles,
    *,
    summary: str,
    look: Look,
) -> alt.LayerChart:
    """
    Draw stacked columns side by side.

    Parameters
    ----------
    rows
        As for `bars`.
    order
        Every `bar`, from left to right; an empty name leaves a gap.
    labelled
        Those whose name is written below.
    parts, titles, summary, look
        As for `bars`.
    """
    axis = alt.Axis(values=list(labelled), labelAngle=-90, labelOverlap=False)
    across = alt.X(
        "bar:N",
        sort=None,
        title=titles.bar,
        axis=axis,
        scale=alt.Scale(domain=list(order), paddingInner=0.2, paddingOuter=0.1),
    )
    sizes: Counter[object] = Counter()
    for row in rows:
        sizes[row["bar"]] += int(row["count"])
    height = alt.Y(
        "count:Q",
        title=titles.unit,
        stack="zero",
        axis=height_axis(),
        scale=alt.Scale(domain=[0, max(sizes.values())], nice=True),
    )
    stack = (
        chart_of(rows)
        .mark_bar(stroke=look.colours["panel"], strokeWidth=0.4)
        .encode(
            across,
            height,
            colour_of(parts, has_legend=True),
            alt.Order("place:Q"),
            alt.Description("said:N"),
            tooltip=tooltip_of(titles, has_part=True),
        )
    )
    return finish([stack], 210, summary, look)


def running(rows: Rows, titles: Titles, *, summary: str, look: Look) -> alt.LayerChart:
    """
    Draw a running total: line and area with a point wherever it is known.

    Parameters
    ----------
    rows
        `year` (a number), `name`, `count`, `shown` and `said`, in order.
    titles, summary, look
        As for `bars`.
    """
    years = [float(row["year"]) for row in rows]
    axis = alt.Axis(format="d", tickMinStep=1, tickCount=6, grid=False)
    across = alt.X(
        "year:Q",
        title=titles.bar,
        axis=axis,
        scale=alt.Scale(domain=[min(years), max(years)], nice=False, padding=8),
    )
    height = alt.Y("count:Q", title=titles.unit, stack=None, axis=height_axis())
    colour = look.colours["chart-all"]
    base = chart_of(rows).encode(across, height)
    area = base.mark_area(color=colour, opacity=0.25, **SILENT)
    line = base.mark_line(color=colour, strokeWidth=2, **SILENT)
    points = base.mark_point(color=colour, filled=True, size=26, opacity=1).encode(
        alt.Description("said:N"), tooltip=tooltip_of(titles, has_part=False)
    )
    last = texts(rows[-1:], "year", look, "right", dy=-9).encode(y=alt.Y("count:Q"))
    return finish([area, line, points, last], 190, summary, look)


def beside(
    rows: Rows,
    small: Rows,
    parts: Mapping[str, str],
    titles: Titles,
    *,
    summary: str,
    look: Look,
) -> alt.LayerChart:
    """
    Draw a small number as a point on the axis of a large one, drawn as a bar.

    Parameters
    ----------
    rows, small
        As for `bars`, one of each for each bar. `small` has `told`, the label at the
        end of the bar, and `all`, where that is.
    parts
        Colour by name: the large, the small.
    titles, summary, look
        As for `bars`.
    """
    end = max(float(row["count"]) for row in rows)
    lying = alt.Y(
        "bar:N",
        sort=None,
        title=titles.bar,
        axis=names_axis(),
        scale=alt.Scale(domain=[row["bar"] for row in rows], paddingInner=0.35),
    )
    length = alt.X(
        "count:Q",
        title=titles.unit,
        axis=count_axis(),
        scale=alt.Scale(domain=[0, end * 1.34], nice=False),
    )
    told = [alt.Description("said:N")]
    tooltip = tooltip_of(titles, has_part=True)
    colour = colour_of(parts, has_legend=True)
    large = chart_of(rows).mark_bar()
    point = chart_of(small).mark_point(
        filled=True, size=70, opacity=1, stroke=look.colours["panel"], strokeWidth=1
    )
    layers: list[alt.Chart] = [
        layer.encode(lying, length, colour, *told, tooltip=tooltip)
        for layer in (large, point)
    ]
    words = texts(small, "all", look, "left", dx=6, text="told")
    layers.append(words.encode(y=alt.Y("bar:N")))
    return finish(layers, len(rows) * BAR, summary, look)
