"""The map component, told only what changes: all else about it is made once.

`st_folium` renders the whole map with Jinja for each run of the page, though every map
here is the same but for its command. A test holds that what it would send is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st
import streamlit_folium

from borderviz.render.folium_map import base_map, view_group
from borderviz.render.html import script_json

# The frame fills its container by style sheet; the component wants a number too.
NOMINAL_HEIGHT = 700
# Stands for a command while what is around it is made.
_COMMAND = {"command": "command"}


@dataclass(frozen=True)
class _Frame:
    """What the component gets of every map, and what stands around a command."""

    arguments: dict[str, Any]
    key: str
    before: str
    after: str


def draw(
    script: str, command: dict[str, Any], *, key: str, on_change: Callable[[], None]
) -> None:
    """
    Draw the map, and listen to its messages alone: panning is silent.

    Parameters
    ----------
    script
        Address of the map's own script.
    command
        What the map is to show.
    key
        Where in the session's state the last message is put.
    on_change
        Called when there is one.
    """
    frame = _frame(script, key)

    def take() -> None:
        st.session_state[key] = st.session_state.get(frame.key, {})
        on_change()

    streamlit_folium._component_func(
        **{
            **frame.arguments,
            "feature_group": f"{frame.before}{script_json(command)}{frame.after}",
        },
        key=frame.key,
        default={},
        on_change=take,
    )


@lru_cache(maxsize=8)
def _frame(script: str, key: str) -> _Frame:
    """Make with the component's own means what it makes of a map."""
    base = base_map(script)
    base.get_root().render()
    # In the component's own order: each step renames parts of the map.
    header = streamlit_folium._get_header(base)
    html = streamlit_folium._get_html(base)
    leaflet = streamlit_folium._get_map_string(base)
    name = streamlit_folium.get_full_id(base)
    group = streamlit_folium._get_feature_group_string(view_group(_COMMAND), map=base)
    before, after = group.split(script_json(_COMMAND))
    arguments = {
        "script": leaflet,
        "header": header,
        "html": html,
        "id": name,
        "height": NOMINAL_HEIGHT,
        "width": None,
        "returned_objects": [],
        "zoom": None,
        "center": None,
        "feature_group": "",
        "return_on_hover": False,
        "layer_control": None,
        "pixelated": False,
        "css_links": [],
        "js_links": [address for _, address in base.default_js],
        "wrap_longitude": False,
    }
    return _Frame(
        arguments, streamlit_folium.generate_js_hash(leaflet, key), before, after
    )
