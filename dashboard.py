"""The dashboard: `streamlit run dashboard.py`, or `make run`."""

if __name__ == "__main__":  # how Streamlit runs it, once a visit and a change
    from borderviz.ui.page import run

    run()
else:  # how the server imports it, once
    from streamlit.starlette import App

    from borderviz.ui import front

    app = App(__file__, **front.parts())
