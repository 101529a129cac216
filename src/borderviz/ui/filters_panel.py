"""The filters: years, prepared views, one choice for each thing that is recorded."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from borderviz.content import Atlas
from borderviz.filters import WORDS, choices, events
from borderviz.render.context import Context
from borderviz.render.html import tag
from borderviz.render.sentence import word_of
from borderviz.ui import filter_widgets, state
from borderviz.ui.layers_panel import escaped
from borderviz.view import ViewState


def draw(atlas: Atlas, view: ViewState) -> None:
    """Draw the filters; what only few need is folded away."""
    context = Context(atlas, view)
    used = len(view.filters.active)
    heading = context.say("filters-set" if used else "filters", count=used)
    st.html(tag("h2", heading, class_="bv-group", lang=view.lang))
    first, last = filter_widgets.years(atlas)
    if first < last:
        st.slider(
            escaped(context.say("years")),
            first,
            last,
            key=filter_widgets.YEARS_KEY,
            format="%d",
            on_change=state.on_years,
            args=(atlas,),
        )
    if atlas.settings.presets:
        names = {p.id: context.plain(p.name) for p in atlas.settings.presets}
        st.selectbox(
            escaped(context.say("presets")),
            ["", *names],
            format_func=lambda x: names.get(x) or context.say("preset-none"),
            key=filter_widgets.PRESET_KEY,
            placeholder=context.say("preset-none"),
            label_visibility="collapsed",
            on_change=state.on_preset,
            args=(atlas,),
        )
    # Its words must not change: an expander with other words is another one, closed.
    more = st.expander(
        escaped(context.say("more-filters")), key="more-filters", on_change="rerun"
    )
    # Forty buttons that nobody looks at would cost every click some 0.05 s.
    if not more.open:
        return
    filter_widgets.restore(view)
    with more:
        for field in WORDS:
            _words(field, context)
        _steps("within_km", filter_widgets.EXACT, "km", context)
        _steps("cited", filter_widgets.CITED, "at-least", context)


def _words(field: str, context: Context) -> None:
    """Draw the words of one filter; those that no event has are not offered."""
    atlas = context.atlas
    used = atlas.kept.of(("used", field), lambda: _used(field, atlas))
    offered = [
        word
        for word in choices(atlas, field)
        if word in used or word in getattr(context.view.filters, field)
    ]
    if len(offered) > 1:
        st.pills(
            escaped(context.say(f"filter-{field}")),
            offered,
            selection_mode="multi",
            format_func=lambda word: escaped(word_of(field, word, context)),
            key=filter_widgets.filter_key(field),
            on_change=state.on_filter,
            args=(field,),
        )


def _used(field: str, atlas: Atlas) -> frozenset[str | None]:
    """Collect the words of one filter that any event has."""
    return frozenset(getattr(record, WORDS[field]) for record in events(atlas))


def _steps(field: str, steps: Sequence[float], text: str, context: Context) -> None:
    """Draw a choice of numbers; one that came with a link is offered too."""
    offered = sorted({*steps, getattr(context.view.filters, field)})

    def words(value: float) -> str:
        if not value:
            return context.say("any")
        return context.say(text, km=value, count=value)

    st.selectbox(
        escaped(context.say(f"filter-{field}")),
        offered,
        format_func=words,
        key=filter_widgets.filter_key(field),
        placeholder=context.say("any"),
        on_change=state.on_filter,
        args=(field,),
    )
