"""Where a name may stand: beside the dot of a place, on or near the spot of an area."""

from __future__ import annotations

import math
from collections.abc import Iterator

from borderviz.pictures.map_names import Name
from borderviz.pictures.map_projection import Box

MOVES = {
    "country": 70.0,
    "sea": 150.0,
    "river": 60.0,
}  # to keep an area's name in sight


def options(
    name: Name, width: float, height: float, view: Box
) -> Iterator[tuple[str, Box]]:
    """
    List where a name may stand, the best place first.

    Parameters
    ----------
    name
        A place stands beside its dot, an area's name on its spot or a little off it.
    width, height
        Of the words.
    view
        What an area's name is kept in.
    """
    if name.kind == "place":
        yield from _beside(name, width, height)
        return
    x, y = name.at
    most = MOVES[name.kind]
    u = _held(x, view[0] + width / 2 + 1, view[2] - width / 2 - 1)
    v = _held(y, view[1] + height / 2 + 1, view[3] - height / 2 - 1)
    left, top = (x, y) if math.dist((u, v), (x, y)) > most else (u, v)
    for j in (0, -1, 1, -2, 2):
        for i in (0, -0.5, 0.5, -0.65, 0.65):
            a, b = left + i * width, top + j * height
            if math.dist((a, b), (x, y)) <= most:
                box = (a - width / 2, b - height / 2, a + width / 2, b + height / 2)
                yield "c", box


def _held(at: float, low: float, high: float) -> float:
    return max(min(low, high), min(at, high))


def _beside(name: Name, width: float, height: float) -> Iterator[tuple[str, Box]]:
    x, y = name.at
    gaps = [7.0, 14.0] if name.is_stop else [7.0]
    if name.capital or name.rank == 1:
        gaps = [7.0, 14.0, 20.0]
    preferred = {"left": "l", "right": "r", "above": "t", "below": "b"}.get(name.side)
    for gap in gaps:
        near = gap * 0.8
        sides = {
            "r": (x + gap, y - height / 2),
            "l": (x - gap - width, y - height / 2),
            "t": (x - width / 2, y - gap - height),
            "b": (x - width / 2, y + gap),
            "tr": (x + near, y - near - height / 2 - 2),
            "br": (x + near, y + near - height / 2 + 2),
            "tl": (x - near - width, y - near - height / 2 - 2),
            "bl": (x - near - width, y + near - height / 2 + 2),
        }
        for side in sorted(sides, key=lambda s: s != preferred):
            left, top = sides[side]
            yield side, (left, top, left + width, top + height)
