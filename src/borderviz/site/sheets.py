"""The app's sheets, lists and texts as pages: written by the same hands."""

from __future__ import annotations

from borderviz.documents import Page as Text
from borderviz.permalink import LISTS
from borderviz.prose import plain as plain_prose
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.limits_html import limits_html
from borderviz.render.list_html import list_html
from borderviz.render.numbers_html import numbers_html
from borderviz.render.overview_html import list_title
from borderviz.render.page_html import page_html
from borderviz.render.prose_html import passage_of
from borderviz.render.strip_html import strips_html
from borderviz.site.chart_page import chart_page
from borderviz.site.frame import raised
from borderviz.site.linked import page_data
from borderviz.site.model import Page, Site
from borderviz.site.names import page_path
from borderviz.site.table_page import table_page


def sheet_pages(site: Site, lang: str) -> list[Page]:
    """Write table, strips, charts, numbers and limits."""
    found = [table_page(site, lang), _strips(site, lang), chart_page(site, lang)]
    if site.atlas.questions:
        found.append(_numbers(site, lang))
    return [*found, _limits(site, lang)]


def _strips(site: Site, lang: str) -> Page:
    context = site.context(lang, "strip.html")
    body = Html(
        # What the script of the app does with a strip nothing does here.
        raised(strips_html(site.selection, context))
    )
    return _sheet("strip", context.say("site-strip-said"), body, site, context)


def _numbers(site: Site, lang: str) -> Page:
    context = site.context(lang, "numbers.html")
    body = raised(numbers_html(context))
    return _sheet("numbers", context.say("numbers-intro"), body, site, context)


def _limits(site: Site, lang: str) -> Page:
    context = site.context(lang, "limits.html")
    said = context.say("limits-intro", count=len(site.selection.records))
    body = raised(limits_html(site.selection, context))
    return _sheet("limits", said, body, site, context)


def _sheet(name: str, said: str, body: Html, site: Site, context: Context) -> Page:
    title = context.say(f"sheet-{name}")
    path = f"{name}.html"
    lead = tag("p", site.said(context.view.lang), class_="bv-site-said")
    main = join([tag("h1", title), lead, body])
    data = page_data(title, said, path, site, context)
    return Page(path, title, said, main, now=path, name="bv-wide", data=data)


def list_pages(site: Site, lang: str) -> list[Page]:
    """Write every list: events, places, lines, facts, developments, sources."""
    return [_list(name, site, lang) for name in LISTS]


def _list(name: str, site: Site, lang: str) -> Page:
    path = f"{name}.html"
    context = site.context(lang, path)
    title = list_title(name, context)
    body = raised(list_html(name, context))
    subtitle = context.plain(site.atlas.settings.subtitle)
    said = f"{title}. {context.plain(site.atlas.settings.title)}: {subtitle}"
    data = page_data(title, said, path, site, context)
    return Page(path, title, said, body, now=path, data=data)


def text_pages(site: Site, lang: str) -> list[Page]:
    """Write the atlas's own texts, such as what it is and how it was made."""
    return [_text(page, site, lang) for page in site.atlas.pages]


def _text(page: Text, site: Site, lang: str) -> Page:
    path = page_path(page.id)
    context = site.context(lang, path)
    passage = passage_of(page.passages, context)[1]
    paragraphs = [
        plain_prose(block.items[0])
        for block in passage.prose
        if block.kind == "paragraph"
    ]
    said = paragraphs[0] if paragraphs else passage.title
    body = raised(page_html(page, context))
    data = page_data(passage.title, said, path, site, context)
    return Page(path, passage.title, said, body, now=path, data=data)
