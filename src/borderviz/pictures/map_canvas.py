"""A sheet to draw on: matplotlib without its global state, in design units.

Each plate is a group of its own in the SVG, so that a designer can edit it. What it
holds is added as artists, y running down; words go through `write`, which knows fonts,
halos and spacing.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any, Literal

from borderviz.pictures.lettering import clean, families_of, width_of
from borderviz.pictures.map_png import png_of
from borderviz.pictures.map_sizes import Size
from borderviz.pictures.map_svg import Extra, finished
from borderviz.pictures.tokens import palette

if TYPE_CHECKING:
    from borderviz.pictures.map_plate import Plate

Form = Literal["png", "svg"]
FORMS: tuple[Form, ...] = ("png", "svg")
REGULAR, SEMIBOLD, BOLD = 400, 600, 700
# The library reads its settings from one place that all threads share.
_LOCK = RLock()
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "borderviz",
    "text.hinting": "none",
    "path.simplify": False,
    "agg.path.chunksize": 0,
}


@contextmanager
def drawing() -> Iterator[None]:
    """
    Hold the library's settings while one picture is drawn, from its start to its file.

    They are the same on every machine, whatever its owner has set, and one picture is
    drawn at a time: the settings are read here and there while it is.
    """
    import matplotlib as mpl

    with _LOCK, mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


class Canvas:
    """
    One picture while it is drawn, within `drawing`.

    Parameters
    ----------
    size
        How large it is.
    form
        `png` or `svg`: the same drawing; only halos and spaced letters differ inside.
    scheme
        `light` or `dark`.
    lang
        Language of the words.
    """

    def __init__(self, size: Size, form: str, scheme: str, *, lang: str = "") -> None:
        from matplotlib.figure import Figure

        if form not in FORMS:
            msg = f"a picture is one of {', '.join(FORMS)}, not {form!r}"
            raise ValueError(msg)
        self.size, self.form, self.scheme, self.lang = size, form, scheme, lang
        self.colours = palette(scheme)
        # A hair more than the pixels: the library rounds down.
        wide, high = size.width_px + 1e-3, size.height_px + 1e-3
        self.figure = Figure((wide / size.dpi, high / size.dpi), dpi=size.dpi)
        self.figure.patch.set_facecolor(self.colours["page"])
        self.figure.patch.set_gid("paper")
        self._extras: dict[str, Extra] = {}

    def plate(self, name: str) -> Plate:
        """Add a plate over all that are there; `name` is its id in the SVG."""
        from borderviz.pictures.map_plate import Plate

        unit_inches = self.size.unit_px / self.size.dpi
        return Plate(self.figure, name, self.size.down, unit_inches)

    def points(self, units: float) -> float:
        """Turn a width in design units into points, as lines and letters want it."""
        return units * self.size.unit_points

    def say_more(self, gid: str, **extra: Any) -> None:
        """Note what the SVG tells of a group beyond its shape; see `Extra`."""
        self._extras[gid] = Extra(**extra)

    def write(
        self,
        plate: Plate,
        at: tuple[float, float],
        text: str,
        *,
        size: float,
        colour: str = "ink",
        weight: int = REGULAR,
        anchor: Literal["left", "center", "right"] = "left",
        halo: str = "",
        spacing: float = 0.0,
        gid: str = "",
    ) -> None:
        """
        Write one line of text.

        Parameters
        ----------
        plate
            The plate.
        at
            Where it stands: x of the anchor, y of the baseline, in design units.
        text
            The words; never read as a formula.
        size
            Height of the letters in design units.
        colour, halo
            Tokens; an empty halo is none.
        weight
            400, 600 or 700.
        anchor
            Which side of the words stands at x.
        spacing
            Extra room after each letter, in design units.
        gid
            Id in the SVG.

        Raises
        ------
        GlyphError
            If no font here can draw one of the characters.
        """
        text = clean(text)
        if not text:
            return
        x, y = at
        families = list(families_of(text))
        if spacing and self.form == "png":
            x -= {"left": 0.0, "center": 0.5, "right": 1.0}[anchor] * (
                width_of(text, size, weight) + spacing * (len(text) - 1)
            )
            pieces = []
            for letter in text:
                pieces.append((x, letter))
                x += width_of(letter, size, weight) + spacing
            anchor = "left"
        else:
            pieces = [(x, text)]
        for start, piece in pieces:
            plate.text(
                start,
                y,
                piece,
                fontsize=self.points(size),
                family=families,
                weight=weight,
                color=self.colours[colour],
                ha=anchor,
                va="baseline",
                parse_math=False,
                gid=gid or None,
                path_effects=self._halo(halo, size) if self.form == "png" else None,
            )
        style: dict[str, str] = {}
        if halo:
            style |= self._halo_style(halo, size)
        if spacing:
            style["letter-spacing"] = f"{self.points(spacing):.3f}px"
        if gid and style:
            self._extras[gid] = Extra(text_style=style)

    def _halo(self, token: str, size: float) -> list[Any] | None:
        from matplotlib.patheffects import Normal, Stroke

        if not token:
            return None
        width = self.points(_halo_width(size))
        stroke = Stroke(
            linewidth=width, foreground=self.colours[token], joinstyle="round"
        )
        return [stroke, Normal()]

    def _halo_style(self, token: str, size: float) -> dict[str, str]:
        width = self.points(_halo_width(size))
        return {
            "stroke": self.colours[token],
            "stroke-width": f"{width:.3f}px",
            "stroke-linejoin": "round",
            "paint-order": "stroke",
        }

    def output(self, facts: dict[str, str], *, description: str = "") -> bytes:
        """
        Write the file; the same drawing gives the same bytes.

        Parameters
        ----------
        facts
            Title, Source, Copyright and the like, as the file keeps them.
        description
            What is to be seen, for those who do not see it.
        """
        facts = {key: clean(value) for key, value in facts.items() if value}
        if self.form == "png":
            return png_of(self.figure, self.size, facts)
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="svg", metadata={"Date": None})
        return finished(
            buffer.getvalue(),
            self.size,
            facts,
            self._extras,
            lang=self.lang,
            description=clean(description),
        )


def _halo_width(size: float) -> float:
    return 2.0 + size / 10
