"""The charts: each with what it says in words, its caveats and its sources."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from borderviz.model import Record
from borderviz.render.chart_parts import Chart, Scheme
from borderviz.render.charts import charts
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag


def draw(records: Sequence[Record], context: Context) -> None:
    """
    Draw every chart, one below the other, as wide as what holds them.

    Parameters
    ----------
    records
        The events now selected.
    context
        Atlas, view and language.
    """
    for chart in charts(records, context, scheme()):
        st.html(_block(tag("h3", chart.title), context))
        st.altair_chart(chart.chart, width="stretch", theme=None)
        st.html(_block(below(chart), context))
    if not records:
        st.html(_block(tag("p", context.say("chart-nothing")), context))


def scheme() -> Scheme:
    """Ask which colours the reader's browser shows; light if it does not say."""
    return "dark" if st.context.theme.type == "dark" else "light"


def below(chart: Chart) -> Html:
    """Write what stands under a chart."""
    notes = tag("div", *chart.caveats, chart.sources, class_="bv-small")
    return join([tag("p", chart.summary), notes])


def _block(content: Html, context: Context) -> Html:
    return tag("div", content, class_="bv-record bv-chart", lang=context.view.lang)
