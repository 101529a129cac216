"""What a site is made of while it is written: its pages, files and common words."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from borderviz.content import Atlas
from borderviz.render.context import Context
from borderviz.render.html import Html
from borderviz.render.sentence import sentence
from borderviz.selection import Selection
from borderviz.site.names import LinkWriter, Progress
from borderviz.view import ViewState

HASH = 10


@dataclass(frozen=True)
class Page:
    """
    One page in one language.

    Parameters
    ----------
    path
        Where it is, from the folder of its language.
    title, description
        What it is called, and what it says in a sentence or two: plain text.
    main
        Its content.
    now
        Path of the entry of the menu that it belongs to; empty for none.
    name
        A class for its layout.
    data
        What machines may know of it: JSON-LD.
    scripts
        Files it needs, from the folder of the site.
    picture
        What a preview of it shows, from the folder of the site; empty for the map.
    """

    path: str
    title: str
    description: str
    main: Html
    now: str = ""
    name: str = "bv-narrow"
    data: Mapping[str, Any] | None = None
    scripts: tuple[str, ...] = ()
    picture: str = ""


@dataclass(frozen=True)
class Site:
    """
    A site that is being written.

    Parameters
    ----------
    folder
        Where its files go.
    atlas
        What it holds: nothing that the view leaves out.
    view
        What every page begins from: without filters, for all that is here meets them.
    asked
        The view it is made of.
    selection
        The events of that view.
    today
        The day it is made.
    address
        Where it will be served, with a slash at its end; empty if that is not known.
    progress
        Is told what is done, how much of it, and of how much.
    files
        Addresses of shared files by name, filled in as they are written.
    sizes
        Width and height of the pictures that pages show, by address.
    """

    folder: Path
    atlas: Atlas
    view: ViewState
    asked: ViewState
    selection: Selection
    today: dt.date
    address: str
    progress: Progress
    files: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def languages(self) -> dict[str, str]:
        """The languages, each with its own name."""
        return self.atlas.settings.languages

    def context(self, lang: str, path: str) -> Context:
        """Make what writes words and links of a page."""
        view = self.view.with_(lang=lang)
        return Context(self.atlas, view, writer=self.links(lang, path))

    def said(self, lang: str) -> str:
        """Say in a sentence which events are here."""
        whole = Context(self.atlas, self.asked.with_(lang=lang))
        return sentence(self.selection, whole)

    def links(self, lang: str, path: str) -> LinkWriter:
        """Make what writes the links of a page."""
        return LinkWriter(path, self.view.with_(lang=lang), self.atlas)

    def full(self, path: str) -> str:
        """Write the whole address of a file; empty if nobody said where the site is."""
        return urljoin(self.address, path) if self.address else ""

    def write(self, path: str, content: str | bytes) -> str:
        """Write a file; return its path."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode("utf-8") if isinstance(content, str) else content
        target.write_bytes(data)
        return path

    def asset(self, name: str, content: str | bytes) -> str:
        """
        Write a shared file under a name that changes with its content.

        Parameters
        ----------
        name
            Its name without the hash, such as `site.css`.
        content
            What is in it.
        """
        data = content.encode("utf-8") if isinstance(content, str) else content
        stem, _, ending = name.rpartition(".")
        digest = hashlib.sha256(data).hexdigest()[:HASH]
        self.files[name] = self.write(f"assets/{stem}-{digest}.{ending}", data)
        return self.files[name]
