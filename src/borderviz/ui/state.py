"""The reader's view: the one place that touches session state and the address.

The address is the state. On a full run (a first visit, a reload, the back button) the
view is read from it; while the reader works, callbacks change the view and `write`
brings the address after it. Widgets are set from the view, never the other way round.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from borderviz.content import Atlas
from borderviz.permalink import decode, decode_query, encode, is_position
from borderviz.render.basemaps import BASEMAPS
from borderviz.selection import with_event_layers
from borderviz.ui import filter_widgets, overlay_state
from borderviz.view import Decoded, ViewState

MAP_KEY = "bv-map-value"
LANG_KEY = "lang"
CIRCLES_KEY = "layer-circles"
BASEMAP_KEY = "basemap"
OPEN_KEY = "layers-open"
FIELD_KEY = "search-field"


# What a step of the story decides: a reader who changes it is in the free map.
_STORYS_OWN = frozenset({"layers", "filters", "sheet", "sort", "circles"})


def layer_key(identity: str) -> str:
    """Name the widget of a layer; it is also a class of the page."""
    return f"layer-{identity}"


def read(atlas: Atlas) -> Decoded:
    """
    Return the view to draw, and what of the address could not be used.

    Parameters
    ----------
    atlas
        Gives defaults and known ids.
    """
    now = _address()
    kept: Decoded | None = st.session_state.get("bv-decoded")
    # An atlas that was edited meanwhile may not know what the view speaks of.
    is_of_this = st.session_state.get("bv-atlas") == atlas.fingerprint
    if kept is None or not is_of_this or st.session_state.get("bv-written") != now:
        kept = decode(st.query_params.to_dict(), atlas, tuple(BASEMAPS))
        st.session_state["bv-decoded"] = kept
        st.session_state["bv-atlas"] = atlas.fingerprint
        st.session_state["bv-written"] = now
        st.session_state["bv-nav"] = navigation() + 1
        if kept.view.selected:
            overlay_state.own().choose(-1)
        _set_widgets(kept.view, atlas)
    return kept


def write(atlas: Atlas) -> None:
    """Bring the address after the view; leave it alone if it says the same."""
    decoded: Decoded = st.session_state["bv-decoded"]
    at = st.query_params.get("at", "")
    # Where the map was before a step of the story is no part of the step.
    is_turned = st.session_state.pop("bv-turned", False)
    view = decoded.view.with_(at=at if is_position(at) and not is_turned else "")
    wanted = encode(view, atlas)
    foreign = {
        k: v for k, v in st.query_params.to_dict().items() if k.startswith("embed")
    }
    if st.session_state.get("bv-changed"):
        st.query_params.from_dict({**foreign, **wanted})
        st.session_state["bv-changed"] = False
        st.session_state["bv-written"] = _address()


def navigation() -> int:
    """Count how often the view came from the address."""
    return int(st.session_state.get("bv-nav", 0))


def acknowledged() -> int:
    """Return the number of the last message of the map that was handled."""
    return int(st.session_state.get("bv-ack", 0))


def change(**changes: Any) -> None:
    """Change some fields of the view, and forget notes about the old address."""
    decoded: Decoded = st.session_state["bv-decoded"]
    view = decoded.view.with_(**changes)
    if view.story and not _STORYS_OWN.isdisjoint(changes):
        view = view.with_(story="")
    st.session_state["bv-decoded"] = Decoded(view)
    st.session_state["bv-changed"] = True


def on_layer(identity: str, atlas: Atlas) -> None:
    """Take over a layer's checkbox."""
    view = _view()
    wanted = set(view.layers) ^ {identity}
    if st.session_state[layer_key(identity)] == (identity in view.layers):
        return
    change(layers=tuple(x.id for x in atlas.settings.layers if x.id in wanted))


def on_years(atlas: Atlas) -> None:
    """Take over the span of years."""
    change(filters=filter_widgets.from_years(_view(), atlas))


def on_filter(field: str) -> None:
    """Take over one filter's widget."""
    change(filters=filter_widgets.from_field(_view(), field))


def on_preset(atlas: Atlas) -> None:
    """Take over a prepared view: its filters, with every layer on that it may need."""
    filters = filter_widgets.from_preset(atlas)
    if filters is not None:
        layers = with_event_layers(atlas, _view()).layers
        change(filters=filters, layers=layers)
        _set_widgets(_view(), atlas)


