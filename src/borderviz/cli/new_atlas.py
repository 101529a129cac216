"""`borderviz new-atlas`: a small working atlas, for its author to replace."""

from __future__ import annotations

import json
import re
import shlex
import sys
from importlib.resources import as_file, files
from pathlib import Path
from shutil import which
from typing import Annotated

import typer
from anyascii import anyascii
from babel import Locale

from borderviz.cli.common import app, printable
from borderviz.cli.schema import FOLDER as SCHEMA_FOLDER
from borderviz.cli.schema import write_schemas
from borderviz.validate_settings import is_language
from borderviz.writing import OutputError, new_folder

STARTER = "starter"
# What the files of the starter say, and what is to stand there instead.
_ID = 'id = "starter"'
_TITLE = 'title = {en = "The border of Exland and Wyland"}'
_LANGUAGES = 'languages = {en = "English"}'
_TEXT = re.compile(r'\{en = |"en": ')
_HELP = """Write a small working atlas of an invented border, to be replaced.

\b
borderviz new-atlas my-border
    an atlas in English
borderviz new-atlas my-border --title "The Rhine" --languages de,fr
    the first language is the one that every text needs

Nothing that is there already is touched. Comments in the files say what each part is
for; the README in the folder says in which order to replace it.
"""


@app.command("new-atlas", help=_HELP)
def _new_atlas(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="A new folder, or an empty one.", show_default=False
        ),
    ],
    title: Annotated[
        str, typer.Option(help="What the atlas is called.", show_default=False)
    ] = "",
    languages: Annotated[
        str,
        typer.Option(
            metavar="CODES", help="Languages, the one that every text needs first."
        ),
    ] = "en",
) -> None:
    """Write an atlas to begin with; see the help."""
    names = _names(languages)
    if not title.isprintable():
        msg = "a title is one line of letters that can be printed"
        raise typer.BadParameter(msg, param_hint="--title")
    # Put in its place anew, such a folder would no longer be the one the shell is in.
    if folder.resolve() in (here := Path.cwd().resolve(), *here.parents):
        reason = "you are in that folder"
        raise OutputError(folder, reason, "Name a new folder inside it.")
    with new_folder(folder, force=False, kept=True) as part:
        write_starter(part, title.strip(), names)
        write_schemas(part / SCHEMA_FOLDER, force=False)
    for line in _told(folder, names):
        typer.echo(printable(line))


def write_starter(folder: Path, title: str, languages: dict[str, str]) -> None:
    """
    Write the files of a new atlas.

    Parameters
    ----------
    folder
        Where to; empty.
    title
        What it is called; empty for the invented one.
    languages
        Names by code, the default one first.
    """
    default = next(iter(languages))
    with as_file(files("borderviz").joinpath(STARTER)) as starter:
        for path in sorted(p for p in starter.rglob("*") if p.is_file()):
            name = path.relative_to(starter).as_posix().replace(".en.", f".{default}.")
            text = path.read_text(encoding="utf-8")
            if name == "atlas.toml":
                text = _settings(text, title, languages)
            text = _TEXT.sub(lambda m: m[0].replace("en", default, 1), text)
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")


def _names(languages: str) -> dict[str, str]:
    """Name each language as it names itself."""
    codes = [code.strip() for code in languages.split(",")]
    for code in codes:
        if not is_language(code):
            msg = f"{code!r} is no language: write codes such as en,ko or pt-BR"
            raise typer.BadParameter(msg, param_hint="--languages")
    return {
        code: Locale.parse(code, sep="-").get_display_name() or code for code in codes
    }


def _settings(text: str, title: str, languages: dict[str, str]) -> str:
    """Give the settings their id, title and languages."""
    # A string of JSON is one of TOML as well.
    pairs = (f"{code} = {_quoted(name)}" for code, name in languages.items())
    text = text.replace(_LANGUAGES, f"languages = {{{', '.join(pairs)}}}")
    if title:
        slug = "-".join(re.findall("[a-z0-9]+", anyascii(title).lower()))[:40]
        text = text.replace(_ID, f'id = "{slug.strip("-") or "atlas"}"')
        text = text.replace(_TITLE, f"title = {{en = {_quoted(title)}}}")
    return text


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _told(folder: Path, languages: dict[str, str]) -> list[str]:
    """Tell what was written, and the commands that come next, to be copied."""
    default, *others = languages
    # A name that begins with a hyphen would be read as an option.
    named = shlex.quote(f"./{folder}" if str(folder).startswith("-") else str(folder))
    program = f"{shlex.quote(sys.executable)} -m borderviz"
    program = "borderviz" if which("borderviz") else program
    lines = [
        f"{folder}: a working atlas of an invented border. Next:",
        f"  {program} check {named}",
        "      tells what is wrong, where, and how to mend it",
        f"  {program} run --atlas {named}",
        "      shows it in a browser",
        f"  {program} export html --atlas {named} -o atlas.html",
        "      writes it as one page that opens from disk",
        f"{folder / 'README.md'} says in which order to replace what is in it.",
    ]
    if default != "en":
        lines.append(f"Its texts stand under {default}, but are English so far.")
    if others:
        named = ", ".join(others)
        lines.append(f"Texts in {named} may wait: readers see {default} until then.")
    return lines
