"""The words of a page: paragraphs broken into lines, as large as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from borderviz.pictures.lettering import Line, Run, wrapped_runs
from borderviz.pictures.shapes import text
from borderviz.render.html import Html, join, tag

LEADING = 1.42
# A line's letters stand on this share of its height; blocks of lines are so far apart.
BASE, GAP = 0.8, 13.0
# How much smaller the words of a slide may become before some are left out.
SMALLEST, STEPS = 0.65, 14

Paragraph = tuple[Run, ...]
# Lines, each with the name of its block, the size of its letters and its ink.
Block = list[tuple[str, Line, float, str]]


@dataclass(frozen=True)
class Words:
    """
    What is read around a drawing.

    Parameters
    ----------
    title, said
        The heading, and the sentence that says what the drawing shows.
    notes
        What a reader must know, then who published the figures: the first ones are the
        last to be left out where there is no room.
    credit
        How to cite the picture; never left out.
    left_out
        What stands in the place of notes that were left out.
    """

    title: str
    said: str
    notes: tuple[Paragraph, ...]
    credit: tuple[str, ...]
    left_out: str = ""


@dataclass(frozen=True)
class Style:
    """Sizes of letters on a page, and its two inks."""

    title: float
    said: float
    note: float
    credit: float
    ink: str
    muted: str


# Title, sentence, notes, credit: on a page, and on a slide, where notes beside the
# drawing begin large and shrink until they fit.
STYLES = {False: (20.0, 12.5, 9.6, 8.8), True: (23.0, 14.0, 13.0, 9.2)}
BELOW = 10.6


def fitting(
    name: str,
    paragraphs: Sequence[Paragraph],
    size: float,
    room: float,
    high: float,
    style: Style,
    left_out: str = "",
) -> Block:
    """
    Make words smaller until they fit; at the smallest, leave out what comes last.

    Parameters
    ----------
    name, paragraphs, size, room, style
        As for `block`.
    high
        How high they may be.
    left_out
        What stands in the place of what was left out.
    """
    for step in range(STEPS + 1):
        small = size * (1 - (1 - SMALLEST) * step / STEPS)
        found = block(name, paragraphs, small, room, style)
        if height_of(found) <= high:
            return found
    kept = list(paragraphs)
    more = [(Run(left_out),)] if left_out else []
    while len(kept) > 1 and height_of(found) > high:
        kept.pop()
        found = block(name, [*kept, *more], small, room, style)
    return found[: max(1, int(high / (small * LEADING)))]


def block(
    name: str, paragraphs: Sequence[Paragraph], size: float, room: float, style: Style
) -> Block:
    """
    Break paragraphs into lines.

    Parameters
    ----------
    name
        Of the block: `title`, `said`, `notes` or `credit`.
    paragraphs
        Runs of words.
    size, room
        Of the letters, and how wide a line may be.
    style
        The inks.
    """
    ink = style.ink if name in ("title", "said") else style.muted
    return [
        (name, line, size, ink)
        for paragraph in paragraphs
        for line in wrapped_runs(paragraph, size, room)
    ]


def height_of(lines: Block) -> float:
    """Return how high some lines are."""
    return sum(size * LEADING for _, _, size, _ in lines)


def stack(blocks: Sequence[Block], left: float, top: float) -> tuple[Html, float]:
    """Write blocks of lines, one below the other; return where the last one ends."""
    groups = []
    for one in blocks:
        lines = []
        for _, line, size, ink in one:
            lines.append(text(left, top + BASE * size * LEADING, line, size, ink))
            top += size * LEADING
        if one:
            groups.append(tag("g", *lines, id=f"bv-{one[0][0]}"))
            top += GAP if one is not blocks[-1] else 0.0
    return join(groups), top
