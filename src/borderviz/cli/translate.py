"""`borderviz translate`: the files of another language, made or brought up to date."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from borderviz.cli.common import AtlasOption, app, existing, printable, problem_as_text
from borderviz.content import read
from borderviz.errors import ContentError
from borderviz.reading import Folder
from borderviz.texts import catalogue
from borderviz.translations import PO_FOLDER, TEXTS_FOLDER, read_po_file
from borderviz.validate_settings import is_language
from borderviz.writing import replacing

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_PLAIN = re.compile(r"[A-Za-z0-9-]{1,20}")
_HELP = """Write the files in which another language is added, or bring them up to date.

\b
translations/LANG.po
    what the texts of the atlas say in that language, for any PO editor
texts/LANG.toml
    the words of the interface, where the program has none in that language

What is translated already stays. A text that has changed keeps its translation as a
guess, which is not shown until the mark `fuzzy` is taken off. Tells how much is done.
"""


@app.command("translate", help=_HELP)
def _translate(
    lang: Annotated[
        str,
        typer.Argument(
            metavar="LANG", help="A code such as eo or pt-BR.", show_default=False
        ),
    ],
    atlas: AtlasOption = None,
) -> None:
    """Write or update the files of a language; see the help."""
    # Babel's catalogues are needed here only: no other command should wait for them.
    from borderviz.drafts import po_draft, table_draft

    root = existing(atlas)
    if not _PLAIN.fullmatch(lang) or not is_language(lang):
        _leave(f"no language is called {lang!r}: write a code such as eo or pt-BR")
    # Files of a language that atlas.toml does not name yet are a fault only later.
    content, problems = read(root, as_written=True)
    if content is None:
        raise ContentError(problems)
    if lang == content.settings.default_language:
        _leave(f"{lang} is the default language: every text has it already")
    po, table = Path(PO_FOLDER, f"{lang}.po"), Path(TEXTS_FOLDER, f"{lang}.toml")
    try:
        draft = po_draft(content, lang, _before(root, po))
        _write(root / po, draft.text)
        told = f"{po.as_posix()}: {draft.done:,} of {draft.total:,} texts"
        if draft.guessed:
            told += f", {draft.guessed:,} guessed"
        if draft.gone:
            told += f", {draft.gone:,} no longer in the atlas"
        typer.echo(printable(told))
        if not catalogue(lang):
            path = root / table
            words = table_draft(lang, path.read_text("utf-8") if path.exists() else "")
            _write(path, words.text)
            typer.echo(f"{table.as_posix()}: {words.done} of {words.total} words")
    except (OSError, ValueError) as error:
        _leave(str(error))
    if lang not in content.settings.languages:
        typer.echo(
            f'To show it, add {lang} = "its own name" to languages in atlas.toml.'
        )


def _before(root: Path, po: Path) -> Catalog | None:
    """Read the translations there are; leave, and touch nothing, if that fails."""
    if not (root / po).exists():
        return None
    folder = Folder(root)
    found = read_po_file(folder, po.as_posix())
    if found is None:
        typer.echo("borderviz: " + problem_as_text(folder.problems[0]), err=True)
        raise typer.Exit(1)
    return found


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all; one that says the same is left alone."""
    data = text.encode()
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(exist_ok=True)
    with replacing(path) as part:
        part.write_bytes(data)


def _leave(told: str) -> NoReturn:
    typer.echo(f"borderviz: {printable(told)}", err=True)
    raise typer.Exit(2)
