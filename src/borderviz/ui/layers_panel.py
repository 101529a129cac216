"""The layer toggles, which are the legend too: swatch, name, number on the map."""

from __future__ import annotations

import re

import streamlit as st

from borderviz.content import Atlas
from borderviz.layers import counts
from borderviz.render.basemaps import BASEMAPS, basemap_name
from borderviz.render.context import Context
from borderviz.render.html import tag
from borderviz.selection import Selection
from borderviz.ui import state
from borderviz.view import ViewState

# Also what makes an address a link of its own, a number or a dash a list.
_MEANT = re.compile(r"[\\`*_\[\]<>~$&|]|[.:@](?=\S)|^[-+#]|(?<=\d)[.)](?=\s)")


def draw_fold(atlas: Atlas, view: ViewState) -> None:
    """Draw what unfolds filters and layers where the page is narrow."""
    st.checkbox(escaped(Context(atlas, view).say("layers-show")), key=state.OPEN_KEY)


def draw(atlas: Atlas, view: ViewState, selection: Selection) -> None:
    """Draw one checkbox a layer under its group's heading, then the map's options."""
    context = Context(atlas, view)
    asked = ("labels", view.lang, view.filters)
    labels = atlas.kept.of(asked, lambda: _labels(context, selection))
    for group in atlas.settings.groups:
        st.html(tag("h2", context.plain(group.name), class_="bv-group", lang=view.lang))
        for layer in atlas.settings.layers:
            if layer.group != group.id:
                continue
            st.checkbox(
                escaped(labels[layer.id]),
                key=state.layer_key(layer.id),
                on_change=state.on_layer,
                args=(layer.id, atlas),
            )
    st.html(tag("h2", context.say("how-exact"), class_="bv-group", lang=view.lang))
    st.checkbox(
        escaped(context.say("uncertainty-all")),
        key=state.CIRCLES_KEY,
        on_change=state.on_circles,
    )
    st.selectbox(
        escaped(context.say("basemap")),
        ["", *BASEMAPS],
        format_func=lambda x: basemap_name(x) if x else context.say("basemap-offline"),
        key=state.BASEMAP_KEY,
        placeholder=context.say("basemap-offline"),
        on_change=state.on_basemap,
    )
    key, chosen = (
        ("basemap-active", view.basemap) if view.basemap else ("basemap-note", "")
    )
    names = basemap_name(chosen) if chosen else context.listed(_makers(), ",")
    st.html(tag("p", context.say(key, name=names), class_="bv-small", lang=view.lang))


def _labels(context: Context, selection: Selection) -> dict[str, str]:
    """Write each layer's name and number, and how many of it the filters leave."""
    atlas, found = context.atlas, {}
    number, left = counts(atlas), counts(atlas, selection.hidden)
    for layer in atlas.settings.layers:
        name, total = context.plain(layer.name), number[layer.id]
        key = "layer-count" if left[layer.id] == total else "layer-count-of"
        count = left[layer.id]
        found[layer.id] = context.say(key, name=name, count=count, total=total)
    return found


def _makers() -> list[str]:
    """Name the third parties, each once."""
    return list(dict.fromkeys(basemap_name(b).split(".")[0] for b in BASEMAPS))


def escaped(text: str) -> str:
    r"""
    Keep a label's characters from being read as Markdown, which knows pictures.

    Only where they could mean something: a screen reader is told the label as it is.

    Examples
    --------
    >>> escaped("a. b: *c* https://d.e"), escaped("1. a")
    ('a. b: \\*c\\* https\\://d\\.e', '1\\. a')
    """
    return _MEANT.sub(r"\\\g<0>", text)
