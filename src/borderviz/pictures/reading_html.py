"""Notes and sources, written for the page, as plain paragraphs for a picture."""

from __future__ import annotations

from html.parser import HTMLParser

from borderviz.pictures.lettering import Run, clean
from borderviz.pictures.page_words import Paragraph
from borderviz.render.html import Html
from borderviz.render.sources_html import AS_IS

# What a paragraph may begin with: its own words, or the heading it was folded under.
BEGINS = ("p", "summary")
_UNDER = Run(": ", is_bold=True)


class _Reader(HTMLParser):
    """Collects paragraphs; what is folded away is kept apart, under its heading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[list[Run]] = []
        self.folded: list[list[Run]] = []
        self._runs: list[Run] = []
        self._tags: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; links within the page lead nowhere in a picture."""
        if tag in BEGINS:
            self.end()
        is_link = tag == "a" and AS_IS not in (dict(attrs).get("class") or "")
        self._tags.append((tag, is_link))

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag == "p":
            self.end()
        elif tag == "summary":
            self._runs.append(_UNDER)
        if any(tag == name for name, _ in self._tags):
            while self._tags.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep words."""
        names = [name for name, _ in self._tags]
        if not any(is_link for _, is_link in self._tags):
            self._runs.append(Run(data, "b" in names or "summary" in names))

    def end(self) -> None:
        """End a paragraph; a heading goes on into the first one under it."""
        if self._runs and self._runs[-1] is _UNDER:
            return
        is_folded = any(name == "details" for name, _ in self._tags)
        if any(clean(run.words) for run in self._runs):
            (self.folded if is_folded else self.open).append(self._runs)
        self._runs = []


def paragraphs(markup: Html) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """
    Read the paragraphs of some markup of ours.

    Parameters
    ----------
    markup
        What the page shows.

    Returns
    -------
    tuple
        Those that are open, and those that the page folds away.
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    reader.end()
    open_, folded = (
        tuple(tuple(_joined(runs)) for runs in found)
        for found in (reader.open, reader.folded)
    )
    return open_, folded


def _joined(runs: list[Run]) -> list[Run]:
    """Join runs of one weight; what follows without a space belongs to the last."""
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].is_bold == run.is_bold:
            merged[-1] = Run(merged[-1].words + run.words, run.is_bold)
        else:
            merged.append(run)
    joined: list[Run] = []
    for run in merged:
        words, last = run.words, joined[-1] if joined else None
        if last and words[:1].strip() and last.words[-1:].strip():
            head, space, words = words.partition(" ")
            joined[-1] = Run(last.words + head, last.is_bold)
            words = space + words
        if clean(words):
            joined.append(Run(words, run.is_bold))
    return joined
