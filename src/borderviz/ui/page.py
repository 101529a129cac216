"""One run of the page: load, read the view, draw, write the address.

Two fragments, one inside the other: a click on the map reruns only map and panel, a
toggle the layers too. A full run happens on a visit, a reload and the back button.
"""

from __future__ import annotations

import time

import streamlit as st

from borderviz.errors import BorderVizError, ContentError
from borderviz.paths import default_atlas
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.sentence import page_title, sentence_html
from borderviz.render.timeline_html import timeline_html
from borderviz.selection import select
from borderviz.texts import say
from borderviz.ui import (
    detail_panel,
    filters_panel,
    header,
    layers_panel,
    map_panel,
    search_panel,
    sheets_panel,
    state,
)
from borderviz.ui.data import Shared, shared

YIELD_S = 0.005


def run() -> None:
    """Draw the page for the atlas that the environment names."""
    st.set_page_config(page_title="borderviz", layout="wide", page_icon=None)
    try:
        found = shared(default_atlas())
    except BorderVizError as error:
        _broken(error)
        return
    st.html(tag("style", Html(found.css), class_="bv-css"))
    _view(found)


@st.fragment
def _view(found: Shared) -> None:
    """Draw the view the reader has."""
    decoded = state.read(found.atlas)
    with st.container(key="header"):
        header.draw(found.atlas, decoded.view)
    with st.container(key="body"):
        # The map first, whatever its column: the browser fetches what the parts of the
        # page need in their order, and the map has the longest way to go.
        _map_and_detail(found)
        selection = select(found.atlas, decoded.view)
        context = Context(found.atlas, decoded.view)
        with st.container(key="sentence"):
            st.html(sentence_html(selection, context))
        with st.container(key="timeline"):
            st.html(timeline_html(selection, context))
        with st.container(key="left"):
            layers_panel.draw_fold(found.atlas, decoded.view)
            with st.container(key="filters"):
                filters_panel.draw(found.atlas, decoded.view)
            with st.container(key="layers"):
                layers_panel.draw(found.atlas, decoded.view, selection)
        with st.container(key="sheets"):
            sheets_panel.draw(selection, context)


@st.fragment
def _map_and_detail(found: Shared) -> None:
    """Draw what a click on the map changes; a link may change more: then all reruns."""
    if state.needs_page():
        st.rerun()
    decoded = state.read(found.atlas)
    context = Context(found.atlas, decoded.view)
    selection = select(found.atlas, decoded.view)
    with st.container(key="map"):
        map_panel.draw(found, decoded.view, selection, page_title(selection, context))
    # Give way to the thread that sends: the map's command then leaves before the rest
    # of the page, whose drawing it would wait for. A filter took 0.12 s without, 0.08 s
    # with it.
    time.sleep(YIELD_S)
    with st.container(key="search"):
        search_panel.draw(found.index, context)
    with st.container(key="detail"):
        detail_panel.draw(found.atlas, decoded)
    state.write(found.atlas)


def _broken(error: BorderVizError) -> None:
    """Say what is wrong with the content, without a traceback."""
    problems = error.problems if isinstance(error, ContentError) else ()
    st.error(
        say("content-error", "en", count=len(problems)) if problems else str(error)
    )
    if problems:
        st.write(say("content-error-hint", "en"))
        st.html(tag("ul", *[tag("li", str(problem)) for problem in problems[:12]]))
