"""The top of the page: title and language."""

from __future__ import annotations

import streamlit as st

from borderviz.content import Atlas
from borderviz.permalink import ViewState
from borderviz.render.context import Context
from borderviz.render.html import tag
from borderviz.ui import state


def draw(atlas: Atlas, view: ViewState) -> None:
    """Draw the title and the choice of language."""
    context = Context(atlas, view)
    title = context.words(atlas.settings.title, "h1")
    subtitle = context.words(atlas.settings.subtitle, "p")
    skip = tag("a", context.say("skip"), href="#bv-panel", class_="bv-skip")
    st.html(tag("div", skip, title, subtitle, class_="bv-title", lang=view.lang))
    languages = atlas.settings.languages
    if len(languages) > 1:
        st.segmented_control(
            context.say("language"),
            list(languages),
            format_func=lambda code: languages[code],
            key=state.LANG_KEY,
            required=True,
            label_visibility="collapsed",
            on_change=state.on_language,
            args=(atlas,),
        )
