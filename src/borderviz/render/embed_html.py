"""The map in a frame of another page: its title, its legend, the way to the whole."""

from __future__ import annotations

from borderviz.layers import counts
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.sentence import is_narrow, sentence
from borderviz.render.story_html import step_title
from borderviz.render.take_html import full_address
from borderviz.selection import Selection


def embed_head_html(selection: Selection, context: Context) -> Html:
    """Write the line over the map: what this is, and what narrows it."""
    atlas = context.atlas
    title = context.words(atlas.settings.title, "h1")
    return tag(
        "div",
        title,
        tag("p", said(selection, context)),
        class_="bv-title bv-embed-title",
        lang=context.view.lang,
    )


def said(selection: Selection, context: Context) -> str:
    """Say what the map shows: a step of the story, the narrowed view, or what it is."""
    step = context.atlas.step_of.get(context.view.story)
    if step:
        return step_title(step, context)
    if is_narrow(context):
        return sentence(selection, context)
    return context.plain(context.atlas.settings.subtitle)


def embed_foot_html(selection: Selection, context: Context, address: str) -> Html:
    """Write what stands under the map: legend, the record chosen, the way out."""
    record = context.atlas.records.get(context.view.selected)
    return tag(
        "div",
        _card(record, context) if record else Html(""),
        _legend(selection, context),
        _way_out("take-record" if record else "take-open", context, address),
        class_="bv-embed-foot bv-record",
        lang=context.view.lang,
    )


def _way_out(key: str, context: Context, address: str) -> Html:
    """Write the link to the same view on the page itself, in a window of its own."""
    return tag(
        "a",
        context.say(key),
        href=full_address(context, address),
        target="_blank",
        rel="noopener",
        class_="bv-embed-out",
        data_bv="here",
    )


def _card(record: Record, context: Context) -> Html:
    """Write a record in a few lines, for maps too low for a card on them."""
    small = " · ".join(
        x for x in (context.say(f"kind-{record.kind}"), context.date(record)) if x
    )
    return tag(
        "div",
        tag("p", small, class_="bv-kicker"),
        tag("h2", context.words(record.title)),
        class_="bv-embed-card",
        role="status",
    )


def _legend(selection: Selection, context: Context) -> Html:
    """Write which layers are shown, as a fold: it covers the map only while open."""
    atlas, view = context.atlas, context.view
    number = counts(atlas, selection.hidden)
    items = [
        tag(
            "li",
            tag(
                "span",
                context.say(
                    "layer-count",
                    name=context.plain(layer.name),
                    count=number[layer.id],
                ),
                class_=f"bv-w-{layer.id}",
            ),
        )
        for layer in atlas.settings.layers
        if layer.id in view.layers and not layer.places and number[layer.id]
    ]
    if not items:
        return Html("")
    said_again = tag("p", said(selection, context), class_="bv-small")
    version = tag("p", context.version(), class_="bv-small")
    inside = tag(
        "div",
        join([said_again, tag("ul", *items), version]),
        class_="bv-key",
        tabindex="0",
        role="region",
        aria_label=context.say("take-legend"),
    )
    return tag("details", tag("summary", context.say("take-legend")), inside)
