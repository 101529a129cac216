"""The names that may stand on a map: areas, towns, cities on routes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from borderviz.content import Atlas
from borderviz.pictures.map_projection import Box, Projection
from borderviz.render.context import Context

Kind = Literal["place", "country", "sea", "river"]


@dataclass(frozen=True)
class Name:
    """
    A name that may stand on the map.

    Parameters
    ----------
    id, words, kind
        What is written, and as what.
    at
        Its place on the picture.
    rank
        1 is the largest.
    side
        Where it had best stand beside its dot; empty if anywhere.
    capital, is_stop, is_near
        A capital; a city on a route; a further place of an area's name.
    place, box
        Once it is placed: how it stands to its dot (`c` on the spot itself), and left,
        top, right, bottom.
    """

    id: str
    words: str
    kind: Kind
    at: tuple[float, float]
    rank: int
    side: str = ""
    capital: bool = False
    is_stop: bool = False
    is_near: bool = False
    place: str = ""
    box: Box = (0.0, 0.0, 0.0, 0.0)

    @property
    def size(self) -> float:
        """Height of its letters in design units."""
        if self.kind != "place":
            return {"country": 13.0, "sea": 12.5, "river": 11.5}[self.kind]
        return {1: 14.0, 2: 12.5}.get(self.rank, 11.5)

    @property
    def weight(self) -> int:
        """Weight of its letters."""
        return 600 if self.kind == "place" and self.rank < 3 else 400

    @property
    def dot(self) -> Box:
        """The box of the dot of a place."""
        half = 4.0 if self.capital else 3.0
        x, y = self.at
        return x - half, y - half, x + half, y + half

    @property
    def order(self) -> float:
        """Who comes first: areas, cities on routes, places by rank, near names."""
        if self.kind != "place":
            return 4.5 if self.rank > 2 else 0.0
        return 1.0 if self.is_stop else 2.0 + self.rank


def names_of(
    context: Context, projection: Projection, stops: Iterable[tuple[str, float, float]]
) -> list[Name]:
    """
    List every name the atlas has, where it stands on the picture.

    Parameters
    ----------
    context
        Atlas and language.
    projection
        How the map is drawn.
    stops
        Cities on the routes that are shown: name, lon, lat.
    """
    atlas: Atlas = context.atlas
    found: list[Name] = []
    for label, (lon, lat) in atlas.labels:
        words = context.plain(label.name)
        at = projection.point(lon, lat)
        found.append(Name(f"label-{label.id}", words, label.kind, at, label.rank))
        rank = 3 if label.kind == "country" else 4
        found += [
            Name(
                f"label-{label.id}-{n}",
                words,
                label.kind,
                projection.point(float(x), float(y)),
                rank,
                is_near=True,
            )
            for n, (x, y) in enumerate(label.near)
        ]
    found += [
        Name(f"stop-{n}", words, "place", projection.point(x, y), 2, is_stop=True)
        for n, (words, x, y) in enumerate(stops)
    ]
    found += [
        Name(
            f"place-{place.id}",
            context.plain(place.name),
            "place",
            projection.point(lon, lat),
            place.rank,
            side=place.label or "",
            capital=place.capital,
        )
        for place, (lon, lat) in atlas.places
    ]
    return [name for name in found if all(math.isfinite(x) for x in name.at)]
