"""What all commands share: the application, options, and words for a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from borderviz.errors import Problem
from borderviz.paths import default_atlas

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
FOLDER = "The atlas; BORDERVIZ_ATLAS or the one that came along if none is named."
AtlasOption = Annotated[
    Path | None,
    typer.Option("--atlas", metavar="DIR", help=FOLDER, show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON, for machines.")]


def existing(folder: Path | None) -> Path:
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
    names = ("found", "allowed", "cure")
    rows = [f"  {name:<8} {getattr(problem, name)}" for name in names]
    return "\n".join(map(printable, [problem.where, *rows]))


@contextmanager
def stretched(label: str) -> Iterator[Callable[[str, int, int], None]]:
    """
    Show how far long work has come, on a terminal; give what is told of each step.

    Parameters
    ----------
    label
        What is being done.
    """
    with typer.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def told(what: str, done: int, total: int) -> None:
            bar.length = max(1, total)
            bar.label = f"{label}: {printable(what)}"
            bar.update(done - bar.pos)

        yield told
