"""Files for the map frame, served by Streamlit from our own origin.

A component declared with a folder makes Streamlit serve that folder beside the map
component's frame, so that relative addresses work under any base path. The folder is
made anew for each process; names carry a hash of the content, so a changed atlas gets
new addresses and an old page never mixes two versions.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import tempfile
from functools import cache
from pathlib import Path

import streamlit.components.v1 as components

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
from borderviz.writing import replacing

# The first begins to fetch the data while the browser still reads the rest.
FIRST = "boot.js"
SCRIPTS = (*MAP_SCRIPTS, "take.js")
COMPONENT = "map_files"


@cache
def _folder() -> Path:
    """Make the served folder, once a process; it goes when the process does."""
    folder = Path(tempfile.mkdtemp(prefix="borderviz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    components.declare_component(COMPONENT, path=str(folder))
    return folder


def publish(atlas: Atlas) -> str:
    """
    Write an atlas's map files; return the address of the script that loads the others.

    One script with the style sheet inside it: each further file would cost a visit
    0.05 s, one after the other.

    Parameters
    ----------
    atlas
        A checked atlas.
    """
    folder = _folder()
    sheet = f"{leaflet_file('leaflet.css')}\n{map_css(atlas)}"
    files = {
        "base": _write(
            folder, "base.json", data_text(base_data(atlas, symbol_paths()))
        ),
        "close": _write(folder, "close.json", data_text(close_data(atlas))),
        "words": {
            lang: _write(
                folder, f"words-{lang}.json", data_text(words_data(atlas, lang))
            )
            for lang in atlas.settings.languages
        },
        "overlay": _write(folder, "overlay.js", _joined(OVERLAY_SCRIPTS)),
        "lang": atlas.settings.default_language,
    }
    named = f"window.borderviz={{files:{json.dumps(files)},sheet:{json.dumps(sheet)}}};"
    script = "\n".join(
        [named, web_file(FIRST), leaflet_file("leaflet.js"), _joined(SCRIPTS)]
    )
    return _write(folder, "map.js", script)


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join(web_file(name) for name in names)


def _write(folder: Path, name: str, text: str) -> str:
    """Write one file under a name with its hash; return its address."""
    data = text.encode()
    stem, _, ending = name.partition(".")
    hashed = f"{stem}-{hashlib.sha256(data).hexdigest()[:10]}.{ending}"
    path = folder / hashed
    if not path.exists():
        with replacing(path) as part:
            part.write_bytes(data)
    return f"../{__name__}.{COMPONENT}/{hashed}"
