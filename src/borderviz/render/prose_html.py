"""A text of the atlas as markup: its marks, its links to records, its small numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from borderviz.citations import Reference, numbered
from borderviz.documents import Passage
from borderviz.model import Source
from borderviz.prose import Block, Prose, Span, walk
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.sources_html import cited
from borderviz.validate_story import OWN

# A number and its unit stay on one line.
_UNIT = re.compile(r"(?<=\d) (?=(?:km²?|m)\b)")
Computed = Mapping[str, Callable[[], Html]]


def passage_of(passages: dict[str, Passage], context: Context) -> tuple[str, Passage]:
    """Choose a document's words for this reader; tell which language they are in."""
    lang = context.view.lang
    lang = lang if lang in passages else next(iter(passages))
    return lang, passages[lang]


def references_of(prose: Prose, context: Context) -> dict[str, Reference]:
    """Number the sources of a text; what the atlas says of itself leads to its page."""
    atlas = context.atlas
    ids = [source for _, span in walk(prose) for source in span.ids]
    hosts = atlas.settings.link_hosts
    if OWN not in ids or not atlas.pages:
        return numbered(ids, atlas.sources, hosts)
    page = atlas.pages[0]
    own = Source(
        id=OWN,
        type="webpage",
        publisher=context.plain(atlas.settings.title),
        title=context.plain(page.titles),
    )
    refs = numbered(ids, {**atlas.sources, OWN: own}, hosts)
    address = context.query(context.view.with_(page=page.id, at=""))
    return refs | {OWN: refs[OWN].leading_to(address)}


def prose_html(
    prose: Prose, refs: dict[str, Reference], context: Context, computed: Computed
) -> Html:
    """
    Write a text.

    Parameters
    ----------
    prose
        The text.
    refs
        Its sources, by id.
    context
        Atlas, view and language.
    computed
        What writes the blocks that the program works out, by name.
    """
    sections = iter(range(1, len(prose) + 1))
    return join(_block(block, refs, context, computed, sections) for block in prose)


def _block(
    block: Block,
    refs: dict[str, Reference],
    context: Context,
    computed: Computed,
    sections: Iterator[int],
) -> Html:
    if block.kind == "computed":
        write = computed.get(block.name)
        return write() if write else Html("")
    lines = [_line(item, refs, context) for item in block.items]
    if block.kind == "heading":
        identity = section_id(next(sections))
        return tag(f"h{min(block.level + 1, 6)}", *lines, id=identity, tabindex="-1")
    if block.kind == "paragraph":
        return tag("p", *lines)
    name = "ul" if block.kind == "bullets" else "ol"
    return tag(name, *[tag("li", line) for line in lines])


def section_id(number: int) -> str:
    """Name the anchor of a heading, by its place in the text."""
    return f"bv-section-{number}"


def _line(
    spans: tuple[Span, ...], refs: dict[str, Reference], context: Context
) -> Html:
    return join(_span(span, refs, context) for span in spans)


def _span(span: Span, refs: dict[str, Reference], context: Context) -> Html | str:
    if span.kind == "text":
        return _UNIT.sub("\u00a0", span.text)
    if span.kind == "cite":
        return cited(span.ids, refs)
    inner = _line(span.inner, refs, context)
    # What a narrower atlas leaves out is named, and leads nowhere.
    if span.kind == "link" and span.target not in context.atlas.records:
        return inner
    if span.kind == "link":
        address = context.link(span.target)
        return tag("a", inner, href=address, class_="bv-in-text", target="_self")
    return tag(span.kind, inner)
