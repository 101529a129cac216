"""A Streamlit page with a title and nothing else: what every other page is held to."""

import streamlit as st

st.set_page_config(page_title="bare", layout="wide")
st.title("Bare")
