"""The command `borderviz`: check an atlas, measure its lines, run the dashboard.

Streamlit is started as a process of its own and never imported here. Exit codes:
0 good, 1 a fault in the content, 2 a fault in the call.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from borderviz import __version__
from borderviz.content import Atlas, load, read
from borderviz.errors import BorderVizError, ContentError, Problem
from borderviz.measure import measure
from borderviz.paths import default_atlas
from borderviz.permalink import decode_query
from borderviz.render.basemaps import BASEMAPS
from borderviz.selection import select
from borderviz.server import serve, server_command
from borderviz.texts import pick

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_FOLDER = "The atlas; BORDERVIZ_ATLAS or the one that came along if none is named."
AtlasOption = Annotated[
    Path | None,
    typer.Option("--atlas", metavar="DIR", help=_FOLDER, show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON, for machines.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """
    Run the command; with the page, the only place where our errors are caught.

    Parameters
    ----------
    arguments
        Words of the command line; None means those of this process.

    Raises
    ------
    SystemExit
        Always, with the exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(arguments, prog_name="borderviz")
    except BorderVizError as error:
        hint = (
            "; `borderviz check` tells each" if isinstance(error, ContentError) else ""
        )
        typer.echo(f"borderviz: {printable(str(error))}{hint}", err=True)
        raise SystemExit(1) from None


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


@app.command("check")
def _check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help=_FOLDER, show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell every problem in an atlas, with its cure."""
    root = _existing(folder)
    atlas, problems = read(root)
    if as_json:
        typer.echo(json.dumps([problem.as_dict() for problem in problems], indent=2))
    elif atlas and not problems:
        typer.echo(summary(atlas))
    else:
        for problem in problems:
            typer.echo(problem_as_text(problem) + "\n")
        typer.echo(f"{ContentError(problems)} of {printable(str(root))}")
    raise typer.Exit(0 if atlas and not problems else 1)


@app.command("measure")
def _measure(atlas: AtlasOption = None, as_json: JsonOption = False) -> None:
    """Tell how long each line is, and what others state."""
    content = load(_existing(atlas))
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
    content = load(_existing(atlas))
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
) -> None:
    """Start the dashboard on this machine."""
    root = _existing(atlas).resolve()
    shown = "localhost" if host in ("0.0.0.0", "::") else host
    typer.echo(f"http://{f'[{shown}]' if ':' in shown else shown}:{port}")
    environment = {**os.environ, "BORDERVIZ_ATLAS": str(root)}
    raise typer.Exit(serve(server_command(port=port, host=host), environment))


def _existing(folder: Path | None) -> Path:
    """Take the folder that was named, or the default one; leave if there is none."""
    root = default_atlas() if folder is None else folder
    if not root.is_dir():
        typer.echo(f"borderviz: no such folder: {printable(str(root))}", err=True)
        raise typer.Exit(2)
    return root


def printable(text: str) -> str:
    r"""
    Write control characters as code, so that content cannot steer the terminal.

    Examples
    --------
    >>> printable("Old\x1b[31mtown")
    'Old\\x1b[31mtown'
    """
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def problem_as_text(problem: Problem) -> str:
    """
    Lay a problem out for reading: the place first, then what stands there.

    Examples
    --------
    >>> print(problem_as_text(Problem("a.toml", "ford", "", "x", "a source", "Add.")))
    a.toml › ford
      found    x
      allowed  a source
      cure     Add.
    """
    where = " › ".join(filter(None, (problem.file, problem.record, problem.field)))
    names = ("found", "allowed", "cure")
    rows = [f"  {name:<8} {getattr(problem, name)}" for name in names]
    return "\n".join(map(printable, [where, *rows]))


def summary(atlas: Atlas) -> str:
    """Say in one line what an atlas holds: records by kind, sources, data version."""
    kinds = Counter(record.kind for record in atlas.records.values())
    counts = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    return (
        f"good: {atlas.settings.id} {printable(atlas.settings.version)}, "
        f"{len(atlas.records)} records ({counts}), {len(atlas.sources)} sources, "
        f"data version {atlas.fingerprint}"
    )
