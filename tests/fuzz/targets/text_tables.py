"""A file of the interface's texts, in any language; what has no fault can be said."""

from __future__ import annotations

from borderviz.parsing import toml_from_text
from borderviz.texts import date_words, names_of, number_words, say, table_faults
from borderviz.texts.tables import catalogue, categories, locale_of
from fuzz.parts import parted

_KEYS = list(catalogue("en"))
WORDS = (
    *_KEYS[:: max(1, len(_KEYS) // 60)],
    *(" = ", '"', "{count}", "{total}", "{km}", "{", "}", "{{", "{0}", "{count!r}"),
    *(
        "{count:>9}",
        "one",
        "other",
        "few",
        "many",
        "by",
        "pt-BR",
        "ko",
        "ar",
        "zh_Hant",
    ),
    *("xx", "2019-05", "'''", "\n", "\\u0000"),
)
SEEDS = (
    b'en\xfflist-count = {one = "{count} x", other = "{count} y"}',
    b'ko\xffplace-within = "{km}"\nlist-count = {other = "{count}"}',
    b'ar\xfflist-count = "{count}"\n\xff2019-05',
    b'pl\xfflist-count = {one = "a", few = "b", many = "{count}", other = "{count}"}',
)


def one(data):
    lang, text, date = parted(data, 3)[:3]
    lang = lang[:40]
    locale_of(lang)
    assert "other" in categories(lang)
    date_words(date, lang)
    number_words(len(text), lang)
    try:
        table = toml_from_text(text)
    except (ValueError, RecursionError):
        return
    faults = list(table_faults(table, lang))
    assert all(fault.field for fault in faults)
    if faults:
        return
    for key, template in table.items():
        names = names_of(catalogue("en")[key]) | names_of(template)
        for number in (0, 1, 2, 5, 1.5):
            assert say(key, lang, {lang: table}, **dict.fromkeys(names, number))
