"""What both strips are drawn on: named stretches above, kilometres below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from borderviz.axes import Axis
from borderviz.pictures.lettering import BOLD, clean, shortened, width_of
from borderviz.pictures.shapes import line, rect, text
from borderviz.pictures.strip_names import SIZE
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.strip_parts import STEPS, TICKS

BAND = 18.0
# Room at the left for years and at the right for what lies at the very end.
LEFT, RIGHT = 27.0, 9.0


@dataclass(frozen=True)
class Plot:
    """A strip being drawn: its line, how wide it is, words and colours."""

    axis: Axis
    width: float
    context: Context
    colours: dict[str, str]

    def at(self, km: float) -> float:
        """Return where a kilometre is."""
        return km / self.axis.line.length_km * self.width


def moved(drawn: Html, top: float, name: str, left: float = 0.0) -> Html:
    """Put a part of a strip in its place; `name` is for those who edit the file."""
    return tag("g", drawn, id=name, transform=f"translate({left:.2f} {top:.2f})")


def bands(items: Iterable[tuple[str, float, float]], plot: Plot) -> Html:
    """Draw named stretches side by side: words, from km, to km."""
    drawn, colours = [], plot.colours
    for number, (said, low, high) in enumerate(items):
        left, right = plot.at(low), plot.at(high)
        drawn.append(
            rect(
                left,
                0,
                right - left,
                BAND,
                colours["line"],
                fill_opacity="0.9" if number % 2 else "0.45",
            )
        )
        words = clean(said)
        fitting = shortened(words, SIZE, right - left - 4, BOLD)
        if fitting == words or len(fitting) > 4:
            middle = (left + right) / 2
            drawn.append(
                text(
                    middle,
                    BAND / 2 + 3.1,
                    fitting,
                    SIZE,
                    colours["ink"],
                    bold=True,
                    anchor="middle",
                )
            )
    return join(drawn)


def km_axis(plot: Plot) -> tuple[Html, float]:
    """Draw the kilometres, and say what lies at either end."""
    context, colours, axis = plot.context, plot.colours, plot.axis
    length = axis.line.length_km
    step = next((s for s in STEPS if length / s <= TICKS), STEPS[-1])
    end = context.say("strip-km", km=context.number(length))
    drawn = [line((0, 0), (plot.width, 0), colours["muted"])]
    free = plot.width - width_of(end, SIZE) - 8
    for km in range(0, int(length) + 1, step):
        at, words = plot.at(km), context.number(km, 0)
        drawn.append(line((at, 0), (at, 4), colours["muted"]))
        if at + width_of(words, SIZE) / 2 < free:
            drawn.append(text(at, 13.5, words, SIZE, colours["muted"], anchor="middle"))
    drawn += [
        line((plot.width, 0), (plot.width, 4), colours["muted"]),
        text(plot.width, 13.5, end, SIZE, colours["muted"], anchor="end"),
    ]
    half = plot.width / 2 - 10
    origin, far = (
        shortened(clean(context.plain(words)), SIZE, half)
        for words in (axis.settings.origin, axis.settings.end)
    )
    drawn += [
        text(0, 26, origin, SIZE, colours["ink"]),
        text(plot.width, 26, far, SIZE, colours["ink"], anchor="end"),
    ]
    return join(drawn), 31.0
