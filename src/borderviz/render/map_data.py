"""The atlas as the map's own files: geometry once, words once per language.

The files carry a hash in their names, so that a browser may keep them for good; the
map frame fetches them from the page's own server, never through the socket. Geometry
is written as whole numbers, each point as its difference from the one before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.content import Atlas
from borderviz.filters import events
from borderviz.geometry import legs, simplified
from borderviz.layers import layer_of
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.map_axes import axes_data
from borderviz.render.packing import packed
from borderviz.render.symbol import symbol_of
from borderviz.texts import locale_of, template_of
from borderviz.view import ViewState

LINE_TOLERANCE_M = 15.0
# Steps per degree, several to what the drawing leaves out: about 4 m, 22 m and 220 m.
LINE_UNITS = 25_000
NEAR_UNITS = 5_000
FAR_UNITS = 500


def base_data(atlas: Atlas, symbols: dict[str, str]) -> dict[str, Any]:
    """
    Collect what no language changes: land, lines, routes, layers, styles.

    Parameters
    ----------
    atlas
        The atlas.
    symbols
        SVG path data by symbol, in a box of 20 units around 0, 0.
    """
    settings = atlas.settings
    view, phone = settings.view, settings.view_phone
    lines = [line for r in atlas.records.values() for line in _lines(r, atlas)]
    return {
        "id": settings.id,
        "bounds": settings.bounds,
        "view": [view.lat, view.lon, view.zoom],
        "viewPhone": [phone.lat, phone.lon, phone.zoom],
        "symbols": symbols,
        "layers": [{"id": x.id, "style": x.style} for x in settings.layers],
        "styles": {
            # With a shape of its own it marks a place; events differ by mode.
            name: s.model_dump(include={"form", "weight", "dash"})
            | {"isPlace": "symbol" in s.model_fields_set}
            for name, s in atlas.styles.items()
        },
        "land": [_land(p, shape) for p, shape in atlas.land if not _is_close(p)],
        "lines": [line for _, line in lines],
        "axes": axes_data(atlas, lines),
        "routes": [_route(r, atlas) for r in atlas.records.values() if r.waypoints],
    }


def close_data(atlas: Atlas) -> dict[str, Any]:
    """Collect the close-up of the land, which the map asks for when it is near."""
    return {"land": [_land(p, shape) for p, shape in atlas.land if _is_close(p)]}


def _is_close(properties: dict[str, Any]) -> bool:
    return properties.get("tier") == "close"


def _land(properties: dict[str, Any], shape: BaseGeometry) -> dict[str, Any]:
    tier = str(properties.get("tier"))
    units = {"far": FAR_UNITS, "near": NEAR_UNITS}.get(tier, LINE_UNITS)
    return {
        "near": tier != "far",
        "close": tier == "close",
        "water": bool(properties.get("water")),
        "shaded": bool(properties.get("shaded")),
        "filled": shape.geom_type in ("Polygon", "MultiPolygon"),
        "units": units,
        "parts": packed(shape, units),
    }


def _lines(record: Record, atlas: Atlas) -> Iterable[tuple[str, dict[str, Any]]]:
    """Write the lines and areas of a record, each with the name of its shape."""
    layer = layer_of(record, atlas.settings.layers)
    # A whole that is made of parts is drawn by its parts, so that each can be clicked.
    whole = any(other.part_of == record.id for other in atlas.records.values())
    if layer is None or whole:
        return
    for name in record.geometry:
        shape = simplified(atlas.shapes[name], LINE_TOLERANCE_M)
        yield (
            name,
            {
                "id": record.id,
                "layer": layer.id,
                "style": record.style or layer.style,
                "filled": shape.geom_type in ("Polygon", "MultiPolygon"),
                "units": LINE_UNITS,
                "parts": packed(shape, LINE_UNITS),
            },
        )


def _route(record: Record, atlas: Atlas) -> dict[str, Any]:
    layer = layer_of(record, atlas.settings.layers)
    points = [(p.x, p.y) for p in shapely.get_parts(atlas.shapes[record.id])]
    found = legs(points, [w.group for w in record.waypoints])
    return {
        "id": record.id,
        "layer": layer.id if layer else "",
        "style": record.style or (layer.style if layer else ""),
        "stops": [[round(x, 3), round(y, 3)] for x, y in points],
        "legs": [
            [*[round(v, 3) for v in (*leg.start, *leg.end)], int(leg.has_arrow)]
            for leg in found
        ],
    }


MAP_TEXTS = (
    "group-title",
    "zoom-in",
    "zoom-out",
    "known-within",
    "read-more",
    "close",
    "map-title",
    "map-keys",
    "link-copied",
    "strip-km",
    "uncertainty-legend",
    "uncertainty-step",
    "uncertainty-more",
    *("overlay-map-fit", "overlay-map-row", "overlay-map-here", "overlay-map-more"),
    *("overlay-map-cell", "overlay-map-cells", "overlay-map-nearer"),
    *("overlay-map-fullest", "overlay-map-at", "overlay-map-part"),
)


def words_data(atlas: Atlas, lang: str) -> dict[str, Any]:
    """
    Collect every word the map shows in one language, with the points they belong to.

    Parameters
    ----------
    atlas
        The atlas.
    lang
        Language code.
    """
    context = Context(atlas, ViewState(lang=lang, layers=()))
    return {
        "lang": lang,
        "locale": str(locale_of(lang)).replace("_", "-"),
        "languages": atlas.settings.languages,
        "ui": {key: template_of(key, lang, atlas.texts)[0] for key in MAP_TEXTS},
        "attribution": [context.plain(a) for a in atlas.settings.attribution],
        "records": [
            _entry(r, context)
            for r in atlas.records.values()
            if r.id in atlas.positions or r.geometry or r.waypoints
        ],
        "unplaced": [
            {
                "id": r.id,
                "title": context.plain(r.title),
                "date": context.date(r),
            }
            for r in events(atlas)
            if r.id not in atlas.positions
        ],
        "places": [
            {
                "id": place.id,
                "name": context.plain(place.name),
                "rank": place.rank,
                "capital": place.capital,
                "side": place.label,
                "at": [round(lon, 4), round(lat, 4)],
            }
            for place, (lon, lat) in atlas.places
        ],
        "stops": _stops(context),
        "labels": [
            label.model_dump(include={"id", "kind", "rank", "near"})
            | {"name": context.plain(label.name), "at": [lon, lat]}
            for label, (lon, lat) in atlas.labels
        ],
    }


def _stops(context: Context) -> list[dict[str, Any]]:
    """List the cities on routes, each name once: places far off have no other label."""
    found: dict[str, dict[str, Any]] = {}
    for record in context.atlas.records.values():
        points = shapely.get_parts(context.atlas.shapes.get(record.id))
        for waypoint, point in zip(record.waypoints, points, strict=False):
            name = context.plain(waypoint.name).split(" (")[0]
            at = [round(point.x, 3), round(point.y, 3)]
            found.setdefault(name, {"id": f"stop-{len(found)}", "name": name, "at": at})
    return list(found.values())


def _entry(record: Record, context: Context) -> dict[str, Any]:
    """Write what the map says of one record: tooltip, popup, symbol."""
    atlas = context.atlas
    layer = layer_of(record, atlas.settings.layers)
    gist = record.gist or record.statements[0].text
    found: dict[str, Any] = {
        "id": record.id,
        "kind": record.kind,
        "layer": layer.id if layer else "",
        "style": record.style or (layer.style if layer else ""),
        "title": context.plain(record.title),
        "label": context.say(f"kind-{record.kind}"),
        "date": context.date(record),
        "place": context.plain(record.place),
        "gist": context.plain(gist),
    }
    for key, text in (("lang", record.title), ("gistLang", gist)):
        if context.view.lang not in text:
            found[key] = context.pick(text).lang
    if record.id in atlas.positions:
        lon, lat = atlas.positions[record.id]
        symbol, turn = symbol_of(record, atlas)
        found |= {
            "at": [lon, lat],
            "km": record.uncertainty_km,
            "symbol": symbol,
            "turn": turn,
        }
    return found


def data_text(data: dict[str, Any]) -> str:
    """Write map data as compact JSON; the map reads it as data, never as code."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
