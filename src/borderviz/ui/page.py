"""One run of the page: load, read the view, draw, write the address.

Two fragments, one inside the other: a click on the map reruns only map and panel, a
toggle the layers too. A full run happens on a visit, a reload and the back button.
"""

from __future__ import annotations

import time

import streamlit as st

from borderviz.errors import BorderVizError
from borderviz.paths import default_atlas
from borderviz.render.context import Context
from borderviz.render.css import plain_css
from borderviz.render.error_html import error_html, reload_html
from borderviz.render.html import Html, tag
from borderviz.render.page_html import page_html
from borderviz.render.sentence import page_title, sentence_html
from borderviz.render.timeline_html import timeline_html
from borderviz.selection import Selection, select
from borderviz.texts import DEFAULT, catalogue
from borderviz.ui import (
    detail_panel,
    embed,
    filters_panel,
    header,
    layers_panel,
    map_panel,
    overlay_state,
    search_panel,
    sheets_panel,
    state,
)
from borderviz.ui.data import Shared, collect_now_and_then, shared
from borderviz.ui.kept_html import kept_html
from borderviz.ui.overlay_own import Shown
from borderviz.ui.turns import turn
from borderviz.view import ViewState

YIELD_S = 0.005
NAME = "borderviz"


@turn()
def run() -> None:
    """Draw the page for the atlas that the environment names."""
    try:
        found = shared(default_atlas())
    except BorderVizError as error:
        st.set_page_config(page_title=NAME, layout="wide", page_icon=None)
        _broken(error)
        return
    view = state.read(found.atlas).view
    title = page_title(select(found.atlas, view), Context(found.atlas, view))
    st.set_page_config(page_title=title, page_icon=None)
    st.html(tag("style", Html(found.css), class_="bv-css"))
    if st.context.is_embedded:
        embed.draw(found)
    else:
        if found.trouble:
            version = found.atlas.fingerprint
            st.html(reload_html(found.trouble, version, view.lang))
        _view(found)


@st.fragment(key=map_panel.VIEW)
@turn()
def _view(found: Shared) -> None:
    """Draw the view the reader has."""
    decoded = state.read(found.atlas)
    # Asked before anything is drawn: what comes meanwhile is on half of the page.
    is_coming = not overlay_state.is_finished()
    with st.container(key="header"):
        header.draw(found.atlas, decoded.view)
    with st.container(key="body"):
        # The map first, whatever its column: the browser fetches what the parts of the
        # page need in their order, and the map has the longest way to go.
        _map_and_detail(found)
        if not (decoded.view.story or decoded.view.page):
            _around(found, decoded.view)
    _own(overlay_state.shown(found.atlas, decoded.view.filters), is_coming=is_coming)
    if decoded.view.page:
        with st.container(key="page"):
            _page(Context(found.atlas, decoded.view))


def _around(found: Shared, view: ViewState) -> None:
    """Draw what stands around the map while it is free: words, filters, sheets."""
    selection, context = select(found.atlas, view), Context(found.atlas, view)
    own = overlay_state.shown(found.atlas, view.filters)
    with st.container(key="sentence"):
        st.html(_sentence(selection, context, own))
    with st.container(key="timeline"):
        st.html(_timeline(selection, context, own))
    with st.container(key="left"):
        layers_panel.draw_fold(found.atlas, view)
        with st.container(key="filters"):
            filters_panel.draw(found.atlas, view)
        with st.container(key="layers"):
            if own:
                _layer(own, context)
            layers_panel.draw(found.atlas, view, selection)
    with st.container(key="sheets"):
        sheets_panel.draw(selection, context, own)


# Here and in the sheets: what draws a reader's own data is imported when there is any.


def _sentence(selection: Selection, context: Context, own: Shown | None) -> Html:
    if own is None:
        return kept_html("sentence", context, lambda: sentence_html(selection, context))
    from borderviz.render.overlay_words import said_html

    said = said_html(own.overlay, own.mask, own.narrowing, context)
    return sentence_html(selection, context, own=said)


def _timeline(selection: Selection, context: Context, own: Shown | None) -> Html:
    if own is None:
        return kept_html("timeline", context, lambda: timeline_html(selection, context))
    from borderviz.render.overlay_timeline import band

    mine = band(own.overlay, own.mask, context)
    return timeline_html(selection, context, band=mine)


def _layer(own: Shown, context: Context) -> None:
    from borderviz.ui import overlay_layer

    with st.container(key="own"):
        overlay_layer.draw(own, context)


def _own(own: Shown | None, *, is_coming: bool) -> None:
    """Hand the reader's own data to the map, and wait for what is being read."""
    if own or is_coming:
        with st.container(key="overlay-data"):
            if own:
                from borderviz.render.overlay_css import overlay_css

                st.html(overlay_css())
                # Once a version: a message that the browser has is not sent again.
                if own.packed:
                    st.html(Html(own.packed))
            if is_coming:
                _watch()


@st.fragment(run_every=overlay_state.LOOK_EVERY_S)
def _watch() -> None:
    """Draw the page anew when a file has been read that took longer."""
    if overlay_state.is_finished():
        st.rerun()


def _page(context: Context) -> None:
    """Draw the page that lies over the map."""
    page = context.atlas.page_of[context.view.page]
    st.html(kept_html("page", context, lambda: page_html(page, context)))


@st.fragment
@turn()
def _map_and_detail(found: Shared) -> None:
    """Draw what a click on the map changes."""
    decoded = state.read(found.atlas)
    context = Context(found.atlas, decoded.view)
    selection = select(found.atlas, decoded.view)
    own = overlay_state.shown(found.atlas, decoded.view.filters)
    title = page_title(selection, context)
    with st.container(key="map"):
        map_panel.draw(found, decoded.view, selection, title, own)
    # Give way to the thread that sends: the map's command then leaves before the rest
    # of the page, whose drawing it would wait for. A filter took 0.12 s without, 0.08 s
    # with it.
    time.sleep(YIELD_S)
    with st.container(key="search"):
        search_panel.draw(found.index, context)
    with st.container(key="detail"):
        detail_panel.draw(found.atlas, decoded, own)
    state.write(found.atlas)
    collect_now_and_then()


def _broken(error: BorderVizError) -> None:
    """Say what is wrong with the content, without a traceback."""
    wanted = (st.context.locale or "").partition("-")[0]
    # A browser names what it likes, and the name of a catalogue is a path.
    lang = wanted if wanted.isalpha() and catalogue(wanted) else DEFAULT
    st.html(tag("style", Html(plain_css()), class_="bv-css"))
    st.html(error_html(error, lang))
