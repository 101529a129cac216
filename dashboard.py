"""The dashboard: `streamlit run dashboard.py`, or `make run`."""

from borderviz.ui.page import run

run()
