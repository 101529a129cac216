"""The one selection that map, table, timeline, charts and command all take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from borderviz.filters import Filters, events, matcher
from borderviz.model import Record
from borderviz.view import ViewState

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
    key = ("select", view.filters, view.layers)
    return atlas.kept.of(key, lambda: _select(atlas, view))


def _select(atlas: Atlas, view: ViewState) -> Selection:
    every = events(atlas)
    fits = matcher(view.filters)
    fitting = [record for record in every if fits(record)]
    shown = [r for r in fitting if _layer(r, atlas) in view.layers]
    shown.sort(key=lambda r: (r.date or "", r.id))
    return Selection(
        records=tuple(shown),
        hidden=frozenset(r.id for r in every) - {r.id for r in fitting},
        total=len(every),
        unplaced=sum(record.id not in atlas.positions for record in shown),
    )


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
        found.append(WayOut(name, wider, _count(atlas, wider)))
    with_layers = with_event_layers(atlas, view)
    if with_layers != view:
        found.append(WayOut("layers", with_layers, _count(atlas, with_layers)))
    useful = sorted((way for way in found if way.count), key=lambda way: way.count)
    if useful:
        return useful
    everything = with_layers.with_(filters=Filters())
    return [WayOut("all", everything, _count(atlas, everything))]


def _count(atlas: Atlas, view: ViewState) -> int:
    return len(select(atlas, view).records)


def with_event_layers(atlas: Atlas, view: ViewState) -> ViewState:
    """Return a view in which every layer that holds events is on as well."""
    wanted = {*event_layers(atlas), *view.layers}
    known = [layer.id for layer in atlas.settings.layers]
    return view.with_(layers=tuple(x for x in known if x in wanted))


def event_layers(atlas: Atlas) -> tuple[str, ...]:
    """List the layers that hold events."""
    return atlas.kept.of("event-layers", lambda: _event_layers(atlas))


def _event_layers(atlas: Atlas) -> tuple[str, ...]:
    used = {_layer(record, atlas) for record in events(atlas)}
    return tuple(layer.id for layer in atlas.settings.layers if layer.id in used)


def _layer(record: Record, atlas: Atlas) -> str:
    layer = atlas.layers_of[record.id]
    return layer.id if layer else ""
