"""The page of a record: the panel's text with a head, a small map and a citation."""

from __future__ import annotations

from borderviz.model import Record
from borderviz.render.citation import record_citation
from borderviz.render.cite_html import cite_html
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.overview_html import list_title
from borderviz.render.record_html import record_html
from borderviz.site.frame import raised
from borderviz.site.linked import record_data
from borderviz.site.locator import Locator
from borderviz.site.model import Page, Site
from borderviz.site.names import plain_map, record_path

# Which list a record is in, by its kind.
LIST_OF = {
    "crossing": "events",
    "incident": "events",
    "authorised": "events",
    "crossing-point": "places",
    "site": "places",
    "fact": "facts",
    "event": "timeline",
}


def record_page(record: Record, site: Site, lang: str, locator: Locator) -> Page:
    """
    Write the page of a record.

    Parameters
    ----------
    record
        What it is about.
    site, lang
        What it belongs to, and its language.
    locator
        Draws where it is.
    """
    path = record_path(record.id)
    context = site.context(lang, path)
    listed = f"{LIST_OF.get(record.kind, 'lines')}.html"
    text = record_html(
        record,
        context,
        head=_head(record, site, context, locator),
        foot=_cite(record, site, context),
    )
    said = context.plain(record.gist or record.statements[0].text)
    when = " · ".join(x for x in (context.date(record), said) if x)
    return Page(
        path=path,
        title=context.plain(record.title),
        description=when,
        main=raised(text),
        now=listed,
        data=record_data(record, path, site, context),
    )


def _head(record: Record, site: Site, context: Context, locator: Locator) -> Html:
    lang, path = context.view.lang, record_path(record.id)
    links = site.links(lang, path)
    kind = context.say(f"kind-{record.kind}")
    kicker = [kind, context.words(record.type)] if record.type else [kind]
    when = [w for w in (context.date(record), context.words(record.place)) if w]
    name = LIST_OF.get(record.kind, "lines")
    back = tag(
        "a",
        list_title(name, context),
        href=links.to(f"{name}.html"),
        class_="bv-back",
    )
    drawn = locator.figure(record, context, links)
    dot = f"bv-dot bv-c-{context.style_of(record)}"
    # One level more than the page's: the whole text is raised by one.
    return tag(
        "header",
        back,
        tag(
            "p",
            tag("i", class_=dot, aria_hidden="true"),
            join(kicker, " · "),
            class_="bv-kicker",
        ),
        context.words(record.title, "h2"),
        tag("p", join(when, " · "), class_="bv-when") if when else "",
        context.words(record.gist, "p") if record.gist else "",
        drawn,
        # What has no place is beside the map, and not to be seen on it.
        tag("p", _map_link(record, site, context), class_="bv-actions")
        if drawn
        else "",
    )


def _map_link(record: Record, site: Site, context: Context) -> Html:
    """Lead to the record on the map, its layer put on if it is off."""
    links = site.links(context.view.lang, record_path(record.id))
    base = site.view.with_(lang=context.view.lang)
    to = links.to(plain_map(base, site.atlas, selected=record.id))
    return tag("a", context.say("site-on-map"), href=to, class_="bv-button bv-start")


def _cite(record: Record, site: Site, context: Context) -> Html:
    """Write how to cite, with the address of this page if it is known."""
    path = f"{context.view.lang}/{record_path(record.id)}"
    plainly = Context(site.atlas, context.view, writer=lambda _: path)
    citation = record_citation(record, plainly, today=site.today, address=site.address)
    return tag(
        "details",
        tag("summary", context.say("cite-record")),
        cite_html(citation, context, place="cite"),
        class_="bv-cite",
    )
