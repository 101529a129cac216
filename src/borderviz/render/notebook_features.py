"""What a notebook's map draws, as GeoJSON: land, and the records of each layer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.content import Atlas
from borderviz.filters import is_event
from borderviz.geometry import LonLat, legs, simplified
from borderviz.layers import layer_of
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.selection import Selection

Name = tuple[LonLat, Html, str]
_SIDES = {"left": "left", "right": "right", "above": "top", "below": "bottom"}
# Enough for a map that opens at the size of a country.
_LAND_M, _LINE_M = 400.0, 60.0
_DECIMALS = 4


def land_of(atlas: Atlas) -> list[dict[str, Any]]:
    """Write the land as features, without the close-up; `token` names their colour."""
    return [
        _feature(
            str(number),
            simplified(shape, _LAND_M),
            token="shade" if properties.get("shaded") else "land",
            is_line=bool(shapely.get_dimensions(shape) == 1),
        )
        for number, (properties, shape) in enumerate(atlas.land)
        if properties.get("tier") != "close"
    ]


def names_of(context: Context) -> list[Name]:
    """List the largest towns and the countries: (lat, lon), markup, side of the dot."""
    atlas = context.atlas
    named = [
        (x.name, at, _SIDES[x.label or "right"])
        for x, at in atlas.places
        if x.rank == 1
    ]
    named += [(x.name, at, "center") for x, at in atlas.labels if x.kind == "country"]
    return [
        ((at[1], at[0]), tag("span", context.plain(name)), side)
        for name, at, side in named
    ]


def features_of(
    selection: Selection, context: Context
) -> dict[str, list[dict[str, Any]]]:
    """
    Write the records a view shows as features, by the id of their layer.

    Each has an `id`, and as properties the `style` it is drawn in and, as markup, a
    `tooltip` and a `popup`. Events at one point share a popup, so that none is hidden.

    Parameters
    ----------
    selection
        The events.
    context
        The view, whose layers decide the rest, and the reader's language.
    """
    atlas = context.atlas
    found: dict[str, list[dict[str, Any]]] = {x: [] for x in context.view.layers}
    shown = set(selection.ids)
    wholes = {r.part_of for r in atlas.records.values() if r.part_of}
    drawn = []
    for record in atlas.records.values():
        layer = layer_of(record, atlas.settings.layers)
        is_left_out = is_event(record) and record.id not in shown
        if layer and layer.id in found and not is_left_out:
            # A whole that is made of parts is drawn by its parts.
            shapes = [] if record.id in wholes else list(_shapes(record, atlas))
            drawn += [(layer.id, record, shape) for shape in shapes]
    here: dict[str, list[Record]] = defaultdict(list)
    for _, record, shape in drawn:
        here[shape.wkt].append(record)
    for number, (layer_id, record, shape) in enumerate(drawn):
        together = here[shape.wkt]
        words = (
            tag("b", context.say("group-title", count=len(together)))
            if len(together) > 1
            else _title(record, context)
        )
        feature = _feature(
            f"{record.id}-{number}",
            shape,
            style=context.style_of(record),
            tooltip=words,
            popup=tag("div", *[_popup(r, context) for r in together]),
        )
        found[layer_id].append(feature)
    return found


def _shapes(record: Record, atlas: Atlas) -> Iterator[BaseGeometry]:
    """Walk what is drawn of a record: its point, its lines and areas, its route."""
    if record.id in atlas.positions:
        yield shapely.Point(*atlas.positions[record.id])
    for name in record.geometry:
        yield simplified(atlas.shapes[name], _LINE_M)
    if record.waypoints:
        points = [(p.x, p.y) for p in shapely.get_parts(atlas.shapes[record.id])]
        found = legs(points, [w.group for w in record.waypoints])
        yield shapely.MultiLineString([(leg.start, leg.end) for leg in found])


def _feature(
    identity: str, shape: BaseGeometry, **properties: object
) -> dict[str, Any]:
    rounded = shapely.transform(shape, lambda x: np.round(x, _DECIMALS))
    return {
        "type": "Feature",
        "id": identity,
        "geometry": shapely.geometry.mapping(rounded),
        "properties": properties,
    }


def _title(record: Record, context: Context) -> Html:
    date = context.date(record)
    said = tag("b", context.words(record.title))
    return join([said, *([tag("span", date)] if date else [])], ", ")


def _popup(record: Record, context: Context) -> Html:
    """Say what is reported, how exactly the place is known, and who reports it."""
    sources = context.atlas.sources
    names = dict.fromkeys(sources[i].publisher for i in record.sources if i in sources)
    where = [context.words(record.place)] if record.place else []
    exact = record.uncertainty_km and context.say(
        "place-within", km=record.uncertainty_km
    )
    told = record.gist or record.statements[0].text
    return tag(
        "div",
        _title(record, context),
        tag("div", *where) if where else "",
        context.words(told, "p"),
        tag("div", exact) if exact else "",
        tag("small", f"{context.say('sources')}: {context.listed(names, ',')}"),
        lang=context.view.lang,
        class_="bv-record",
    )
