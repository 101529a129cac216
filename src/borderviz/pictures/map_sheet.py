"""What stands around a drawing: title above, notes and citation below, all whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from borderviz.pictures.lettering import wrapped
from borderviz.pictures.map_canvas import BOLD, REGULAR, SEMIBOLD, Canvas

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

MARGIN = 20.0
_LEADING = 1.28
_KICKER, _SUBTITLE, _NOTE = 11.5, 13.5, 10.0
_MOST_NOTE_LINES = 9
_GAP = 9.0


@dataclass(frozen=True)
class Words:
    """
    What is written around a drawing.

    Parameters
    ----------
    kicker
        A line above the title; may be empty.
    title, subtitle
        What the drawing shows; the subtitle may be empty.
    notes
        Paragraphs below it, in order.
    credit
        The last lines: where it is from and how to cite it.
    """

    kicker: str
    title: str
    subtitle: str
    notes: tuple[str, ...]
    credit: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The room that is left for the drawing, in design units; y runs down."""

    left: float
    top: float
    right: float
    bottom: float


def room_of(canvas: Canvas, words: Words) -> Sheet:
    """
    Measure the room between what stands around a drawing.

    Parameters
    ----------
    canvas
        Its size and fonts.
    words
        Title, notes, credit.
    """
    bottom = (
        canvas.size.down
        - MARGIN
        + 4
        - _NOTE * _LEADING * (len(_foot(canvas, words)) - 1)
    )
    return Sheet(
        MARGIN,
        _head(None, canvas, words),
        canvas.size.across - MARGIN,
        bottom - _NOTE - _GAP,
    )


def draw_sheet(plate: Plate, canvas: Canvas, words: Words) -> None:
    """
    Write what stands around a drawing.

    Parameters
    ----------
    plate, canvas
        Where.
    words
        Title, notes, credit.
    """
    _head(plate, canvas, words)
    rows = _foot(canvas, words)
    y = canvas.size.down - MARGIN + 4 - _NOTE * _LEADING * (len(rows) - 1)
    for n, (line, colour) in enumerate(rows):
        at = (MARGIN, y + n * _NOTE * _LEADING)
        canvas.write(plate, at, line, size=_NOTE, colour=colour, gid=f"note-{n}")


def shortened(lines: list[str], most: int) -> list[str]:
    """
    Keep the first lines; what is left out is told by an ellipsis after a whole word.

    Examples
    --------
    >>> shortened(["one two", "three four", "five"], 2)
    ['one two', 'three …']
    """
    if len(lines) <= most:
        return lines
    kept = lines[:most]
    words = kept[-1].split(" ")
    return [*kept[:-1], " ".join([*(words[:-1] or words), "…"])]


def _head(plate: Plate | None, canvas: Canvas, words: Words) -> float:
    """Write kicker, title and subtitle, if there is a plate; return where they end."""
    width = canvas.size.across - 2 * MARGIN
    y = MARGIN

    def write(line: str, size: float, weight: int, colour: str, gid: str) -> None:
        if plate is not None:
            canvas.write(
                plate,
                (MARGIN, y),
                line,
                size=size,
                weight=weight,
                colour=colour,
                gid=gid,
            )

    for line in shortened(wrapped(words.kicker, width, _KICKER, SEMIBOLD), 1):
        y += _KICKER
        write(line, _KICKER, SEMIBOLD, "muted", "kicker")
        y += 6.0
    size, lines = _title_lines(words.title, width)
    for n, line in enumerate(lines):
        y += size * (0.86 if n == 0 else 1.2)
        write(line, size, BOLD, "ink", f"title-{n}")
    y += 7.0
    lines = shortened(wrapped(words.subtitle, width, _SUBTITLE), 3)
    for n, line in enumerate(lines):
        y += _SUBTITLE * (0.95 if n == 0 else _LEADING)
        write(line, _SUBTITLE, REGULAR, "ink", f"subtitle-{n}")
    return y + _GAP + 3


def _title_lines(title: str, width: float) -> tuple[float, list[str]]:
    """Choose the largest letters in which a title has two lines or fewer."""
    for size in (23.0, 20.0, 18.0, 16.0):
        lines = wrapped(title, width, size, BOLD)
        if len(lines) <= (1 if size > 20 else 2):
            return size, lines
    return 16.0, shortened(wrapped(title, width, 16.0, BOLD), 4)


def _foot(canvas: Canvas, words: Words) -> list[tuple[str, str]]:
    """Break notes and credit into lines, each with its colour."""
    width = canvas.size.across - 2 * MARGIN
    rows: list[tuple[str, str]] = []
    for paragraphs, colour in ((words.notes, "ink"), (words.credit, "muted")):
        for text in paragraphs:
            lines = wrapped(text, width, _NOTE)
            rows += [(line, colour) for line in shortened(lines, _MOST_NOTE_LINES)]
    return rows
