"""Names and scale of the small map: the nearest towns, each where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from borderviz.content import Atlas
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.site.projected import HIGH, WIDE, Frame

LETTER, WIDE_LETTER, TALL = 6.6, 12.0, 14.0
MOST = 5
STEPS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
# The bar is no longer than this; its corner is kept free of names.
BAR = 90.0


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    @property
    def is_inside(self) -> bool:
        """Tell whether all of it is in the drawing."""
        return (
            self.left >= 2
            and self.top >= 2
            and self.right <= WIDE - 2
            and self.bottom <= HIGH - 2
        )


def names(
    atlas: Atlas, record: Record, frame: Frame, context: Context
) -> Iterator[Html]:
    """
    Name some towns: large ones first, never one over another or over the symbol.

    Parameters
    ----------
    atlas, record
        Whose towns, and what must stay free.
    frame
        What is shown.
    context
        The reader's language.
    """
    taken = [Box(0, HIGH - 26, BAR + 16, HIGH)]
    if position := atlas.positions.get(record.id):
        x, y = frame.at(position)
        taken.append(Box(x - 11, y - 11, x + 11, y + 11))
    drawn = 0
    for place, where in sorted(atlas.places, key=lambda p: p[0].rank):
        x, y = frame.at(where)
        if not (0 < x < WIDE and 0 < y < HIGH) or drawn == MOST:
            continue
        words = context.plain(place.name)
        wide = sum(WIDE_LETTER if ord(c) > 0x1100 else LETTER for c in words)
        for left, anchor in ((x + 5, None), (x - 5 - wide, "end")):
            found = Box(left - 2, y - TALL / 2, left + wide + 2, y + TALL / 2)
            dot = Box(x - 4, y - 4, x + 4, y + 4)
            if not found.is_inside or any(
                found.meets(t) or dot.meets(t) for t in taken
            ):
                continue
            taken += [found, dot]
            drawn += 1
            yield tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="2", class_="bv-l-town")
            # To the left a name ends at its town, however wide its letters are.
            yield tag(
                "text",
                words,
                x=f"{x - 5 if anchor else left:.1f}",
                y=f"{y + 4:.1f}",
                text_anchor=anchor,
                class_="bv-l-name",
            )
            break


def scale_bar(frame: Frame, context: Context) -> Html:
    """Draw how long some kilometres are, at the middle of the drawing."""
    km = max((s for s in STEPS_KM if s / frame.km_per_unit <= BAR), default=STEPS_KM[0])
    long, base = km / frame.km_per_unit, HIGH - 9
    words = context.say("strip-km", km=km)
    return join(
        [
            tag(
                "path",
                d=f"M10 {base - 4}V{base}H{10 + long:.1f}V{base - 4}",
                class_="bv-l-bar",
            ),
            tag("text", words, x="12", y=f"{base - 5}", class_="bv-l-km"),
        ]
    )
