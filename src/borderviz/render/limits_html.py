"""What this map cannot tell: counts of what is vague, thin or missing in it."""

from __future__ import annotations

from borderviz.limits import Limits, beside, limits
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.selection import Selection


def limits_html(selection: Selection, context: Context) -> Html:
    """Write the limits of what is shown."""
    found = limits(selection.records, context.atlas)
    return tag(
        "div",
        tag("p", context.say("limits-intro", count=found.total)),
        tag("div", *_groups(found, context), class_="bv-limits"),
        _counts(selection, context),
        tag("p", context.say("limits-missing")),
        class_="bv-record",
        lang=context.view.lang,
    )


def _groups(found: Limits, context: Context) -> list[Html]:
    dates = [(f"limits-date-{name}", n) for name, n in found.dates.items()]
    places = [(f"limits-place-{name}", n) for name, n in found.places.items()]
    sources = [
        ("limits-source-single", found.single),
        ("limits-source-low", found.low),
        ("limits-source-conflict", found.conflicting),
    ]
    groups = [
        _group(title, [(context.say(key), n) for key, n in rows], found.total, context)
        for title, rows in (
            ("limits-dates", dates),
            ("limits-places", places),
            ("limits-sources", sources),
        )
    ]
    decades = [
        (context.say("numbers-span", low=str(year), high=str(year + 9)), n)
        for year, n in found.decades.items()
    ]
    most = max(found.decades.values(), default=0)
    note = tag("p", context.say("limits-decades-note"), class_="bv-small")
    groups.append(_group("limits-decades", decades, most, context, note, share=False))
    return groups


def _group(
    title: str,
    rows: list[tuple[str, int]],
    whole: int,
    context: Context,
    note: Html | None = None,
    *,
    share: bool = True,
) -> Html:
    """Write a list of counts, each with a bar that is its part of the whole."""
    lines = []
    for words, number in rows:
        part = number / whole if whole else 0
        said = context.number(number) if number else context.say("limits-decade-none")
        if share and number:
            said = f"{said} ({context.percent(part)})"
        bar = tag("i", style=f"width:{100 * part:.1f}%", aria_hidden="true")
        lines.append(tag("div", tag("dt", words), tag("dd", said, bar)))
    children = [tag("h3", context.say(title)), tag("dl", *lines, class_="bv-bars")]
    return tag("section", *children, *([note] if note else []))


def _counts(selection: Selection, context: Context) -> Html:
    rows = []
    for found in beside(selection.records, context.atlas):
        label = tag(
            "a",
            context.words(found.known.label),
            href=context.link(found.known.record),
            target="_self",
        )
        said = context.say(
            "limits-counts-line",
            label="\0",
            value=found.known.value,
            count=found.count,
        )
        before, after = said.split("\0")
        rows.append(tag("li", before, label, after))
    if not rows:
        return Html("")
    return tag("section", tag("h3", context.say("limits-counts")), tag("ul", *rows))
