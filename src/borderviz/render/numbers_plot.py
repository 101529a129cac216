"""An axis with round ticks and the marks on it: plain elements placed by per cent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from borderviz.competing import Group, Row
from borderviz.render.html import Html, tag
from borderviz.render.lanes import share

# Values closer together than this share of the highest are shown without the zero:
# dots, unlike bars, do not lie when their axis is cut.
CLOSE = 0.85
MOST_STEPS = 5


@dataclass(frozen=True)
class Axis:
    """
    A scale from one round number to another.

    Parameters
    ----------
    low, high
        Its ends, both a whole number of steps.
    step
        From tick to tick.
    """

    low: float
    high: float
    step: float

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return round((self.high - self.low) / self.step)

    @property
    def ticks(self) -> list[float]:
        """The round numbers, ends included."""
        return [self.low + n * self.step for n in range(self.steps + 1)]

    @property
    def digits(self) -> int:
        """Decimals that the ticks need."""
        return max(0, -math.floor(math.log10(self.step)))

    def at(self, value: float) -> float:
        """Return where a value lies, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def axis_of(
    numbers: Sequence[float],
    *,
    room: Sequence[float] = (),
    close: float = CLOSE,
    steps: int = MOST_STEPS,
) -> Axis:
    """
    Make an axis on which all numbers lie; from zero unless they are close together.

    Parameters
    ----------
    numbers
        At least one, above zero.
    room
        Those of them that need some axis to their right.
    close
        Share of the highest number from which on the lowest is near enough to it.
    steps
        About how many steps there may be.

    Examples
    --------
    >>> axis_of([237, 250]).ticks
    [235.0, 240.0, 245.0, 250.0]
    >>> axis_of([0.7, 4, 6]).ticks
    [0.0, 2.0, 4.0, 6.0]
    """
    lowest, highest = min(numbers), max(numbers)
    start = lowest if lowest >= close * highest and lowest < highest else 0
    step = _round_step((highest - start) / steps)
    low, high = math.floor(start / step), math.ceil(highest / step)
    if any(number > (high - 0.5) * step for number in room):
        high += 1
    return Axis(low * step, high * step, step)


def _round_step(least: float) -> float:
    """Return the next of 1, 2 and 5, times a power of ten."""
    power = math.floor(math.log10(least))
    step = next(s for s in (1, 2, 5, 10) if s * 10.0**power >= least * (1 - 1e-9))
    # A power of ten below one has no exact value: divide, so that 3 tenths are 0.3.
    return float(step * 10**power) if power >= 0 else step / float(10**-power)


def panel_axis(groups: Sequence[Group]) -> Axis | None:
    """Make the axis that groups share; None if none of their rows has a number."""
    rows = [row for group in groups for row in group.rows]
    numbers = [number for row in rows for number in row.numbers]
    room = [row.low for row in rows if row.low is not None and row.high is None]
    return axis_of(numbers, room=room) if numbers else None


def marks(row: Row, axis: Axis) -> Html:
    """
    Draw one value: a dot, hollow if it is only about right; a bar for a range.

    An end that is open fades out towards its end of the axis. What was measured here is
    a square, so that it differs by shape as well.
    """
    if not row.numbers:
        return Html("")
    if row.low == row.high:
        is_about = row.claim is not None and row.claim.about
        name = "bv-q-own" if row.claim is None else "bv-q-dot"
        more = " bv-q-about" if is_about else ""
        return _mark(name + more, axis.at(row.numbers[0]))
    low = axis.low if row.low is None else row.low
    high = axis.high if row.high is None else row.high
    name = "bv-q-bar"
    name += " bv-q-from" if row.high is None else ""
    name += " bv-q-to" if row.low is None else ""
    return _mark(name, axis.at(low), axis.at(high))


def _mark(name: str, start: float, end: float | None = None) -> Html:
    style = f"left:{share(start)}"
    if end is not None:
        style += f";width:{share(end - start)}"
    return tag("i", class_=name, style=style)
