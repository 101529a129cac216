"""Rules for story, pages, corrections: what they name exists, facts are cited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from borderviz.documents import Page, Passage, Step
from borderviz.faults import (
    Fault,
    Found,
    language_faults,
    suggestion,
    texts_of,
    unknown,
    unresolved,
)
from borderviz.permalink import decode_step
from borderviz.prose import uncited, walk, word_count
from borderviz.validate_lists import is_box

if TYPE_CHECKING:
    from borderviz.content import Atlas

# A step is read beside a map, on a phone too.
MOST_WORDS = 120
# A source that is no source: what the atlas says of itself leads to its first page.
OWN = "this-atlas"
COMPUTED = (*("contents", "asserted", "finest", "confidence", "corrections", "cite"),)


def story_faults(atlas: Atlas) -> Found:
    """
    Find the faults of story, pages and corrections.

    Parameters
    ----------
    atlas
        As far as it could be read.

    Yields
    ------
    tuple
        File, the document's id and the fault.
    """
    settings = atlas.settings
    for step in atlas.story:
        yield from ((step.file, step.id, fault) for fault in _head(step, atlas))
        for passage in step.passages.values():
            for fault in (*_names(passage, atlas), *_told(passage)):
                yield passage.file, step.id, fault
    told = {step.head.chapter for step in atlas.story}
    for chapter in settings.chapters:
        if chapter.id not in told:
            fault = Fault(
                "chapters",
                f"{chapter.id}, of which no step is",
                "chapters that a step of the story names",
                "Write a step, or remove the chapter.",
            )
            yield "atlas.toml", chapter.id, fault
    documents: list[Step | Page] = [*atlas.story, *atlas.pages]
    for document in documents:
        for lang, passage in document.passages.items():
            cure = "Rename the file, or add the language to atlas.toml."
            for fault in unknown("language", lang, settings.languages, cure):
                yield passage.file, document.id, fault
    for page in atlas.pages:
        for passage in page.passages.values():
            for fault in (*_names(passage, atlas), *_computed(passage)):
                yield passage.file, page.id, fault
    yield from _pages(atlas.pages, atlas)
    yield from _corrections(atlas)


def _head(step: Step, atlas: Atlas) -> Iterator[Fault]:
    """A step belongs to a chapter, and its view can be shown."""
    head, chapters = step.head, [chapter.id for chapter in atlas.settings.chapters]
    yield from unknown("chapter", head.chapter, chapters, "Add it to [[chapters]].")
    if not is_box(head.box):
        yield Fault(
            "box",
            head.box,
            "[west, south, east, north] in degrees",
            "Check the order: longitudes first and third.",
        )
    if head.focus is not None:
        yield from unresolved("focus", head.focus, atlas.records, "a record")
    decoded = decode_step(head.view, atlas)
    own = default_keys(head.view)
    if decoded.ignored or decoded.unknown_record or own:
        bad = (*decoded.ignored, *own) or (f"sel={decoded.unknown_record}",)
        yield Fault(
            "view",
            ", ".join(bad),
            "layers and filters as a link has them",
            "Set the view in the page and copy layers and filters from its link.",
        )


def default_keys(view: str) -> tuple[str, ...]:
    """Name the parts of a step's view that are not for a step to set."""
    keys = dict(parse_qsl(view, keep_blank_values=True))
    return tuple(
        key
        for key in keys
        if key in ("at", "lang", "sel", "list", "story", "page", "map", "show", "sort")
    )


def _names(passage: Passage, atlas: Atlas) -> Iterator[Fault]:
    """Every source and every record that a text names exists."""
    for block, span in walk(passage.prose):
        field = f"line {block.line}"
        for source in span.ids:
            if source != OWN:
                what = "an entry of sources.json"
                yield from unresolved(field, source, atlas.sources, what)
        if span.kind == "link":
            yield from unresolved(field, span.target, atlas.records, "a record")


def _told(passage: Passage) -> Iterator[Fault]:
    """A step is short, made of paragraphs, and cites in every sentence."""
    words = word_count(passage.prose)
    if words > MOST_WORDS:
        yield Fault(
            "text",
            f"{words} words",
            f"at most {MOST_WORDS}: it is read beside a map",
            "Shorten it, or make two steps of it.",
        )
    for block in passage.prose:
        if block.kind != "paragraph":
            yield Fault(
                f"line {block.line}",
                f"a block of {block.kind}",
                "paragraphs",
                "Write it as a paragraph.",
            )
    for line, sentence in uncited(passage.prose):
        yield Fault(
            f"line {line}",
            sentence[:80],
            "a citation [@source] in every sentence",
            f"Cite who says so, or [@{OWN}] for what the atlas says of itself.",
        )


def _computed(passage: Passage) -> Iterator[Fault]:
    """What the program is to work out is something that it knows."""
    for block in passage.prose:
        if block.kind == "computed" and block.name not in COMPUTED:
            otherwise = "Name one of them, or write the words without braces."
            yield Fault(
                f"line {block.line}",
                f"{{{block.name}}}",
                "one of " + ", ".join(f"{{{name}}}" for name in COMPUTED),
                suggestion(block.name, COMPUTED, otherwise),
            )


def _pages(pages: list[Page], atlas: Atlas) -> Found:
    """A story that speaks of its own atlas needs a page to lead to."""
    cites_itself = any(
        OWN in span.ids
        for step in atlas.story
        for passage in step.passages.values()
        for _, span in walk(passage.prose)
    )
    if cites_itself and not pages:
        fault = Fault(
            "pages",
            "nothing",
            f"a folder with a page, which [@{OWN}] leads to",
            "Write a page about the atlas.",
        )
        yield "atlas.toml", "", fault


def _corrections(atlas: Atlas) -> Found:
    file, languages = atlas.settings.corrections or "", atlas.settings.languages
    for number, correction in enumerate(atlas.corrections, 1):
        faults = [
            *language_faults(texts_of(correction), languages),
            *(
                fault
                for name in correction.records
                for fault in unresolved("records", name, atlas.records, "a record")
            ),
            *(
                fault
                for name in correction.sources
                for fault in unresolved("sources", name, atlas.sources, "a source")
            ),
        ]
        yield from ((file, f"#{number}", fault) for fault in faults)
