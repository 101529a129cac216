"""Filters: what a record must meet, and the same as words of a link."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.filters import (
    PARAMETERS,
    Filters,
    decode_filter,
    encode_filters,
    is_event,
    matcher,
)
from filter_strategy import any_filters


@given(data=st.data())
def test_filters_come_back_from_their_link(atlas, data):
    filters = data.draw(any_filters(atlas))
    found = Filters()
    for key, value in encode_filters(filters).items():
        found = found.with_(**decode_filter(key, value, atlas))
    assert found == filters


@given(data=st.data())
def test_each_further_filter_leaves_a_part(atlas, data):
    """Both must fit where both are asked, and no other way."""
    filters = data.draw(any_filters(atlas))
    events = [r for r in atlas.records.values() if is_event(r)]
    left = {r.id for r in events if matcher(filters)(r)}
    for name in filters.active:
        wider = filters.without(name)
        alone = Filters().with_(**{name: getattr(filters, name)})
        without = {r.id for r in events if matcher(wider)(r)}
        assert left <= without
        assert left == without & {r.id for r in events if matcher(alone)(r)}


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        ("1970", "1970", {"1970-fog-rafts"}),
        ("1970-01-01", "", {"1970-fog-rafts", "2001-05-04-reed-bridge-walker"}),
        ("", "1969-12-31", {"1969-12-31-swimmer"}),
        ("1969-12-31", "1970-01-01", {"1969-12-31-swimmer", "1970-fog-rafts"}),
        ("1970-06", "1970-06", {"1970-fog-rafts"}),
        ("1971", "2001-05-03", set()),
        ("2001-05-04", "2001-05-04", {"2001-05-04-reed-bridge-walker"}),
    ],
)
def test_a_vague_date_stays_as_long_as_it_may_fit(atlantis, since, until, kept):
    fits = matcher(Filters(since=since, until=until, kinds=("crossing",)))
    events = [r for r in atlantis.records.values() if is_event(r)]
    assert {r.id for r in events if fits(r)} == kept


def test_dates_before_the_epoch_are_dates_like_others(atlas):
    fits = matcher(Filters(until="1953-12-31"))
    found = [r for r in atlas.records.values() if is_event(r) and fits(r)]
    assert found
    assert all(r.date < "1954" for r in found)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("from", "1970-13"),
        ("from", "yesterday"),
        ("to", "9" * 300),
        ("to", "1970-02-30"),
        ("dir", "sideways"),
        ("mode", "foot.teleport"),
        ("mode", ""),
        ("within", "0"),
        ("within", "-1"),
        ("within", "nan"),
        ("within", "1e9"),
        ("within", "1001"),
        ("within", "٣"),
        ("cited", "1.5"),
        ("cited", "51"),
        ("sure", "certain"),
        ("kind", "site"),
    ],
)
def test_what_cannot_be_used_is_refused(atlas, key, value):
    assert decode_filter(key, value, atlas) is None


@given(key=st.sampled_from(sorted(PARAMETERS)), value=st.text(max_size=40))
def test_no_value_raises(atlantis, key, value):
    found = decode_filter(key, value, atlantis)
    assert found is None or set(found) == {PARAMETERS[key]}


def test_a_filter_of_exactness_leaves_out_what_has_no_radius(atlas):
    fits = matcher(Filters(within_km=5))
    kept = [r for r in atlas.records.values() if is_event(r) and fits(r)]
    assert kept
    assert max(r.uncertainty_km for r in kept) <= 5
