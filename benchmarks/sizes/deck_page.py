"""The same points by deck.gl, which Streamlit brings: `st.pydeck_chart`."""

import pydeck
import streamlit as st
from ticked import chosen

st.set_page_config(layout="wide")
points = chosen()
layer = pydeck.Layer(
    "ScatterplotLayer",
    points[["lon", "lat", "title"]],
    id="points",
    get_position=["lon", "lat"],
    get_radius=300,
    radius_min_pixels=2,
    pickable=True,
)
view = pydeck.ViewState(latitude=40.3, longitude=127.0, zoom=6)
tooltip = {"text": "{title}"}
deck = pydeck.Deck([layer], map_style=None, initial_view_state=view, tooltip=tooltip)
st.pydeck_chart(deck, height=700)
