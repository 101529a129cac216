"""The files of the interface's texts: how they are read, and what is wrong in one.

A text is words with names in {braces}, or a table of words by plural category where a
number decides between them: `{one = "{count} record", other = "{count} records"}`. The
number is `count`, or the one that `by` names. CLDR says which categories there are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from string import Formatter
from typing import TypeAlias, TypeGuard

from babel import Locale, UnknownLocaleError

from borderviz.faults import Fault, one_of, suggestion

DEFAULT = "en"
# English here is British: day before month, as in the texts.
LOCALES = {"en": "en_GB"}
BY, USUAL = "by", "count"
# A browser may name any language it likes; those kept are limited.
MOST_KEPT = 64
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
Template: TypeAlias = str | dict[str, str]


@lru_cache(maxsize=MOST_KEPT)
def catalogue(lang: str) -> dict[str, Template]:
    """Read the interface texts of one language; empty if there is no such file."""
    path = files("borderviz.texts").joinpath(f"{lang}.toml")
    if not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=MOST_KEPT)
def locale_of(lang: str) -> Locale:
    """
    Find the customs of a language; of a variant that nobody described, its parent's.

    Parameters
    ----------
    lang
        A code such as `ko`, `pt-BR` or `en-XA`. One that is unknown altogether has the
        default language's.

    Examples
    --------
    >>> [str(locale_of(code)) for code in ("ko", "pt-BR", "en-XA", "zz")]
    ['ko', 'pt_BR', 'en_GB', 'en_GB']
    """
    first = lang.split("-")[0]
    for code in (LOCALES.get(lang, lang), LOCALES.get(first, first)):
        try:
            return Locale.parse(code.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(LOCALES[DEFAULT])


def categories(lang: str) -> list[str]:
    """
    List the plural categories of a language; `other` is always one.

    Examples
    --------
    >>> categories("en"), categories("ko"), categories("pl")
    (['one', 'other'], ['other'], ['one', 'few', 'many', 'other'])
    """
    found = {*locale_of(lang).plural_form.tags, "other"}
    return [name for name in CATEGORIES if name in found]


def names_in(words: str) -> set[str]:
    """
    List the names in braces.

    Raises
    ------
    ValueError
        If a brace is left open, or holds anything but a name.

    Examples
    --------
    >>> sorted(names_in("{count} of {total}"))
    ['count', 'total']
    """
    found = set()
    for _, name, form, conversion in Formatter().parse(words):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            msg = f"braces around {name!r}, which is no name"
            raise ValueError(msg)
        found.add(name)
    return found


def names_of(template: Template) -> set[str]:
    """List the names in braces of a text that is well formed."""
    words = [template] if isinstance(template, str) else forms(template).values()
    return set().union(*map(names_in, words))


def forms(template: Mapping[str, str]) -> dict[str, str]:
    """Return the words of a table by their plural category."""
    return {name: words for name, words in template.items() if name != BY}


def table_faults(table: Mapping[str, object], lang: str) -> Iterator[Fault]:
    """
    Find what would go wrong when a file's texts are said.

    Parameters
    ----------
    table
        The file's texts by key, as parsed. Keys that it lacks are no fault: readers
        get the default language's.
    lang
        Its language.
    """
    known = catalogue(DEFAULT)
    for key, template in table.items():
        if key not in known:
            yield Fault(
                key,
                "a key that no text of the interface has",
                "a key of the program's own texts",
                suggestion(key, known, "Remove the line."),
            )
        elif not _is_template(template):
            yield Fault(
                key,
                template,
                "words in quotes, or a table of words by plural category",
                "Look how another language writes this key.",
            )
        else:
            yield from _form_faults(key, template, lang)
            yield from _brace_faults(key, template, names_of(known[key]))


def _is_template(value: object) -> TypeGuard[Template]:
    parts = value.values() if isinstance(value, dict) else [value]
    return bool(parts) and all(isinstance(x, str) and x.strip() for x in parts)


def _form_faults(key: str, template: Template, lang: str) -> Iterator[Fault]:
    """A table has each category of its language, and no other."""
    wanted = categories(lang)
    if isinstance(template, dict) and set(forms(template)) != set(wanted):
        yield Fault(
            key,
            "the categories " + ", ".join(forms(template)),
            f"those of {lang}: " + ", ".join(wanted),
            "Write the words once for each category.",
        )


def _brace_faults(key: str, template: Template, wanted: set[str]) -> Iterator[Fault]:
    """The words have the braces of the default language, and a number to decide by."""
    by = USUAL
    words = {"": template} if isinstance(template, str) else forms(template)
    if isinstance(template, dict):
        by = template.get(BY, USUAL)
        if by not in wanted:
            cure = f'Name it, as in {BY} = "total".'
            yield Fault(f"{key}.{BY}", by, one_of(sorted(wanted)), cure)
    for name, text in words.items():
        field = f"{key}.{name}" if name else key
        # One of something may be told without a figure: "the only record".
        may_lack = {by} if name not in ("", "other") else set[str]()
        try:
            found = names_in(text)
        except ValueError as error:
            found, told = None, str(error)
        if found is None or not (wanted - may_lack <= found <= wanted):
            yield Fault(
                field,
                told if found is None else "braces " + (_braces(found) or "(none)"),
                "braces " + (_braces(wanted) or "(none)"),
                "Keep what stands in braces as the default language has it.",
            )


def _braces(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
