"""The panel for one record: what is reported, from whom, and how exactly."""

from __future__ import annotations

from borderviz.citations import Reference, references
from borderviz.measure import area_of, length_of
from borderviz.model import Record
from borderviz.related import same_place, ties, timely
from borderviz.render.cite_html import record_cite_html
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.short_facts import short_facts
from borderviz.render.sources_html import cited, source_list
from borderviz.render.where_html import along_parts, exact_parts
from borderviz.texts import date_words


def record_html(
    record: Record,
    context: Context,
    *,
    head: Html | None = None,
    foot: Html | None = None,
) -> Html:
    """
    Write the whole panel of a record.

    Parameters
    ----------
    record
        What it tells about.
    context
        Atlas, view and language.
    head, foot
        What stands first and last instead of title and citation, where no map is beside
        them.
    """
    refs = references(record, context.atlas.sources, context.atlas.settings.link_hosts)
    parts = [
        _head(record, context) if head is None else head,
        _reported(record, context, refs),
        _outcome(record, context),
        _competing(record, context),
        _lengths(record, context, refs),
        section(context.say("how-exact"), *exact_parts(record, context)),
        section(context.say("along"), *along_parts(record, context)),
        _conflicts(record, context, refs),
        short_facts(record, context),
        _waypoints(record, context),
        _confidence(record, context),
        _related(record, context),
        section(
            context.say("sources"), source_list(list(refs.values()), context), id_="src"
        ),
        record_cite_html(record, context) if foot is None else foot,
    ]
    return article(context, *parts)


def article(context: Context, *parts: Html, more: str = "") -> Html:
    """Put what the panel shows into the one element that the skip link leads to."""
    name = f"bv-record {more}".strip()
    lang = context.view.lang
    return tag("article", *parts, class_=name, lang=lang, id="bv-panel", tabindex="-1")


def section(title: str, *children: Html, id_: str | None = None) -> Html:
    """Write a headed part of the panel; nothing if there is nothing in it."""
    if not any(children):
        return Html("")
    return tag("section", tag("h3", title), *children, id=id_ and f"bv-{id_}")


def _head(record: Record, context: Context) -> Html:
    kind = context.say(f"kind-{record.kind}")
    kicker = [kind, context.words(record.type)] if record.type else [kind]
    actions = [
        tag(
            "a",
            context.say("link-here"),
            href=context.link(record, listed=""),
            class_="bv-button",
            data_bv="copy",
            target="_self",
        )
    ]
    placed = record.id in context.atlas.positions or record.id in context.atlas.shapes
    if placed or record.geometry:
        actions.append(
            tag(
                "a",
                context.say("zoom-to"),
                href=context.link(record),
                class_="bv-button",
                data_bv="zoom",
                data_id=record.id,
                target="_self",
            )
        )
    when = [context.date(record), context.words(record.place)]
    return tag(
        "header",
        context.back(),
        tag(
            "p",
            tag(
                "i",
                class_=f"bv-dot bv-c-{context.style_of(record)}",
                aria_hidden="true",
            ),
            join(kicker, " · "),
            class_="bv-kicker",
        ),
        context.words(record.title, "h2"),
        tag("p", join([w for w in when if w], " · "), class_="bv-when")
        if any(when)
        else "",
        context.words(record.gist, "p") if record.gist else Html(""),
        tag("p", *actions, class_="bv-actions"),
    )


def _reported(record: Record, context: Context, refs: dict[str, Reference]) -> Html:
    items = [
        tag("li", context.words(s.text), cited(s.sources, refs))
        for s in record.statements
    ]
    return section(context.say("what-is-reported"), tag("ul", *items, class_="bv-said"))


def _outcome(record: Record, context: Context) -> Html:
    parts = []
    if record.outcome:
        parts.append(context.words(record.outcome, "p"))
    if record.status:
        as_of = (
            context.say(
                "as-of", date=date_words(record.status_as_of, context.view.lang)
            )
            if record.status_as_of
            else context.say("status-unknown-date")
        )
        parts.append(
            tag("p", context.words(record.status), " ", tag("small", f"({as_of})"))
        )
    title = "status" if record.status else "outcome"
    return section(context.say(title), *parts)


def _competing(record: Record, context: Context) -> Html:
    if not record.competing:
        return Html("")
    rows = [
        tag("tr", tag("td", _value(c.value, context)), tag("td", context.words(c.who)))
        for c in record.competing
    ]
    return section(context.say("competing"), tag("table", tag("tbody", *rows)))


def _value(value: float | int | dict[str, str], context: Context) -> Html:
    if isinstance(value, dict):
        return context.words(value)
    return tag("b", context.number(value))


def _lengths(record: Record, context: Context, refs: dict[str, Reference]) -> Html:
    parts = []
    if length := length_of(record, context.atlas):
        text = context.say("length-measured", km=length)
        parts.append(tag("p", text, class_="bv-measured"))
    if area := area_of(record, context.atlas):
        text = context.say("area-measured", km=context.number(area, 0))
        parts.append(tag("p", text, class_="bv-measured"))
    if record.stated:
        rows = [
            tag(
                "tr",
                tag(
                    "td", tag("b", context.say("strip-km", km=context.number(s.km, 3)))
                ),
                tag("td", context.words(s.who), cited(s.sources, refs)),
            )
            for s in record.stated
        ]
        parts += [
            tag("h4", context.say("length-stated")),
            tag("table", tag("tbody", *rows)),
        ]
    if record.asserted_by:
        parts += [
            tag("h4", context.say("asserted-by")),
            context.words(record.asserted_by, "p"),
        ]
    return section(context.say("length"), *parts) if parts else Html("")


def _conflicts(record: Record, context: Context, refs: dict[str, Reference]) -> Html:
    items = [
        tag("li", context.words(c.text), cited(c.sources, refs))
        for c in record.conflicts
    ]
    if record.note:
        items.append(tag("li", context.words(record.note)))
    return section(context.say("conflicts"), tag("ul", *items)) if items else Html("")


def _waypoints(record: Record, context: Context) -> Html:
    if not record.waypoints:
        return Html("")
    items = [
        tag("li", context.words(w.name), " ", tag("small", context.words(w.role)))
        for w in record.waypoints
    ]
    note = tag("p", context.say("waypoints-note"), class_="bv-small")
    return section(context.say("waypoints"), tag("ol", *items), note)


def _confidence(record: Record, context: Context) -> Html:
    text = context.say(f"confidence-{record.confidence}")
    return section(
        context.say("confidence"),
        tag("p", tag("i", class_=f"bv-level bv-{record.confidence}"), text),
    )


def _related(record: Record, context: Context) -> Html:
    """List ties, records at the same place, and the ones before and after in time."""
    groups: list[tuple[str, list[Record]]] = []
    for how, records in ties(record, context.atlas).items():
        title = "parts" if how == "parts" else "part-of" if how == "part-of" else ""
        groups.append(
            (context.say(title) if title else context.term("relation", how), records)
        )
    groups.append((context.say("same-place"), same_place(record, context.atlas)))
    before, after = timely(record, context.atlas)
    groups.append((context.say("before"), before))
    groups.append((context.say("after"), after))
    parts = [
        tag("div", tag("h4", title), *[context.record_link(r) for r in records])
        for title, records in groups
        if records
    ]
    return section(context.say("related"), *parts)
