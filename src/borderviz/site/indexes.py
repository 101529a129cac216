"""What leads to every page: for readers, for search engines, and for those astray."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from borderviz.permalink import LISTS
from borderviz.render.html import Html, tag
from borderviz.render.overview_html import list_title
from borderviz.site.frame import ways
from borderviz.site.head import meta, void
from borderviz.site.linked import page_data
from borderviz.site.model import Page, Site
from borderviz.site.names import ALL, EMBED, MAP, RECORDS

_XHTML = "http://www.w3.org/1999/xhtml"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def all_page(site: Site, lang: str) -> Page:
    """Write the page from which every other page is one or two steps away."""
    context = site.context(lang, ALL)
    title = context.say("site-all-title")
    said = context.say("site-all-said", count=len(site.atlas.records))
    lists = [(f"{name}.html", list_title(name, context)) for name in LISTS]
    lists.append((RECORDS, context.say("site-records")))
    more = [
        ("limits.html", context.say("sheet-limits")),
        (EMBED, context.say("site-embed")),
    ]
    groups = [
        (context.say("pages"), [w for w in ways(context) if w[0] != ALL] + more),
        (context.say("browse"), lists),
    ]
    parts = [
        tag("section", tag("h2", name), _links(found, site, lang))
        for name, found in groups
    ]
    credit = tag("p", said)
    main = tag(
        "article", tag("h1", title), credit, *parts, class_="bv-record", lang=lang
    )
    data = page_data(title, said, ALL, site, context)
    return Page(ALL, title, said, main, now=ALL, data=data)


def _links(found: Iterable[tuple[str, str]], site: Site, lang: str) -> Html:
    links = site.links(lang, ALL)
    items = [
        tag("li", tag("a", words, href=links.to(path), class_="bv-list-link"))
        for path, words in found
    ]
    return tag("ul", *items, class_="bv-site-links")


def records_page(site: Site, lang: str) -> Page:
    """List every record, each kind under its own heading."""
    context = site.context(lang, RECORDS)
    title = context.say("site-records")
    said = context.say("list-count", count=len(site.atlas.records))
    kinds: dict[str, list[Html]] = {}
    for record in site.atlas.records.values():
        kinds.setdefault(record.kind, []).append(context.record_link(record))
    parts = [
        tag("section", tag("h2", context.say(f"kind-{kind}")), *items)
        for kind, items in kinds.items()
    ]
    main = tag(
        "article",
        tag("h1", title),
        tag("p", said, class_="bv-when"),
        *parts,
        class_="bv-record bv-listing",
        lang=lang,
    )
    data = page_data(title, said, RECORDS, site, context)
    return Page(RECORDS, title, said, main, now=ALL, data=data)


def not_found(site: Site, css: str) -> str:
    """
    Write what a server shows for an address without a page.

    It may be shown under any address, so that it holds its own style and leads to the
    index of whatever folder that is: each has one.

    Parameters
    ----------
    site
        What it belongs to.
    css
        The style sheet that it holds.
    """
    home = site.address or ""
    parts: list[Html] = []
    title = ""
    for lang in site.languages:
        context = site.context(lang, MAP)
        title = title or context.say("site-missing")
        ways_back = [
            tag("a", context.say("back-to-map"), href=f"{home}{MAP}"),
        ]
        parts.append(
            tag(
                "section",
                tag("h1" if not parts else "h2", context.say("site-missing")),
                tag("p", context.say("site-missing-said")),
                tag("p", *ways_back),
                lang=lang,
            )
        )
    lang = site.atlas.settings.default_language
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = tag(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        meta("viewport", "width=device-width, initial-scale=1"),
        meta("color-scheme", "light dark"),
        meta("robots", "noindex"),
        tag("title", title),
        tag("style", Html(css)),
    )
    body = tag(
        "body",
        tag("main", tag("article", *parts, class_="bv-record"), class_="bv-narrow"),
        class_="bv-site",
    )
    return f"<!doctype html>\n{tag('html', head, body, lang=lang)}\n"


def robots(site: Site) -> str:
    """Let every search engine read everything, and say where the list of it is."""
    lines = ["User-agent: *", "Allow: /"]
    if site.address:
        lines.append(f"Sitemap: {site.full('sitemap.xml')}")
    return "\n".join([*lines, ""])


def sitemap(site: Site, paths: Sequence[str]) -> str:
    """
    List every page in every language for search engines.

    Parameters
    ----------
    site
        Its address is known: a list of relative addresses is none.
    paths
        The pages, from the folder of a language.
    """
    default = site.atlas.settings.default_language
    codes = {code: code for code in site.languages} | {"x-default": default}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<urlset xmlns={quoteattr(_SITEMAP)} xmlns:xhtml={quoteattr(_XHTML)}>",
    ]
    for path in paths:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(name)} '
            f"href={quoteattr(site.full(f'{code}/{path}'))}/>"
            for name, code in codes.items()
        )
        lines += [
            f"<url><loc>{escape(site.full(f'{lang}/{path}'))}</loc>"
            f"<lastmod>{site.today.isoformat()}</lastmod>{others}</url>"
            for lang in site.languages
        ]
    return "\n".join([*lines, "</urlset>", ""])
