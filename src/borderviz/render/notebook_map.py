"""A folium map of a view that needs no server and no network: for notebooks and files.

Leaflet stands inside it. Words from an atlas reach it through `tag` and `safe_text`
only: folium hands layer names, tooltips and popups to the browser as markup.
"""

from __future__ import annotations

import re
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from borderviz.render.context import Context
from borderviz.render.html import Html, join, safe_text, script_json, tag
from borderviz.render.notebook_features import Name, features_of, land_of, names_of
from borderviz.render.sentence import page_title
from borderviz.render.web_files import leaflet_file
from borderviz.selection import Selection, event_layers
from borderviz.theme import load_theme

_LARGEST = 10
_RADIUS = 5


class _Inline(MacroElement):
    """Puts text into the head of the page as it is."""

    _template = Template(
        "{% macro header(this, kwargs) %}{{ this.text }}{% endmacro %}"
    )

    def __init__(self, text: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.text = text


class _Credit(MacroElement):
    """Names in the corner who made the data, and nobody else."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this._parent.get_name() }}.attributionControl.setPrefix(false)"
        ".addAttribution({{ this.words }});"
        "{% endmacro %}"
    )

    def __init__(self, words: Html) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.words = script_json(words)


class _Names(MacroElement):
    """Writes names on the map, which are there always and cannot be clicked."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "for (const [at, words, direction] of {{ this.names }}) {"
        "const isTown = direction !== 'center';"
        "if (isTown) L.circleMarker(at, {radius: 2, stroke: false, fillOpacity: 1,"
        "interactive: false, fillColor: {{ this.colour }}})"
        ".addTo({{ this._parent.get_name() }});"
        "L.tooltip(at, {content: words, permanent: true,"
        "direction, opacity: 1,"
        "className: isTown ? 'bv-town' : 'bv-country'})"
        ".addTo({{ this._parent.get_name() }});"
        "}"
        "{% endmacro %}"
    )

    def __init__(self, names: list[Name], colour: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.names, self.colour = script_json(names), script_json(colour)


def notebook_map(selection: Selection, context: Context) -> folium.Map:
    """
    Draw a view as a folium map that asks no machine for anything.

    Parameters
    ----------
    selection
        The events of the view.
    context
        The view, whose layers decide what else is drawn, and the reader's language.

    Returns
    -------
    folium.Map
        To be shown, saved, or added to like any other; tiles are left to the caller.
    """
    settings, colours = context.atlas.settings, load_theme().light
    found = folium.Map(
        location=(settings.view.lat, settings.view.lon),
        zoom_start=settings.view.zoom,  # type: ignore[arg-type]  # halves are fine
        tiles=None,
        min_zoom=3,
        max_zoom=14,
        zoom_snap=0.5,
        control_scale=True,
    )
    # Leaflet is put in as text instead; nothing else that folium brings is used.
    found.default_js, found.default_css = [], []
    for text in _head(colours):
        found.add_child(_Inline(text))
    _layer(land_of(context.atlas), _land_style(colours), control=False).add_to(found)
    found.add_child(_Names(names_of(context), colours["place"]))
    _add_records(found, selection, context)
    folium.LayerControl(collapsed=False).add_to(found)
    names = context.listed(map(context.plain, settings.attribution), ",")
    credit = join([tag("span", names), tag("span", context.version())], " · ")
    found.add_child(_Credit(credit))
    figure: Any = found.get_root()
    figure.title = safe_text(page_title(selection, context))
    if corners := _corners(selection, context):
        found.fit_bounds(corners, max_zoom=_LARGEST, padding=(20, 20))
    return found


def _corners(selection: Selection, context: Context) -> list[tuple[float, float]]:
    """Return what the map opens on: events that were asked for, else the borders."""
    atlas = context.atlas
    points = [atlas.positions[i] for i in selection.ids if i in atlas.positions]
    if not (context.view.filters.active and points):
        names = [n for r in atlas.records.values() for n in r.geometry]
        bounds = [atlas.shapes[name].bounds for name in names]
        points = [p for b in bounds for p in ((b[0], b[1]), (b[2], b[3]))]
    if not points:
        return []
    lons, lats = zip(*points, strict=True)
    return [(min(lats), min(lons)), (max(lats), max(lons))]


def _head(colours: dict[str, str]) -> list[str]:
    """Write Leaflet and a style sheet; Leaflet's own pictures are left out."""
    script, sheet = leaflet_file("leaflet.js"), leaflet_file("leaflet.css")
    own = (
        ".bv-town,.bv-country{background:none;border:0;box-shadow:none;padding:0;"
        f"color:{colours['place']};text-shadow:0 0 2px {colours['halo']},"
        f"0 0 3px {colours['halo']},0 0 4px {colours['halo']}}}"
        f".bv-country{{color:{colours['muted']};letter-spacing:.15em;"
        "text-transform:uppercase}"
        ".bv-town::before,.bv-country::before{display:none}"
        f".leaflet-container{{background:{colours['sea']};color:{colours['ink']}}}"
        ".leaflet-popup-content table,.leaflet-popup-content td{border:0}"
        ".leaflet-popup-content .bv-record+.bv-record{margin-top:.8em}"
        ".leaflet-popup-content p{margin:.4em 0}"
        ".leaflet-control-layers i{display:inline-block;width:.7em;height:.7em;"
        "margin:0 .35em 0 .1em;border-radius:50%}"
    )
    return [
        "<script>" + script + "</script>",
        "<style>" + re.sub(r"url\([^)]*\)", "none", sheet) + own + "</style>",
    ]


def _add_records(found: folium.Map, selection: Selection, context: Context) -> None:
    """Add a layer for each of the view's that draws anything, events uppermost."""
    atlas, colours = context.atlas, load_theme().light
    features = features_of(selection, context)
    on_top = event_layers(atlas)
    for layer in sorted(atlas.settings.layers, key=lambda x: x.id in on_top):
        if not features.get(layer.id):
            continue
        style = atlas.styles[layer.style]
        swatch = tag("i", style=f"background:{colours[style.token]}")
        count = tag("small", f"({context.number(len(features[layer.id]), 0)})")
        name = join([swatch, tag("span", context.plain(layer.name)), count], " ")
        _layer(
            features[layer.id],
            _record_style(context, colours),
            name=str(name),
            marker=folium.CircleMarker(radius=_RADIUS),
            tooltip=_words("tooltip", folium.GeoJsonTooltip, sticky=True),
            popup=_words("popup", folium.GeoJsonPopup, max_width=320, max_height=280),
        ).add_to(found)


def _words(field: str, kind: Any, **options: Any) -> Any:
    return kind(fields=[field], labels=False, localize=False, **options)


def _layer(
    features: list[dict[str, Any]], style: Any, **options: Any
) -> folium.GeoJson:
    data = {"type": "FeatureCollection", "features": features}
    return folium.GeoJson(data, style_function=style, smooth_factor=0.5, **options)


def _land_style(colours: dict[str, str]) -> Any:
    def style(feature: dict[str, Any]) -> dict[str, Any]:
        known = feature["properties"]
        return {
            # Edges in the colour of the land: sheets of it meet without a seam.
            "color": colours["coast" if known["is_line"] else known["token"]],
            "weight": 0.7,
            "fill": not known["is_line"],
            "fillColor": colours[known["token"]],
            "fillOpacity": 1,
            "interactive": False,
        }

    return style


def _record_style(context: Context, colours: dict[str, str]) -> Any:
    styles = context.atlas.styles

    def style(feature: dict[str, Any]) -> dict[str, Any]:
        found = styles[feature["properties"]["style"]]
        colour, shape = colours[found.token], feature["geometry"]["type"]
        if shape == "Point":
            edge = {"color": colours["halo"], "weight": 1.2, "opacity": 1}
            return {**edge, "fill": True, "fillColor": colour, "fillOpacity": 0.95}
        is_area = shape.endswith("Polygon")
        return {
            "color": colour,
            "weight": found.weight,
            "dashArray": found.dash,
            "fill": is_area,
            "fillColor": colour,
            "fillOpacity": 0.2 if is_area else 0,
        }

    return style
