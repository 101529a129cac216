"""Search: a field whose hits follow each key, because the map's script tells of it."""

from __future__ import annotations

import streamlit as st

from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.search import Hit, Index, search
from borderviz.ui import state
from borderviz.ui.layers_panel import escaped

MOST_HITS = 10


def draw(index: Index, context: Context) -> None:
    """Draw the field and what was found."""
    st.text_input(
        escaped(context.say("search")),
        key=state.FIELD_KEY,
        placeholder=context.say("search-hint"),
        label_visibility="collapsed",
        max_chars=200,
        on_change=state.on_search,
    )
    query = state.searched().strip()
    if query:
        st.html(hits_html(search(index, query, MOST_HITS), query, context))


def hits_html(hits: list[Hit], query: str, context: Context) -> Html:
    """Write the hits as links that select a record or go to a place."""
    if not hits:
        text = tag("p", context.say("search-none", query=query), class_="bv-small")
        return tag("div", text, class_="bv-hits", role="status", lang=context.view.lang)
    return tag(
        "nav",
        *[_hit(hit, context) for hit in hits],
        class_="bv-hits bv-record",
        aria_label=context.say("search"),
        lang=context.view.lang,
    )


def _hit(hit: Hit, context: Context) -> Html:
    if hit.kind == "record":
        record = context.atlas.records[hit.id]
        return context.record_link(record, note=context.say(f"kind-{record.kind}"))
    place, (lon, lat) = next(x for x in context.atlas.places if x[0].id == hit.id)
    at = f"{lat:.3f},{lon:.3f},10"
    return tag(
        "a",
        tag("i", class_="bv-dot", aria_hidden="true"),
        tag(
            "span", context.words(place.name), tag("small", context.say("search-place"))
        ),
        href=context.query(context.view.with_(at=at)),
        class_="bv-item",
        target="_self",
        data_bv="place",
        data_at=at,
    )
