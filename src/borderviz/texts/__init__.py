"""Words for people: the interface's texts, and the atlas's, in the reader's language.

A text that has no words in that language falls back to the default language and says
which one it is in, so that a page can mark the passage; it is never blank. Dates,
numbers, plurals and lists follow the language's customs as CLDR has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from borderviz.texts.formats import (
    date_words,
    list_words,
    number_words,
    percent_words,
    range_words,
)
from borderviz.texts.tables import (
    BY,
    DEFAULT,
    USUAL,
    Template,
    catalogue,
    categories,
    locale_of,
    names_of,
    table_faults,
)

__all__ = [
    "DEFAULT",
    "Own",
    "Template",
    "Words",
    "catalogue",
    "categories",
    "date_words",
    "list_words",
    "locale_of",
    "names_of",
    "number_words",
    "percent_words",
    "pick",
    "range_words",
    "say",
    "table_faults",
    "template_of",
]

# An atlas's own words for the interface, by language and key.
Own: TypeAlias = Mapping[str, Mapping[str, Template]]


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


def template_of(key: str, lang: str, own: Own | None = None) -> tuple[Template, str]:
    """
    Find an interface text and the language it is in: the atlas's, ours, the default's.

    Raises
    ------
    KeyError
        If there is no such text.
    """
    found = own.get(lang, {}).get(key) if own else None
    found = found or catalogue(lang).get(key)
    if found:
        return found, lang
    found = own.get(DEFAULT, {}).get(key) if own else None
    return found or catalogue(DEFAULT)[key], DEFAULT


def say(key: str, lang: str, own: Own | None = None, /, **values: object) -> str:
    """
    Return an interface text, in the default language if `lang` lacks it.

    Parameters
    ----------
    key
        Name in the text files.
    lang
        Language code.
    own
        What an atlas says in its own words.
    **values
        What fills the braces of the text. Numbers are written as the language does and
        decide between singular and plural; give words where it matters that they stay
        as they are, as in a year.

    Examples
    --------
    >>> say("place-within", "en", km=2.5)
    'Known within about 2.5 km'
    >>> say("list-count", "en", count=1), say("list-count", "en", count=1200)
    ('1 record', '1,200 records')
    """
    template, spoken = template_of(key, lang, own)
    if isinstance(template, dict):
        number = values.get(template.get(BY, USUAL))
        template = template.get(_category(number, spoken)) or template["other"]
    if not values:
        return template
    return template.format(**{name: _shown(x, lang) for name, x in values.items()})


def _category(number: object, lang: str) -> str:
    """Tell which plural a number takes, as it is written: to one decimal."""
    if not isinstance(number, int | float):
        return "other"
    return str(locale_of(lang).plural_form(round(number, 1)))


def _shown(value: object, lang: str) -> object:
    """Write a number as the language does; leave anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return number_words(value, lang)


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
