"""Words for people: the interface's texts, and the atlas's, in the reader's language.

A text that has no words in that language falls back to the default language and says
which one it is in, so that a page can mark the passage; it is never blank.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from borderviz.dates import PartialDate

DEFAULT = "en"
# English here is British: day before month, as in the texts.
LOCALES = {"en": "en_GB"}


@dataclass(frozen=True)
class Words:
    """
    A passage and the language it is really in.

    Parameters
    ----------
    text
        The passage, as written; not escaped.
    lang
        Code of its language.
    is_fallback
        True if that is not the language that was asked for.
    """

    text: str
    lang: str
    is_fallback: bool


@cache
def catalogue(lang: str) -> dict[str, str]:
    """Read the interface texts of one language; empty if there is no such file."""
    path = files("borderviz.texts").joinpath(f"{lang}.toml")
    if not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))


def say(key: str, lang: str, **values: object) -> str:
    """
    Return an interface text, in the default language if `lang` lacks it.

    Parameters
    ----------
    key
        Name in the text files.
    lang
        Language code.
    **values
        What fills the braces of the text.

    Examples
    --------
    >>> say("place-within", "en", km="5")
    'Known within about 5 km'
    """
    template = catalogue(lang).get(key) or catalogue(DEFAULT)[key]
    return template.format(**values) if values else template


def pick(text: dict[str, str], lang: str, default: str = "") -> Words:
    """
    Choose the words of an atlas text for a reader.

    Parameters
    ----------
    text
        The passage by language; not empty.
    lang, default
        The reader's language, and the one that stands in for it; failing both, the
        language written first.

    Examples
    --------
    >>> pick({"en": "Lake"}, "ko")
    Words(text='Lake', lang='en', is_fallback=True)
    """
    if lang in text:
        return Words(text[lang], lang, is_fallback=False)
    other = default if default in text else next(iter(text))
    return Words(text[other], other, is_fallback=True)


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
    locale = _locale(lang)
    if date.precision == "day":
        return format_date(date.first, "long", locale=locale)
    skeleton = "yMMMM" if date.precision == "month" else "y"
    return format_skeleton(skeleton, date.first, locale=locale)


def number_words(value: float, lang: str, digits: int = 1) -> str:
    """
    Write a number in a reader's language, with at most some decimals.

    Examples
    --------
    >>> number_words(34537, "en"), number_words(246.38, "ko")
    ('34,537', '246.4')
    """
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=_locale(lang))


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(LOCALES.get(lang, lang))
