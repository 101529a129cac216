"""The map: a base that stays, and the command that brings it to the reader's view."""

from __future__ import annotations

import streamlit as st
from streamlit_folium import st_folium

from borderviz.permalink import is_position
from borderviz.render.basemaps import tiles
from borderviz.render.context import Context
from borderviz.render.folium_map import base_map, view_group
from borderviz.render.map_axes import span
from borderviz.selection import Selection
from borderviz.ui import state
from borderviz.ui.data import Shared
from borderviz.ui.overlay_own import Shown
from borderviz.view import ViewState

# The frame fills its container by style sheet; the component wants a number too.
NOMINAL_HEIGHT = 700


def draw(
    found: Shared,
    view: ViewState,
    selection: Selection,
    title: str,
    own: Shown | None = None,
) -> None:
    """Draw the map and listen; `returned_objects` is empty, so panning is silent."""
    at = st.query_params.get("at", "")
    step = found.atlas.step_of.get(view.story)
    chosen = view.selected or (step.head.focus if step else None) or ""
    st_folium(
        base_map(found.script),
        key=state.MAP_KEY,
        height=NOMINAL_HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=view_group(
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
                "failed": Context(found.atlas, view).say("map-failed"),
                **_own(own, view),
            }
        ),
        on_change=lambda: state.on_map(found.atlas),
    )


def _own(own: Shown | None, view: ViewState) -> dict[str, object]:
    """Tell the map of the reader's own data, which a story leaves out."""
    if own is None:
        return {}
    from borderviz.render.overlay_map import command

    is_on = own.narrowing.on and not view.story
    return {"overlay": command(own.overlay, own.mask, own.chosen, on=is_on)}
