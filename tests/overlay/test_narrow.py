"""Which rows are shown: as the page's filters show events, and by words and names."""

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.dates import PartialDate
from borderviz.filters import Filters, matcher
from borderviz.overlay.narrow import Narrowing, mask
from borderviz.overlay.summary import by_category
from filter_strategy import DATES, any_filters
from hostile import ALL

from .tables import built

LAT, LON = 31.5, -38.5


def dated(date, end):
    """Whether the end of a row is not before its beginning."""
    return not (date and end) or (
        PartialDate.parse(end).last >= PartialDate.parse(date).first
    )


rows = st.lists(
    st.tuples(
        st.sampled_from(DATES),
        st.sampled_from(DATES),
        st.sampled_from(["", "0.5", "2.5", "20"]),
        st.sampled_from(["", "rock", "Fall", "river"]),
        st.sampled_from(["", "A Fall", "ＲＯＣＫ slide", "강물", "It`s ${x}"]),
        st.sampled_from(["", "rock\nfall", "É", "..."]),
    ).filter(lambda row: dated(row[0], row[1])),
    max_size=12,
)
narrowings = st.builds(
    Narrowing,
    on=st.booleans() | st.just(True),
    categories=st.lists(st.sampled_from(["rock", "river", "gone"])).map(tuple),
    words=st.sampled_from(["", "rock", "ROCK fall", "강", "é", "zz", " ", "`s $"]),
)
HEADINGS = ("date", "end date", "radius", "type", "title", "description")


def overlay_of(found, atlas):
    columns = {name: [row[n] for row in found] for n, name in enumerate(HEADINGS)}
    columns |= {"lat": [LAT] * len(found), "lon": [LON] * len(found)}
    raw = built(columns, atlas)
    assert raw.doubt_count == 0
    return raw


def plainly(overlay, narrowing, filters):
    """Tell row by row what is shown, with the test that the page has for events."""
    own = Filters(filters.since, filters.until, within_km=filters.within_km)
    fits = matcher(own)
    for n in range(len(overlay)):
        radius = overlay.radii_km[n]
        record = SimpleNamespace(
            date=overlay.dates[n] or None,
            date_end=overlay.date_ends[n] or None,
            uncertainty_km=None if np.isnan(radius) else radius,
            sources=(),
        )
        number = overlay.category[n]
        name = overlay.categories[number] if number >= 0 else None
        words = narrowing.words.casefold().split()
        yield (
            narrowing.on
            and fits(record)
            and (not narrowing.categories or name in narrowing.categories)
            and all(word in overlay.said[n] for word in words)
        )


@given(rows, narrowings, st.data())
def test_a_mask_is_what_each_row_says_for_itself(atlantis, found, narrowing, data):
    overlay = overlay_of(found, atlantis)
    filters = data.draw(any_filters(atlantis))
    shown = mask(overlay, narrowing, filters)
    assert shown.dtype == bool
    assert shown.tolist() == list(plainly(overlay, narrowing, filters))


@given(rows, narrowings, st.data())
def test_narrowing_never_adds_rows(atlantis, found, narrowing, data):
    overlay = overlay_of(found, atlantis)
    filters = data.draw(any_filters(atlantis))
    shown = mask(overlay, narrowing, filters)
    wider = [
        (dataclasses.replace(narrowing, on=True), filters),
        (dataclasses.replace(narrowing, categories=()), filters),
        (dataclasses.replace(narrowing, words=""), filters),
        *((narrowing, filters.without(name)) for name in filters.active),
    ]
    for one, other in wider:
        assert not np.any(shown & ~mask(overlay, one, other))


@given(rows)
def test_nothing_asked_leaves_all(atlantis, found):
    overlay = overlay_of(found, atlantis)
    assert mask(overlay, Narrowing(), Filters()).all()
    assert not mask(overlay, Narrowing(on=False), Filters()).any()


@given(rows, narrowings)
def test_categories_add_up(atlantis, found, narrowing):
    overlay = overlay_of(found, atlantis)
    shown = mask(overlay, narrowing, Filters())
    counts = by_category(overlay, shown)
    assert len(counts) == len(overlay.categories) + 1
    assert counts.sum() == shown.sum()
    for number in (*range(len(overlay.categories)), -1):
        assert counts[number] == np.sum(shown & (overlay.category == number))


def test_filters_about_the_atlas_alone_do_not_narrow(atlantis):
    overlay = overlay_of([("", "", "", "", "", "")], atlantis)
    filters = Filters(kinds=("crossing",), directions=("up",), who=("x",), cited=9)
    assert mask(overlay, Narrowing(), filters).all()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("slide", [0]),
        ("rock SLIDE", [0]),
        # The words of both texts count, not a passage that runs over their ends.
        ("slide fast", [0]),
        ("slidefast", []),
        ("ｒｏｃｋ", [0, 1]),
        ("ß", [1]),
        ("x " * 300 + "zz", []),
    ],
)
def test_every_word_must_occur(atlantis, words, found):
    rows = [("", "", "", "", "Rock slide", "fast"), ("",) * 4 + ("ROCK", "STRASSE")]
    shown = mask(overlay_of(rows, atlantis), Narrowing(words=words), Filters())
    assert np.flatnonzero(shown).tolist() == found


@pytest.mark.parametrize("text", ALL)
def test_hostile_words_find_themselves(atlantis, text):
    overlay = built(
        {"lat": [LAT] * 2, "lon": [LON] * 2, "title": [text, "x"]}, atlantis
    )
    shown = mask(overlay, Narrowing(words=text[:200]), Filters())
    assert shown[0]
    nothing = mask(overlay, Narrowing(categories=(text,)), Filters())
    assert not nothing.any()
