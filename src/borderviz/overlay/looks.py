"""What the cells of a column look like, whatever its heading says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from borderviz.overlay.cells import is_missing, plain
from borderviz.overlay.date_texts import Read, read_date
from borderviz.overlay.degrees import LATITUDE, LONGITUDE, plain_number, read_degrees
from borderviz.overlay.pairs import read_pair
from borderviz.overlay.radii import read_radius
from borderviz.overlay_files.raw import Cell

# So many cells show what a column is like, if so large a share of them agrees.
_CELLS, _MOST = 200, 0.8
# A category has few names, each used by several rows; a text is long.
_NAMES, _USES, _NAME_LETTERS, _TEXT_LETTERS = 12, 3, 40, 100
_AXES = {"lat": LATITUDE, "lon": LONGITUDE}


@dataclass(frozen=True)
class Sample:
    """Some cells of a column that are not empty."""

    cells: tuple[Cell, ...]

    @cached_property
    def texts(self) -> list[str]:
        """The cells as text."""
        return [plain(cell) for cell in self.cells]

    def may_be(self, role: str) -> bool:
        """Tell whether any cell can be read in a role."""
        if role in _AXES:
            axis = _AXES[role]
            return any(isinstance(read_degrees(c, axis), float) for c in self.cells)
        if role in ("date", "date_end"):
            return any(isinstance(read_date(cell), Read) for cell in self.cells)
        if role == "radius":
            return any(isinstance(read_radius(cell, 1), float) for cell in self.cells)
        return bool(self.cells)

    def looks_like(self, role: str) -> bool:
        """Tell whether most cells look like those of a role; numbers are of none."""
        if not self.cells or self._most(lambda text: plain_number(text) is not None):
            return False
        if role == "date":
            return self._most(lambda text: isinstance(read_date(text), Read))
        if role == "source":
            return self._most(lambda text: text.lower().startswith(("http", "www.")))
        size, kinds = median(map(len, self.texts)), len(set(self.texts))
        if role == "text":
            return size >= _TEXT_LETTERS
        if role == "category":
            is_few = 2 <= kinds <= min(_NAMES, len(self.texts) / _USES)
            return is_few and size <= _NAME_LETTERS
        return self._most(lambda text: " " in text) and kinds > _MOST * len(self.texts)

    @property
    def is_pair(self) -> bool:
        """Whether most cells hold a latitude and a longitude, not just integers."""

        def both(text: str) -> bool:
            parts = read_pair(text, LATITUDE, 0), read_pair(text, LONGITUDE, 1)
            return (
                all(
                    isinstance(part, float) and abs(part) <= axis.limit
                    for part, axis in zip(parts, _AXES.values(), strict=True)
                )
                and not text.replace(",", "").replace(" ", "").isdigit()
            )

        return bool(self.cells) and self._most(both)

    def is_axis(self, role: str, lettered: bool) -> bool:
        """
        Tell whether cells can only be latitudes, or only longitudes.

        Parameters
        ----------
        role
            `lat` or `lon`.
        lettered
            Whether letters say so, or the numbers: decimals, and longitudes beyond 90.
        """
        if not self.cells:
            return False
        mine = [read_degrees(cell, _AXES[role]) for cell in self.cells]
        if lettered:
            other = _AXES["lon" if role == "lat" else "lat"]
            theirs = [read_degrees(cell, other) for cell in self.cells]
            told = [
                isinstance(m, float) and not isinstance(t, float)
                for m, t in zip(mine, theirs, strict=True)
            ]
            return sum(told) >= _MOST * len(told)
        found = [plain_number(text) for text in self.texts]
        numbers = [number for number in found if number is not None]
        is_whole = all(number.is_integer() for number in numbers)
        if len(numbers) < len(found) or is_whole or max(map(abs, numbers)) > 180:
            return False
        beyond = sum(abs(number) > LATITUDE.limit for number in numbers)
        return not beyond if role == "lat" else beyond >= _MOST * len(numbers)

    def _most(self, fits: Callable[[str], bool]) -> bool:
        return sum(map(fits, self.texts)) >= _MOST * len(self.texts)


def sample_of(cells: Sequence[Cell]) -> Sample:
    """Take cells from all over a column, as far as they say something."""
    step = max(1, len(cells) // (5 * _CELLS))
    some = [cell for cell in cells[::step] if not is_missing(plain(cell))]
    return Sample(tuple(some[:: max(1, len(some) // _CELLS)]))
