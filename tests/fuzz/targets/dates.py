"""Partial dates: the parser and the published pattern agree on every text."""

from __future__ import annotations

import re

from borderviz.dates import DATE_PATTERN, PartialDate
from borderviz.texts import date_words

_PATTERN = re.compile(DATE_PATTERN)
WORDS = (
    "0000",
    "9999",
    "-02-29",
    "-02-30",
    "-12-31",
    "2000",
    "1900",
    "2024",
    "\n",
    "٣",
)
SEEDS = (
    b"1968",
    b"1968-01",
    b"1968-01-21",
    b"2024-02-29",
    b"1900-02-29",
    b"0001-01-01",
)


def one(data):
    text = data[:40].decode("utf-8", "surrogateescape")
    try:
        date = PartialDate.parse(text)
    except ValueError:
        # A pattern's end is also before a last line feed; a schema's is not.
        assert not _PATTERN.fullmatch(text)
        assert date_words(text, "en") == text
        return
    assert _PATTERN.fullmatch(text)
    assert str(date) == text
    assert date.first <= date.last
    assert date_words(text, "ko")
