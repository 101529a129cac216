"""The short facts of a record as a table: who, how, how many, and its attributes."""

from __future__ import annotations

from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.sources_html import as_is
from borderviz.texts import date_words


def short_facts(record: Record, context: Context) -> Html:
    """Write the short facts: who, how, how many, and the atlas's own attributes."""
    count = ""
    if record.people is not None:
        count = context.say("people", count=record.people)
    extra = [
        context.say(key, count=number)
        for key, number in (
            ("attempted", record.attempted),
            ("victims", record.victims),
        )
        if number
    ]
    if record.returned:
        extra.append(context.say("returned"))
    value: list[str] = []
    if record.value is not None:
        value = [_with_unit(record, context)]
        if record.as_of:
            date = date_words(record.as_of, context.view.lang)
            value.append(f"({context.say('as-of', date=date)})")
    rows: list[tuple[str, str]] = [
        ("value", join(filter(None, value), " ")),
        ("name-label", context.words(record.name)),
        ("who", context.term("who", record.who)),
        ("count-label", " · ".join(x for x in (count, *extra) if x)),
        ("direction", context.term("direction", record.direction)),
        ("mode", context.term("mode", record.mode)),
        ("sector", context.words(record.sector)),
        ("theme", context.term("theme", record.theme)),
        (
            "also-called",
            context.row((as_is("span", a, context) for a in record.aliases), ","),
        ),
    ]
    lines = [
        tag("div", tag("dt", context.say(key)), tag("dd", words))
        for key, words in rows
        if words
    ]
    lines += [
        tag("div", tag("dt", context.words(a.label)), tag("dd", context.words(a.value)))
        for a in record.attributes
    ]
    return tag("dl", *lines, class_="bv-table") if lines else Html("")


def _with_unit(record: Record, context: Context) -> Html:
    """Write a number and its unit as the language sets them, a per cent sign close."""
    number = context.number(record.value or 0)
    if not record.unit:
        return join([number])
    parts = context.say("value-with-unit", value=number, unit="\0").split("\0")
    if context.plain(record.unit).startswith("%"):
        parts[0] = parts[0].rstrip()
    return join([parts[0], context.words(record.unit), *parts[1:]])
