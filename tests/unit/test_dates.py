"""Partial dates: as exact as known, in one order, and back to the same text."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.dates import PartialDate


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates())
    known = draw(st.sampled_from(("year", "month", "day")))
    if known == "year":
        return PartialDate(day.year)
    if known == "month":
        return PartialDate(day.year, day.month)
    return PartialDate(day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("1953-07-27", "day", dt.date(1953, 7, 27), dt.date(1953, 7, 27)),
        ("1969-12-31", "day", dt.date(1969, 12, 31), dt.date(1969, 12, 31)),
        ("1970-01-01", "day", dt.date(1970, 1, 1), dt.date(1970, 1, 1)),
        ("1968-02", "month", dt.date(1968, 2, 1), dt.date(1968, 2, 29)),
        ("1969-12", "month", dt.date(1969, 12, 1), dt.date(1969, 12, 31)),
        ("1970", "year", dt.date(1970, 1, 1), dt.date(1970, 12, 31)),
        ("0001", "year", dt.date(1, 1, 1), dt.date(1, 12, 31)),
        ("9999-12", "month", dt.date(9999, 12, 1), dt.date(9999, 12, 31)),
    ],
)
def test_a_date_spans_the_days_it_may_mean(text, precision, first, last):
    date = PartialDate.parse(text)
    assert (date.precision, date.first, date.last) == (precision, first, last)
    assert str(date) == text


def test_sorting_puts_the_vaguer_date_before_the_days_it_may_mean():
    texts = ["1970-01-01", "1969-12-31", "1970", "1969-12", "1953-07-27", "1970-01"]
    assert [str(d) for d in sorted(map(PartialDate.parse, texts))] == [
        "1953-07-27",
        "1969-12",
        "1969-12-31",
        "1970",
        "1970-01",
        "1970-01-01",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "53",
        "53-07-27",
        "1953-7-27",
        "1953-07-27T00:00",
        " 1953",
        "1953\n",
        "1953-",
        "19530727",
        "-1953",
        "27.7.1953",
        "1953-13",
        "1953-02-29",
        "1953-07-32",
        "0000",
        "1953-??",
    ],
)
def test_what_is_not_a_date_is_refused(text):
    with pytest.raises(ValueError, match=r"date|year|month|day"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["1953-00", "1953-07-00", "１９５３", "١٩٥٣-٠٧"])
def test_month_nought_and_foreign_digits_are_refused(text):
    with pytest.raises(ValueError, match=r"date|month|day"):
        PartialDate.parse(text)


@given(partial_dates())
def test_writing_and_reading_give_the_date_back(date):
    assert PartialDate.parse(str(date)) == date


@given(partial_dates())
def test_the_span_is_as_long_as_the_precision_says(date):
    days = (date.last - date.first).days + 1
    leap = calendar.isleap(date.year)
    lengths = {"day": {1}, "month": {28, 29, 30, 31}, "year": {366 if leap else 365}}
    assert days in lengths[date.precision]


@given(partial_dates(), partial_dates())
def test_of_two_dates_one_is_earlier_or_they_are_the_same(one, other):
    assert [one < other, one == other, one > other].count(True) == 1
    assert (one <= other) == (not one > other)
    if one < other:
        assert one.first <= other.first
    if one == other:
        assert hash(one) == hash(other)


@given(partial_dates(), partial_dates(), partial_dates())
def test_the_order_is_transitive(one, two, three):
    first, second, third = sorted((one, two, three))
    assert first <= second <= third
    assert first <= third


@given(partial_dates(), partial_dates())
def test_the_order_is_that_of_the_texts(one, other):
    assert (one < other) == (str(one) < str(other))
