"""What the charts share in Altair's terms: axes, legend, tooltip, the page's look."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import altair as alt

from borderviz.render.chart_parts import Datum, Look, Titles

Rows = Sequence[Datum]
TEXT = 12
SMALL = 11
# The only expressions, and no atlas has a say in them. A name is cut where `wrapped`
# put the breaks, and one of two lines moves up by half a line.
LINES = "slice(split(datum.label, '\\n'), 0, 2)"
IS_TALL = "indexof(datum.label, '\\n') >= 0"
# A vertical axis has its title above it, where nobody has to turn the head.
ABOVE: dict[str, Any] = {
    "titleAngle": 0,
    "titleAlign": "right",
    "titleBaseline": "bottom",
    "titleX": -6,
    "titleY": -7,
    "titleLimit": 110,
}
# A mark that says nothing of its own. Without the null the page has it tell titles, the
# atlas's words among them, by an expression that those can break.
SILENT: dict[str, Any] = {"aria": False, "tooltip": None}


def chart_of(rows: Rows) -> alt.Chart:
    """Begin a layer, its rows written into it."""
    return alt.Chart(alt.InlineData(values=list(rows)))


def names_axis() -> alt.Axis:
    """Lay out the names beside the bars, the title above them."""
    return alt.Axis(
        labelExpr=LINES,
        labelLimit=130,
        labelOffset={"condition": {"test": IS_TALL, "value": -6}, "value": 0},
        labelPadding=6,
        ticks=False,
        domain=False,
        **ABOVE,
    )


def count_axis() -> alt.Axis:
    """Lay out whole numbers below the bars."""
    return alt.Axis(format=",d", tickMinStep=1, tickCount=5, grid=True)


def height_axis() -> alt.Axis:
    """Lay out whole numbers beside the columns, the title above them."""
    return alt.Axis(
        format=",d", tickMinStep=1, tickCount=5, ticks=False, domain=False, **ABOVE
    )


def colour_of(parts: Mapping[str, str], *, has_legend: bool) -> alt.Color:
    """Give each part its colour and, above the chart, its entry in the legend."""
    legend = alt.Legend(
        orient="top",
        direction="horizontal",
        columns=_columns(parts),
        title=None,
        symbolType="circle",
        symbolSize=90,
        labelLimit=150,
    )
    scale = alt.Scale(domain=list(parts), range=list(parts.values()))
    return alt.Color("part:N", scale=scale, legend=legend if has_legend else None)


def _columns(names: Iterable[str]) -> int:
    """Choose how many entries of a legend stand side by side on a phone."""
    wide = {"W", "F"}
    longest = max(
        (sum(1 + (unicodedata.east_asian_width(c) in wide) for c in n) for n in names),
        default=0,
    )
    return 3 if longest <= 11 else 2 if longest <= 18 else 1


def tooltip_of(titles: Titles, *, has_part: bool) -> list[alt.Tooltip]:
    """List what a pointer finds: words and numbers in the reader's language."""
    found = [alt.Tooltip("name:N", title=titles.bar)]
    if has_part:
        found.append(alt.Tooltip("part:N", title=titles.part))
    return [*found, alt.Tooltip("shown:N", title=titles.count)]


def texts(
    rows: Rows,
    at: str,
    look: Look,
    align: Literal["left", "right"],
    *,
    dx: int = 0,
    dy: int = 0,
    text: str = "shown",
) -> alt.Chart:
    """Write numbers into the drawing; what they say is in other marks already."""
    written: alt.Chart = chart_of(rows).mark_text(
        align=align, dx=dx, dy=dy, color=look.colours["ink"], fontSize=SMALL, **SILENT
    )
    return written.encode(x=alt.X(f"{at}:Q"), text=alt.Text(f"{text}:N"))


def finish(
    layers: Sequence[alt.Chart], height: int, summary: str, look: Look
) -> alt.LayerChart:
    """Put layers together in the look of the page."""
    ink, muted, line = (look.colours[name] for name in ("ink", "muted", "line"))
    axis: dict[str, Any] = {
        "labelColor": ink,
        "titleColor": muted,
        "gridColor": line,
        "domainColor": muted,
        "tickColor": muted,
        "labelFontSize": TEXT,
        "titleFontSize": TEXT,
        "titleFontWeight": "normal",
    }
    legend: dict[str, Any] = {"labelColor": ink, "labelFontSize": TEXT, "rowPadding": 4}
    # Vega describes them in English only; the summary says what the chart shows.
    axis["aria"] = legend["aria"] = False
    number = alt.NumberLocale(
        decimal=look.decimal, thousands=look.thousands, grouping=[3], currency=["", ""]
    )
    config = alt.Config(
        background="transparent",
        font=look.font,
        axis=alt.AxisConfig(**axis),
        legend=alt.LegendConfig(**legend),
        view=alt.ViewConfig(stroke=None),
        locale=alt.Locale(number=number),
    )
    return alt.LayerChart(
        layer=list(layers),
        width="container",
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        description=summary,
        config=config,
    )
