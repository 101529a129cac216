"""How wide words are in the fonts that draw them, and where lines of text break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from borderviz.pictures.fonts import FAMILY, GlyphError, families_for, font_of, missing

REGULAR, BOLD = 400, 700
# Of what has no shape only the two joiners stay: the others turn the direction of the
# words after them, or show as a box.
_JOINERS = "\u200c\u200d"
_SIGNS = frozenset({"So", "Sk"})
_SILENT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# A number is not parted from a short unit.
_WITH_UNIT = re.compile(r"(\d) ([^\W\d_]{1,2})(?=\W|$)")
# A letter that no font here has, in parts of its size: wide ones fill their square.
_WIDE, _NARROW = 1.0, 0.7
_lock = Lock()


@dataclass(frozen=True)
class Run:
    """Words of one weight within a line."""

    words: str
    is_bold: bool = False

    @property
    def weight(self) -> int:
        """As in style sheets."""
        return BOLD if self.is_bold else REGULAR


Line = tuple[Run, ...]


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    r"""
    Make a text fit for one line: no control characters, single spaces.

    Symbols that no font here has, such as emoji, are left out: they are not words. A
    letter that none has stays, and stops the picture when it is drawn.

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
        if unicodedata.category(c) not in _SIGNS or _fonts(c)
    )
    return " ".join("".join(kept).split())


def drawable(text: str) -> str:
    """Replace each letter that no font here has, as in words that are not ours."""
    return "".join(c if _fonts(c) else "\ufffd" for c in clean(text))


@lru_cache(maxsize=4096)
def families_of(text: str) -> tuple[str, ...]:
    """Choose the fonts of a text, no more than it needs; see `families_for`."""
    lacks = missing([text], FAMILY[:1])
    return tuple(families_for([text])) if lacks else (FAMILY[0],)


@lru_cache(maxsize=4096)
def _fonts(letter: str) -> tuple[str, ...]:
    """Choose the fonts for a letter; none if no font of this machine has it."""
    try:
        return families_of(letter)
    except GlyphError:
        return ()


@cache
def _face(family: str, weight: int) -> tuple[dict[int, str], dict[str, Any], int]:
    """Read what a font says of its letters: their glyphs, widths, units per em."""
    from fontTools.ttLib import TTFont

    path = font_of(family, weight)
    if path is None:
        return {}, {}, 1
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return font.getBestCmap(), dict(font["hmtx"].metrics), font["head"].unitsPerEm


@lru_cache(maxsize=4096)
def _advance(letter: str, weight: int) -> float:
    """Tell how wide a letter is, in parts of its size."""
    for family in _fonts(letter):
        with _lock:
            glyphs, widths, units = _face(family, weight)
        if ord(letter) in glyphs:
            return float(widths[glyphs[ord(letter)]][0] / units)
    if unicodedata.combining(letter):
        return 0.0
    is_wide = unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF
    return _WIDE if is_wide else _NARROW


def width_of(text: str, size: float, weight: int = REGULAR) -> float:
    """
    Measure a line of text, in the unit of `size`.

    Parameters
    ----------
    text
        One line; `clean` is what will be drawn of it.
    size
        Height of the letters, in any unit.
    weight
        As in style sheets: 400 is regular, 700 bold.
    """
    return size * sum(_advance(letter, weight) for letter in clean(text))


def shortened(text: str, size: float, room: float, weight: int = REGULAR) -> str:
    """Cut a text to what fits; the cut is marked."""
    if width_of(text, size, weight) <= room:
        return text
    kept = text
    while kept and width_of(f"{kept}…", size, weight) > room:
        kept = kept[:-1].rstrip()
    return f"{kept}…" if kept else ""


def wrapped(text: str, width: float, size: float, weight: int = REGULAR) -> list[str]:
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
    lines = wrapped_runs([Run(text, is_bold=weight > REGULAR)], size, width)
    return [line[0].words for line in lines]


def wrapped_runs(runs: Iterable[Run], size: float, room: float) -> list[Line]:
    """
    Break a paragraph of several weights into lines; see `wrapped`.

    Parameters
    ----------
    runs
        Its words.
    size
        Of the letters.
    room
        The longest line, in the unit of `size`.
    """
    lines: list[list[Run]] = [[]]
    used = 0.0
    for word in _words(runs, size, room):
        wide = width_of(word.words, size, word.weight)
        gap = width_of("x x", size) - width_of("xx", size) if lines[-1] else 0.0
        if lines[-1] and used + gap + wide > room:
            lines.append([])
            used = gap = 0.0
        lines[-1].append(word)
        used += gap + wide
    return [_joined(line) for line in lines if line]


def _words(runs: Iterable[Run], size: float, room: float) -> Iterator[Run]:
    for run in runs:
        whole = _WITH_UNIT.sub("\\1\u00a0\\2", clean(run.words))
        for word in filter(None, whole.split(" ")):
            for piece in _pieces(word, run.weight, size, room):
                yield Run(piece, run.is_bold)


def _pieces(word: str, weight: int, size: float, room: float) -> list[str]:
    """Cut a word that is wider than a line."""
    if width_of(word, size, weight) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        longer = pieces[-1] + letter
        if pieces[-1] and width_of(longer, size, weight) > room:
            pieces.append(letter)
        else:
            pieces[-1] = longer
    return pieces


def _joined(words: Sequence[Run]) -> Line:
    """Put the words of a line that have one weight into one run."""
    runs: list[Run] = []
    for word in words:
        if runs and runs[-1].is_bold == word.is_bold:
            runs[-1] = Run(f"{runs[-1].words} {word.words}", word.is_bold)
        else:
            runs.append(word)
    return tuple(runs)
