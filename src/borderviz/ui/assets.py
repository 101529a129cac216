"""Files for the map frame, held in memory and served from our own origin.

They are beside the map component's frame, so that relative addresses work under any
base path. Nothing is on a disk, where it could be cut, find no room or stay behind.
Names carry a hash of the content, so a changed atlas gets new addresses and an old page
never mixes two versions.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from borderviz.content import Atlas
from borderviz.render.css import map_css
from borderviz.render.map_data import base_data, close_data, data_text, words_data
from borderviz.render.web_files import (
    MAP_SCRIPTS,
    OVERLAY_SCRIPTS,
    leaflet_file,
    symbol_paths,
    web_file,
)
from borderviz.ui.map_files import FOLDER, Published, keep

# The first begins to fetch the data while the browser still reads the rest.
FIRST = "boot.js"
SCRIPTS = (*MAP_SCRIPTS, "session.js", "take.js")


def publish(atlas: Atlas) -> str:
    """
    Make an atlas's map files; return the address of the script that loads the others.

    One script with the style sheet inside it: each further file would cost a visit
    0.05 s, one after the other.

    Parameters
    ----------
    atlas
        A checked atlas.
    """
    made: dict[str, bytes] = {}
    sheet = f"{leaflet_file('leaflet.css')}\n{map_css(atlas)}"
    files: dict[str, Any] = {
        "base": _add(made, "base.json", data_text(base_data(atlas, symbol_paths()))),
        "close": _add(made, "close.json", data_text(close_data(atlas))),
        "words": {
            lang: _add(made, f"words-{lang}.json", data_text(words_data(atlas, lang)))
            for lang in atlas.settings.languages
        },
        "overlay": _add(made, "overlay.js", _joined(OVERLAY_SCRIPTS)),
        "lang": atlas.settings.default_language,
    }
    named = f"window.borderviz={{files:{json.dumps(files)},sheet:{json.dumps(sheet)}}};"
    script = "\n".join(
        [named, web_file(FIRST), leaflet_file("leaflet.js"), _joined(SCRIPTS)]
    )
    address = _add(made, "map.js", script)
    keep(
        Published(
            _from_components(address),
            _from_components(files["base"]),
            {lang: _from_components(name) for lang, name in files["words"].items()},
            files["lang"],
            made,
        )
    )
    return address


def _from_components(address: str) -> str:
    return address.removeprefix("../")


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join(web_file(name) for name in names)


def _add(made: dict[str, bytes], name: str, text: str) -> str:
    """Add one file under a name with its hash; return its address."""
    data = text.encode()
    stem, _, ending = name.partition(".")
    hashed = f"{stem}-{hashlib.sha256(data).hexdigest()[:10]}.{ending}"
    made[hashed] = data
    return f"../{FOLDER}/{hashed}"
