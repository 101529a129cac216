"""`borderviz export`: a view into a file, a picture, a page or a site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from borderviz.cli.common import AtlasOption, app, stretched
from borderviz.cli.options import (
    AddressOption,
    ForceOption,
    LangOption,
    OutOption,
    SchemeOption,
    ScopeOption,
    SizeOption,
    ViewOption,
    WhatOption,
)
from borderviz.cli.output import Asked, asked, filled, written

export = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
_HELP = """Take a view along: data, a picture, a single page, a whole site.

The view is what a link of the page has after its `?`; the same link gives the same
records in every format. A file that is there already stays, unless --force is given.

\b
borderviz export csv -o crossings.csv
    every event, for a spreadsheet
borderviz export zip --view "from=1998&mode=foot" -o on-foot.zip
    data with its licences, sources and a text that explains it
borderviz export png --view "sel=ID" --size print -o map.png
    a picture for print, at 300 dots an inch
borderviz export html --lang ko -o map.html
    one page that opens from disk, without a network
borderviz export site --address https://example.org/atlas/ -o public
    a folder that any web server can serve
"""
app.add_typer(export, name="export", help=_HELP, short_help=_HELP.splitlines()[0])


def _data_command(form: str, help_: str) -> None:
    """Make the command for one format of data."""

    def run(
        view: ViewOption = "",
        scope: ScopeOption = "events",
        lang: LangOption = "",
        out: OutOption = None,
        force: ForceOption = False,
        address: AddressOption = "",
        atlas: AtlasOption = None,
    ) -> None:
        from borderviz.export.formats import data_bytes

        found = asked(atlas, view, lang, address)
        written(
            found,
            out,
            form,
            lambda: data_bytes(form, *found.pair, scope=scope, **found.when),
            force=force,
        )

    export.command(form, help=help_)(run)


_data_command("geojson", "Write GeoJSON (RFC 7946), for maps on the web.")
_data_command("csv", "Write a table for spreadsheets: UTF-8, and no formula can run.")
_data_command("gpkg", "Write a GeoPackage, for QGIS and other desktop maps.")
_data_command("kml", "Write KML, for Google Earth and the like.")
_data_command("parquet", "Write GeoParquet, for analysis.")


def _picture_command(form: Literal["png", "svg"], help_: str) -> None:
    """Make the command for one form of picture."""

    def run(
        view: ViewOption = "",
        what: WhatOption = "map",
        size: SizeOption = "web",
        scheme: SchemeOption = "light",
        lang: LangOption = "",
        out: OutOption = None,
        force: ForceOption = False,
        address: AddressOption = "",
        atlas: AtlasOption = None,
    ) -> None:
        found = asked(atlas, view, lang, address)
        draw = _drawing(found, form=form, size=size, scheme=scheme)
        written(found, out, form, lambda: draw(what), force=force)

    export.command(form, help=help_)(run)


def _drawing(found: Asked, **looks: Any) -> Callable[[str], bytes]:
    """Make what draws a picture by its name."""
    from borderviz.pictures.catalogue import picture

    selection, context = found.pair
    return lambda name: picture(name, selection, context, **looks, **found.when)


_picture_command("png", "Draw the map, a chart or a strip as pixels.")
_picture_command("svg", "Draw the map, a chart or a strip for a drawing program.")


@export.command("zip")
def _zip(
    view: ViewOption = "",
    scope: ScopeOption = "events",
    forms: Annotated[
        str,
        typer.Option(
            "--formats", metavar="NAMES", help="With commas between; all if not given."
        ),
    ] = "",
    picture: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Also this picture, as PNG and SVG; may be repeated."
        ),
    ] = None,
    lang: LangOption = "",
    out: OutOption = None,
    force: ForceOption = False,
    address: AddressOption = "",
    atlas: AtlasOption = None,
) -> None:
    """Write data with licences, citations and a text that explains it."""
    from borderviz.export.bundle import zip_bytes
    from borderviz.export.formats import FORMATS

    wanted = [name for name in forms.split(",") if name] or list(FORMATS)
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        msg = (
            f"no format is called {', '.join(unknown)}; there are {', '.join(FORMATS)}"
        )
        raise typer.BadParameter(msg, param_hint="--formats")
    found = asked(atlas, view, lang, address)
    written(
        found,
        out,
        "zip",
        lambda: zip_bytes(
            wanted,
            *found.pair,
            scope=scope,
            pictures=_pictures(found, picture or ()),
            **found.when,
        ),
        force=force,
    )


def _pictures(found: Asked, names: Sequence[str]) -> dict[str, bytes]:
    """Draw pictures by name, for the web and for a drawing program."""
    return {
        f"{name}.{form}": _drawing(found, form=form)(name)
        for name in names
        for form in ("png", "svg")
    }


@export.command("html")
def _html(
    view: ViewOption = "",
    lang: LangOption = "",
    out: OutOption = None,
    force: ForceOption = False,
    address: AddressOption = "",
    atlas: AtlasOption = None,
) -> None:
    """Write one page with everything in it, which opens from disk."""
    from borderviz.standalone.single_file import single_file

    found = asked(atlas, view, lang, address)
    written(
        found,
        out,
        "html",
        lambda: single_file(*found.pair, **found.when).encode(),
        force=force,
    )


@export.command("site")
def _site(
    out: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Where to write.")
    ],
    view: ViewOption = "",
    lang: LangOption = "",
    force: ForceOption = False,
    address: AddressOption = "",
    atlas: AtlasOption = None,
) -> None:
    """Write a folder of pages that any web server can serve.

    Every record has a page of its own. With --address the pages name their full
    addresses, and there is a sitemap for search engines, which needs them.
    """
    from borderviz.site import write_site

    found = asked(atlas, view, lang, address)
    with stretched("Writing the site") as told:
        filled(
            found,
            out,
            lambda folder: write_site(folder, *found.pair, progress=told, **found.when),
            force=force,
        )
    if not address:
        typer.echo(
            "note: no sitemap.xml and no canonical addresses: they need --address URL",
            err=True,
        )
