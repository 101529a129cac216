"""The files that a site offers to take along: data, pictures, the single page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from borderviz.render.context import Context
from borderviz.selection import Selection
from borderviz.site.model import Site
from borderviz.site.names import MAP
from borderviz.view import ViewState

CITED = {"plain": ".txt", "bibtex": ".bib", "csl": ".csl.json"}
MAP_SIZES = ("print", "slide")


@dataclass(frozen=True)
class File:
    """A file to be taken along: where it goes, and who makes it."""

    path: str
    make: Callable[[], str | bytes]


def write_downloads(site: Site, selection: Selection, context: Context) -> None:
    """
    Write every file that the page of downloads offers.

    Parameters
    ----------
    site
        Where they go.
    selection, context
        The view that the site is made of.
    """
    files = list(_files(site, selection, context))
    for done, file in enumerate(files):
        site.progress("downloads", done, len(files))
        site.write(file.path, file.make())
    site.progress("downloads", len(files), len(files))


def _files(site: Site, selection: Selection, context: Context) -> Iterator[File]:
    from borderviz.export.bundle import zip_bytes
    from borderviz.export.formats import FORMATS, data_bytes
    from borderviz.pictures.catalogue import picture
    from borderviz.render.citation import view_citation
    from borderviz.standalone.single_file import single_file

    day, address, atlas = site.today, site.address, context.atlas
    common: dict[str, Any] = {"today": day, "address": address}
    for lang in site.languages:
        view = context.view.with_(lang=lang)
        to = Context(atlas, view, today=day, writer=_from_root(site, lang))
        for form, kind in FORMATS.items():
            path = data_path(site, lang, kind.ending)
            yield File(path, partial(data_bytes, form, selection, to, **common))
        for scope, ending in (("events", ".zip"), ("layers", "-all.zip")):
            make = partial(zip_bytes, list(FORMATS), selection, to, scope=scope)
            yield File(data_path(site, lang, ending), partial(make, **common))
        cited = view_citation(selection, to, **common)
        for style, ending in CITED.items():
            yield File(data_path(site, lang, ending), partial(cited.text, style))
        plain = Context(atlas, view, today=day)
        for size in MAP_SIZES:
            make = partial(picture, "map", selection, plain, form="png", size=size)
            yield File(map_path(lang, size), partial(make, **common))
    view = context.view.with_(lang=site.atlas.settings.default_language)
    plain = Context(atlas, view, today=day)
    yield File(single_path(site), partial(single_file, selection, plain, **common))


def _from_root(site: Site, lang: str) -> Callable[[ViewState], str]:
    """Write links as seen from the root of the site, where its address leads."""
    links = site.links(lang, MAP)

    def write(view: ViewState) -> str:
        found = links(view)
        return f"{lang}/{found}" if found else ""

    return write


def data_path(site: Site, lang: str, ending: str) -> str:
    """Name a file of data in a language."""
    return f"data/{site.atlas.settings.id}-{lang}{ending}"


def map_path(lang: str, size: str) -> str:
    """Name the picture of the map in one of its sizes."""
    return f"pictures/{lang}/map-{size}.png"


def single_path(site: Site) -> str:
    """Name the single page that holds everything."""
    return f"data/{site.atlas.settings.id}.html"
