"""A view of an atlas as a folder of files that any server can serve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from borderviz.content import Atlas
from borderviz.filters import Filters
from borderviz.render.context import Context
from borderviz.render.web_files import symbol_paths
from borderviz.selection import Selection
from borderviz.site.download_files import write_downloads
from borderviz.site.downloads import download_page
from borderviz.site.frame import document
from borderviz.site.indexes import all_page, not_found, records_page, robots, sitemap
from borderviz.site.licences import write_licences
from borderviz.site.locator import Locator
from borderviz.site.map_pages import write_maps
from borderviz.site.model import Page, Site
from borderviz.site.names import MAP, Progress
from borderviz.site.pictures import draw_pictures
from borderviz.site.record_page import record_page
from borderviz.site.sheets import list_pages, sheet_pages, text_pages
from borderviz.site.story_page import story_page
from borderviz.site.styles import write_assets
from borderviz.standalone.narrow import narrowed


def _silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def write_site(
    folder: Path,
    selection: Selection,
    context: Context,
    *,
    today: dt.date,
    address: str = "",
    progress: Progress = _silent,
) -> None:
    """
    Fill a folder with a site.

    Every link is relative and names a file, so that the folder works under any address
    and from a disk. Without an address there is no list for search engines, which wants
    whole ones, and pages do not say which address is theirs; all else is the same.

    Parameters
    ----------
    folder
        An empty folder.
    selection, context
        The view; what it leaves out is nowhere in the site.
    today
        The day it is made.
    address
        Where it will be served.
    progress
        Is told what is being written, how much of it is done, and of how much.
    """
    atlas = narrowed(context.atlas, selection)
    view = context.view.with_(
        selected="", listed="", sheet="", sort="", at="", story="", page="", basemap=""
    )
    site = Site(
        folder=folder,
        atlas=atlas,
        view=view.with_(filters=Filters()),
        asked=view,
        selection=_of(atlas, selection),
        today=today,
        address=f"{address.rstrip('/')}/" if address else "",
        progress=progress,
    )
    css = write_assets(site)
    write_licences(site)
    draw_pictures(site)
    plain = replace(context, view=view, today=today, writer=None)
    progress("map", 0, 1)
    write_maps(site, selection, plain)
    progress("map", 1, 1)
    write_downloads(site, selection, plain)
    paths = _write_pages(site)
    site.write("404.html", not_found(site, css))
    site.write("robots.txt", robots(site))
    if site.address:
        site.write("sitemap.xml", sitemap(site, [MAP, *paths]))


def _of(atlas: Atlas, selection: Selection) -> Selection:
    """Return the same selection with the narrower atlas's records."""
    kept = tuple(atlas.records[identity] for identity in selection.ids)
    return replace(selection, records=kept)


def _write_pages(site: Site) -> list[str]:
    """Write every page without a map; return their paths within a language."""
    locator = Locator(site.atlas, symbol_paths())
    total = len(site.languages) * len(site.atlas.records)
    done = 0
    paths: dict[str, None] = {}
    for lang in site.languages:
        for page in _pages(site, lang, locator):
            site.write(f"{lang}/{page.path}", document(page, site, lang))
            paths[page.path] = None
            if page.path.startswith("records/"):
                done += 1
                site.progress("pages", min(done, total), total)
    return list(paths)


def _pages(site: Site, lang: str, locator: Locator) -> Iterator[Page]:
    if site.atlas.story:
        yield story_page(site, lang)
    yield from sheet_pages(site, lang)
    yield from list_pages(site, lang)
    yield from text_pages(site, lang)
    yield download_page(site, lang)
    yield all_page(site, lang)
    yield records_page(site, lang)
    for record in site.atlas.records.values():
        yield record_page(record, site, lang, locator)
