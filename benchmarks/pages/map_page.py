"""The same points by `st.map`, the least that can be written: no lines, no choosing."""

from __future__ import annotations

import streamlit as st
from placed import begun, ticked

left, middle, _ = begun()
with left:
    rows = ticked()
with middle:
    st.map(rows, height=700, size=1000)
