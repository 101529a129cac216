"""A view as a link, and a link as a view.

`encode` writes only what differs from the atlas's defaults, with ids and never labels,
so links are short, readable and survive a change of language. `decode` never raises:
what it cannot use is returned beside the view, for the page to say so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from borderviz.filters import PARAMETERS, Filters, decode_filter, encode_filters
from borderviz.view import Decoded, ViewState

if TYPE_CHECKING:
    from borderviz.content import Atlas

VERSION = "1"
SHEETS = ("table", "strip", "charts", "numbers", "limits", "take", "yours")
SORTS = (
    "date",
    "title",
    "kind",
    "direction",
    "mode",
    "who",
    "people",
    "area",
    "exact",
    "sure",
    "cited",
)
LISTS = ("events", "places", "lines", "facts", "timeline", "sources")
# ASCII: other digits are numbers to Python, and none to the map's own script.
_AT = re.compile(
    r"(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?),(\d{1,2}(?:\.5)?)", re.ASCII
)
_LONGEST = 2000


def default_view(atlas: Atlas) -> ViewState:
    """Return the view that an empty link opens."""
    layers = tuple(layer.id for layer in atlas.settings.layers if layer.on)
    return ViewState(lang=atlas.settings.default_language, layers=layers)


def step_views(atlas: Atlas) -> dict[str, ViewState]:
    """Return the view of each step of the story, by its id."""
    return {
        step.id: decode_step(step.head.view, atlas).view.with_(story=step.id)
        for step in atlas.story
    }


def decode_step(text: str, atlas: Atlas) -> Decoded:
    """Read what a step shows; one that named a step would never come to an end."""
    query = dict(parse_qsl(text, keep_blank_values=True))
    query.pop("story", None)
    return decode(query, atlas, ())


def at_step(view: ViewState, identity: str, atlas: Atlas) -> ViewState:
    """Return the view of a step, in the reader's language and on their background."""
    step = atlas.step_views[identity]
    return step.with_(lang=view.lang, basemap=view.basemap)


def encode(view: ViewState, atlas: Atlas) -> dict[str, str]:
    """
    Write a view as query parameters, defaults left out.

    Parameters
    ----------
    view
        The view.
    atlas
        The atlas whose defaults are left out; in the story, the step's own are.
    """
    default = default_view(atlas)
    if view.story:
        view = view.with_(layers=default.layers, filters=Filters())
    fields = {
        "lang": view.lang if view.lang != default.lang else "",
        "page": view.page,
        "story": view.story,
        "sel": view.selected,
        "list": view.listed,
        **encode_filters(view.filters),
        "layers": ""
        if view.layers == default.layers
        else ".".join(view.layers) or "none",
        "show": view.sheet,
        "sort": view.sort,
        "circles": "1" if view.circles else "",
        "map": view.basemap,
        "at": view.at,
    }
    found = {key: value for key, value in fields.items() if value}
    return {"v": VERSION, **found} if found else {}


def to_query(view: ViewState, atlas: Atlas) -> str:
    """Write a view as the query part of an address, with its question mark."""
    return "?" + urlencode(encode(view, atlas), safe=",.")


def decode(
    query: Mapping[str, str], atlas: Atlas, basemaps: tuple[str, ...]
) -> Decoded:
    """
    Read a view from query parameters; never raises.

    Parameters
    ----------
    query
        Parameters of a link, untrusted.
    atlas
        Gives the defaults and the ids that exist.
    basemaps
        Ids of the online backgrounds on offer.
    """
    view, ignored, unknown = default_view(atlas), [], ""
    step = query.get("story", "")[:_LONGEST]
    is_told = step in atlas.step_of and not _OWN & query.keys()
    if is_told:
        view = at_step(view, step, atlas)
    for key in list(query)[:40]:
        value = query[key][:_LONGEST]
        changes: Mapping[str, object] | None
        if key == "story" and is_told:
            continue
        if key in PARAMETERS:
            narrower = decode_filter(key, value, atlas)
            changes = narrower and {"filters": view.filters.with_(**narrower)}
        else:
            changes = _field(key, value, atlas, basemaps)
        if changes is not None:
            view = view.with_(**changes)
        elif key == "sel":
            unknown = value[:80]
        elif key not in _FOREIGN:
            ignored.append(f"{key[:20]}={value[:40]}")
    return Decoded(view, unknown, tuple(ignored[:5]))


def decode_query(text: str, atlas: Atlas, basemaps: tuple[str, ...]) -> Decoded:
    """Read a view from what a link has after its question mark; never raises."""
    query = dict(parse_qsl(text, keep_blank_values=True))
    return decode(query, atlas, basemaps)


# What a step of the story decides itself: a link with these leads to the free map.
_OWN = frozenset({*PARAMETERS, "layers", "show", "sort", "circles"})
# Streamlit's own parameters, which are none of our business.
_FOREIGN = frozenset({"embed", "embed_options"})


def _field(
    key: str, value: str, atlas: Atlas, basemaps: tuple[str, ...]
) -> dict[str, object] | None:
    """Turn one parameter into changes of the view; None if it cannot be used."""
    known = [layer.id for layer in atlas.settings.layers]
    match key:
        case "v" if value == VERSION:
            return {}
        case "lang" if value in atlas.settings.languages:
            return {"lang": value}
        case "sel" if value in atlas.records:
            return {"selected": value}
        case "list" if value in LISTS:
            return {"listed": value}
        case "layers" if value == "none":
            return {"layers": ()}
        case "layers":
            wanted = value.split(".")
            if not set(wanted) <= set(known):
                return None
            return {"layers": tuple(layer for layer in known if layer in wanted)}
        case "page" if value in atlas.page_of:
            return {"page": value}
        case "show" if value in SHEETS:
            return {"sheet": value}
        case "sort" if value.removeprefix("-") in SORTS:
            return {"sort": value}
        case "circles" if value == "1":
            return {"circles": True}
        case "map" if value in basemaps:
            return {"basemap": value}
        case "at" if is_position(value):
            return {"at": value}
    return None


def is_position(value: str) -> bool:
    """
    Tell whether a text is `lat,lon,zoom` within the world.

    Examples
    --------
    >>> is_position("38.3,127.25,9"), is_position("138.3,127.25,9"), is_position("x")
    (True, False, False)
    """
    match = _AT.fullmatch(value)
    if match is None:
        return False
    lat, lon, zoom = (float(part) for part in match.groups())
    return abs(lat) <= 85 and abs(lon) <= 180 and 1 <= zoom <= 18
