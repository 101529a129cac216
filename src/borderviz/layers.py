"""Which layer shows a record: one rule, used by map, counts, list and check alike."""

from __future__ import annotations

from collections.abc import Sequence

from borderviz.model import Record
from borderviz.settings import Layer


def layer_of(record: Record, layers: Sequence[Layer]) -> Layer | None:
    """
    Find the layer that shows a record; None if no layer does.

    A layer that names the record's id comes before any that only fits its kind.

    Parameters
    ----------
    record
        Any record.
    layers
        The atlas's layers, in order.
    """
    for layer in layers:
        if record.id in layer.records:
            return layer
    for layer in layers:
        fits = not layer.directions or record.direction in layer.directions
        if record.kind in layer.kinds and fits:
            return layer
    return None
