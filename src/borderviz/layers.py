"""Which layer shows a record: one rule, used by map, counts, list and check alike."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from borderviz.model import Record
from borderviz.settings import Layer

if TYPE_CHECKING:
    from borderviz.content import Atlas


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


def counts(atlas: Atlas, hidden: Container[str] = ()) -> dict[str, int]:
    """
    Count what each layer puts on the map: points, lines and zones; labels for places.

    Parameters
    ----------
    atlas
        The atlas; records without a place on the map are not counted.
    hidden
        Ids of records that are not to be counted.
    """
    found = {
        layer.id: len(atlas.places) if layer.places else 0
        for layer in atlas.settings.layers
    }
    wholes = {r.part_of for r in atlas.records.values() if r.part_of}
    for record in atlas.records.values():
        drawn = record.id in atlas.positions or record.waypoints or record.geometry
        layer = atlas.layers_of[record.id]
        is_counted = record.id not in wholes and record.id not in hidden
        if drawn and layer and is_counted:
            found[layer.id] += 1
    return found
