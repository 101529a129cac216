"""The short facts of a record as a table: who, how, how many, and its attributes."""

from __future__ import annotations

from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag


def short_facts(record: Record, context: Context) -> Html:
    """Write the short facts: who, how, how many, and the atlas's own attributes."""
    count = ""
    if record.people is not None:
        one = record.people == 1
        count = context.say("people-one" if one else "people", count=record.people)
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
        value = [context.number(record.value), context.words(record.unit)]
        if record.as_of:
            value.append(f"({context.say('as-of', date=record.as_of)})")
    rows: list[tuple[str, str]] = [
        ("value", join(filter(None, value), " ")),
        ("name-label", context.words(record.name)),
        ("who", context.term("who", record.who)),
        ("count-label", " · ".join(x for x in (count, *extra) if x)),
        ("direction", context.term("direction", record.direction)),
        ("mode", context.term("mode", record.mode)),
        ("sector", context.words(record.sector)),
        ("theme", context.term("theme", record.theme)),
        ("also-called", ", ".join(record.aliases)),
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
