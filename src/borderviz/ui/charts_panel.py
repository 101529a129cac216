"""The charts: each with what it says in words, its caveats and its sources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.dataframe_util import convert_anything_to_arrow_bytes
from streamlit.elements.vega_charts import _convert_altair_to_vega_lite_spec

from borderviz.model import Record
from borderviz.render.chart_parts import Chart, Scheme
from borderviz.render.charts import charts
from borderviz.render.context import Context
from borderviz.render.html import Html, join, safe_text, tag

# Stands for the address of the list of sources: it alone differs where views differ
# in more than the events they show.
_SOURCES = "~sources~"


@dataclass(frozen=True)
class _Drawn:
    """A chart as Streamlit sends it: its specification, and its data by name."""

    title: Html
    spec: str
    data: dict[str, bytes]
    below: Html

    @property
    def size(self) -> int:
        """How many characters and bytes there are of it."""
        data = sum(map(len, self.data.values()))
        return len(self.title) + len(self.spec) + len(self.below) + data


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
    address = safe_text(context.link("", listed="sources"))
    for chart in _charts(records, context):
        st.html(_block(chart.title, context))
        # What `st.altair_chart` does at the end; what it does first is the long part.
        spec = {**json.loads(chart.spec), "datasets": dict(chart.data)}
        st.vega_lite_chart(spec=spec, width="stretch", theme=None)
        st.html(_block(Html(chart.below.replace(_SOURCES, address)), context))
    if not records:
        st.html(_block(tag("p", context.say("chart-nothing")), context))


def _charts(records: Sequence[Record], context: Context) -> tuple[_Drawn, ...]:
    """Return the charts of some events, drawn once for all who see them."""
    colours = scheme()
    unaddressed = replace(context, writer=lambda _: _SOURCES)
    return context.atlas.kept.of(
        ("charts", tuple(r.id for r in records), context.view.lang, colours),
        lambda: tuple(_drawn(x) for x in charts(records, unaddressed, colours)),
        size_of=lambda drawn: sum(chart.size for chart in drawn),
    )


def _drawn(chart: Chart) -> _Drawn:
    spec = dict(_convert_altair_to_vega_lite_spec(chart.chart))
    data = {
        name: convert_anything_to_arrow_bytes(rows)
        for name, rows in spec.pop("datasets").items()
    }
    return _Drawn(tag("h3", chart.title), json.dumps(spec), data, below(chart))


def scheme() -> Scheme:
    """Ask which colours the reader's browser shows; light if it does not say."""
    return "dark" if st.context.theme.type == "dark" else "light"


def below(chart: Chart) -> Html:
    """Write what stands under a chart."""
    notes = tag("div", *chart.caveats, chart.sources, class_="bv-small")
    return join([tag("p", chart.summary), notes])


def _block(content: Html, context: Context) -> Html:
    return tag("div", content, class_="bv-record bv-chart", lang=context.view.lang)
