"""The frame around every page: head, ways, languages, and what stands at the foot."""

from __future__ import annotations

import re

from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.prose_html import passage_of
from borderviz.site.head import head
from borderviz.site.licences import licence_html
from borderviz.site.model import Page, Site
from borderviz.site.names import ALL, DOWNLOADS, EMBED, MAP, STORY, page_path
from borderviz.texts import date_words

_HEADING = re.compile(r"(</?h)([2-6])(?=[\s>])")


def document(page: Page, site: Site, lang: str) -> str:
    """
    Write a whole page.

    Parameters
    ----------
    page
        Its content.
    site
        What it belongs to.
    lang
        Its language.
    """
    context = site.context(lang, page.path)
    body = tag(
        "body",
        tag("a", context.say("site-skip"), href="#main", class_="bv-skip"),
        header(page, site, lang),
        tag("main", page.main, id="main", class_=page.name, tabindex="-1"),
        footer(page, site, lang),
        class_="bv-site",
    )
    return f"<!doctype html>\n{tag('html', head(page, site, lang), body, lang=lang)}\n"


def header(page: Page, site: Site, lang: str) -> Html:
    """Write the title, the ways and the languages."""
    context, links = site.context(lang, page.path), site.links(lang, page.path)
    title = context.words(site.atlas.settings.title)
    # The map's own heading is its title; everywhere else the title leads to the map.
    name = tag("a", title, href=links.to(MAP), class_="bv-site-title")
    items = [
        tag(
            "li",
            tag(
                "a",
                words,
                href=links.to(path),
                aria_current="page"
                if path == page.path
                else "true"
                if path == page.now
                else None,
            ),
        )
        for path, words in ways(context)
    ]
    label = context.say("pages")
    return tag(
        "header",
        tag("p", name, class_="bv-site-name"),
        languages(page.path, site, lang),
        tag("nav", tag("ul", *items), class_="bv-ways", aria_label=label),
        class_="bv-site-head",
    )


def ways(context: Context) -> list[tuple[str, str]]:
    """List what the menu leads to: path and words."""
    atlas = context.atlas
    story = [(STORY, context.say("story"))] if atlas.story else []
    has_numbers = bool(atlas.questions)
    numbers = [("numbers.html", context.say("sheet-numbers"))] if has_numbers else []
    return [
        (MAP, context.say("site-map")),
        *story,
        ("table.html", context.say("site-table")),
        ("strip.html", context.say("sheet-strip")),
        ("charts.html", context.say("sheet-charts")),
        *numbers,
        *[
            (page_path(p.id), passage_of(p.passages, context)[1].label)
            for p in atlas.pages
        ],
        (DOWNLOADS, context.say("site-downloads")),
        (ALL, context.say("site-all")),
    ]


def languages(path: str, site: Site, lang: str) -> Html:
    """Lead to the same page in each other language."""
    if len(site.languages) < 2:
        return Html("")
    links = site.links(lang, path)
    items = [
        tag("span", name, lang=code, aria_current="true")
        if code == lang
        else tag(
            "a",
            name,
            href=links.root(f"{code}/{path}"),
            lang=code,
            hreflang=code,
            # The map keeps in its address what is shown; the other language has it too.
            data_bv="lang" if path == MAP else None,
        )
        for code, name in site.languages.items()
    ]
    words = site.context(lang, path).say("language")
    return tag("nav", *items, class_="bv-languages", aria_label=words)


def footer(page: Page, site: Site, lang: str) -> Html:
    """Write licences, version and date, how to cite, and the ways not in the menu."""
    context, links = site.context(lang, page.path), site.links(lang, page.path)
    atlas = site.atlas
    more = [
        (name, links.to(path))
        for name, path in (
            (context.say("sheet-limits"), "limits.html"),
            (context.say("list-sources"), "sources.html"),
            (context.say("site-embed"), EMBED),
            (context.say("site-cite"), f"{DOWNLOADS}#cite"),
        )
    ]
    made = context.say("site-made", date=date_words(site.today.isoformat(), lang))
    credit = context.listed(map(context.plain, atlas.settings.attribution), ",")
    return tag(
        "footer",
        tag(
            "p",
            tag("b", context.plain(atlas.settings.title)),
            " · ",
            context.version(),
            " · ",
            made,
        ),
        tag("p", licence_html(site, lang, page.path), " ", credit),
        tag("p", join([tag("a", words, href=to) for words, to in more], " · ")),
        class_="bv-site-foot",
    )


def raised(markup: Html, levels: int = 1) -> Html:
    """
    Raise headings, for what is a part of the app's page and a page of its own here.

    Examples
    --------
    >>> raised(Html('<h2 id="a">A</h2><h3>B</h3>'))
    '<h1 id="a">A</h1><h2>B</h2>'
    """
    return Html(_HEADING.sub(lambda m: f"{m[1]}{max(1, int(m[2]) - levels)}", markup))
