"""A chart as a picture: the drawing of the page, with all that is read beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from borderviz.errors import BorderVizError
from borderviz.pictures.fonts import SVG_FAMILY
from borderviz.pictures.lettering import Run, width_of
from borderviz.pictures.page_svg import Draw, empty
from borderviz.pictures.page_words import Paragraph, Words
from borderviz.pictures.png import fonts_ready
from borderviz.pictures.reading_html import paragraphs
from borderviz.pictures.tokens import palette
from borderviz.render.chart_layout import TEXT
from borderviz.render.chart_parts import Chart, Scheme, plain
from borderviz.render.charts import charts
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.sentence import sentence
from borderviz.selection import Selection

# The Vega-Lite whose schema the charts are written in, of those that the renderer has.
VEGA_LITE = "6.4"
# A drawing whose heights are counts is so much of its width high; bars that lie have
# their own height, and on a slide grow to this many times of it.
UPRIGHT, TALLEST = 0.44, 2.3
# The charts that the filters change.
OF_RECORDS = ("decades", "areas", "modes")
_ROOT = re.compile(
    r'<svg [^>]*?width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"'
    r"[^>]*>(?P<inner>.*)</svg>\s*",
    re.DOTALL,
)


def chart_parts(
    identity: str, selection: Selection, context: Context, scheme: Scheme
) -> tuple[Words, Draw]:
    """
    Prepare a chart for a page.

    Parameters
    ----------
    identity
        Of the chart, one that the atlas has.
    selection, context
        What the view shows.
    scheme
        Colours.

    Returns
    -------
    tuple
        What is read around it, and what draws it. A chart of records without any says
        so in the place of the drawing.
    """
    drawn = {chart.id: chart for chart in charts(selection.records, context, scheme)}
    if identity in drawn:
        chart = drawn[identity]
        words = _words(chart, context)
        if identity in OF_RECORDS:
            words = replace(words, said=narrowed(words.said, selection, context))
        return words, _drawing(chart)
    nothing = context.say("chart-nothing")
    title = context.say(f"chart-{identity}-title")
    said = sentence(selection, context)
    return Words(title, said, (), ()), empty(nothing, palette(scheme))


def narrowed(said: str, selection: Selection, context: Context) -> str:
    """Put before a sentence what narrows the view, if anything does."""
    whole = context.say("sentence-all", total=selection.total)
    view = sentence(selection, context)
    return said if view == whole else f"{view} {said}"


def _words(chart: Chart, context: Context) -> Words:
    notes: list[Paragraph] = []
    is_folded = False
    for caveat in chart.caveats:
        open_, folded = paragraphs(caveat)
        notes += open_
        is_folded = is_folded or bool(folded)
    sources = [p for group in paragraphs(chart.sources) for p in group]
    if is_folded:
        notes.append((Run(context.say("picture-chart-more")),))
    return Words(
        plain(chart.title),
        plain(chart.summary),
        (*notes, *sources),
        (),
        context.say("picture-left-out"),
    )


def _drawing(chart: Chart) -> Draw:
    spec: dict[str, Any] = chart.chart.to_dict()
    spec["config"]["font"] = ", ".join(SVG_FAMILY)
    legends = [
        (legend, layer["encoding"]["color"]["scale"]["domain"])
        for layer in spec["layer"]
        if (legend := layer["encoding"].get("color", {}).get("legend"))
    ]
    is_upright = spec["layer"][0]["encoding"]["y"]["type"] == "quantitative"

    def draw(width: float, height: float | None) -> tuple[Html, float]:
        fitted = dict(spec, width=round(width))
        for legend, names in legends:
            legend["columns"] = _columns(names, width - 190)
        if is_upright:
            fitted["height"] = round(UPRIGHT * width)
        if height is not None:
            # Legend and axes are part of the height that a slide has.
            most = height if is_upright else spec["height"] * TALLEST + 90
            fitted["height"] = round(min(height, most))
            fitted["autosize"] = {"type": "fit", "contains": "padding"}
        inner, wide, high = nested(fitted)
        shrunk = min(1.0, width / wide, (height or high) / high)
        return (
            tag("g", inner, transform=f"scale({shrunk:.4f})") if shrunk < 1 else inner
        ), high * shrunk

    return draw


def _columns(names: Sequence[str], width: float) -> int:
    """Choose how many entries of a legend stand side by side: all, if there is room."""
    widest = max(width_of(name, TEXT) for name in names) + 32
    return max(1, min(len(names), int(width / widest)))


def nested(spec: dict[str, Any]) -> tuple[Html, float, float]:
    """
    Draw a specification by itself.

    Parameters
    ----------
    spec
        Vega-Lite, its data inline.

    Returns
    -------
    tuple
        What is inside the SVG, its width and its height.

    Raises
    ------
    BorderVizError
        If it cannot be drawn, or asks for data from elsewhere.
    """
    import vl_convert

    fonts_ready()
    # The list of places from which data may be fetched is empty: all of it is inline.
    try:
        drawn = vl_convert.vegalite_to_svg(
            spec, vl_version=VEGA_LITE, allowed_base_urls=[], show_warnings=False
        )
    except ValueError as error:
        msg = f"the chart could not be drawn: {error}"
        raise BorderVizError(msg) from error
    found = _ROOT.fullmatch(drawn)
    if found is None:
        msg = "the chart could not be drawn: the renderer wrote no SVG"
        raise BorderVizError(msg)
    return Html(found["inner"]), float(found["width"]), float(found["height"])
