"""Competing numbers: for each question every stated value, with names, on one axis."""

from __future__ import annotations

from borderviz.citations import Reference, reference
from borderviz.competing import Comparison, compare
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.numbers_curve import curve_html
from borderviz.render.numbers_table import TableWriter, cited_spans, record_link
from borderviz.render.sources_html import source_list

LEGEND = (
    ("bv-q-dot", "numbers-mark-one"),
    ("bv-q-dot bv-q-about", "numbers-mark-about"),
    ("bv-q-bar", "numbers-mark-range"),
    ("bv-q-bar bv-q-from", "numbers-mark-open"),
    ("bv-q-own", "numbers-measured"),
)


def numbers_html(context: Context) -> Html:
    """
    Write every question of the atlas, with a list of them first.

    Parameters
    ----------
    context
        Atlas, view and language.

    Returns
    -------
    Html
        Nothing if the atlas asks no question.
    """
    found = [compare(question, context.atlas) for question in context.atlas.questions]
    if not found:
        return Html("")
    links = [
        tag("li", tag("a", context.words(c.question.title), href=f"#{_anchor(c)}"))
        for c in found
    ]
    marked = [
        tag(
            "span",
            tag("span", tag("i", class_=name), class_="bv-q-key"),
            " ",
            context.say(key),
        )
        for name, key in LEGEND
    ]
    return tag(
        "div",
        tag("p", context.say("numbers-intro")),
        tag("nav", tag("ul", *links), aria_label=context.say("numbers-contents")),
        tag("p", *marked, class_="bv-q-legend bv-q-note"),
        *[_article(comparison, context) for comparison in found],
        class_="bv-record bv-differ bv-tall",
        lang=context.view.lang,
    )


def _anchor(comparison: Comparison) -> str:
    return f"bv-q-{comparison.question.id}"


def _article(comparison: Comparison, context: Context) -> Html:
    question = comparison.question
    refs = _references(comparison, context)
    writer = TableWriter(comparison, context, refs)
    parts = [
        context.words(question.title, "h3"),
        context.words(question.intro, "p"),
        _scopes_note(comparison, context),
        *[writer.table(groups) for groups in comparison.panels],
    ]
    if not question.charted:
        parts.append(tag("p", context.say("numbers-not-drawn"), class_="bv-caution"))
    if comparison.parts:
        parts += [
            tag("h4", context.say("numbers-parts")),
            writer.table(comparison.parts),
        ]
    parts += [
        _beside(comparison, context),
        _reasons(comparison, context, refs, writer.place),
    ]
    if comparison.profile:
        parts += [
            tag("h4", context.say("numbers-curve")),
            curve_html(comparison.profile, comparison.panels[0][0], context),
        ]
    sources = source_list(list(refs.values()), context, place=writer.place)
    parts.append(
        tag(
            "details",
            tag("summary", context.say("numbers-sources", count=len(refs))),
            sources,
        )
    )
    return tag("article", *parts, id=_anchor(comparison), class_="bv-q")


def _scopes_note(comparison: Comparison, context: Context) -> Html:
    """Warn before the tables where unlike things stand in one of them."""
    if all(len(groups) < 2 for groups in (*comparison.panels, comparison.parts)):
        return Html("")
    return tag("p", context.say("numbers-scopes"), class_="bv-q-note")


def _references(comparison: Comparison, context: Context) -> dict[str, Reference]:
    """Number the sources of a question by their first use in it."""
    groups = [group for panel in comparison.panels for group in panel]
    rows = [row for group in (*groups, *comparison.parts) for row in group.rows]
    used = [source for row in rows if row.claim for source in row.claim.sources]
    used += [s for reason in comparison.question.reasons for s in reason.sources]
    atlas = context.atlas
    return {
        source: reference(
            number, atlas.sources[source], hosts=atlas.settings.link_hosts
        )
        for number, source in enumerate(dict.fromkeys(used), 1)
    }


def _beside(comparison: Comparison, context: Context) -> Html:
    """Name the lines that continue this one and are not in its length."""
    items = [
        tag(
            "li",
            record_link(record.id, context.words(record.title), context),
            f": {context.say('length-measured', km=km)}",
        )
        for record, km in comparison.beside
    ]
    if not items:
        return Html("")
    return join(
        [tag("h4", context.say("numbers-not-counted")), tag("ul", *items)],
    )


def _reasons(
    comparison: Comparison,
    context: Context,
    refs: dict[str, Reference],
    place: str,
) -> Html:
    here = tag("small", f"({context.say('numbers-measured')})")
    items = [
        tag(
            "li",
            context.words(reason.text),
            " " if not reason.sources else "",
            cited_spans(reason.sources, refs, place) if reason.sources else here,
        )
        for reason in comparison.question.reasons
    ]
    if not items:
        return Html("")
    return join([tag("h4", context.say("numbers-reasons")), tag("ul", *items)])
