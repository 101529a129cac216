"""What can be taken along from a site: data, pictures, the single page, a snippet."""

from __future__ import annotations

from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.page_html import cite_html
from borderviz.site.download_files import (
    CITED,
    MAP_SIZES,
    data_path,
    map_path,
    single_path,
)
from borderviz.site.licences import licence_html
from borderviz.site.linked import page_data
from borderviz.site.model import Page, Site
from borderviz.site.names import DOWNLOADS, EMBED

KILO, MEGA = 1_000, 1_000_000
# Names of formats, the same in every language.
NAMES = {
    "geojson": "GeoJSON",
    "csv": "CSV",
    "gpkg": "GeoPackage",
    "kml": "KML",
    "parquet": "GeoParquet",
    "zip": "ZIP",
    "bibtex": "BibTeX",
    "csl": "CSL-JSON",
}


def download_page(site: Site, lang: str) -> Page:
    """
    Write the page of downloads; the files are there already.

    Parameters
    ----------
    site, lang
        What it belongs to, and its language.
    """
    context = site.context(lang, DOWNLOADS)
    title = context.say("site-downloads-title")
    said = context.say("site-downloads-said", count=len(site.selection.records))
    main = tag(
        "article",
        tag("h1", title),
        tag("p", said),
        _part("site-data", _data(site, context), context),
        _part("site-pictures", _pictures(site, context), context),
        _part("site-single", _single(site, context), context),
        _part("site-embed", _embed(site, context), context),
        _part("site-cite", _cite(site, context), context, "cite"),
        _part("site-rights", _rights(site, context), context),
        class_="bv-record bv-page bv-downloads",
        lang=lang,
    )
    data = page_data(title, said, DOWNLOADS, site, context)
    return Page(DOWNLOADS, title, said, main, now=DOWNLOADS, data=data)


def _part(key: str, body: Html, context: Context, place: str | None = None) -> Html:
    return tag("section", tag("h2", context.say(key)), body, id=place)


def _row(path: str, name: str, what: str, site: Site, context: Context) -> Html:
    """Write a line of the list: the link, what it is for, its size."""
    links = site.links(context.view.lang, DOWNLOADS)
    size = (site.folder / path).stat().st_size
    file = path.rpartition("/")[2]
    link = tag("a", name, href=links.root(path), download=file)
    return tag(
        "tr",
        tag("th", link, scope="row"),
        tag("td", what),
        tag("td", size_words(size, context), class_="bv-n"),
    )


def size_words(size: int, context: Context) -> str:
    """Write how large a file is, as its reader would say it."""
    if size >= MEGA:
        return context.say("site-size-mb", size=context.number(size / MEGA))
    return context.say("site-size-kb", size=context.number(max(size / KILO, 1), 0))


def _table(rows: list[Html]) -> Html:
    return tag("table", tag("tbody", *rows), class_="bv-files")


def _data(site: Site, context: Context) -> Html:
    from borderviz.export.formats import FORMATS

    lang = context.view.lang
    wanted = [(FORMATS[form].ending, form) for form in FORMATS]
    wanted += [(".zip", "zip"), ("-all.zip", "all")]
    rows = [
        _row(
            data_path(site, lang, ending),
            NAMES.get(form) or context.say("site-name-all"),
            context.say(f"site-for-{form}"),
            site,
            context,
        )
        for ending, form in wanted
    ]
    return _table(rows)


def _pictures(site: Site, context: Context) -> Html:
    from borderviz.pictures.catalogue import names

    lang = context.view.lang
    plain = Context(site.atlas, site.asked.with_(lang=lang), today=site.today)
    titles = names(plain)
    rows = [
        _row(
            map_path(lang, size),
            titles["map"],
            context.say(f"site-size-{size}"),
            site,
            context,
        )
        for size in MAP_SIZES
    ]
    rows += [
        _row(
            site.files[f"{name}-{lang}"],
            title,
            context.say("site-svg-said"),
            site,
            context,
        )
        for name, title in titles.items()
    ]
    return _table(rows)


def _single(site: Site, context: Context) -> Html:
    what = context.say("site-single-said")
    name = context.plain(site.atlas.settings.title)
    return _table([_row(single_path(site), name, what, site, context)])


def snippet(site: Site, context: Context) -> str:
    """Write what others put into their page to show the map."""
    lang = context.view.lang
    address = site.full(f"{lang}/{EMBED}") or f"https://…/{lang}/{EMBED}"
    frame = tag(
        "iframe",
        src=address,
        title=context.plain(site.atlas.settings.title),
        width="100%",
        height="520",
        style="border:0",
        loading="lazy",
        allowfullscreen=True,
    )
    return str(frame)


def _embed(site: Site, context: Context) -> Html:
    links = site.links(context.view.lang, DOWNLOADS)
    key = "site-embed-said" if site.address else "site-embed-where"
    see = tag("a", context.say("site-embed-see"), href=links.to(EMBED))
    code = tag("code", snippet(site, context), translate="no")
    pre = tag("pre", code, tabindex="0", class_="bv-snippet")
    return tag("div", tag("p", context.say(key), " ", see), pre)


def _cite(site: Site, context: Context) -> Html:
    lang = context.view.lang
    rows = [
        _row(
            data_path(site, lang, ending),
            NAMES.get(style) or context.say("site-name-plain"),
            context.say("site-for-cite"),
            site,
            context,
        )
        for style, ending in CITED.items()
    ]
    return tag("div", cite_html(context), _table(rows))


def _rights(site: Site, context: Context) -> Html:
    said = [
        tag("li", context.words(x.name, "b"), ": ", context.words(x.attribution))
        for x in site.atlas.settings.licences
    ]
    parts = [tag("p", licence_html(site, context.view.lang, DOWNLOADS))]
    return tag("div", *parts, tag("ul", *said) if said else "")
