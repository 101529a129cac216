"""The reference lines for the map: which drawn lines are which measuring tape."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np

from borderviz.axes import Axis
from borderviz.content import Atlas

# Every so many drawn points the map is told the kilometre; between them it measures.
EVERY = 16
# Kilometres are written in steps of ten metres.
STEPS_PER_KM = 100


def axes_data(
    atlas: Atlas, drawn: list[tuple[str, dict[str, Any]]]
) -> dict[str, dict[str, Any]]:
    """
    Say for each reference line which of the drawn ones it is, and its kilometres.

    Parameters
    ----------
    atlas
        The atlas.
    drawn
        The map's lines in their order, each with the name of its shape.
    """
    names = [name for name, _ in drawn]
    return {
        name: {
            "km": round(axis.line.length_km, 3),
            "reverse": axis.settings.reverse,
            "lines": (lines := [names.index(s) for s in axis.record.geometry]),
            "at": _marks(axis, [drawn[n][1] for n in lines]),
        }
        for name, axis in atlas.axes.items()
        if all(shape in names for shape in axis.record.geometry)
    }


def _marks(axis: Axis, lines: list[dict[str, Any]]) -> list[int]:
    """
    Write the kilometre of every sixteenth drawn point, and of the last.

    As differences in steps of ten metres, in the order of growing km.
    """
    parts = [
        np.cumsum(np.array(ring).reshape(-1, 2), axis=0) / line["units"]
        for line in lines
        for ring in chain.from_iterable(line["parts"])
    ]
    points = np.concatenate(parts)
    points = points[::-1] if axis.settings.reverse else points
    kept = np.unique([*range(0, len(points), EVERY), len(points) - 1])
    kms = np.maximum.accumulate(axis.line.locate(*points[kept].T).km)
    found = np.rint(kms * STEPS_PER_KM).astype(int)
    differences: list[int] = np.diff(found, prepend=0).tolist()
    return differences


def span(identity: str, atlas: Atlas) -> dict[str, Any] | None:
    """
    Say where along a line a record may lie; None where that is no line.

    Parameters
    ----------
    identity
        Id of a record; may be empty.
    atlas
        The atlas.
    """
    along = atlas.along.get(identity)
    if along is None:
        return None
    spans = [[round(low, 2), round(high, 2)] for low, high in along.spans]
    return {"axis": along.axis, "spans": spans}
