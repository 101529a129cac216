"""The fold under a record that says how to cite it."""

from __future__ import annotations

from borderviz.bibliography import NAMES
from borderviz.model import Record
from borderviz.render.citation import (
    STYLES,
    Citation,
    Line,
    record_citation,
)
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.sources_html import AS_IS, as_is


def record_cite_html(record: Record, context: Context) -> Html:
    """Write the fold of a record's panel; with the day if the context has one."""
    citation = record_citation(
        record, context, today=context.today, address=context.address
    )
    return tag(
        "details",
        tag("summary", context.say("cite-record")),
        cite_html(citation, context, place="cite"),
        class_="bv-cite",
    )


def cite_html(citation: Citation, context: Context, *, place: str) -> Html:
    """
    Write a citation in every style, each with a link that copies it.

    Parameters
    ----------
    citation
        What to cite.
    context
        The reader's language.
    place
        Names it on its page: the ids of its parts begin so.
    """
    parts = []
    for style in STYLES:
        identity = f"bv-{place}-{style}"
        name = NAMES.get(style) or context.say("cite-plain")
        copy = tag(
            "a",
            context.say("cite-copy"),
            href=f"#{identity}",
            class_="bv-button",
            data_bv="copy-text",
            target="_self",
            aria_label=f"{context.say('cite-copy')}: {name}",
        )
        parts.append(
            tag("div", tag("h4", name, class_=AS_IS if style in NAMES else None), copy)
        )
        body = _body(citation, style, context)
        parts.append(tag("pre", body, id=identity, tabindex="0"))
    return join(parts)


def _body(citation: Citation, style: str, context: Context) -> Html:
    if style == "plain":
        return join(_line(line, context) for line in citation.lines)
    return tag("code", citation.text(style), class_=AS_IS, translate="no")


def _line(line: Line, context: Context) -> Html:
    """Write a line with its end, so that a copy of the whole has one for each."""
    text = f"{line.text}\n"
    return as_is("span", text, context) if line.is_source else tag("span", text)
