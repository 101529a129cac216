"""How wide words are in the fonts of pictures, and where a paragraph's lines break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from borderviz.pictures.fonts import font_files

# What no file may hold. Of what has no shape only the two joiners stay: the others turn
# the direction of the words after them, or show as a box.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_JOINERS = "\u200c\u200d"
# A letter that the first font lacks: wide ones fill their square.
_WIDE, _NARROW = 1.0, 0.7


@dataclass(frozen=True)
class Run:
    """Words of one weight within a line."""

    words: str
    is_bold: bool = False


Line = tuple[Run, ...]


def clean(text: str) -> str:
    r"""
    Make a text fit for one line of a picture.

    Examples
    --------
    >>> clean(" two\n words ")
    'two words'
    """
    seen = "".join(c for c in text if c in _JOINERS or unicodedata.category(c) != "Cf")
    return " ".join(UNFIT.sub("\ufffd", " ".join(seen.split())).split())


@cache
def _advances(path: Path) -> dict[int, float]:
    """Read how wide each letter of a font is, in parts of its size."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        unit, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {
            letter: metrics[glyph][0] / unit
            for letter, glyph in font.getBestCmap().items()
        }


@cache
def _file(ending: str) -> Path:
    """Find the file of a weight; the first of all if there is no such weight."""
    files = font_files()
    return next((path for path in files if path.stem.endswith(ending)), files[0])


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """
    Measure a text.

    Parameters
    ----------
    text
        One line.
    size
        Of its letters; the result is in the same unit.
    bold
        Which weight.
    """
    known = _advances(_file("Bold" if bold else "Gothic"))
    return size * sum(known.get(ord(c)) or _guessed(c) for c in text)


def _guessed(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    is_wide = unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF
    return _WIDE if is_wide else _NARROW


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Cut a text to what fits; the cut is marked."""
    if width_of(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width_of(f"{kept}…", size, bold=bold) > room:
        kept = kept[:-1].rstrip()
    return f"{kept}…" if kept else ""


def wrapped(runs: Iterable[Run], size: float, room: float) -> list[Line]:
    """
    Break a paragraph into lines that are no wider than there is room.

    Parameters
    ----------
    runs
        Its words; lines break at white space, and within what is too long for a line.
    size
        Of the letters.
    room
        In the same unit.
    """
    lines: list[list[Run]] = [[]]
    used = 0.0
    for word in _words(runs, size, room):
        wide = width_of(word.words, size, bold=word.is_bold)
        gap = width_of(" ", size) if lines[-1] else 0.0
        if lines[-1] and used + gap + wide > room:
            lines.append([])
            used = gap = 0.0
        lines[-1].append(word)
        used += gap + wide
    return [_joined(line) for line in lines if line]


def _words(runs: Iterable[Run], size: float, room: float) -> Iterable[Run]:
    for run in runs:
        for word in clean(run.words).split():
            yield from (Run(x, run.is_bold) for x in _pieces(word, run, size, room))


def _pieces(word: str, run: Run, size: float, room: float) -> list[str]:
    """Cut a word that is wider than a line."""
    if width_of(word, size, bold=run.is_bold) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        longer = pieces[-1] + letter
        if pieces[-1] and width_of(longer, size, bold=run.is_bold) > room:
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
