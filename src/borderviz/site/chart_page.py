"""The charts as a page: pictures with what they say in words, caveats and sources."""

from __future__ import annotations

from borderviz.render.charts import charts
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.site.head import void
from borderviz.site.linked import page_data
from borderviz.site.model import Page, Site
from borderviz.site.names import LinkWriter

PATH = "charts.html"
THIN = "36rem"


def chart_page(site: Site, lang: str) -> Page:
    """
    Write the charts.

    Parameters
    ----------
    site, lang
        What it belongs to, and its language.
    """
    context = site.context(lang, PATH)
    title = context.say("sheet-charts")
    said = site.said(lang)
    main = join(
        [
            tag("h1", title),
            tag("p", said, class_="bv-site-said"),
            _charts(site, context),
        ]
    )
    data = page_data(title, said, PATH, site, context)
    return Page(PATH, title, said, main, now=PATH, data=data)


def _charts(site: Site, context: Context) -> Html:
    lang, links = context.view.lang, site.links(context.view.lang, PATH)
    parts = []
    for chart in charts(site.selection.records, context, "light"):
        name = f"chart-{chart.id}"
        words = f"{chart.title}. {chart.summary}"
        image = _drawn(f"{name}-{lang}", words, site, links)
        parts.append(
            tag(
                "section",
                tag("h2", chart.title),
                image,
                tag("p", chart.summary),
                tag("div", *chart.caveats, chart.sources, class_="bv-small"),
                id=f"bv-{name}",
                tabindex="-1",
            )
        )
    if not site.selection.records:
        parts.append(tag("p", context.say("chart-nothing")))
    return tag("div", *parts, class_="bv-record bv-site-charts", lang=lang)


def _drawn(name: str, words: str, site: Site, links: LinkWriter) -> Html:
    """Show a chart in the reader's colours, and in letters as large as the screen's."""
    sources = [
        void("source", srcset=links.root(site.files[key]), media=f"{dark}{thin}")
        for scheme, dark in (
            ("dark", "(prefers-color-scheme: dark) and "),
            ("light", ""),
        )
        for wide, thin in (
            ("thin", f"(max-width: {THIN})"),
            ("wide", "(min-width: 1px)"),
        )
        if (key := f"{name}-{scheme}-{wide}") in site.files
        and (scheme, wide) != ("light", "wide")
    ]
    light = site.files.get(f"{name}-light-wide")
    if not light:
        return Html("")
    image = void("img", src=links.root(light), alt=words, loading="lazy")
    return tag("picture", *sources, image)
