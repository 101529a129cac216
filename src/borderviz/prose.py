"""Markdown into a small tree: headings, paragraphs, lists, links to records, citations.

CommonMark read by markdown-it, without HTML, images, code or quotations: what is not
listed here is a fault, so that nothing a writer meant is dropped in silence. Citations
are written as in Pandoc, `[@source; @other]`. Nothing here knows what exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

_CITATION = re.compile(r"\[(@[^\[\]]*)\]")
_CITED = re.compile(r"@([a-z0-9]+(?:-[a-z0-9]+)*)")
_COMPUTED = re.compile(r"\{([a-z]+(?:-[a-z]+)*)\}")
# A sentence ends at a mark that white space follows; `2.3 km` holds none. A citation
# after that mark is still its own.
_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?]\0)|(?<=[.!?][\"'”’)]\0))[\"'”’)]*\s+")
# What is left of a citation or link that was not understood.
_BROKEN = re.compile(r"\[@|\]\(")
_CITE, _DEEPEST = "\x00", 8


class ProseError(ValueError):
    """Markdown that is something else than text; `line` counts from 1."""

    def __init__(self, line: int, found: str) -> None:
        self.line, self.found = line, found
        super().__init__(f"line {line}: {found}")


@dataclass(frozen=True)
class Span:
    """
    A piece of a line.

    Parameters
    ----------
    kind
        `text`; `em`, `strong` (with `inner`); `link` to a record (`target`, with
        `inner`); `cite` (with `ids`).
    """

    kind: Literal["text", "em", "strong", "link", "cite"]
    text: str = ""
    target: str = ""
    ids: tuple[str, ...] = ()
    inner: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Block:
    """
    A paragraph, a heading of a `level`, one list, or what the program works out.

    Parameters
    ----------
    kind
        `computed` is a line of its own in braces; its name is `name`.
    items
        The lines of a list; every other block has one at most.
    line
        Where it begins, from 1.
    """

    kind: Literal["paragraph", "heading", "bullets", "numbers", "computed"]
    items: tuple[tuple[Span, ...], ...] = ()
    level: int = 0
    name: str = ""
    line: int = 1


Prose: TypeAlias = tuple[Block, ...]


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(
        ["html_block", "html_inline", "autolink", "reference", "entity"]
    )


def read_prose(text: str, first_line: int = 1) -> Prose:
    """
    Read Markdown.

    Parameters
    ----------
    text
        The Markdown.
    first_line
        Number of its first line in its file.

    Raises
    ------
    ProseError
        At the first thing that is neither text nor one of the marks above.

    Examples
    --------
    >>> (block,) = read_prose("A *line* [@map].")
    >>> [span.kind for span in block.items[0]]
    ['text', 'em', 'cite', 'text']
    """
    tokens = iter(_reader().parse(text))
    return tuple(_blocks(tokens, first_line))


def _blocks(tokens: Iterator[Token], first: int) -> Iterator[Block]:
    for token in tokens:
        line = first + (token.map[0] if token.map else 0)
        if token.type == "paragraph_open":
            spans = _line_of(tokens, line)
            named = _COMPUTED.fullmatch(plain(spans).strip())
            if named:
                yield Block("computed", name=named[1], line=line)
            else:
                yield Block("paragraph", (spans,), line=line)
        elif token.type == "heading_open":
            spans = _line_of(tokens, line)
            yield Block("heading", (spans,), int(token.tag[1]), line=line)
        elif token.type == "bullet_list_open":
            yield Block("bullets", tuple(_items(tokens, first)), line=line)
        elif token.type == "ordered_list_open":
            yield Block("numbers", tuple(_items(tokens, first)), line=line)
        else:
            raise ProseError(line, f"Markdown for {token.type.removesuffix('_open')}")


def _line_of(tokens: Iterator[Token], line: int) -> tuple[Span, ...]:
    inline = next(tokens)
    next(tokens)  # what closes it
    return _spans(iter(inline.children or ()), line, "")


def _items(tokens: Iterator[Token], first: int) -> Iterator[tuple[Span, ...]]:
    """Read the lines of a list, of which each is one paragraph."""
    for token in tokens:
        if token.type.endswith("list_close"):
            return
        if token.type != "list_item_open":
            continue
        line = first + (token.map[0] if token.map else 0)
        if next(tokens).type != "paragraph_open":
            raise ProseError(line, "a list item that is not one paragraph")
        yield _line_of(tokens, line)
        if next(tokens).type != "list_item_close":
            raise ProseError(line, "a list item of more than one paragraph")


def _spans(children: Iterator[Token], line: int, until: str) -> tuple[Span, ...]:
    found: list[Span] = []
    words = ""
    for child in children:
        if child.type == until:
            break
        if child.type in ("text", "softbreak", "hardbreak", "text_special"):
            # As one: a line may end inside a citation.
            words += child.content if "text" in child.type else " "
            continue
        found += _cited(words, line)
        words = ""
        kind = child.type.removesuffix("_open")
        if kind not in ("em", "strong", "link") or child.level > _DEEPEST:
            raise ProseError(line, f"Markdown for {kind}")
        inner = _spans(children, line, f"{kind}_close")
        found.append(_marked(child, inner, line))
    return (*found, *_cited(words, line))


def _marked(opened: Token, inner: tuple[Span, ...], line: int) -> Span:
    if opened.type != "link_open":
        return Span("em" if opened.tag == "em" else "strong", inner=inner)
    target = str(opened.attrGet("href") or "")
    if not target.startswith("#") or opened.attrGet("title"):
        raise ProseError(line, f"a link to {target[:60]!r}")
    if _CITE in plain(inner, _CITE):
        raise ProseError(line, "a citation inside a link")
    return Span("link", target=target[1:], inner=inner)


def _cited(text: str, line: int) -> Iterator[Span]:
    """Part a text into words and citations, which follow their word closely."""
    parts = _CITATION.split(text)
    for number, part in enumerate(parts):
        if number % 2 == 0:
            if _BROKEN.search(part):
                raise ProseError(line, f"a broken link or citation: {part[:60]}")
            words = part.rstrip() if number + 1 < len(parts) else part
            if words:
                yield Span("text", words)
            continue
        names = [name.strip() for name in part.split(";")]
        ids = tuple(m[1] for n in names if (m := _CITED.fullmatch(n)))
        if len(ids) != len(names):
            raise ProseError(line, f"the citation [{part[:60]}]")
        yield Span("cite", ids=ids)


def plain(spans: tuple[Span, ...], cite: str = "") -> str:
    """Return the words of a line; `cite` stands for a citation."""
    return "".join(
        cite if s.kind == "cite" else s.text or plain(s.inner, cite) for s in spans
    )


def walk(prose: Prose) -> Iterator[tuple[Block, Span]]:
    """Walk every span of a text, those inside others too, with the block around it."""

    def inside(spans: tuple[Span, ...]) -> Iterator[Span]:
        for span in spans:
            yield span
            yield from inside(span.inner)

    for block in prose:
        for item in block.items:
            yield from ((block, span) for span in inside(item))


def word_count(prose: Prose) -> int:
    """Count the words that white space parts; citations are none."""
    lines = (plain(item) for block in prose for item in block.items)
    return sum(any(c.isalnum() for c in w) for line in lines for w in line.split())


def uncited(prose: Prose) -> list[tuple[int, str]]:
    """
    List the sentences without a citation, each with its block's line.

    Examples
    --------
    >>> uncited(read_prose("It is 2.3 km wide [@map]. Nobody knows why."))
    [(1, 'Nobody knows why.')]
    """
    return [
        (block.line, sentence)
        for block in prose
        if block.kind != "heading"
        for item in block.items
        for sentence in _END.split(plain(item, _CITE).strip())
        if sentence.strip() and _CITE not in sentence
    ]
