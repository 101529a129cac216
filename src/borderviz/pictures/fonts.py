"""The fonts of pictures: files that came with the package, so that all machines agree.

The first family has Latin, Hangul and the usual hanja; the second most other alphabets.
A character that neither has is looked for in the fonts of the machine; one that nobody
has stops the picture, for an empty box in print is a fault that nobody sees in time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.metadata import requires
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

from borderviz.errors import BorderVizError

# In the order in which a character is looked for; names as in the files.
FAMILY = ["NanumGothic", "DejaVu Sans"]
# What an SVG asks of the viewer's machine: nothing is fetched, the last always exists.
SVG_FAMILY = [
    "NanumGothic",
    "Nanum Gothic",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "DejaVu Sans",
    "sans-serif",
]
WEIGHTS = (400, 600, 700)
_SILENT = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})
_lock = Lock()


class GlyphError(BorderVizError):
    """Characters that no font here can draw."""

    def __init__(self, missing: Iterable[str]) -> None:
        self.missing = tuple(sorted(missing))
        listed = ", ".join(f"{c} (U+{ord(c):04X})" for c in self.missing[:12])
        super().__init__(
            f"no font on this machine has {listed}; install one that does "
            "(Noto Sans has most scripts), then try again"
        )


@cache
def font_folder() -> Path:
    """
    Find the folder of the font files of the first family.

    It is in one of the packages that this one requires, which is looked into but never
    imported: importing it would change settings for all.

    Raises
    ------
    BorderVizError
        If none of them has the files.
    """
    for requirement in requires("borderviz") or ():
        name = re.split(r"[^\w.-]", requirement)[0].replace("-", "_")
        spec = find_spec(name) if name.isidentifier() else None
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            if (Path(folder) / "fonts" / f"{FAMILY[0]}.ttf").is_file():
                return Path(folder) / "fonts"
    msg = (
        f"no package that borderviz requires has the font {FAMILY[0]}: install it anew"
    )
    raise BorderVizError(msg)


def font_files() -> tuple[Path, ...]:
    """List the font files of the first family, by name: one a weight."""
    return tuple(sorted(font_folder().glob("*.ttf")))


@cache
def _register() -> None:
    from matplotlib.font_manager import fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    for path in font_files():
        if str(path) not in known:
            fontManager.addfont(path)
    for family in FAMILY[1:]:
        _have_weights(family)


def _have_weights(family: str) -> None:
    """List a font under every weight we use; the library complains of any other."""
    from matplotlib.font_manager import fontManager

    entries = [e for e in fontManager.ttflist if e.name == family]
    for weight in WEIGHTS:
        upright = [e for e in entries if e.style == "normal"]
        if upright and not any(_weight(e.weight) == weight for e in upright):
            nearest = min(upright, key=lambda e: abs(_weight(e.weight) - weight))
            fontManager.ttflist.append(replace(nearest, weight=weight))


def use_fonts() -> list[str]:
    """Make the fonts known to matplotlib, once a process; return the families."""
    with _lock:
        _register()
    return list(FAMILY)


@cache
def font_of(family: str, weight: int) -> str | None:
    """
    Find the file of an upright font, of the weight that is nearest.

    Parameters
    ----------
    family
        Name as in the file.
    weight
        As in style sheets: 400 is regular, 600 bold.

    Returns
    -------
    str or None
        Its path; None if there is no such family here.
    """
    from matplotlib.font_manager import fontManager

    use_fonts()
    upright = [
        entry
        for entry in fontManager.ttflist
        if entry.name == family and entry.style == "normal"
    ]
    if not upright:
        return None
    return min(upright, key=lambda e: (abs(_weight(e.weight) - weight), e.fname)).fname


def _weight(said: int | str) -> int:
    from matplotlib.font_manager import weight_dict

    return said if isinstance(said, int) else int(weight_dict.get(said, 400))


@cache
def _covered(family: str, weight: int) -> frozenset[int]:
    """List the characters of a family in one weight; none if there is no such font."""
    from matplotlib.ft2font import FT2Font

    path = font_of(family, weight)
    return frozenset(FT2Font(path).get_charmap()) if path else frozenset()


def missing(texts: Iterable[str], families: Iterable[str] | None = None) -> set[str]:
    """
    Find the characters that no family has, in regular or in bold.

    Parameters
    ----------
    texts
        What is to be drawn. Control characters and marks without a shape do not count.
    families
        Names of fonts; None are those of the package.
    """
    use_fonts()
    wanted = {c for text in texts for c in text}
    wanted = {c for c in wanted if unicodedata.category(c) not in _SILENT}
    names = list(families or FAMILY)
    for weight in WEIGHTS:
        have = [_covered(name, weight) for name in names]
        lost = {c for c in wanted if not any(ord(c) in one for one in have)}
        if lost:
            return lost
    return set()


@cache
def _others() -> tuple[str, ...]:
    """List the other families of the machine; those made for many scripts first."""
    from matplotlib.font_manager import fontManager

    names = {entry.name for entry in fontManager.ttflist} - set(FAMILY)
    names = {n for n in names if not n.startswith(("Last Resort", "."))}
    return tuple(
        sorted(names, key=lambda name: (not name.startswith("Noto Sans"), name))
    )


def families_for(texts: Iterable[str]) -> list[str]:
    """
    Choose families that can draw every character of some texts.

    Parameters
    ----------
    texts
        Everything that is to be drawn.

    Returns
    -------
    list of str
        `FAMILY`, and after it fonts of this machine if some character needs them.

    Raises
    ------
    GlyphError
        If a character is in no font of this machine.
    """
    found = use_fonts()
    lost = missing(texts, found)
    for name in _others() if lost else ():
        left = missing(lost, [*found, name])
        if left < lost:
            found.append(name)
            with _lock:
                _have_weights(name)
            lost = left
        if not lost:
            break
    if lost:
        raise GlyphError(lost)
    return found
