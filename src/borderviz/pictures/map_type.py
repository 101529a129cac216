"""How wide words are in the fonts that draw them, and where lines of text break."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from borderviz.pictures.fonts import FAMILY, GlyphError, families_for, font_of, missing

# Marks that join letters are kept; other invisible characters would be drawn as boxes.
_JOINERS = "\u200c\u200d"
_SIGNS = frozenset({"So", "Sk"})
_SILENT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# A number is not parted from a short unit.
_WITH_UNIT = re.compile(r"(\d) ([^\W\d_]{1,2})(?=\W|$)")
_lock = Lock()


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    r"""
    Make a text fit for one line: no control characters, single spaces.

    Symbols that no font here has, such as emoji, are left out: they are not words. A
    letter that none has stays, and stops the picture when it is measured.

    Examples
    --------
    >>> clean("Old\n bridge\x00 ")
    'Old bridge'
    """
    joined = " ".join(text.split())
    kept = (
        c
        for c in joined
        if c in _JOINERS or unicodedata.category(c) not in _SILENT
        if unicodedata.category(c) not in _SIGNS or _has_glyph(c)
    )
    return " ".join("".join(kept).split())


@cache
def _has_glyph(sign: str) -> bool:
    try:
        families_for([sign])
    except GlyphError:
        return False
    return True


@lru_cache(maxsize=4096)
def families_of(text: str) -> tuple[str, ...]:
    """Choose the fonts of a text, no more than it needs; see `families_for`."""
    words = clean(text)
    return (
        (FAMILY[0],)
        if not missing([words], FAMILY[:1])
        else tuple(families_for([words]))
    )


@cache
def _face(family: str, weight: int) -> tuple[dict[int, str], dict[str, Any], int]:
    """Read what a font says of its letters: their glyphs, widths, units per em."""
    from fontTools.ttLib import TTFont

    path = font_of(family, weight)
    if path is None:
        return {}, {}, 1
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return font.getBestCmap(), dict(font["hmtx"].metrics), font["head"].unitsPerEm


@cache
def _advance(letter: str, families: tuple[str, ...], weight: int) -> float:
    for family in families:
        with _lock:
            glyphs, widths, units = _face(family, weight)
        if ord(letter) in glyphs:
            return float(widths[glyphs[ord(letter)]][0] / units)
    return 1.0


def width_of(text: str, size: float, weight: int = 400) -> float:
    """
    Measure a line of text, in the unit of `size`.

    Parameters
    ----------
    text
        One line.
    size
        Height of the letters, in any unit.
    weight
        As in style sheets: 400 is regular, 600 bold.

    Raises
    ------
    GlyphError
        If no font here has one of the characters.
    """
    text = clean(text)
    families = families_of(text)
    return size * sum(_advance(letter, families, weight) for letter in text)


def wrapped(text: str, width: float, size: float, weight: int = 400) -> list[str]:
    """
    Break a text into lines at its spaces; a word wider than the line is broken itself.

    Parameters
    ----------
    text
        Any text; line breaks in it count as spaces. Without words there are no lines.
    width
        The longest line, in the unit of `size`.
    size, weight
        As for `width_of`.
    """
    lines: list[str] = []
    line = ""
    for word in _WITH_UNIT.sub("\\1\u00a0\\2", clean(text)).split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, weight) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while len(line) > 1 and width_of(line, size, weight) > width:
            cut = len(line) - 1
            while cut > 1 and width_of(line[:cut], size, weight) > width:
                cut -= 1
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines
