"""Everything the map page is made of, once for all its languages and forms."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from borderviz.content import Atlas
from borderviz.filters import Filters
from borderviz.render.context import Context
from borderviz.render.map_data import base_data, close_data, words_data
from borderviz.render.web_files import (
    MAP_SCRIPTS,
    leaflet_file,
    symbol_paths,
    web_file,
)
from borderviz.selection import Selection
from borderviz.standalone.facts import facts
from borderviz.standalone.letters import letters
from borderviz.standalone.narrow import narrowed
from borderviz.standalone.packing import deflated, pack
from borderviz.standalone.panels import panels, searched, speaking
from borderviz.standalone.parts import header_html, held, imprint_html
from borderviz.standalone.sheets import shell_css
from borderviz.standalone.spoken import spoken

SCRIPTS = (
    "shell-data.js",
    "shell-host.js",
    "leaflet.js",
    *MAP_SCRIPTS,
    "shell-filters.js",
    "shell-words.js",
    "shell-view.js",
    "shell-panel.js",
    "shell-controls.js",
    "shell-spelling.js",
    "shell-search.js",
    "shell-hits.js",
    "shell-start.js",
)
TOGETHER = "texts"
_COMMENT = re.compile(r"^[ ]*/\*.*?\*/[ ]*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Material:
    """
    What the map page is made of.

    Parameters
    ----------
    context
        Of the atlas without what the view leaves out; its view has no filters.
    asked
        Of the whole atlas, with the view as it was asked for.
    selection
        What the view shows of the whole atlas.
    today, address
        When it was made, and where the atlas is served.
    script, css
        All scripts in one, and the style sheet.
    blocks
        Deflated data by name.
    """

    context: Context
    asked: Context
    selection: Selection
    today: dt.date
    address: str
    script: str
    css: str
    blocks: Mapping[str, bytes]

    @property
    def atlas(self) -> Atlas:
        """The atlas, narrowed."""
        return self.context.atlas


def material(
    selection: Selection,
    context: Context,
    *,
    today: dt.date,
    address: str = "",
    together: bool = False,
) -> Material:
    """
    Make what every form of the map page shares.

    Parameters
    ----------
    selection, context
        A view of the whole atlas.
    today
        When it is made.
    address
        Where the atlas is served; empty if that is not known.
    together
        True puts the panels of all languages into one block, which is smaller than the
        sum; false lets a page of one language do without the others.
    """
    asked = replace(context, today=today, address=address)
    atlas = narrowed(context.atlas, selection)
    context = replace(asked, atlas=atlas)
    is_part = len(selection.records) < selection.total
    # All that is here meets the filters: they need not be said again.
    view = context.view.with_(filters=Filters())
    context = replace(context, view=view)
    blocks = {
        "start": deflated(facts(atlas, view, part=is_part)),
        "base": deflated(base_data(atlas, symbol_paths())),
        "close": deflated(close_data(atlas)),
    }
    texts: dict[str, dict[str, str]] = {}
    for lang in atlas.settings.languages:
        own = speaking(context, lang)
        whole = replace(asked, view=asked.view.with_(lang=lang))
        imprint = imprint_html(selection, own, whole)
        blocks[f"start-{lang}"] = deflated(
            spoken(own, header_html(own), imprint, held(selection, whole))
        )
        blocks[f"words-{lang}"] = deflated(words_data(atlas, lang))
        texts[f"panels-{lang}"] = panels(context, lang)
    search = {"search": _search(atlas)}
    if together:
        every = {k: v for part in (*texts.values(), search) for k, v in part.items()}
        blocks[TOGETHER] = pack(every)
    else:
        blocks |= {
            name: pack(part) for name, part in (texts | {"search": search}).items()
        }
    return Material(
        context=context,
        asked=asked,
        selection=selection,
        today=today,
        address=address,
        script=script_text(),
        css=shell_css(atlas),
        blocks=blocks,
    )


def _search(atlas: Atlas) -> str:
    """Write what can be found, with the tables that fold its letters."""
    data = searched(atlas)
    plain = json.dumps(data, ensure_ascii=False)
    return json.dumps(data | {"tables": letters(plain)}, ensure_ascii=False)


def script_text() -> str:
    """Write all scripts of the page as one, each after those that it needs."""
    return "\n".join(
        leaflet_file(name) if name == "leaflet.js" else bare(web_file(name))
        for name in SCRIPTS
    )


def bare(script: str) -> str:
    r"""
    Take the indentation and the comments that have lines of their own out of a script.

    Examples
    --------
    >>> bare("/* One\n   two. */\n  a = 1; // three\n  // four\n")
    'a = 1; // three'
    """
    plain = _COMMENT.sub("", script)
    lines = (line.strip() for line in plain.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