def on_search() -> None:
    """Take over the search field, when the reader leaves it or presses Enter."""
    st.session_state["bv-searched"] = st.session_state[FIELD_KEY]


def _end_search() -> None:
    """Empty the field when something was chosen."""
    st.session_state["bv-searched"] = ""
    st.session_state[FIELD_KEY] = ""


def searched() -> str:
    """Return what the reader looks for now."""
    return str(st.session_state.get("bv-searched", ""))


def _view() -> ViewState:
    decoded: Decoded = st.session_state["bv-decoded"]
    return decoded.view


def on_circles() -> None:
    """Take over the checkbox for all circles."""
    change(circles=bool(st.session_state[CIRCLES_KEY]))


def on_basemap() -> None:
    """Take over the choice of background."""
    wanted = st.session_state[BASEMAP_KEY]
    if wanted in ("", *BASEMAPS):
        change(basemap=wanted)


def on_language(atlas: Atlas) -> None:
    """Take over the choice of language; a click on the chosen one keeps it."""
    wanted = st.session_state.get(LANG_KEY)
    if wanted in atlas.settings.languages:
        change(lang=wanted)
        # The browser knows an option by its words, which are others now.
        _set_widgets(_view(), atlas)


def on_map(atlas: Atlas) -> None:
    """
    Take over a message of the map: a record was chosen, or a link was followed.

    The message comes from the reader's browser and is trusted as little as an address.
    """
    message = st.session_state.get(MAP_KEY)
    if not isinstance(message, dict) or not isinstance(message.get("n"), int):
        return
    st.session_state["bv-ack"] = message["n"]
    overlay_state.note_loss(message.get("lost"))
    picked, followed = message.get("set"), message.get("go")
    if isinstance(picked, dict) and "sel" in picked:
        wanted = picked["sel"]
        if isinstance(wanted, str) and wanted in atlas.records:
            overlay_state.own().choose(-1)
            _open(wanted)
    elif isinstance(picked, dict) and "own" in picked:
        if overlay_state.own().choose(picked["own"]):
            _open("")
    elif isinstance(picked, dict) and not {"ownsort", "ownpage"}.isdisjoint(picked):
        overlay_state.own().order(picked.get("ownsort"), picked.get("ownpage"))
        st.session_state["bv-needs-page"] = True
    elif isinstance(picked, dict) and isinstance(picked.get("q"), str):
        st.session_state["bv-searched"] = picked["q"][:200]
    elif isinstance(picked, dict):
        _on_brush(picked, atlas)
    elif isinstance(followed, str):
        before = _view()
        after = decode_query(followed[:2000], atlas, tuple(BASEMAPS))
        if after.view.selected or after.view.listed:
            overlay_state.own().choose(-1)
        st.session_state["bv-decoded"] = after
        st.session_state["bv-changed"] = True
        _end_search()
        st.session_state["bv-turned"] = bool(
            after.view.story and after.view.story != before.story
        )
        alike = after.view.with_(selected="", listed="", at="")
        if alike != before.with_(selected="", listed="", at=""):
            _set_widgets(after.view, atlas)
            st.session_state["bv-needs-page"] = True


def _open(record: str) -> None:
    """Show a record in the panel, or what stands there without one."""
    is_over = bool(_view().page)
    change(selected=record, listed="", page="")
    st.session_state["bv-needs-page"] = is_over
    _end_search()


def _on_brush(picked: dict[str, Any], atlas: Atlas) -> None:
    """Take over a span of time drawn on the timeline."""
    change(filters=filter_widgets.from_brush(picked, _view(), atlas))
    _set_widgets(_view(), atlas)
    st.session_state["bv-needs-page"] = True


def needs_page() -> bool:
    """Tell, once, whether more than map and panel must be drawn anew."""
    return bool(st.session_state.pop("bv-needs-page", False))


def _address() -> tuple[tuple[str, str], ...]:
    """Describe the address without the map's position, which the browser keeps."""
    return tuple(
        sorted(
            (k, v) for k, v in st.query_params.to_dict().items() if k not in ("at", "v")
        )
    )


def _set_widgets(view: ViewState, atlas: Atlas) -> None:
    """Make every widget show the view."""
    for layer in atlas.settings.layers:
        st.session_state[layer_key(layer.id)] = layer.id in view.layers
    filter_widgets.show(view, atlas)
    st.session_state[CIRCLES_KEY] = view.circles
    st.session_state[BASEMAP_KEY] = view.basemap
    st.session_state[LANG_KEY] = view.lang
