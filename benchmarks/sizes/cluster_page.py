"""What those write who have met that page's limit: the browser clusters the points."""

import folium
import streamlit as st
from folium.plugins import FastMarkerCluster
from streamlit_folium import st_folium
from ticked import chosen

# folium's own asks for icons of a plug-in that is not needed here.
MARKER = "(row) => L.marker(new L.LatLng(row[0], row[1]))"

st.set_page_config(layout="wide")
points = chosen()
view = folium.Map(location=(40.3, 127.0), zoom_start=7, tiles=None, maxZoom=18)
places = points[["lat", "lon"]].to_numpy().tolist()
FastMarkerCluster(places, callback=MARKER).add_to(view)
st_folium(view, height=700, use_container_width=True, returned_objects=[])
