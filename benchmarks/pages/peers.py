"""The pages beside each other: what each is called, and how a reader uses it."""

from __future__ import annotations

from dataclasses import dataclass

from borderviz.content import Atlas
from borderviz.layers import layer_of


@dataclass(frozen=True)
class Peer:
    """
    One page, and what it has.

    Parameters
    ----------
    name
        As its figures are filed.
    probe
        Which probes it answers to.
    frame
        In the address of the map's frame; empty where the page is the map.
    has_toggle, has_control, has_filter
        Boxes of the page for layers, those of the map itself, one for confidence.
    clicks
        What a click on a symbol leads to: `popup`, `panel`.
    draws
        Whether by WebGL.
    asks
        Whether other hosts are asked for scripts, which are stood in for.
    served
        `streamlit`, `files` (a plain file server), `nginx`, or `disk`.
    """

    name: str
    probe: str
    frame: str = ""
    has_toggle: bool = False
    has_control: bool = False
    has_filter: bool = False
    clicks: tuple[str, ...] = ()
    draws: bool = False
    asks: bool = False
    served: str = "streamlit"


BOTH = ("popup", "panel")
COMPONENT = "st_folium"
PEERS = (
    Peer("bare", "bare"),
    Peer("naive", "naive", COMPONENT, True, True, True, BOTH, asks=True),
    Peer(
        *("deck", "deck"),
        has_toggle=True,
        has_filter=True,
        clicks=("panel",),
        draws=True,
        asks=True,
    ),
    Peer("map", "map", has_toggle=True, has_filter=True, draws=True, asks=True),
    Peer(
        *("leafmap", "leafmap", "about:srcdoc"),
        has_control=True,
        has_filter=True,
        clicks=("popup",),
        asks=True,
    ),
    Peer("borderviz", "borderviz", COMPONENT, True, False, True, BOTH),
    Peer("site", "site", "", True, False, True, BOTH, served="files"),
    Peer("nginx", "site", served="nginx"),
    Peer("file", "site", "", True, False, True, BOTH, served="disk"),
)
OURS = ("borderviz", "site", "nginx", "file")


@dataclass(frozen=True)
class Expected:
    """
    What a complete map of the atlas holds.

    Parameters
    ----------
    markers, paths
        Placed records that some layer shows; pieces of lines and zones.
    sure
        How many of these records are of high confidence.
    layer, layer_name, layer_markers
        The layer with the most placed records, which is toggled, and their number.
    layer_sure
        How many of them are of high confidence, which is what is filtered by.
    view
        Where the map opens: latitude, longitude, zoom.
    """

    markers: int
    paths: int
    sure: int
    layer: str
    layer_name: str
    layer_markers: int
    layer_sure: int
    view: tuple[float, float, float]

    @classmethod
    def of(cls, atlas: Atlas) -> Expected:
        """Count what an atlas puts on the map."""
        layers = {
            n: layer_of(atlas.records[n], atlas.settings.layers)
            for n in atlas.positions
        }
        shown = {name: layer.id for name, layer in layers.items() if layer is not None}
        ids = list(shown.values())
        layer = max(sorted(set(ids)), key=ids.count)
        sure = [n for n in shown if atlas.records[n].confidence == "high"]
        settings = atlas.settings
        names = {its.id: its.name[settings.default_language] for its in settings.layers}
        return cls(
            markers=len(ids),
            paths=sum(len(record.geometry) for record in atlas.records.values()),
            sure=len(sure),
            layer=layer,
            layer_name=names[layer],
            layer_markers=ids.count(layer),
            layer_sure=sum(shown[name] == layer for name in sure),
            view=(settings.view.lat, settings.view.lon, settings.view.zoom),
        )

    def toggled(self, peer: Peer, *, is_on: bool) -> int:
        """Say what a page's count comes to with the layer on or off."""
        others = 0 if peer.name in OURS else self.markers - self.layer_markers
        return others + (self.layer_markers if is_on else 0)

    def filtered(self, peer: Peer, *, is_on: bool) -> int:
        """Say what a page's count comes to with the filter for confidence on or off."""
        if peer.name in OURS:
            return self.layer_sure if is_on else self.layer_markers
        return self.sure if is_on else self.markers
