"""What the filters' widgets show, and the filters that follow when one is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from borderviz.content import Atlas
from borderviz.filters import WORDS, Filters, decode_filter, events
from borderviz.permalink import decode_query
from borderviz.view import ViewState

YEARS_KEY = "filter-years"
PRESET_KEY = "preset"
EXACT = (0.0, 1.0, 5.0, 10.0, 15.0, 30.0)
CITED = (0, 2, 3, 4)


def filter_key(field: str) -> str:
    """Name the widget of a filter."""
    return f"filter-{field}"


def years(atlas: Atlas) -> tuple[int, int]:
    """Return the first and the last year of any event; this year if there is none."""
    found = atlas.kept.of("years", lambda: _years(atlas))
    now = dt.datetime.now(dt.UTC).year
    return (found[0], found[-1]) if found else (now, now)


def _years(atlas: Atlas) -> tuple[int, ...]:
    """List the years that have events, in order."""
    return tuple(sorted({int(r.date[:4]) for r in events(atlas) if r.date}))


def _shown_years(view: ViewState, atlas: Atlas) -> tuple[int, int]:
    """Return what the slider shows for a view's dates, which may lie outside."""
    first, last = years(atlas)
    ends = (view.filters.since[:4] or first, view.filters.until[:4] or last)
    low, high = (min(max(int(end), first), last) for end in ends)
    return min(low, high), max(low, high)


def show(view: ViewState, atlas: Atlas) -> None:
    """Make every widget show the view's filters."""
    st.session_state[YEARS_KEY] = _shown_years(view, atlas)
    for field in WORDS:
        st.session_state[filter_key(field)] = list(getattr(view.filters, field))
    for field in ("within_km", "cited"):
        st.session_state[filter_key(field)] = getattr(view.filters, field)
    st.session_state[PRESET_KEY] = ""


def restore(view: ViewState) -> None:
    """Set what the server forgot of widgets that were folded away for a while."""
    for field in (*WORDS, "within_km", "cited"):
        value = getattr(view.filters, field)
        shown = list(value) if field in WORDS else value
        st.session_state.setdefault(filter_key(field), shown)


def from_years(view: ViewState, atlas: Atlas) -> Filters:
    """Read the slider; an end that was not moved keeps its month or day."""
    first, last = years(atlas)
    low, high = st.session_state[YEARS_KEY]
    since, until = _shown_years(view, atlas)
    filters = view.filters
    if low != since:
        filters = filters.with_(since="" if low == first else str(low))
    if high != until:
        filters = filters.with_(until="" if high == last else str(high))
    return filters


def from_field(view: ViewState, field: str) -> Filters:
    """Read one of the other widgets; words go back into the order of the page."""
    value = st.session_state[filter_key(field)]
    wanted = tuple(value or ()) if field in WORDS else value
    return view.filters.with_(**{field: wanted})


def from_preset(atlas: Atlas) -> Filters | None:
    """Read the choice of a prepared view; None if nothing was chosen."""
    chosen = st.session_state[PRESET_KEY]
    st.session_state[PRESET_KEY] = ""
    for preset in atlas.settings.presets:
        if preset.id == chosen:
            return decode_query(preset.query, atlas, ()).view.filters
    return None


def from_brush(picked: Mapping[str, object], view: ViewState, atlas: Atlas) -> Filters:
    """Read a span of years from the map's message, which is not to be trusted."""
    filters = view.filters.without("since", "until")
    for parameter in ("from", "to"):
        value = str(picked.get(parameter, ""))
        if value and (found := decode_filter(parameter, value, atlas)):
            filters = filters.with_(**found)
    return filters
