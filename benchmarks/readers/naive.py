"""A reader of the page that a developer would write at first: opens it, ticks boxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from protocol import Answer, RefusedError
from reader import Reader

from borderviz.content import Atlas
from borderviz.layers import layer_of

MARKER = "L.marker("


def placed(atlas: Atlas) -> Counter[str]:
    """Count the placed records of each layer."""
    settings = atlas.settings.layers
    found = (layer_of(atlas.records[name], settings) for name in atlas.positions)
    return Counter(layer.id for layer in found if layer)


@dataclass
class NaiveReader(Reader):
    """The same, on a page whose whole map travels whenever a layer is ticked."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.counts: Mapping[str, int] = placed(self.known.atlas)
        self.shown = set(self.counts)

    def check(self) -> None:
        """
        Count the markers on the map.

        Raises
        ------
        RefusedError
            If they are not those of the layers that are ticked.
        """
        instance = self.session.component().element.component_instance
        found = instance.json_args.count(MARKER)
        wanted = sum(self.counts[layer] for layer in self.shown)
        if found != wanted:
            msg = f"{found} markers, not {wanted}"
            raise RefusedError(msg)

    async def _toggle(self) -> Answer:
        layer = self.random.choice(sorted(self.counts))
        self.shown ^= {layer}
        box = self.session.named(f"layer-{layer}")
        return await self.session.choose(box, {"bool_value": layer in self.shown})
