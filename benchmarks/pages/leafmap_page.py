"""
The same atlas as leafmap puts it on a page of Streamlit, with its own layer control.

Without the full-screen button, whose script is on another host.
"""

from __future__ import annotations

import geopandas as gpd
import leafmap.foliumap as leafmap
from placed import atlas, begun, lines, placed, sure

left, middle, _ = begun()
with left:
    rows = sure(placed())
view = atlas().settings.view
base = leafmap.Map(
    center=(view.lat, view.lon), zoom=view.zoom, tiles=None, fullscreen_control=False
)
pieces = gpd.GeoDataFrame.from_features(lines(), crs="EPSG:4326")
base.add_gdf(pieces, layer_name="Lines", zoom_to_layer=False, info_mode=None)
points = gpd.points_from_xy(rows["lon"], rows["lat"], crs="EPSG:4326")
for name, its in gpd.GeoDataFrame(rows, geometry=points).groupby("name", sort=False):
    base.add_gdf(
        its[["title", "text", "geometry"]],
        layer_name=name,
        zoom_to_layer=False,
        info_mode="on_click",
    )
with middle:
    base.to_streamlit(height=700)
