"""Names along a strip: none overlaps another, none is crossed by another one's tick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from borderviz.pictures.lettering import width_of

SIZE = 8.6
LANE = 12.4
# Room between two names, and between a name and a tick that is not its own.
APART, CLEAR = 7.0, 2.0
# Between a mast and its own flag; on one mast several may fly.
OFF = 2.6


@dataclass(frozen=True)
class Name:
    """A name at a place along the width; `mark` is square, hollow or nothing."""

    at: float
    words: str
    id: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Placed:
    """
    A name in a lane, counted from below; `left` is where it begins.

    `is_flag` says that its tick is a mast beside it, not a stroke below it.
    """

    name: Name
    lane: int
    left: float
    right: float
    is_flag: bool


def place(names: Sequence[Name], width: float, lanes: int) -> list[Placed | None]:
    """
    Find room for each name: above its place if that is free, else beside it.

    Where places crowd, names stand like flags in a row of growing masts: from the left
    edge they blow to the right, from the right edge to the left. Where the two meet is
    tried at several points; the fewest names left out win, then the fewest lanes.

    Parameters
    ----------
    names
        The first ones take precedence where not all have room.
    width
        Of the strip.
    lanes
        How many lines of names there may be.

    Returns
    -------
    list
        One for each name; None where there was no room.
    """
    best = _in_order(range(len(names)), names, width, lanes, [_CENTRED] * len(names))
    for turn in _TURNS:
        middle = turn * width
        order = sorted(range(len(names)), key=lambda n: abs(names[n].at - middle))
        for kind in ("strict", "loose", "centred"):
            flags = [_shares(kind, is_left=name.at <= middle) for name in names]
            found = _in_order(order, names, width, lanes, flags)
            best = min(best, found, key=_cost)
    return best


def _shares(kind: str, *, is_left: bool) -> tuple[float, ...]:
    flags = _RIGHT if is_left else _LEFT
    if kind == "strict":
        return flags[:1]
    return (_CENTRED[0], *flags) if kind == "centred" else flags


def _cost(found: Sequence[Placed | None]) -> tuple[int, int]:
    """Count the names left out, then the lanes; of equals the first is kept."""
    used = max((one.lane for one in found if one), default=-1)
    return sum(one is None for one in found), used


# How much of a name stands to the left of its place, the best first; and where, as
# shares of the width, flags may turn.
_CENTRED = (0.5, 0.3, 0.7, 0.0, 1.0)
_RIGHT, _LEFT = (0.0, 0.3, 0.5), (1.0, 0.7, 0.5)
_TURNS = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.9)


def _in_order(
    order: Iterable[int],
    names: Sequence[Name],
    width: float,
    lanes: int,
    shares: Sequence[tuple[float, ...]],
) -> list[Placed | None]:
    done: list[Placed] = []
    found: list[Placed | None] = [None] * len(names)
    for number in order:
        one = _first_free(names[number], done, width, lanes, shares[number])
        found[number] = one
        if one:
            done.append(one)
    return found


def _first_free(
    name: Name,
    done: Sequence[Placed],
    width: float,
    lanes: int,
    shares: tuple[float, ...],
) -> Placed | None:
    wide = width_of(name.words, SIZE)
    for lane in range(lanes):
        for share in shares:
            off = {0.0: OFF, 1.0: -OFF}.get(share, 0.0)
            left = name.at - share * wide + off
            fits = 0 <= left <= width - wide
            if not fits and off == 0.0 and wide <= width:
                left, fits = min(max(left, 0.0), width - wide), True
            one = Placed(name, lane, left, left + wide, is_flag=off != 0.0)
            if fits and not any(_collide(one, other) for other in done):
                return one
    return None


def _collide(one: Placed, other: Placed) -> bool:
    """Tell whether two names touch, or the mast of the upper one cuts the lower one."""
    if one.lane == other.lane:
        return one.left < other.right + APART and other.left < one.right + APART
    upper, lower = (one, other) if one.lane > other.lane else (other, one)
    return lower.left - CLEAR < upper.name.at < lower.right + CLEAR
