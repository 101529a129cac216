"""The head and the foot of the page, and what it says where no script runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urljoin

from borderviz.permalink import to_query
from borderviz.render.citation import view_citation
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.prose_html import passage_of
from borderviz.render.sentence import sentence
from borderviz.render.story_html import step_link
from borderviz.selection import Selection
from borderviz.texts import date_words


def header_html(
    context: Context,
    *,
    ways: Sequence[tuple[str, str]] = (),
    pages: Mapping[str, str] = {},
) -> Html:
    """
    Write title, subtitle and the ways to story and pages.

    Parameters
    ----------
    context
        From `panels.speaking`.
    ways
        More links: words and address.
    pages
        Addresses of pages that are files of their own, by id.
    """
    settings = context.atlas.settings
    return join(
        [
            context.words(settings.title, "h1"),
            context.words(settings.subtitle, "p"),
            _ways(context, ways, pages),
        ]
    )


def _ways(
    context: Context, ways: Sequence[tuple[str, str]], pages: Mapping[str, str]
) -> Html:
    atlas, view = context.atlas, context.view
    links = []
    if atlas.story:
        links.append((context.say("story"), step_link(atlas.story[0], context)))
    for page in atlas.pages:
        inside = context.query(view.with_(page=page.id, at=""))
        label = passage_of(page.passages, context)[1].label
        links.append((label, pages.get(page.id, inside)))
    found = [tag("a", words, href=href) for words, href in (*links, *ways)]
    if not found:
        return Html("")
    return tag("nav", *found, class_="bv-ways", aria_label=context.say("pages"))


def imprint_html(selection: Selection, context: Context, asked: Context) -> Html:
    """
    Write who made this from what, when, and how to cite it.

    Parameters
    ----------
    selection
        What the view shows of the whole atlas.
    context
        From `panels.speaking`, with the day and the address.
    asked
        Of the whole atlas, with the view as it was asked for.
    """
    settings = context.atlas.settings
    parts = []
    attribution = [context.words(text) for text in settings.attribution]
    parts.append(tag("p", join(attribution, " · ")))
    parts.append(_licences(context))
    day = context.today.isoformat() if context.today else ""
    made = context.say("shell-made", date=date_words(day, context.view.lang))
    parts.append(tag("p", context.version(), ". ", made))
    parts.append(_cite(selection, asked))
    if context.address:
        words = context.say("shell-full")
        parts.append(tag("p", tag("a", words, href=context.address)))
    return join(parts)


def held(selection: Selection, context: Context) -> str:
    """
    Say what of the atlas is here; empty if all is.

    Parameters
    ----------
    selection, context
        The view of the whole atlas, with its filters.
    """
    if len(selection.records) == selection.total:
        return ""
    return context.say("shell-held", sentence=sentence(selection, context))


def _licences(context: Context) -> Html:
    licences = context.atlas.settings.licences
    if not licences:
        return Html("")
    items = [
        tag(
            "li",
            tag("a", context.plain(x.name), href=x.address, rel="noopener"),
            ": ",
            context.words(x.attribution),
        )
        for x in licences
    ]
    words = context.say("shell-licences")
    return tag("details", tag("summary", words), tag("ul", *items))


def _cite(selection: Selection, context: Context) -> Html:
    """Say how the whole is cited; each record's panel says how that is."""
    atlas = context.atlas
    said = context.say(
        "cite-atlas",
        title=context.plain(atlas.settings.title),
        version=atlas.settings.version,
        hash=atlas.fingerprint,
    )
    found = view_citation(
        selection, context, today=context.today, address=context.address, records=()
    )
    own = found.text("plain").removeprefix(context.say("cite-then"))
    words = context.say("shell-cite")
    return tag("details", tag("summary", words), tag("p", said), tag("p", own.strip()))


def noscript_html(selection: Selection, context: Context) -> Html:
    """Say what this is and what it needs, for those who have no script."""
    settings = context.atlas.settings
    words = [
        tag("p", context.say("shell-noscript")),
        tag("p", sentence(selection, context)),
        tag("p", context.say("shell-noscript-sources")),
    ]
    if context.address:
        query = to_query(context.view, context.atlas)
        where = urljoin(context.address, query if query != "?" else "")
        words.append(tag("p", tag("a", context.say("shell-full"), href=where)))
    name = context.words(settings.title, "h2")
    return tag("noscript", tag("div", name, *words, class_="bv-note bv-record"))
