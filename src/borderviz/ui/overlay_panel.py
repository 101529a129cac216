"""The sheet for a reader's own data: a place to drop a file, and what became of it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from borderviz.overlay.example import example_file
from borderviz.render.context import Context
from borderviz.render.overlay_page import (
    heading_html,
    intro_html,
    own_css,
    preview_html,
    privacy_html,
    problems_html,
    reading_html,
    refused_html,
    result_html,
    small_html,
)
from borderviz.ui import overlay_form, overlay_state
from borderviz.ui.layers_panel import escaped
from borderviz.ui.overlay_own import Shown
from borderviz.ui.overlay_reading import Upload

MOST_ROWS = 100_000


def draw(own: Shown | None, context: Context) -> None:
    """
    Draw the sheet.

    Parameters
    ----------
    own
        The reader's data; None before there is any.
    context
        Atlas, view and language.
    """
    st.html(own_css(context, mb=overlay_state.MOST_MB, rows=MOST_ROWS))
    if own is None:
        with st.container(key="yours-first"):
            with st.container(key="yours-new"):
                st.html(intro_html(context))
                _state(context)
                _file(context)
            with st.container(key="yours-told"):
                st.html(privacy_html(context))
                _example(context)
        return
    with st.container(key="yours-head", horizontal=True):
        st.html(result_html(own.overlay, int(own.mask.sum()), context))
        st.button(
            escaped(context.say("overlay-page-remove")),
            key="own-remove",
            on_click=overlay_state.remove,
        )
    _state(context)
    with st.container(key="yours-parts"):
        with st.container(key="yours-columns"):
            overlay_form.draw(own.overlay, context)
        with st.container(key="yours-rows"):
            _rows(own, context)
    with st.container(key="yours-more"):
        with st.container(key="yours-new"):
            _file(context)
            st.html(small_html(context, "overlay-page-replace"))
        with st.container(key="yours-told"):
            st.html(privacy_html(context))


def _state(context: Context) -> None:
    """Tell what is being read, or what was not."""
    mine = overlay_state.own()
    if mine.coming:
        st.html(reading_html(mine.name, context))
    elif mine.refused:
        name, reason = mine.refused
        kept = mine.held is not None
        st.html(refused_html(name, reason, context, kept=kept))


def _file(context: Context) -> None:
    """Draw the place for a file; its kind is told by what is in it, not by its name."""
    overlay_state.keep_off_disk()
    st.file_uploader(
        escaped(context.say("overlay-page-file")),
        key=overlay_state.upload_key(),
        max_upload_size=overlay_state.MOST_MB,
        label_visibility="collapsed",
        on_change=overlay_state.on_upload,
        args=(context.atlas,),
    )


def _example(context: Context) -> None:
    """Draw the ways to try it with a file of ours."""
    atlas, lang = context.atlas, context.view.lang
    name = f"{context.say('overlay-page-example-name')}.csv"
    with st.container(key="yours-example", horizontal=True):
        st.button(
            escaped(context.say("overlay-page-example")),
            key="own-example",
            on_click=lambda: overlay_state.take(
                Upload(name, example_file(atlas, lang)), atlas
            ),
        )
        st.download_button(
            escaped(context.say("overlay-page-example-get")),
            data=partial(example_file, atlas, lang),
            file_name=name,
            mime="text/csv",
            key="own-example-get",
            on_click="ignore",
        )
    st.html(small_html(context, "overlay-page-example-said"))


def _rows(own: Shown, context: Context) -> None:
    """Draw the first rows, and those that are left out."""
    overlay = own.overlay
    st.html(heading_html("overlay-page-preview", context))
    st.html(preview_html(overlay.raw, overlay.choices, context))
    lists = (
        ("problems", overlay.problems, overlay.bad_count, ""),
        ("doubts", overlay.doubts, overlay.doubt_count, "overlay-page-doubts-said"),
    )
    for key, found, count, said in lists:
        if count:
            name = f"overlay-page-{key}"
            st.html(heading_html(name, context, said=said, count=count))
            words = context.say(name, count=count)
            st.html(problems_html(found, count, words, context))
    if overlay.bad_count:
        st.download_button(
            escaped(context.say("overlay-page-problems-get")),
            data=partial(_problems, own, context),
            file_name="problems.csv",
            mime="text/csv",
            key="own-problems-get",
            on_click="ignore",
        )


def _problems(own: Shown, context: Context) -> bytes:
    """Write the list as a file; imported when somebody asks for it."""
    from borderviz.export.overlay import problems_csv

    return problems_csv(own.overlay, context)
