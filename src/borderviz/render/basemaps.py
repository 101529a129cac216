"""Online backgrounds a reader may opt into; none of them is ever the default."""

from __future__ import annotations

from typing import Any

from xyzservices import TileProvider
from xyzservices import providers as known

BASEMAPS: dict[str, TileProvider] = {
    "osm": known.OpenStreetMap.Mapnik,
    "topo": known.OpenTopoMap,
    "light": known.CartoDB.Positron,
    "dark": known.CartoDB.DarkMatter,
}


def basemap_name(identity: str) -> str:
    """
    Name a background as its makers do.

    Examples
    --------
    >>> basemap_name("osm")
    'OpenStreetMap.Mapnik'
    """
    return str(BASEMAPS[identity].name)


def tiles(identity: str) -> dict[str, Any] | None:
    """
    Say how the map gets a background's tiles; None for the offline one.

    Parameters
    ----------
    identity
        An id of `BASEMAPS`, or nothing.
    """
    if identity not in BASEMAPS:
        return None
    provider = BASEMAPS[identity]
    return {
        "url": provider.build_url(x="{x}", y="{y}", z="{z}"),
        "maxZoom": int(provider.get("max_zoom", 18)),
        "subdomains": str(provider.get("subdomains", "abc")),
        "attribution": str(provider.attribution),
    }
