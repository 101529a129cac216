"""The map: a base that stays, and the command that brings it to the reader's view."""

from __future__ import annotations

import streamlit as st

from borderviz.permalink import is_position
from borderviz.render.basemaps import tiles
from borderviz.render.context import Context
from borderviz.render.map_axes import span
from borderviz.selection import Selection
from borderviz.ui import map_frame, overlay_state, state, visit
from borderviz.ui.data import Shared
from borderviz.ui.overlay_own import Shown
from borderviz.view import ViewState

# The part of the page that follows the view, as Streamlit knows it: all of it.
VIEW = "view"


def draw(
    found: Shared,
    view: ViewState,
    selection: Selection,
    title: str,
    own: Shown | None = None,
) -> None:
    """Draw the map as the view has it."""
    at = st.query_params.get("at", "")
    step = found.atlas.step_of.get(view.story)
    chosen = view.selected or (step.head.focus if step else None) or ""
    map_frame.draw(
        found.script,
        {
            "lang": view.lang,
            "layers": list(view.layers),
            "hidden": sorted(selection.hidden),
            "title": title,
            "selected": chosen,
            "step": view.story,
            "box": step.head.box if step else [],
            "quiet": chosen != view.selected,
            "circles": view.circles,
            "span": span(chosen, found.atlas),
            "tiles": tiles(view.basemap),
            "at": at if is_position(at) else "",
            "nav": state.navigation(),
            "ack": state.acknowledged(),
            "session": visit.session(),
            "own": overlay_state.has_own(),
            "failed": Context(found.atlas, view).say("map-failed"),
            **_own(own, view),
        },
        key=state.MAP_KEY,
        on_change=lambda: _on_message(found),
    )


def _on_message(found: Shared) -> None:
    """Take over what the map says; a link may change more than map and panel."""
    state.on_map(found.atlas)
    # A page in a frame has nothing but the map: it is drawn anew anyway.
    if state.needs_page() and not st.context.is_embedded:
        st.rerun(scope=VIEW)


def _own(own: Shown | None, view: ViewState) -> dict[str, object]:
    """Tell the map of the reader's own data, which a story leaves out."""
    if own is None:
        return {}
    from borderviz.render.overlay_map import command, crowd_command

    is_on = own.narrowing.on and not view.story
    if own.crowd:
        at = own.cell
        cell = [at.z, at.x, at.y, at.index] if at else None
        told = crowd_command(
            own.overlay, own.mask, own.chosen, asked=own.asked, cell=cell, on=is_on
        )
        return {"overlay": told}
    return {"overlay": command(own.overlay, own.mask, own.chosen, on=is_on)}
