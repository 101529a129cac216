"""Names, marks and the legend of a strip, as shapes."""

from __future__ import annotations

from collections.abc import Sequence

from borderviz.pictures.lettering import clean, width_of
from borderviz.pictures.shapes import line, path, rect, text
from borderviz.pictures.strip_names import LANE, SIZE, Name, place
from borderviz.render.html import Html, join, tag

# Below the names the ticks stand alone; beside its flag a mast is as high as letters.
FOOT, MAST = 5.0, 9.6
# Width of the square of a crossing point.
MARK = 7.0


def names_block(
    names: Sequence[Name],
    width: float,
    lanes: int,
    colours: dict[str, str],
    *,
    ink: str = "ink",
    base: bool = False,
) -> tuple[Html, float, int]:
    """
    Draw names with their ticks and marks, as high as they need.

    Parameters
    ----------
    names, width, lanes
        As for `place`.
    colours
        Tokens of the theme.
    ink
        Token of the letters.
    base
        Whether a line runs below.

    Returns
    -------
    tuple
        Markup, height, and how many names had no room.
    """
    found = place(names, width, lanes)
    used = max((one.lane + 1 for one in found if one), default=0)
    bottom = used * LANE + FOOT
    drawn = []
    for name, one in zip(names, found, strict=True):
        base_line = bottom - FOOT - (one.lane * LANE if one else 0.0)
        top = base_line - (MAST if one and one.is_flag else 0.0)
        rule = line(
            (name.at, top),
            (name.at, bottom),
            colours["muted"],
            stroke_width="0.6",
            stroke_opacity="0.7",
        )
        words = Html("")
        if one:
            words = text(one.left, base_line - 3.2, name.words, SIZE, colours[ink])
        drawn.append(tag("g", rule, words, data_id=name.id or None))
    ground = []
    if base:
        ground.append(line((0, bottom), (width, bottom), colours["line"]))
    marks = [_mark(name, bottom, colours) for name in names if name.mark]
    if marks:
        bottom += MARK / 2
    hidden = sum(one is None for one in found)
    return join([*ground, *drawn, *marks]), bottom, hidden


def _mark(name: Name, bottom: float, colours: dict[str, str]) -> Html:
    return square(name.at, bottom, name.mark, colours)


def square(at: float, middle: float, mark: str, colours: dict[str, str]) -> Html:
    """Draw the square of a crossing point, hollow if its place was derived."""
    fill = colours["page"] if mark == "hollow" else colours["point"]
    return rect(
        at - MARK / 2,
        middle - MARK / 2,
        MARK,
        MARK,
        fill,
        stroke=colours["point"] if mark == "hollow" else colours["page"],
        stroke_width="1.3" if mark == "hollow" else "0.5",
    )


def flowing(
    entries: Sequence[tuple[Html, float, str]], width: float, colours: dict[str, str]
) -> tuple[Html, float]:
    """
    Draw a legend: each entry a sign and its words, in as many lines as needed.

    Parameters
    ----------
    entries
        Sign (around 0, 0), its width, words.
    width
        Of the strip.
    colours
        Tokens of the theme.
    """
    left, top, drawn = 0.0, 0.0, []
    for sign, wide, said in entries:
        words = clean(said)
        whole = wide + 5 + width_of(words, SIZE) + 16
        if left and left + whole - 16 > width:
            left, top = 0.0, top + LANE + 1
        moved = f"translate({left + wide / 2:.2f} {top + LANE / 2:.2f})"
        drawn.append(tag("g", sign, transform=moved))
        drawn.append(
            text(left + wide + 5, top + LANE - 3.2, words, SIZE, colours["ink"])
        )
        left += whole
    return tag("g", *drawn, id="bv-legend"), top + LANE if entries else 0.0


def outline(points: Sequence[tuple[float, float]], fill: str, opacity: str) -> Html:
    """Draw an area from its corners."""
    drawn = "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points) + "Z"
    return path(drawn, fill, fill_opacity=opacity)
