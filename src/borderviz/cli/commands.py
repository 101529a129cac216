"""The commands that tell about an atlas or show it: measure, list, run."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from borderviz import __version__
from borderviz.cli.common import (
    AtlasOption,
    JsonOption,
    app,
    existing,
    printable,
    problem_as_text,
)
from borderviz.content import load
from borderviz.measure import measure
from borderviz.paths import POINTS, points_file
from borderviz.permalink import decode_query
from borderviz.render.basemaps import BASEMAPS
from borderviz.selection import select
from borderviz.server import serve, server_command
from borderviz.texts import pick


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"borderviz {__version__}")
        raise typer.Exit


_VERSION = typer.Option(
    "--version", callback=_show_version, is_eager=True, help="Show the version."
)


@app.callback()
def _root(version: Annotated[bool, _VERSION] = False) -> None:
    """An open, cited, offline-first map of a border."""


@app.command("measure")
def _measure(atlas: AtlasOption = None, as_json: JsonOption = False) -> None:
    """Tell how long each line is, and what others state."""
    content = load(existing(atlas))
    language, lines = content.settings.default_language, measure(content)
    if as_json:
        typer.echo(json.dumps([line.as_dict(language) for line in lines], indent=2))
    else:
        blocks = ("\n".join(map(printable, line.rows(language))) for line in lines)
        typer.echo("\n\n".join(blocks))


@app.command("list")
def _list(
    view: Annotated[
        str, typer.Option(metavar="QUERY", help="What a link has after its `?`.")
    ] = "",
    atlas: AtlasOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell which events a view shows: the same as the page does for that link."""
    content = load(existing(atlas))
    found = decode_query(view.removeprefix("?"), content, tuple(BASEMAPS))
    left_out = [*found.ignored, *filter(None, [found.unknown_record])]
    for part in left_out:
        typer.echo(f"borderviz: not understood: {printable(part)}", err=True)
    records = select(content, found.view).records
    if as_json:
        ids = [record.id for record in records]
        told = {"count": len(ids), "ids": ids, "ignored": left_out}
        typer.echo(json.dumps(told, indent=2))
        return
    for record in records:
        title = pick(record.title, found.view.lang, content.settings.default_language)
        row = (record.date or "", record.id, title.text)
        typer.echo("  ".join(map(printable, row)))
    typer.echo(f"{len(records)} records")


@app.command("run")
def _run(
    port: Annotated[
        int, typer.Option(envvar="PORT", min=1, max=65535, help="Where it listens.")
    ] = 8501,
    atlas: AtlasOption = None,
    host: Annotated[
        str, typer.Option(help="Which address it listens on; 0.0.0.0 means all.")
    ] = "localhost",
    points: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            envvar="BORDERVIZ_POINTS",
            help="GeoParquet of points that all readers see over the map; "
            f"{POINTS} in the atlas if none is named.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Start the dashboard on this machine."""
    root = existing(atlas).resolve()
    file = points or points_file(root)
    if file:
        _look_at(file)
    shown = "localhost" if host in ("0.0.0.0", "::") else host
    typer.echo(f"http://{f'[{shown}]' if ':' in shown else shown}:{port}")
    environment = {**os.environ, "BORDERVIZ_ATLAS": str(root)}
    if file:
        environment["BORDERVIZ_POINTS"] = str(file.resolve())
    raise typer.Exit(serve(server_command(port=port, host=host), environment))


def _look_at(file: Path) -> None:
    """Leave at once if points cannot be shown, as far as a short look tells."""
    # Here: a server without points does not need what reads them.
    from borderviz.overlay.points_error import PointsError
    from borderviz.overlay.points_file import check_points

    try:
        count = check_points(file)
    except PointsError as error:
        typer.echo(problem_as_text(error.problem), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{printable(file.name)}: {count:,} rows")
