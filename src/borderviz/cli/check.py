"""`borderviz check`: what is wrong in an atlas, the first to mend first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from borderviz.cli.common import (
    FOLDER,
    JsonOption,
    app,
    existing,
    printable,
    problem_as_text,
)
from borderviz.cli.lines import Lines
from borderviz.cli.points import points_told
from borderviz.consequences import is_unread
from borderviz.content import Atlas, content_files, read
from borderviz.errors import ContentError, Problem
from borderviz.translations import notes

MOST = 10
_LATER = "Rules that take several entries are looked at when every file can be read."
_BEGIN = "To begin an atlas: borderviz new-atlas DIR"


@app.command("check")
def _check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help=FOLDER, show_default=False)
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help=f"Tell every problem, not the first {MOST}.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Tell what is wrong in an atlas, the first to mend first, each with its cure."""
    root = existing(folder)
    atlas, problems = read(root)
    with_points, told = points_told(root)
    problems = in_order([*problems, *with_points])
    lines = Lines(root)
    if as_json:
        rows = [{**found.as_dict(), "line": lines.of(found)} for found in problems]
        typer.echo(json.dumps(rows, indent=2))
    elif atlas and not problems:
        typer.echo(summary(atlas))
        for note in (*notes(atlas), *told):
            typer.echo(f"note: {printable(str(note))}")
    else:
        shown = problems if all_ else problems[:MOST]
        for problem in shown:
            typer.echo(problem_as_text(_placed(problem, lines)) + "\n")
        if more := len(problems) - len(shown):
            typer.echo(f"... and {more:,} more: mend these first, or see --all\n")
        typer.echo(f"{ContentError(problems)} of {printable(str(root))}")
        for line in _outlook(root, atlas, problems):
            typer.echo(line)
    raise typer.Exit(0 if atlas and not problems else 1)


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """
    Put first what others may follow from: whole files, then the settings.

    Parameters
    ----------
    problems
        As they were found: entries before the rules that take several.
    """
    first = ("atlas.toml", "styles.toml")
    return sorted(problems, key=lambda p: (not is_unread(p), p.file not in first))


def summary(atlas: Atlas) -> str:
    """Say in one line what an atlas holds: records by kind, sources, data version."""
    kinds = Counter(record.kind for record in atlas.records.values())
    counts = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    return (
        f"good: {atlas.settings.id} {printable(atlas.settings.version)}, "
        f"{len(atlas.records)} records ({counts}), {len(atlas.sources)} sources, "
        f"data version {atlas.fingerprint}"
    )


def _placed(problem: Problem, lines: Lines) -> Problem:
    """Add the line to the name of the file."""
    line = lines.of(problem)
    return replace(problem, file=f"{problem.file}:{line}") if line else problem


def _outlook(root: Path, atlas: Atlas | None, problems: Sequence[Problem]) -> list[str]:
    """Tell how much is well already, and what comes after."""
    files = {path.relative_to(root).as_posix() for path in content_files(root)}
    bad = {problem.file for problem in problems}
    told = []
    if well := files - bad:
        told = [f"{len(well):,} of {len(files | bad):,} files"]
    if atlas:
        entries = {(file, key.partition(" ")[2]) for key, file in atlas.files.items()}
        wrong = {(problem.file, problem.record) for problem in problems}
        wrong = {(file, record) for file, record in wrong if record}
        every = {e for e in entries | wrong if "/" not in e[0] and e[0] != "atlas.toml"}
        told.append(f"{len(every - wrong):,} of {len(every):,} entries")
    lines = [f"Without any: {', '.join(told)}."] if told else []
    if atlas and any(map(is_unread, problems)):
        lines.append(_LATER)
    if problems[0].file == "atlas.toml" and not (root / "atlas.toml").exists():
        lines.append(_BEGIN)
    return lines
