"""`borderviz cite`: how to cite a view or a record, on the terminal."""

from __future__ import annotations

from typing import Annotated, Literal, NoReturn

import typer

from borderviz.cli.common import AtlasOption, app, printable
from borderviz.cli.options import AddressOption, LangOption
from borderviz.cli.output import asked
from borderviz.errors import UnknownIdError
from borderviz.render.citation import record_citation, view_citation

_HELP = """Tell how to cite a view or a record: its producers first, then this atlas.

\b
borderviz cite
    the whole atlas, in plain text
borderviz cite --view "from=1998&mode=foot" --format bibtex > on-foot.bib
    what a link shows, for LaTeX: every source, and the view with its data version
borderviz cite --record ID --format csl > record.json
    one record, for Zotero, pandoc and the like
borderviz cite --record ID --lang LANG --address https://example.org/atlas/
    in another language, with a link to where the atlas is served
"""


@app.command("cite", help=_HELP)
def _cite(
    view: Annotated[
        str | None,
        typer.Option(
            metavar="QUERY", help="What a link has after its `?`.", show_default=False
        ),
    ] = None,
    record: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="A record instead of a view.", show_default=False
        ),
    ] = None,
    form: Annotated[
        Literal["plain", "bibtex", "csl"],
        typer.Option("--format", help="Plain text, BibTeX, or CSL-JSON."),
    ] = "plain",
    lang: LangOption = "",
    atlas: AtlasOption = None,
    address: AddressOption = "",
) -> None:
    """Write a citation to the standard output; see the help."""
    if view is not None and record is not None:
        msg = "a record is cited by itself: give it or a view, not both"
        raise typer.BadParameter(msg, param_hint="--record")
    found = asked(atlas, view or "", lang, address)
    if record is None:
        cited = view_citation(*found.pair, **found.when)
    else:
        known = found.context.atlas.records
        if record not in known:
            _leave(UnknownIdError(record, known))
        cited = record_citation(known[record], found.context, **found.when)
    # As bytes: a citation is UTF-8 whatever the terminal speaks.
    typer.echo(cited.text(form).encode(), nl=False)


def _leave(error: UnknownIdError) -> NoReturn:
    typer.echo(f"borderviz: {printable(str(error))}", err=True)
    if error.near:
        typer.echo(f"borderviz: did you mean {', '.join(error.near)}?", err=True)
    raise typer.Exit(2)
