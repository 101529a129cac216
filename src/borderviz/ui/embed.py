"""The page in a frame of another one: the map, what it is, the way to the whole.

Streamlit tells that it is embedded by the parameter `embed=true`, which it keeps in the
address by itself.
"""

from __future__ import annotations

import streamlit as st

from borderviz.render.context import Context
from borderviz.render.embed_html import embed_foot_html, embed_head_html
from borderviz.render.html import Html, tag
from borderviz.render.sentence import page_title
from borderviz.render.web_files import web_file
from borderviz.selection import select
from borderviz.ui import map_panel, overlay_state, state
from borderviz.ui.data import Shared, collect_now_and_then


@st.fragment
def draw(found: Shared) -> None:
    """Draw the map with a line above and one below it; all else is a click away."""
    view = state.read(found.atlas).view.with_(page="", listed="", sheet="", sort="")
    context = Context(found.atlas, view)
    selection = select(found.atlas, view)
    # The operator's data: a reader's own cannot be given here.
    own = overlay_state.shown(found.atlas, view.filters)
    st.html(tag("style", Html(web_file("embed.css")), class_="bv-css"))
    with st.container(key="embed"):
        st.html(embed_head_html(selection, context))
        with st.container(key="map"):
            title = page_title(selection, context)
            map_panel.draw(found, view, selection, title, own)
            if own and own.packed:
                st.html(Html(own.packed))
        st.html(embed_foot_html(selection, context, st.context.url or ""))
    state.write(found.atlas)
    collect_now_and_then()
