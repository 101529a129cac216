"""The one selection that map, table, timeline, charts and command all take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from borderviz.filters import Filters, is_event, matcher
from borderviz.layers import layer_of
from borderviz.model import Record
from borderviz.permalink import ViewState

if TYPE_CHECKING:
    from borderviz.content import Atlas


@dataclass(frozen=True)
class Selection:
    """
    The events a view shows.

    Parameters
    ----------
    records
        Those that meet all filters and whose layer is on; oldest first.
    hidden
        Ids of all that do not meet the filters, whatever layers are on.
    total
        How many events the atlas holds.
    unplaced
        How many of `records` have no point on the map.
    """

    records: tuple[Record, ...]
    hidden: frozenset[str]
    total: int
    unplaced: int

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the records, in order."""
        return tuple(record.id for record in self.records)


def select(atlas: Atlas, view: ViewState) -> Selection:
    """
    Choose the events that a view shows; the only place where that is decided.

    Parameters
    ----------
    atlas
        Where they come from.
    view
        Its filters and layers count, nothing else of it does.
    """
    events = [record for record in atlas.records.values() if is_event(record)]
    fits = matcher(view.filters)
    fitting = [record for record in events if fits(record)]
    shown = [r for r in fitting if _layer(r, atlas) in view.layers]
    shown.sort(key=lambda r: (r.date or "", r.id))
    return Selection(
        records=tuple(shown),
        hidden=frozenset(r.id for r in events) - {r.id for r in fitting},
        total=len(events),
        unplaced=sum(record.id not in atlas.positions for record in shown),
    )


def _layer(record: Record, atlas: Atlas) -> str:
    layer = layer_of(record, atlas.settings.layers)
    return layer.id if layer else ""


@dataclass(frozen=True)
class WayOut:
    """A change that brings records back: filters to drop or layers to show."""

    name: str
    view: ViewState
    count: int


def ways_out(atlas: Atlas, view: ViewState) -> list[WayOut]:
    """
    List what to change when a view shows no event, the smallest change first.

    Parameters
    ----------
    atlas, view
        A view whose selection is empty; any other has no need of this.
    """
    found = []
    for name in view.filters.active:
        wider = view.with_(filters=view.filters.without(name))
        found.append(WayOut(name, wider, len(select(atlas, wider).records)))
    layers = event_layers(atlas)
    if not set(layers) <= set(view.layers):
        known = [layer.id for layer in atlas.settings.layers]
        all_on = tuple(x for x in known if x in layers or x in view.layers)
        wider = view.with_(layers=all_on)
        found.append(WayOut("layers", wider, len(select(atlas, wider).records)))
    useful = sorted((way for way in found if way.count), key=lambda way: way.count)
    if useful:
        return useful
    known = [layer.id for layer in atlas.settings.layers]
    all_on = tuple(x for x in known if x in layers or x in view.layers)
    everything = view.with_(filters=Filters(), layers=all_on)
    return [WayOut("all", everything, len(select(atlas, everything).records))]


def event_layers(atlas: Atlas) -> tuple[str, ...]:
    """List the layers that hold events."""
    events = (record for record in atlas.records.values() if is_event(record))
    used = {_layer(record, atlas) for record in events}
    return tuple(layer.id for layer in atlas.settings.layers if layer.id in used)
