"""The script that Streamlit runs when the package is started by its command."""

from borderviz.ui.page import run

run()
