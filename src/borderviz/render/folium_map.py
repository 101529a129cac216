"""The folium map: a base that never varies, and a group that tells it what to show.

The map component keeps a frame only as long as the script of the base map stays the
same, so everything that varies travels in `view_group` as a small command. All data is
in files beside the frame; nothing from the atlas is ever pasted into a script.
"""

from __future__ import annotations

from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from borderviz.render.html import script_json


class _Start(MacroElement):
    """Hands the new map to our own script."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "borderviz.start({{ this._parent.get_name() }});"
        "{% endmacro %}"
    )


class _Show(folium.FeatureGroup):
    """An empty group whose script tells the map which view to show."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.featureGroup();"
        "borderviz.show({{ this.command }});"
        "{% endmacro %}"
    )

    def __init__(self, command: dict[str, Any]) -> None:
        super().__init__()
        self.command = script_json(command)


def base_map(script: str) -> folium.Map:
    """
    Make the base map: the same for every view, language and atlas.

    Parameters
    ----------
    script
        Address on our own origin; it loads the style sheet and the data too.
    """
    base = folium.Map(
        location=(0, 0),
        zoom_start=4,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        min_zoom=3,
        max_zoom=14,
        zoom_snap=0.5,
        world_copy_jump=False,
    )
    base.default_js = [("borderviz", script)]
    base.default_css = []
    # A fixed id keeps what is sent to the browser equal from run to run.
    base._id = "borderviz"
    base.add_child(_Start())  # type: ignore[no-untyped-call]
    return base


def view_group(command: dict[str, Any]) -> folium.FeatureGroup:
    """
    Make the group that brings the map to a view.

    Parameters
    ----------
    command
        Ids, numbers and addresses of our own; encoded here.
    """
    return _Show(command)
