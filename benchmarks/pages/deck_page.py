"""The same atlas by deck.gl, which Streamlit brings: `st.pydeck_chart`."""

from __future__ import annotations

import pydeck
import streamlit as st
from placed import atlas, begun, lines, panel, ticked

left, middle, right = begun()
with left:
    rows = ticked()
view = atlas().settings.view
drawn = pydeck.Layer("GeoJsonLayer", lines(), id="lines", line_width_min_pixels=2)
points = pydeck.Layer(
    "ScatterplotLayer",
    rows[["lon", "lat", "id", "title"]],
    id="points",
    get_position=["lon", "lat"],
    get_radius=1000,
    radius_min_pixels=5,
    pickable=True,
)
with middle:
    deck = pydeck.Deck(
        [drawn, points],
        map_style=None,
        # deck.gl's zoom is one less than Leaflet's.
        initial_view_state=pydeck.ViewState(
            latitude=view.lat, longitude=view.lon, zoom=view.zoom - 1
        ),
        tooltip={"text": "{title}"},
    )
    event = st.pydeck_chart(deck, height=700, on_select="rerun", key="deck")
chosen = event.selection["objects"].get("points") or [{}]
panel(right, chosen[0].get("id"))
