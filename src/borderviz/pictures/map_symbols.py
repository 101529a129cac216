"""Symbols as paths: the shapes of `symbols.json`, turned and scaled as on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from borderviz.pictures.map_projection import Floats
from borderviz.render.web_files import symbol_paths

if TYPE_CHECKING:
    from matplotlib.path import Path

_PIECE = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)")
_NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}
_KAPPA = 0.5522847498  # a quarter of a circle as a cubic curve


@cache
def _outline(data: str) -> tuple[Floats, tuple[int, ...]]:
    """Read path data (absolute commands) into vertices and codes."""
    from matplotlib.path import Path

    tokens = _PIECE.findall(data)
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    command, at = "", 0
    here = start = (0.0, 0.0)
    hinge = here

    def curve(*points: tuple[float, float]) -> None:
        vertices.extend(points)
        codes.extend([int(Path.CURVE4)] * 3)

    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        if command not in _NUMBERS:
            msg = f"path command {command!r} is not one of {', '.join(_NUMBERS)}"
            raise ValueError(msg)
        count = _NUMBERS[command]
        n = [float(t) for t in tokens[at : at + count]]
        at += count
        before, last_hinge = here, hinge
        if command == "Z":
            vertices.append(start)
            codes.append(int(Path.CLOSEPOLY))
            here = hinge = start
            continue
        here = (
            (n[0], before[1])
            if command == "H"
            else (before[0], n[0])
            if command == "V"
            else (n[-2], n[-1])
        )
        hinge = here
        if command == "M":
            vertices.append(here)
            codes.append(int(Path.MOVETO))
            start, command = here, "L"
        elif command in "LHV":
            vertices.append(here)
            codes.append(int(Path.LINETO))
        elif command == "A":
            # Our arcs are halves of circles around the middle of their ends.
            for quarter in _half_circle(before, here, sweep=bool(n[4])):
                curve(*quarter)
        else:
            mirrored = (2 * before[0] - last_hinge[0], 2 * before[1] - last_hinge[1])
            first = (n[0], n[1]) if command == "C" else mirrored
            hinge = (n[-4], n[-3])
            curve(first, hinge, here)
    return np.array(vertices), tuple(codes)


def _half_circle(
    a: tuple[float, float], b: tuple[float, float], *, sweep: bool
) -> list[tuple[tuple[float, float], ...]]:
    """Draw the half circle from one point to another as two cubic curves."""
    start, end = np.array(a), np.array(b)
    middle = (start + end) / 2
    along = start - middle
    turn = (
        np.array([[0.0, -1.0], [1.0, 0.0]])
        if sweep
        else np.array([[0.0, 1.0], [-1, 0]])
    )
    side = turn @ along
    quarters = []
    for one, two in ((along, side), (side, -along)):
        points = (one + _KAPPA * two, two + _KAPPA * one, two)
        quarters.append(tuple((float(p[0]), float(p[1])) for p in middle + points))
    return quarters


def symbol_path(
    name: str, at: Sequence[float], *, turn: float = 0.0, scale: float = 1.0
) -> Path:
    """
    Place a symbol on the picture.

    Parameters
    ----------
    name
        Of `symbols.json`.
    at
        Where its middle stands, in design units; y runs down.
    turn
        Degrees clockwise.
    scale
        1 is as on the page: about 16 units across.
    """
    from matplotlib.path import Path

    vertices, codes = _outline(symbol_paths()[name])
    angle = np.radians(turn)
    spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return Path(vertices @ spin * scale + np.asarray(at), codes)
