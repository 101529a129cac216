"""The page and the map frame as documents, with a word of what they will need.

A browser learns of a file when the script that wants it has run: a first visit waited
for four such steps, one after another. Hints name the files at once. They are found in
Streamlit's build: what a kind of element is drawn by, and all that this imports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from borderviz.ui import map_files
from borderviz.ui.front_files import Content
from borderviz.ui.front_sources import COMPONENT, STATIC, Sources

PAGE = "/"
FRAME = f"{COMPONENT}streamlit_folium.st_folium/index.html"
# What draws the first view, in the order in which it is drawn.
PARTS = (
    *("ComponentInstance", "Html", "TextInput", "ButtonGroup", "Checkbox"),
    *("Selectbox", "Slider"),
)
COMPACT_PARTS = ("ComponentInstance", "Html")
IMPORTED = re.compile(r"""(?:from|import)["'`]\./([\w.-]+\.js)["'`]""")
LINKED = re.compile(r'(?:src|href)="\./([^"]+)"')


@dataclass(frozen=True)
class Made:
    """A document that is not the same for all: which one, and how it is read."""

    variant: str
    read: Callable[[str], Content | None]


class Documents:
    """
    The documents of this process.

    Parameters
    ----------
    sources
        Where their files are.
    """

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._closures: dict[tuple[str, ...], list[str]] = {}

    def made(self, address: str, scope: Scope, headers: Headers) -> Made | None:
        """Tell which document answers a request, if one does."""
        published = map_files.published()
        if address == PAGE:
            query = parse_qs(scope["query_string"].decode("latin-1"))
            is_compact = "true" in query.get("embed", [])
            files = self._files(published, query)
            variant = f"{is_compact} {' '.join(files)}"
            return Made(variant, lambda _: self._page(files, is_compact=is_compact))
        if address == FRAME:
            # The frame's own address does not say which language is wanted.
            query = parse_qs(urlsplit(headers.get("referer", "")).query)
            files = self._files(published, query)
            return Made(" ".join(files), lambda _: self._frame(files))
        return None

    def _files(
        self, published: map_files.Published | None, query: dict[str, list[str]]
    ) -> list[str]:
        """List the map's own files, for a reader of one language."""
        if published is None:
            return []
        wanted = query.get("lang", [""])[0]
        words = published.words.get(wanted, published.words[published.lang])
        return [published.script, published.base, words]

    def _page(self, files: list[str], *, is_compact: bool) -> Content | None:
        modules = self.modules(COMPACT_PARTS if is_compact else PARTS)
        hints = [_link("modulepreload", f"./static/js/{name}") for name in modules]
        if files:
            paths = [*self._frame_scripts, *(f"{COMPONENT}{file}" for file in files)]
            hints += [_link("prefetch", f".{path}") for path in paths]
        return self._document("/index.html", hints)

    def _frame(self, files: list[str]) -> Content | None:
        kinds = ("script", "fetch", "fetch")
        hints = [
            _link("preload", f"../{file}", kind)
            for kind, file in zip(kinds, files, strict=False)
        ]
        return self._document(FRAME, hints)

    def _document(self, address: str, hints: Iterable[str]) -> Content | None:
        data = self.sources.data(address)
        if data is None:
            return None
        text = data.decode().replace("</head>", f"{''.join(hints)}</head>", 1)
        return Content(text.encode(), "index.html", is_for_good=False)

    @cached_property
    def _frame_scripts(self) -> list[str]:
        """The scripts that the frame's own document names."""
        data = self.sources.data(FRAME) or b""
        folder = FRAME.rpartition("/")[0]
        return [f"{folder}/{name}" for name in LINKED.findall(data.decode())]

    def modules(self, parts: tuple[str, ...]) -> list[str]:
        """
        List the script files that draw some kinds of elements, with all they import.

        Parameters
        ----------
        parts
            Names of kinds as Streamlit's build has them.

        Returns
        -------
        list
            File names without those that the page names by itself; empty for a build
            that has no such part.
        """
        if parts not in self._closures:
            data = self.sources.data("/index.html") or b""
            named = {x.rpartition("/")[2] for x in LINKED.findall(data.decode())}
            found: dict[str, None] = {}
            for part in parts:
                self._follow(self._file_of(part), named, found)
            self._closures[parts] = list(found)
        return self._closures[parts]

    def _file_of(self, part: str) -> str:
        folder = f"{STATIC}js/"
        pattern = re.compile(rf"{folder}({re.escape(part)}\.[\w-]+\.js)")
        found = [m[1] for x in self.sources.static if (m := pattern.fullmatch(x))]
        return found[0] if len(found) == 1 else ""

    def _follow(self, name: str, named: set[str], found: dict[str, None]) -> None:
        address = f"{STATIC}js/{name}"
        if name in named or name in found or address not in self.sources.static:
            return
        found[name] = None
        text = (self.sources.data(address) or b"").decode()
        for other in IMPORTED.findall(text):
            self._follow(other, named, found)


def _link(rel: str, address: str, kind: str = "") -> str:
    """Write a hint; what a script fetches, and a module, is asked for in their way."""
    told = f' as="{kind}"' if kind else ""
    crossorigin = " crossorigin" if kind == "fetch" or rel == "modulepreload" else ""
    return f'<link rel="{rel}"{told}{crossorigin} href="{escape(address)}">'
