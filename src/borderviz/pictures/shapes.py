"""Shapes and words of an SVG, by the encoder that the page has too.

Coordinates are rounded to hundredths of a unit, so that the same picture is the same
file wherever it is drawn.
"""

from __future__ import annotations

from borderviz.pictures.lettering import Line, Run, clean
from borderviz.render.html import Html, join, tag
from borderviz.render.web_files import symbol_paths


def number(value: float) -> str:
    """
    Write a coordinate.

    Examples
    --------
    >>> [number(x) for x in (1.0, 0.126, -0.001)]
    ['1', '0.13', '0']
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def rect(
    left: float, top: float, wide: float, high: float, fill: str, **attributes: str
) -> Html:
    """Draw a rectangle."""
    at = {"x": left, "y": top, "width": wide, "height": high}
    places = {name: number(value) for name, value in at.items()}
    return tag("rect", **places, fill=fill, **attributes)


def line(
    start: tuple[float, float], end: tuple[float, float], stroke: str, **attributes: str
) -> Html:
    """Draw a straight line, one unit wide if nothing else is said."""
    ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
    places = {name: number(value) for name, value in ends.items()}
    return tag("line", **places, stroke=stroke, **attributes)


def path(drawn: str, fill: str, **attributes: str) -> Html:
    """Draw a filled path."""
    return tag("path", d=drawn, fill=fill, **attributes)


def text(
    left: float,
    base: float,
    words: str | Line,
    size: float,
    fill: str,
    *,
    bold: bool = False,
    anchor: str = "",
) -> Html:
    """
    Write one line of words; they stay words in the file.

    Parameters
    ----------
    left, base
        Where it begins (or where `anchor` says), and the line it stands on.
    words
        A text, or runs of several weights.
    size, fill
        Of the letters.
    bold
        Weight of a plain text.
    anchor
        `middle` or `end` if `left` is meant so.
    """
    runs = (Run(clean(words), bold),) if isinstance(words, str) else words
    whole = runs[0].is_bold if len({run.is_bold for run in runs}) == 1 else None
    pieces = [
        run.words
        if whole is not None
        else tag("tspan", run.words, font_weight="600" if run.is_bold else None)
        for run in runs
    ]
    return tag(
        "text",
        join(pieces, " "),
        x=number(left),
        y=number(base),
        font_size=number(size),
        fill=fill,
        font_weight="600" if whole else None,
        text_anchor=anchor or None,
    )


def symbol(
    name: str,
    left: float,
    top: float,
    fill: str,
    *,
    scale: float,
    turn: int = 0,
    **attributes: str,
) -> Html:
    """Draw a symbol of the map around a point, turned clockwise."""
    outlines = symbol_paths()
    moved = f"translate({number(left)} {number(top)})"
    turned = f" rotate({turn})" if turn else ""
    return path(
        outlines.get(name, outlines["dot"]),
        fill,
        transform=f"{moved}{turned} scale({number(scale)})",
        **attributes,
    )
