"""A page over the map: a text of the atlas, with what the program works out in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from borderviz.documents import Page
from borderviz.finest import Finest
from borderviz.model import Record
from borderviz.prose import plain
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.prose_html import (
    passage_of,
    prose_html,
    references_of,
    section_id,
)
from borderviz.render.sources_html import as_is, source_list
from borderviz.texts import date_words


def page_html(page: Page, context: Context) -> Html:
    """
    Write a page.

    Parameters
    ----------
    page
        The page.
    context
        Atlas, view and language.
    """
    lang, passage = passage_of(page.passages, context)
    refs = references_of(passage.prose, context)
    # What the program says is in the reader's language, whatever the page is in.
    own = context.view.lang if context.view.lang != lang else None
    map_only = context.query(context.view.with_(page="", at=""))
    back = context.way_back("back-to-map", map_only, own)
    headings = [b for b in passage.prose if b.kind == "heading"]
    contents = [
        tag("li", tag("a", plain(b.items[0]), href=f"#{section_id(number)}"))
        for number, b in enumerate(headings, 1)
        if b.level == 2
    ]
    computed = {
        name: partial(_own, write, context, own) for name, write in WRITERS.items()
    }
    parts = [
        back,
        tag("h2", passage.title, tabindex="-1", id="bv-page-title"),
        tag(
            "nav",
            tag("ul", *contents),
            class_="bv-contents",
            aria_label=context.say("page-contents"),
        ),
        prose_html(passage.prose, refs, context, computed),
    ]
    if refs:
        parts += [
            tag("h3", context.say("sources"), lang=own),
            _own(partial(source_list, list(refs.values())), context, own),
        ]
    return tag("article", *parts, class_="bv-record bv-page", lang=lang)


def _own(write: Callable[[Context], Html], context: Context, lang: str | None) -> Html:
    """Write a part in a language of its own; None for the language around it."""
    return tag("div", write(context), lang=lang) if lang else write(context)


def contents_html(context: Context) -> Html:
    """Count what the atlas holds, by kind."""
    atlas = context.atlas
    kinds = list(dict.fromkeys(record.kind for record in atlas.records.values()))
    rows = [
        _row(
            context.say(f"kind-{kind}"),
            context.number(sum(r.kind == kind for r in atlas.records.values())),
        )
        for kind in kinds
    ]
    rows.append(_row(context.say("sources"), context.number(len(atlas.sources))))
    table = tag("table", tag("tbody", *rows), class_="bv-counted")
    return join([table, tag("p", context.version(), class_="bv-small")])


def _row(name: str, number: str) -> Html:
    return tag("tr", tag("td", number), tag("th", name, scope="row"))


def asserted_html(context: Context) -> Html:
    """List the lines that somebody asserts, with who does."""
    records = [r for r in context.atlas.records.values() if r.asserted_by]
    rows = [
        tag(
            "tr",
            tag("th", _link(record, context), scope="row"),
            tag("td", context.words(record.asserted_by)),
        )
        for record in records
    ]
    head = tag(
        "tr",
        tag("th", context.say("kind-border"), scope="col"),
        tag("th", context.say("asserted-by"), scope="col"),
    )
    return tag("table", tag("thead", head), tag("tbody", *rows), class_="bv-asserted")


def _link(record: Record, context: Context) -> Html:
    words = context.words(record.title)
    return tag("a", words, href=context.link(record), target="_self")


def finest_html(context: Context) -> Html:
    """List the rules that no position may break."""
    items = [
        tag(
            "li",
            context.words(rule.what),
            tag("small", "; ".join(_limits(rule, context)), class_="bv-small"),
        )
        for rule in context.atlas.settings.finest
    ]
    return tag("ul", *items, class_="bv-rules")


def _limits(rule: Finest, context: Context) -> list[str]:
    """Say in words how finely a rule lets records be placed."""
    found = []
    if rule.km is not None:
        found.append(context.say("finest-km", km=rule.km))
    if rule.decimals is not None:
        found.append(context.say("finest-decimals", count=rule.decimals))
    if rule.town_km is not None:
        found.append(context.say("finest-town", km=rule.town_km))
    if rule.unless_named:
        found.append(context.say("finest-named"))
    if rule.unless_landmark:
        found.append(context.say("finest-landmark"))
    return found


def confidence_html(context: Context) -> Html:
    """Say what each level of confidence means."""
    levels = ("high", "medium", "low")
    items = [tag("li", context.say(f"confidence-{level}")) for level in levels]
    return tag("ul", *items)


def corrections_html(context: Context) -> Html:
    """List what was published and then changed, the latest first."""
    atlas = context.atlas
    found = sorted(atlas.corrections, key=lambda c: c.date, reverse=True)
    items = []
    for correction in found:
        links = [
            _link(atlas.records[name], context)
            for name in correction.records
            if name in atlas.records
        ]
        items.append(
            tag(
                "li",
                tag("b", date_words(correction.date, context.view.lang)),
                " ",
                context.words(correction.text),
                *[
                    tag(
                        "small",
                        as_is("span", source.publisher, context),
                        ", ",
                        as_is("span", source.title, context),
                    )
                    for name in correction.sources
                    if (source := atlas.sources.get(name))
                ],
                tag("span", join(links, "; "), class_="bv-small") if links else "",
            )
        )
    if not items:
        return tag("p", context.say("corrections-none"))
    return tag("ul", *items, class_="bv-corrections")


def cite_html(context: Context) -> Html:
    """Say how the atlas is cited as a whole."""
    atlas = context.atlas
    words = context.say(
        "cite-atlas",
        title=context.plain(atlas.settings.title),
        version=atlas.settings.version,
        hash=atlas.fingerprint,
    )
    return tag("blockquote", words)


WRITERS = {
    "contents": contents_html,
    "asserted": asserted_html,
    "finest": finest_html,
    "confidence": confidence_html,
    "corrections": corrections_html,
    "cite": cite_html,
}
