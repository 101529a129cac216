"""The command `borderviz`: check an atlas, measure, locate, translate, export, show.

Streamlit is started as a process of its own and never imported here. Exit codes:
0 good, 1 a fault in the content, 2 a fault in the call or in a file that it names.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper

import typer

from borderviz.cli import (
    check,
    cite,
    commands,
    export,
    locate,
    new_atlas,
    schema,
    translate,
)
from borderviz.cli.common import app, printable, problem_as_text
from borderviz.errors import BorderVizError, ContentError
from borderviz.server import serve, server_command
from borderviz.writing import OutputError

__all__ = [
    "app",
    "check",
    "cite",
    "commands",
    "export",
    "locate",
    "main",
    "new_atlas",
    "printable",
    "problem_as_text",
    "schema",
    "serve",
    "server_command",
    "translate",
]


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
        raise SystemExit(2 if isinstance(error, OutputError) else 1) from None
