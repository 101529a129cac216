"""What most people write first: one `folium.Marker` with a popup for each point."""

from html import escape

import folium
import streamlit as st
from streamlit_folium import st_folium
from ticked import chosen

st.set_page_config(layout="wide")
points = chosen()
view = folium.Map(location=(40.3, 127.0), zoom_start=7, tiles=None, maxZoom=18)
for row in points.itertuples():
    popup = f"<b>{escape(row.title)}</b><p>{row.date}, {row.category}</p>"
    folium.Marker((row.lat, row.lon), popup=popup).add_to(view)
st_folium(view, height=700, use_container_width=True)
