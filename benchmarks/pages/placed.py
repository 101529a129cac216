"""What all pages of others share: the placed records, boxes for layers, the panel."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

import pandas as pd
import streamlit as st

from borderviz.content import Atlas, load
from borderviz.layers import layer_of
from borderviz.paths import default_atlas


@st.cache_resource
def atlas() -> Atlas:
    """Read the atlas once a process, so that reading it is not timed."""
    return load(default_atlas())


@st.cache_resource
def placed() -> pd.DataFrame:
    """Make a row of each record that has a place and a layer, once a process."""
    found = atlas()
    rows = []
    for name, (lon, lat) in found.positions.items():
        record = found.records[name]
        layer = layer_of(record, found.settings.layers)
        if layer is None:
            continue
        rows.append(
            {
                "id": name,
                "title": words(record.title).strip(),
                "text": words(record.statements[0].text),
                "layer": layer.id,
                "name": words(layer.name),
                "is_sure": record.confidence == "high",
                "lon": lon,
                "lat": lat,
            }
        )
    return pd.DataFrame(rows)


@st.cache_resource
def lines() -> dict[str, Any]:
    """Return the pieces of lines and zones as GeoJSON, once a process."""
    found = atlas()
    features = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": found.shapes[name].__geo_interface__,
        }
        for record in found.records.values()
        for name in record.geometry
    ]
    return {"type": "FeatureCollection", "features": features}


def words(texts: Mapping[str, str]) -> str:
    """Return a text in the atlas's own language."""
    lang = atlas().settings.default_language
    return texts.get(lang) or next(iter(texts.values()))


def begun() -> tuple[AbstractContextManager[Any], ...]:
    """Begin a page: its title, and columns for boxes, map and panel."""
    st.set_page_config(page_title="peer", layout="wide")
    st.title(words(atlas().settings.title))
    return tuple(st.columns([1, 3, 2]))


def sure(rows: pd.DataFrame) -> pd.DataFrame:
    """Draw a box that leaves those of high confidence; return what is left."""
    return rows[rows["is_sure"]] if st.checkbox("high", key="sure") else rows


def ticked() -> pd.DataFrame:
    """Draw a box for each layer and one for confidence; return the rows chosen."""
    rows = placed()
    for layer, name in rows[["layer", "name"]].drop_duplicates().to_numpy().tolist():
        if not st.checkbox(name, value=True, key=f"layer-{layer}"):
            rows = rows[rows["layer"] != layer]
    return sure(rows)


def panel(column: AbstractContextManager[Any], name: str | None) -> None:
    """Show the record that was chosen, if any, with all it states."""
    with column, st.container(key="detail"):
        if name is None:
            return
        record = atlas().records[name]
        st.header(words(record.title))
        st.write(str(record.date or ""))
        for statement in record.statements:
            st.write(words(statement.text))
