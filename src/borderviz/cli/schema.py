"""`borderviz schema`: what each file of an atlas may hold, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from borderviz.cli.common import app, printable
from borderviz.cli.options import ForceOption
from borderviz.errors import WordError
from borderviz.schemas import SCHEMAS, file_name, schema
from borderviz.writing import new_folder

FOLDER = ".schemas"
_HELP = """Write JSON Schemas of an atlas's files, by which editors check and complete.

\b
borderviz schema
    which there are
borderviz schema sources
    one of them
borderviz schema -o my-border/.schemas
    all of them, as files; new-atlas has done so already
"""


@app.command("schema", help=_HELP)
def _schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Which one.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Write all of them into this folder.",
            show_default=False,
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Write schemas; see the help."""
    if name is not None and out is not None:
        msg = "a folder gets all of them: leave the name out"
        raise typer.BadParameter(msg, param_hint="--output")
    if out is not None:
        write_schemas(out, force=force)
        typer.echo(f"{printable(str(out))}: {len(SCHEMAS)} schemas", err=True)
    elif name is None:
        for key, described in SCHEMAS.items():
            files = f" ({', '.join(described.files)})" if described.files else ""
            typer.echo(f"{key:<16} {described.told[:-1]}{files}")
    elif name in SCHEMAS:
        typer.echo(_text(name), nl=False)
    else:
        near = str(WordError("NAME", name, SCHEMAS))
        raise typer.BadParameter(near)


def write_schemas(folder: Path, *, force: bool) -> None:
    """
    Fill a folder with all schemas.

    Parameters
    ----------
    folder
        Where to.
    force
        True replaces a folder that was written so before.
    """
    with new_folder(folder, force=force) as part:
        for name in SCHEMAS:
            (part / file_name(name)).write_text(_text(name), encoding="utf-8")


def _text(name: str) -> str:
    return json.dumps(schema(name), ensure_ascii=False, indent=1) + "\n"
