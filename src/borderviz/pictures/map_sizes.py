"""How large maps are: exact in pixels or millimetres, and drawn in one unit.

A map is laid out in design units, about the pixels of the page: a symbol, a line or a
letter has the same number of them in every size. What differs is how large a unit is.
"""

from __future__ import annotations

from dataclasses import dataclass

_POINTS_PER_INCH = 72.0
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Size:
    """
    One size of maps.

    Parameters
    ----------
    width_px, height_px
        Pixels of the PNG.
    dpi
        Pixels per inch of the PNG.
    unit_px
        Pixels per design unit.
    width, height
        What the SVG says of itself, with unit: `1200px`, `180mm`.
    """

    width_px: int
    height_px: int
    dpi: float
    unit_px: float
    width: str
    height: str

    @property
    def across(self) -> float:
        """Width in design units."""
        return self.width_px / self.unit_px

    @property
    def down(self) -> float:
        """Height in design units."""
        return self.height_px / self.unit_px

    @property
    def unit_points(self) -> float:
        """Typographic points per design unit: for fonts and the width of lines."""
        return self.unit_px * _POINTS_PER_INCH / self.dpi


def _screen(width: int, height: int, unit: float) -> Size:
    return Size(width, height, 96.0, unit, f"{width}px", f"{height}px")


def _paper(width_mm: int, height_mm: int, dpi: int, unit_points: float) -> Size:
    wide, high = (round(mm / _MM_PER_INCH * dpi) for mm in (width_mm, height_mm))
    unit = unit_points * dpi / _POINTS_PER_INCH
    return Size(wide, high, dpi, unit, f"{width_mm}mm", f"{height_mm}mm")


# web: on an article's page, often shown smaller than it is. print: two columns of a
# newspaper; the smallest letters are 6 points. slide: read from the back of a room.
MAP_SIZES = {
    "web": _screen(1200, 900, 1.25),
    "print": _paper(180, 145, 300, 0.62),
    "slide": _screen(1920, 1080, 1.9),
}
