"""`borderviz locate`: a file of points in, the same file with kilometres out."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import numpy as np
import pandas as pd
import typer

from borderviz.cli.common import (
    AtlasOption,
    app,
    existing,
    printable,
    problem_as_text,
)
from borderviz.content import Atlas, load
from borderviz.locate import COLUMNS, locate
from borderviz.point_files import Options, PointFileError, opened, replaced
from borderviz.point_files.base import Value, refusal
from borderviz.point_files.rows import Rows

_AT_ONCE = 200_000
# \b keeps the lines of a paragraph as they are.
_HELP = """Tell where along the borders the points of a file are.

Writes the same file with seven columns more: border, km_along, km_low, km_high,
distance_km, side, sector. Everything else stays as it was.

\b
borderviz locate posts.csv
    writes posts-located.csv; columns lat and lon are recognised
borderviz locate posts.csv --lat north --lon east --uncertainty radius
    with other names, and a circle of that many km around each point
borderviz locate posts.gpkg --layer posts -o out.gpkg

A row without a usable point stays, with empty cells; what is wrong with it is told
here. Coordinates are decimal degrees, except in a GeoPackage, which says its own.
"""
_PREFIX = re.compile(r"[A-Za-z0-9_]*")


@app.command("locate", help=_HELP)
def _locate(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="CSV, GeoJSON, GeoPackage or KML.", show_default=False
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="The file to write; NAME-located.EXT if none is named.",
            show_default=False,
        ),
    ] = None,
    lat: Annotated[
        str | None, typer.Option(metavar="NAME", help="CSV column of the latitude.")
    ] = None,
    lon: Annotated[
        str | None, typer.Option(metavar="NAME", help="CSV column of the longitude.")
    ] = None,
    uncertainty: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Column of the radius in km, else uncertainty_km."
        ),
    ] = None,
    layer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Layer of a GeoPackage.")
    ] = None,
    prefix: Annotated[
        str, typer.Option(help="Put before the names of the columns added.")
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there.")
    ] = False,
    atlas: AtlasOption = None,
) -> None:
    """Locate the points of a file; see the help."""
    content = load(existing(atlas))
    try:
        out = _place_for(file, output, force=force)
        if not _PREFIX.fullmatch(prefix):
            allowed, cure = "letters of a to z, digits and _", "Choose a plain prefix."
            raise refusal(file, "--prefix", prefix, allowed, cure)
        added = {prefix + name: float if "km" in name else str for name in COLUMNS}
        points = opened(file, Options(lat, lon, uncertainty, layer, added))
        rows = [row for part in _parts(points.rows, content) for row in part]
        with replaced(out) as part:
            points.write(part, rows)
    except PointFileError as error:
        typer.echo("borderviz: " + problem_as_text(error.problem), err=True)
        raise typer.Exit(2) from None
    _tell(points.rows)
    typer.echo(printable(str(out)))


def _place_for(file: Path, output: Path | None, *, force: bool) -> Path:
    """Decide where to write; refuse what would end badly before anything is read."""
    out = output or file.parent / f"{file.stem}-located{file.suffix}"
    if out.suffix.lower() != file.suffix.lower():
        cure = "Give both files the same kind of name."
        raise refusal(out, "--output", out.suffix or "no suffix", file.suffix, cure)
    if not out.parent.is_dir():
        told = f"no such folder: {out.parent}"
        raise refusal(out, "--output", told, "a folder that is there", "Make it first.")
    if out.is_dir() or (out.exists() and not force):
        found = "a folder" if out.is_dir() else "a file of that name"
        cure = "Name another with --output, or replace a file with --force."
        raise refusal(out, "--output", found, "a name that is free", cure)
    return out


def _parts(rows: Rows, atlas: Atlas) -> Iterator[list[tuple[Value, ...]]]:
    """Locate the points, some at a time; with a bar on a terminal if there are many."""
    lons, lats, radii = rows.lons, rows.lats, rows.radii_km
    with typer.progressbar(
        length=len(rows), file=sys.stderr, hidden=len(rows) <= _AT_ONCE
    ) as bar:
        for low in range(0, len(rows), _AT_ONCE):
            part = slice(low, low + _AT_ONCE)
            found = locate(lons[part], lats[part], atlas, radii[part])
            far = found["border"].isna().to_numpy() & ~np.isnan(lons[part])
            rows.tell_far(low + np.flatnonzero(far))
            yield _values(found)
            bar.update(len(found))


def _values(found: pd.DataFrame) -> list[tuple[Value, ...]]:
    """Turn a table into rows: words, kilometres to the metre, None for nothing."""
    plain = found.round(3).astype(object)
    return list(plain.where(found.notna(), None).itertuples(index=False, name=None))


def _tell(rows: Rows) -> None:
    for problem in rows.problems:
        typer.echo(printable(str(problem)), err=True)
    if more := rows.bad_count - len(rows.problems):
        typer.echo(f"... and {more:,} more", err=True)
    done = len(rows) - rows.bad_count
    typer.echo(f"{done:,} of {len(rows):,} points located", err=True)
