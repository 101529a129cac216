"""The view a reader has, as one frozen value, and that value as a link.

`encode` writes only what differs from the atlas's defaults, with ids and never labels,
so links are short, readable and survive a change of language. `decode` never raises:
what it cannot use is returned beside the view, for the page to say so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from borderviz.filters import PARAMETERS, Filters, decode_filter, encode_filters

if TYPE_CHECKING:
    from borderviz.content import Atlas

VERSION = "1"
SHEETS = ("table", "strip", "charts", "numbers", "limits")
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


_NOTHING = Filters()


@dataclass(frozen=True)
class ViewState:
    """
    Everything a link keeps.

    Parameters
    ----------
    lang
        Language code.
    layers
        Ids of the layers shown, in the atlas's order.
    selected
        Id of the selected record; empty for none.
    listed
        Which list the panel shows; empty for none.
    filters
        What narrows the events that are shown.
    sheet
        Which sheet under the map is open; empty for none.
    sort
        Column of the table, with a hyphen before it for the reverse; empty for by date.
    circles
        True if every uncertainty circle is drawn.
    basemap
        Id of an online background; empty for the offline one.
    at
        `lat,lon,zoom` of the map as the reader left it; empty for the opening view.
    """

    lang: str
    layers: tuple[str, ...]
    selected: str = ""
    listed: str = ""
    filters: Filters = _NOTHING
    sheet: str = ""
    sort: str = ""
    circles: bool = False
    basemap: str = ""
    at: str = ""

    def with_(self, **changes: object) -> ViewState:
        """Return a copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Decoded:
    """A view read from a link, and what of the link could not be used."""

    view: ViewState
    unknown_record: str = ""
    ignored: tuple[str, ...] = ()


def default_view(atlas: Atlas) -> ViewState:
    """Return the view that an empty link opens."""
    layers = tuple(layer.id for layer in atlas.settings.layers if layer.on)
    return ViewState(lang=atlas.settings.default_language, layers=layers)


def encode(view: ViewState, atlas: Atlas) -> dict[str, str]:
    """
    Write a view as query parameters, defaults left out.

    Parameters
    ----------
    view
        The view.
    atlas
        The atlas whose defaults are left out.
    """
    default = default_view(atlas)
    fields = {
        "lang": view.lang if view.lang != default.lang else "",
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
    for key in list(query)[:40]:
        value = query[key][:_LONGEST]
        changes: Mapping[str, object] | None
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
