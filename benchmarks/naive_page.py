"""
The same atlas as most people would first put it on a map.

One `folium.Marker` with a popup for each placed record, the lines inlined as GeoJSON,
a checkbox for each layer that rebuilds the map, and everything the map component
returns by default. Only the atlas itself is cached, so that reading it is not timed.
"""

from __future__ import annotations

from html import escape

import folium
import streamlit as st
from streamlit_folium import st_folium

from borderviz.content import Atlas, load
from borderviz.layers import layer_of
from borderviz.paths import default_atlas


@st.cache_resource
def _atlas() -> Atlas:
    return load(default_atlas())


def _words(texts: dict[str, str]) -> str:
    return texts.get(lang) or next(iter(texts.values()))


st.set_page_config(page_title="naive", layout="wide")
atlas = _atlas()
lang = atlas.settings.default_language
view = atlas.settings.view
st.title(atlas.settings.title[lang])

left, middle, right = st.columns([1, 3, 2])
layers = {
    name: layer_of(atlas.records[name], atlas.settings.layers)
    for name in atlas.positions
}
with left:
    shown = {
        layer.id
        for layer in atlas.settings.layers
        if layer in layers.values()
        and st.checkbox(layer.name[lang], value=True, key=f"layer-{layer.id}")
    }

base = folium.Map(location=(view.lat, view.lon), zoom_start=view.zoom, tiles=None)
for record in atlas.records.values():
    for name in record.geometry:
        folium.GeoJson(atlas.shapes[name]).add_to(base)
titles = {}
for name, (lon, lat) in atlas.positions.items():
    layer = layers[name]
    if layer is None or layer.id not in shown:
        continue
    record = atlas.records[name]
    title = _words(record.title).strip()
    text = _words(record.statements[0].text)
    titles[title] = record
    folium.Marker(
        (lat, lon),
        popup=f"<b>{escape(title)}</b><p>{escape(text)}</p>",
        tooltip=escape(title),
    ).add_to(base)

with middle:
    returned = st_folium(base, height=700, use_container_width=True)
with right, st.container(key="detail"):
    chosen = titles.get((returned.get("last_object_clicked_tooltip") or "").strip())
    if chosen is not None:
        st.header(_words(chosen.title))
        st.write(str(chosen.date or ""))
        for statement in chosen.statements:
            st.write(_words(statement.text))
