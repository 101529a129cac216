"""Any filters an atlas allows, for tests of laws that hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

from borderviz.filters import WORDS, Filters, choices

DATES = ["", "1953", "1953-07-27", "1969-12-31", "1970-01-01", "1970", "2003-07"]


def any_filters(atlas):
    lists = {
        name: st.lists(st.sampled_from(choices(atlas, name)), unique=True, max_size=3)
        for name in WORDS
    }
    return st.builds(
        Filters,
        since=st.sampled_from(DATES),
        until=st.sampled_from(DATES),
        within_km=st.sampled_from([0, 1, 2.5, 15, 1000]),
        cited=st.integers(0, 5),
        **{
            name: drawn.map(lambda found, n=name: _ordered(atlas, n, found))
            for name, drawn in lists.items()
        },
    )


def _ordered(atlas, name, words):
    return tuple(word for word in choices(atlas, name) if word in words)
