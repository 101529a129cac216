"""What an address asks for: one text for one narrowing, and masks that are kept."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.crowd import AskedError, Masks, decode, encode
from borderviz.filters import Filters
from borderviz.overlay.narrow import Narrowing, mask
from points_files import scattered

NAMES = ("seen", "heard", "told")
DATES = st.sampled_from(["", "2011", "2013-05", "2013-05-07"])
NARROWINGS = st.builds(
    Narrowing,
    categories=st.lists(st.sampled_from([*NAMES, "gone"]), max_size=3).map(tuple),
    words=st.text(st.characters(codec="utf-8"), max_size=30),
)
FILTERS = st.builds(
    Filters, since=DATES, until=DATES, within_km=st.floats(0, 1000) | st.just(5)
)


@pytest.fixture(scope="module")
def rows(atlantis):
    return scattered(atlantis, 500).overlay


@given(NARROWINGS, FILTERS)
def test_what_is_asked_for_is_read_as_it_was_meant(rows, narrowing, filters):
    text = encode(narrowing, filters, rows.categories)
    asked = decode(text, rows.categories)
    assert encode(asked.narrowing, asked.filters, rows.categories) == text
    meant = mask(rows, narrowing, filters)
    assert np.array_equal(mask(rows, asked.narrowing, asked.filters), meant)


@given(
    st.text(max_size=40) | st.from_regex(r"(c|q|since|km)=[0-9.a-z%-]*", fullmatch=True)
)
def test_any_text_is_read_in_one_way_or_refused(text):
    try:
        asked = decode(text, NAMES)
    except AskedError:
        return
    assert encode(asked.narrowing, asked.filters, NAMES) == text


@pytest.mark.parametrize(
    "text",
    [
        *("c=4", "c=01", "c=1.0", "c=0.0", "c=-1", "c=", "c=1&c=1", "c=0&c=1", "x=1"),
        *("km=nan", "km=inf", "km=0", "km=-1", "km=1e999", "km=05", "km=5.0"),
        *("since=2011-02-30", "since=x", "q=b+a", "q=A", "q=a++b", "&", "=", "%"),
        *("until=2011&since=2011", f"q={'a' * 9000}", "c=" + "9" * 5000, "on=0"),
    ],
)
def test_what_nobody_writes_is_refused(text):
    with pytest.raises(AskedError):
        decode(text, NAMES)


def test_rows_of_a_category_that_is_gone_are_none(rows):
    kept = Masks(rows)
    asked, found = kept.narrowed(Narrowing(categories=("gone",)), Filters())
    assert not found.any()
    assert kept.of(asked) is found


def test_masks_are_shared_kept_in_number_and_cannot_be_changed(rows):
    kept = Masks(rows, most=3)
    first = kept.of("c=0")
    for text in ("c=1", "c=0", "c=2", "q=1"):
        kept.of(text)
    assert len(kept) == 3
    assert kept.of("c=0") is first
    assert (
        kept.narrowed(Narrowing(categories=(rows.categories[0],)), Filters())[1]
        is first
    )
    with pytest.raises(ValueError, match="read-only"):
        first[0] = False


def test_a_refused_text_is_not_kept(rows):
    kept = Masks(rows)
    for number in range(50):
        with pytest.raises(AskedError):
            kept.of(f"c=0{number}")
    assert len(kept) == 0


def test_a_hidden_narrowing_asks_for_the_same_rows(rows):
    asked, found = Masks(rows).narrowed(Narrowing(on=False), Filters())
    assert (asked, found.all()) == ("", True)
