"""The sizes in which pictures are made: for a page, for print, for a slide."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Size:
    """
    How large a picture is, and how large its letters are on it.

    Parameters
    ----------
    pixels
        Width of the PNG.
    units
        The same width in units of drawing: all letters are so many units high, so that
        fewer units make larger letters.
    height_pixels
        Height of the PNG; None leaves it to the content.
    dpi, mm
        Dots in an inch of paper, and its width there; None for what screens show only.
    """

    pixels: int
    units: float
    height_pixels: int | None = None
    dpi: int | None = None
    mm: float | None = None

    @property
    def scale(self) -> float:
        """Pixels of one unit."""
        return self.pixels / self.units

    @property
    def height(self) -> float | None:
        """Height in units, if it is fixed."""
        return None if self.height_pixels is None else self.height_pixels / self.scale

    def whole(self, height: float) -> int:
        """Return the pixels that some units of height need, the last one whole."""
        return self.height_pixels or ceil(round(height * self.scale, 6))

    def on_paper(self, pixels: int) -> str:
        """Write how wide or high some pixels are: on paper if this is for print."""
        if self.mm is None:
            return str(pixels)
        return f"{f'{pixels * self.mm / self.pixels:.3f}'.rstrip('0').rstrip('.')}mm"


# Print: 180 mm are two columns of many newspapers, and 2126 dots at 300 to an inch; a
# unit is then a 96th of an inch. A slide's letters are read from the back of a room.
SIZES = {
    "web": Size(pixels=1200, units=800),
    "print": Size(pixels=2126, units=2126 * 96 / 300, dpi=300, mm=180),
    "slide": Size(pixels=1920, units=960, height_pixels=1080),
}
