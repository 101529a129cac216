"""Dates, numbers and lists as a language writes them, after CLDR."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from borderviz.dates import PartialDate
from borderviz.texts.tables import locale_of

# Words of dates and numbers come up again and again, and take the locale's own data
# through several layers each time.
WORDS_KEPT = 8192


@lru_cache(maxsize=WORDS_KEPT)
def date_words(text: str, lang: str) -> str:
    """
    Write a partial date in a reader's language, no more exact than it is known.

    Examples
    --------
    >>> [date_words(d, "en") for d in ("1968-01-21", "1968-01", "1968")]
    ['21 January 1968', 'January 1968', '1968']
    """
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return text
    locale = locale_of(lang)
    if date.precision == "day":
        return format_date(date.first, "long", locale=locale)
    skeleton = "yMMMM" if date.precision == "month" else "y"
    return format_skeleton(skeleton, date.first, locale=locale)


def range_words(first: str, last: str, lang: str) -> str:
    """
    Write from when to when, both in words already.

    Examples
    --------
    >>> range_words("May 1968", "July 1969", "en"), range_words("5월", "7월", "ko")
    ('May 1968 – July 1969', '5월 ~ 7월')
    """
    pattern: str = locale_of(lang).interval_formats[None]
    # Some languages have thin spaces here, at which no line can break.
    return pattern.replace("\u2009", " ").format(first, last)


def number_words(value: float, lang: str, digits: int = 1) -> str:
    """
    Write a number in a reader's language, with at most some decimals.

    Examples
    --------
    >>> number_words(34537, "en"), number_words(246.38, "ko")
    ('34,537', '246.4')
    """
    # To a cache zero and minus zero are one.
    return _number_words(value or 0, lang, digits)


@lru_cache(maxsize=WORDS_KEPT)
def _number_words(value: float, lang: str, digits: int) -> str:
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=locale_of(lang))


def percent_words(share: float, lang: str, digits: int = 0) -> str:
    """
    Write a share of one as per cent, with at most some decimals.

    Examples
    --------
    >>> percent_words(0.4567, "en"), percent_words(0.4567, "fr", 1).split()
    ('46%', ['45,7', '%'])
    """
    locale = locale_of(lang)
    pattern = locale.percent_formats[None].pattern
    if digits:
        pattern = pattern.replace("0", "0." + "#" * digits)
    return format_percent(share, format=pattern, locale=locale)


def list_words(
    items: Iterable[str], lang: str, how: Literal["and", "or", ","] = "and"
) -> str:
    """
    Put words in a row as a language does.

    Parameters
    ----------
    items
        The words; none give an empty text.
    lang
        Language code.
    how
        What stands before the last: "and", "or", or what stands between all others.

    Examples
    --------
    >>> list_words(["a", "b", "c"], "en"), list_words(["a", "b"], "ko", "or")
    ('a, b and c', 'a 또는 b')
    >>> list_words(["a", "b", "c"], "en", ","), list_words(["a", "b"], "zh", ",")
    ('a, b, c', 'a、b')
    """
    words: Sequence[str] = list(items)
    locale = locale_of(lang)
    if how == ",":
        between: str = locale.list_patterns["standard"]["middle"]
        return between.replace("{0}", "").replace("{1}", "").join(words)
    style: Literal["standard", "or"] = "standard" if how == "and" else "or"
    return format_list(words, style=style, locale=locale) if words else ""
