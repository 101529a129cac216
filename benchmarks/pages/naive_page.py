"""
The same atlas as most people would first put it on a map.

One `folium.Marker` with a popup for each placed record, the lines inlined as GeoJSON, a
box for each layer that rebuilds the map, a control in the map that hides layers without
the page, and everything the map component returns by default.
"""

from __future__ import annotations

from html import escape

import folium
from placed import atlas, begun, lines, panel, ticked
from streamlit_folium import st_folium

left, middle, right = begun()
with left:
    rows = ticked()
view = atlas().settings.view
base = folium.Map(location=(view.lat, view.lon), zoom_start=view.zoom, tiles=None)
for feature in lines()["features"]:
    folium.GeoJson(feature, control=False).add_to(base)
groups = {}
for row in rows.itertuples():
    if row.layer not in groups:
        groups[row.layer] = folium.FeatureGroup(name=row.name).add_to(base)
    folium.Marker(
        (row.lat, row.lon),
        popup=f"<b>{escape(row.title)}</b><p>{escape(row.text)}</p>",
        tooltip=escape(row.title),
    ).add_to(groups[row.layer])
folium.LayerControl(collapsed=False).add_to(base)

with middle:
    returned = st_folium(base, height=700, use_container_width=True)
names = dict(zip(rows["title"], rows["id"], strict=True))
panel(right, names.get((returned.get("last_object_clicked_tooltip") or "").strip()))
