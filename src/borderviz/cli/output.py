"""What `export` and its like share: the view that is asked for, and writing it down."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import typer

from borderviz.cli.common import existing, printable
from borderviz.content import load
from borderviz.permalink import decode_query
from borderviz.render.basemaps import BASEMAPS
from borderviz.render.context import Context
from borderviz.selection import Selection, select
from borderviz.writing import new_file, new_folder

STDOUT = Path("-")


@dataclass(frozen=True)
class Asked:
    """A view somebody asked for by command: what it shows, in which words, and when."""

    selection: Selection
    context: Context
    when: dict[str, Any]

    @property
    def pair(self) -> tuple[Selection, Context]:
        """What everything that is exported is made from."""
        return self.selection, self.context


def asked(folder: Path | None, query: str, lang: str, address: str = "") -> Asked:
    """
    Read what the words of a command ask for.

    Parameters
    ----------
    folder
        The atlas; None for the default one.
    query
        What a link has after its `?`; what cannot be used is told and left out.
    lang
        Language; empty for the one in the query.
    address
        Where the page is served; empty if that is not known.

    Raises
    ------
    typer.BadParameter
        If the language is none of the atlas's, or the address none of the web's.
    """
    if address and not _is_address(address):
        msg = f"{address!r} is no address such as https://example.org/atlas/"
        raise typer.BadParameter(msg, param_hint="--address")
    atlas = load(existing(folder))
    found = decode_query(query.removeprefix("?"), atlas, tuple(BASEMAPS))
    for part in (*found.ignored, *filter(None, [found.unknown_record])):
        typer.echo(f"borderviz: not understood: {printable(part)}", err=True)
    known = atlas.settings.languages
    if lang and lang not in known:
        msg = f"the atlas does not speak {lang!r}; it has {', '.join(known)}"
        raise typer.BadParameter(msg, param_hint="--lang")
    view = found.view.with_(lang=lang) if lang else found.view
    when = {"today": today(), "address": address}
    return Asked(select(atlas, view), Context(atlas, view), when)


def _is_address(text: str) -> bool:
    """Tell whether a text can be the address of a page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_plain = text.isascii() and text.isprintable() and " " not in text
    is_bare = not (parts.query or parts.fragment or "\\" in text)
    return (
        is_plain
        and is_bare
        and parts.scheme in ("http", "https")
        and bool(parts.netloc)
    )


def today() -> dt.date:
    """
    Tell which day it is.

    SOURCE_DATE_EPOCH, which reproducible builds set, comes before the clock.
    """
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stamp.isascii() and stamp.isdecimal() and len(stamp) <= 11:
        return dt.datetime.fromtimestamp(int(stamp), tz=dt.UTC).date()
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def written(
    found: Asked, out: Path | None, form: str, make: Callable[[], bytes], *, force: bool
) -> None:
    """
    Make a file and put it where it was asked for; say how large it is.

    Parameters
    ----------
    found
        Gives the name if none was asked for.
    out
        Where to; `-` is the standard output.
    form
        Ending of the name.
    make
        Makes the bytes; not called where they could not be written.
    force
        True replaces a file that is there.

    Raises
    ------
    OutputError
        If it cannot be written; nothing is left behind then.
    """
    if out == STDOUT:
        sys.stdout.buffer.write(make())
        return
    path = out or Path(f"{found.context.atlas.settings.id}.{form}")
    with new_file(path, force=force) as part:
        part.write_bytes(make())
        size = part.stat().st_size
    _told(found, path, size)


def filled(
    found: Asked, out: Path, fill: Callable[[Path], None], *, force: bool
) -> None:
    """
    Fill a folder and move it to where it was asked for; say how much is in it.

    Raises
    ------
    OutputError
        If it cannot be written; nothing is left behind then.
    """
    with new_folder(out, force=force) as part:
        fill(part)
        sizes = [path.stat().st_size for path in part.rglob("*") if path.is_file()]
    _told(found, out, sum(sizes), f"{len(sizes)} files, ")


def _told(found: Asked, path: Path, size: int, more: str = "") -> None:
    count = len(found.selection.records)
    atlas = found.context.atlas
    typer.echo(
        f"{printable(str(path))}: {count} of {found.selection.total} events, {more}"
        f"{size / 1000:,.0f} kB, data version {atlas.fingerprint}",
        err=True,
    )
