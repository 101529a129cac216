"""A plate of the picture: artists in design units, as a group of the SVG.

Imports the plotting library: whoever draws gets one from `Canvas.plate`, and all else
names it for types alone. (The atlas has layers; a picture has plates, as in printing.)
"""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Affine2D


class Plate(Artist):
    """
    A group with an id of its own in the SVG.

    Parameters
    ----------
    figure
        What it belongs to.
    name
        Its id.
    height
        Of the picture, in design units: y runs down.
    unit_inches
        How large a unit is.
    """

    def __init__(
        self, figure: Figure, name: str, height: float, unit_inches: float
    ) -> None:
        super().__init__()
        self.set_gid(name)
        self._artists: list[Artist] = []
        units = Affine2D().scale(1, -1).translate(0, height).scale(unit_inches)
        self._units = units + figure.dpi_scale_trans
        figure.add_artist(self)

    def add(self, artist: Artist) -> None:
        """Add a shape whose points are in design units, over all that are there."""
        figure = self.get_figure()
        if figure is not None:
            artist.set_figure(figure)
        artist.set_transform(self._units)
        self._artists.append(artist)

    def text(self, x: float, y: float, words: str, **how: Any) -> None:
        """Add a line of text."""
        self.add(Text(x, y, words, **how))

    def draw(self, renderer: RendererBase) -> None:
        """Draw all of it as one group."""
        renderer.open_group("plate", gid=self.get_gid())
        for artist in self._artists:
            artist.draw(renderer)
        renderer.close_group("plate")
