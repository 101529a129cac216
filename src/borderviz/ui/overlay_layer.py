"""A reader's own data among the layers: switch, legend, and what narrows it."""

from __future__ import annotations

import streamlit as st

from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.render.html import tag
from borderviz.render.overlay_legend import legend_html
from borderviz.render.overlay_map import fit_html
from borderviz.render.overlay_rows import own_name
from borderviz.ui import overlay_state
from borderviz.ui.layers_panel import escaped
from borderviz.ui.overlay_form import show, told_apart
from borderviz.ui.overlay_own import Shown

ON, CATEGORIES, WORDS = "own-on", "own-categories", "own-words"
# More than these are chosen from a list that can be searched, not from buttons.
MOST_PILLS = 12
_LONGEST = 40


def draw(own: Shown, context: Context) -> None:
    """
    Draw the group that stands above the atlas's own layers.

    Parameters
    ----------
    own
        The reader's data.
    context
        Atlas, view and language.
    """
    overlay, lang = own.overlay, context.view.lang
    total, count = len(overlay), int(own.mask.sum())
    st.html(tag("h2", own_name(overlay, context), class_="bv-group", lang=lang))
    show(ON, own.narrowing.on)
    key = "layer-count" if count == total else "layer-count-of"
    name = _short(overlay.name)
    st.checkbox(
        escaped(context.say(key, name=name, count=count, total=total)),
        key=ON,
        on_change=_on_switch,
    )
    if not own.narrowing.on:
        return
    st.html(legend_html(overlay, own.mask, context))
    # Its words must not change: an expander with other words is another one, closed.
    more = st.expander(
        escaped(context.say("overlay-page-filters")),
        key="own-filters",
        on_change="rerun",
    )
    if more.open:
        with more:
            _filters(own, context)
    st.html(tag("div", fit_html(context), class_="bv-record", lang=lang))


def _filters(own: Shown, context: Context) -> None:
    overlay, narrowing = own.overlay, own.narrowing
    if len(overlay.categories) > 1:
        _categories(overlay, narrowing.categories, context)
    if WORDS not in st.session_state:
        st.session_state[WORDS] = narrowing.words
    st.text_input(
        escaped(context.say("overlay-page-words")),
        key=WORDS,
        placeholder=context.say("overlay-page-words-hint"),
        max_chars=200,
        on_change=_on_words,
    )
    words = context.say("overlay-page-shared")
    st.html(tag("p", words, class_="bv-small", lang=context.view.lang))


def _categories(overlay: Overlay, chosen: tuple[str, ...], context: Context) -> None:
    """Draw the choice of categories; options are numbers, for names may be anything."""
    names = overlay.categories
    words = told_apart([_short(name) for name in names])
    show(CATEGORIES, [names.index(name) for name in chosen])
    label = context.say("overlay-page-categories")
    if len(names) <= MOST_PILLS:
        st.pills(
            escaped(label),
            range(len(names)),
            selection_mode="multi",
            format_func=lambda i: escaped(words[i]),
            key=CATEGORIES,
            on_change=_on_categories,
            args=(names,),
        )
        return
    st.multiselect(
        escaped(label),
        range(len(names)),
        format_func=lambda i: words[i],
        key=CATEGORIES,
        placeholder=context.say("any"),
        on_change=_on_categories,
        args=(names,),
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _on_switch() -> None:
    overlay_state.narrow(on=bool(st.session_state[ON]))


def _on_words() -> None:
    overlay_state.narrow(words=str(st.session_state[WORDS]))


def _on_categories(names: tuple[str, ...]) -> None:
    """Take over the categories, in their own order."""
    asked = st.session_state[CATEGORIES] or ()
    chosen = sorted(i for i in asked if type(i) is int and i < len(names))
    overlay_state.narrow(categories=tuple(names[i] for i in chosen))
