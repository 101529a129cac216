"""A page of a newspaper in small: title, sentence, drawing, notes, how to cite it.

Charts and strips stand on the same page. It is written as one SVG, whose words stay
words; the PNG is made of that file, so both show the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from borderviz.pictures.fonts import SVG_FAMILY
from borderviz.pictures.lettering import Run, clean, wrapped_runs
from borderviz.pictures.page_words import (
    BASE,
    BELOW,
    GAP,
    LEADING,
    STYLES,
    Style,
    Words,
    block,
    fitting,
    height_of,
    stack,
)
from borderviz.pictures.shapes import number, rect, text
from borderviz.pictures.sizes import Size
from borderviz.render.html import Html, join, tag

# Edge of the page, in units.
EDGE = 20.0
# A slide that has a column of words gives the drawing this share of the width.
DRAWING_SHARE = 0.62
COLUMN_GAP = 26.0
# How much of that column's height its sentence may take; no drawing is lower than this.
SAID_SHARE, LOWEST = 0.5, 60.0

# Draws within a width and, on a slide, a height: markup, and the height it took.
Draw = Callable[[float, float | None], tuple[Html, float]]

# What no XML may hold.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Page:
    """A written page: its markup, its height in units, and how it is to be read."""

    inner: Html
    height: float
    title: str
    said: str
    lang: str
    ground: str

    def svg(self, size: Size, *, on_paper: bool) -> str:
        """
        Write the file.

        Parameters
        ----------
        size
            The one that it was laid out for.
        on_paper
            Give its size in millimetres where it is for print; else in pixels.
        """
        high = size.whole(self.height)
        units = high / size.scale
        sides = [size.on_paper(x) if on_paper else str(x) for x in (size.pixels, high)]
        drawn = tag(
            "svg",
            tag("title", clean(self.title)),
            tag("desc", clean(self.said)),
            rect(0, 0, size.units, units, self.ground),
            self.inner,
            xmlns="http://www.w3.org/2000/svg",
            width=sides[0],
            height=sides[1],
            viewBox=f"0 0 {size.units:.3f} {units:.3f}",
            font_family=", ".join(_family(name) for name in SVG_FAMILY),
            lang=self.lang,
            role="img",
        )
        return _UNFIT.sub("\ufffd", drawn) + "\n"


def _family(name: str) -> str:
    return f"'{name}'" if " " in name else name


# What stands where there is nothing to draw.
EMPTY, EMPTY_SIZE = 150.0, 13.0


def empty(words: str, colours: dict[str, str]) -> Draw:
    """Say in the place of a drawing that there is nothing to draw."""

    def draw(width: float, height: float | None) -> tuple[Html, float]:
        high = height or EMPTY
        lines = wrapped_runs([Run(words)], EMPTY_SIZE, width - 2 * EDGE)
        top = high / 2 - (len(lines) / 2 - BASE) * EMPTY_SIZE * LEADING
        drawn = [
            text(
                width / 2,
                top + row * EMPTY_SIZE * LEADING,
                line,
                EMPTY_SIZE,
                colours["ink"],
                anchor="middle",
            )
            for row, line in enumerate(lines)
        ]
        ground = rect(0, 0, width, high, colours["panel"], stroke=colours["line"])
        return join([ground, *drawn]), high

    return draw


def page_of(
    words: Words,
    draw: Draw,
    size: Size,
    colours: dict[str, str],
    *,
    lang: str,
    beside: bool,
) -> Page:
    """
    Lay a page out.

    Parameters
    ----------
    words
        What is read around the drawing.
    draw
        Makes the drawing.
    size
        Of the page.
    colours
        Tokens of the theme.
    lang
        Language of the words.
    beside
        Whether a slide has its words beside the drawing, not above and below.
    """
    style = Style(*STYLES[bool(size.height)], colours["ink"], colours["muted"])
    room = size.units - 2 * EDGE
    heading = [(Run(words.title, is_bold=True),)]
    top = block("title", heading, style.title, room, style)
    if size.height:
        top = fitting("title", heading, style.title, room, size.height / 5, style)
    foot = block("credit", [(Run(x),) for x in words.credit], style.credit, room, style)
    inner, height = stack([top], EDGE, EDGE)
    if size.height is None:
        said = block("said", [(Run(words.said),)], style.said, room, style)
        notes = block("notes", words.notes, style.note, room, style)
        more, height = stack([said], EDGE, height + 3)
        drawn, high = draw(room, None)
        placed = _at(drawn, EDGE, height + GAP)
        rest, height = stack([notes, foot], EDGE, height + GAP + high + GAP)
        inner = join([inner, more, placed, rest])
        height += EDGE
    else:
        bottom = size.height - EDGE - height_of(foot)
        column = _column if beside else _below
        inner = join(
            [
                inner,
                column(words, draw, height + 4, bottom - GAP, room, style),
                stack([foot], EDGE, bottom)[0],
            ]
        )
        height = size.height
    return Page(inner, height, words.title, words.said, lang, colours["page"])


def _column(
    words: Words, draw: Draw, top: float, bottom: float, room: float, style: Style
) -> Html:
    """Put the drawing on the left of a slide and the words on its right."""
    wide, high = DRAWING_SHARE * room, max(LOWEST, bottom - top)
    drawn, _ = draw(wide, high)
    rest, left = room - wide - COLUMN_GAP, EDGE + wide + COLUMN_GAP
    sentence = [(Run(words.said),)]
    said = fitting("said", sentence, style.said, rest, high * SAID_SHARE, style)
    below = max(0.0, high - height_of(said) - GAP)
    notes = fitting(
        "notes", words.notes, style.note, rest, below, style, words.left_out
    )
    return join([_at(drawn, EDGE, top), stack([said, notes], left, top)[0]])


def _below(
    words: Words, draw: Draw, top: float, bottom: float, room: float, style: Style
) -> Html:
    """Put the words of a slide above and below a drawing that is as wide as it."""
    quarter = (bottom - top) / 4
    sentence = [(Run(words.said),)]
    said = fitting("said", sentence, style.said, room, quarter, style)
    above, top = stack([said], EDGE, top)
    top += GAP / 2
    notes = fitting("notes", words.notes, BELOW, room, quarter, style, words.left_out)
    drawn, _ = draw(room, max(LOWEST, bottom - top - height_of(notes) - GAP))
    below, _ = stack([notes], EDGE, bottom - height_of(notes))
    return join([above, _at(drawn, EDGE, top), below])


def _at(drawn: Html, left: float, top: float) -> Html:
    return tag(
        "g",
        drawn,
        id="bv-drawing",
        transform=f"translate({number(left)} {number(top)})",
    )
