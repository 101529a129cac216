"""The files that go to a browser as they are: our own, and those of Leaflet."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from xstatic.pkg import leaflet

# The map, in the order in which its parts build on each other.
MAP_SCRIPTS = (
    "core.js",
    "land.js",
    "lines.js",
    "aside.js",
    "symbols.js",
    "select.js",
    "coverage.js",
    "labels.js",
    "bridge.js",
    "timeline.js",
    "strip.js",
    "story.js",
)
# The reader's own rows; a map fetches these together when it is given some.
OVERLAY_SCRIPTS = (
    "overlay-data.js",
    "overlay-crowd.js",
    "overlay-rows.js",
    "overlay-tile.js",
    "overlay-tiles.js",
    "overlay-cells.js",
    "overlay-draw.js",
    "overlay-reach.js",
    "overlay-tell.js",
    "overlay-pointer.js",
    "overlay-move.js",
    "overlay.js",
)


def web_file(name: str) -> str:
    """Read one of the package's own files for the browser."""
    return files("borderviz.web").joinpath(name).read_text(encoding="utf-8")


def leaflet_file(name: str) -> str:
    """Read a file of the installed Leaflet."""
    text = (Path(leaflet.BASE_DIR) / name).read_text("utf-8")
    # Its map is not there: a browser that looks for it would find nothing.
    return text.replace("//# sourceMappingURL=leaflet.js.map", "")


@cache
def symbol_paths() -> dict[str, str]:
    """Read the symbols: SVG path data by name, in a box of 20 units around 0, 0."""
    paths: dict[str, str] = json.loads(web_file("symbols.json"))
    return paths
