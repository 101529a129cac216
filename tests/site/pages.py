"""A written site, read back: its pages, their links and what each of them says."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from borderviz.content import Atlas
from borderviz.selection import Selection
from borderviz.standalone.narrow import narrowed
from borderviz.view import ViewState

# Attributes that hold an address.
ADDRESSES = ("href", "src", "srcset", "action", "data", "poster")


class Page(HTMLParser):
    """What a page is made of: its elements with their attributes, and its words."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[tuple[dict[str, str], str]] = []
        self.headings: list[tuple[int, str]] = []
        self.title = ""
        self._open: list[str] = []
        self.source = path.read_text(encoding="utf-8")
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        self._open.append(tag)
        if tag == "script":
            self.scripts.append((found, ""))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        here = self._open[-1] if self._open else ""
        if here == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = attributes, text + data
        if here == "title":
            self.title += data
        if any(re.fullmatch("h[1-6]", name) for name in self._open):
            level, text = self.headings[-1]
            self.headings[-1] = level, text + data

    def all(self, name: str) -> list[dict[str, str]]:
        """Attributes of all elements of a name."""
        return [attributes for tag, attributes in self.elements if tag == name]

    def meta(self, name: str) -> str:
        """What the page says of itself."""
        for found in self.all("meta"):
            if name in (found.get("name"), found.get("property")):
                return found["content"]
        return ""

    def link(self, rel: str) -> list[dict[str, str]]:
        return [found for found in self.all("link") if found.get("rel") == rel]

    @cached_property
    def ids(self) -> set[str]:
        return {a["id"] for _, a in self.elements if "id" in a}

    @property
    def addresses(self) -> Iterator[str]:
        """Every address that the page leads to or takes something from."""
        for tag, attributes in self.elements:
            for name in ADDRESSES:
                if name in attributes and (tag, name) != ("object", "data"):
                    yield attributes[name]


@dataclass(frozen=True)
class Built:
    """A site as it was written, and what it was made of."""

    folder: Path
    atlas: Atlas
    view: ViewState
    selection: Selection
    address: str
    told: list[tuple[str, int, int]]

    @cached_property
    def atlas_here(self) -> Atlas:
        """The atlas without what the view leaves out."""
        return narrowed(self.atlas, self.selection)

    def page(self, path: str) -> Page:
        return Page(self.folder / path)

    @cached_property
    def pages(self) -> list[Page]:
        return [Page(path) for path in sorted(self.folder.rglob("*.html"))]

    @cached_property
    def plain(self) -> list[Page]:
        """Every page without a map in it."""
        return [
            p for p in self.pages if not is_map(p.path) and "data" not in p.path.parts
        ]

    def ids_of(self, folder: str) -> set[str]:
        """Ids of the records that have a page in a language."""
        names = {path.stem for path in (self.folder / folder / "records").iterdir()}
        return names - {"index"}

    def faults(self, page: Page) -> list[str]:
        """Tell which of a page's own links lead to nothing."""
        found = []
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme or address.startswith("//"):
                continue
            target = page.path
            if parts.path:
                target = (page.path.parent / unquote(parts.path)).resolve()
            if not target.is_file() or not target.is_relative_to(self.folder):
                found.append(f"{page.path.name}: {address} is no file here")
            elif parts.fragment and not is_map(target) and target.suffix == ".html":
                ids = page.ids if target == page.path else self.anchors(target)
                if unquote(parts.fragment) not in ids:
                    found.append(f"{page.path.name}: {address} is no place there")
        return found

    def anchors(self, path: Path) -> set[str]:
        known = self.__dict__.setdefault("_anchors", {})
        if path not in known:
            known[path] = Page(path).ids
        return known[path]

    def everything(self) -> Iterator[tuple[str, str]]:
        """Every text of the site by its file; what is packed is unpacked."""
        for path in sorted(self.folder.rglob("*")):
            if path.suffix in {".html", ".js", ".xml", ".txt", ".json", ".csv", ".svg"}:
                text = path.read_text(encoding="utf-8")
                yield path.name, text
                for block in re.findall(r'[">]([A-Za-z0-9+/=]{200,})["<]', text):
                    yield path.name, unpacked(block)


def is_map(path: Path) -> bool:
    """The map's pages keep what they show behind the hash."""
    return path.name in {"index.html", "embed.html"} and path.parent.name != "records"


def unpacked(block: str) -> str:
    """Read a block of data as the page does."""
    data = base64.b64decode(block)
    for bits in (15, -15, 47):
        try:
            return zlib.decompress(data, bits).decode("utf-8", "replace")
        except zlib.error:
            continue
    return data.decode("utf-8", "replace")


def json_of(page: Page) -> list[Any]:
    """Read what a page tells machines."""
    import json

    return [
        json.loads(text)
        for attributes, text in page.scripts
        if attributes.get("type") == "application/ld+json"
    ]
