"""The table as KML: balloons with sources, times, and the colours of the map."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.citations import references
from borderviz.dates import PartialDate
from borderviz.export.about import Export
from borderviz.export.cells import citation, one_line
from borderviz.export.geojson import plain
from borderviz.model import Record
from borderviz.render.html import Html, tag
from borderviz.theme import load_theme

_KML = "http://www.opengis.net/kml/2.2"
# What a balloon tells under a heading, in order: column, and key of the heading.
_TOLD = {
    "outcome": "outcome",
    "status": "status",
    "conflicts": "conflicts",
    "location_basis": "how-exact",
    "licence": "export-head-licence",
}
_HALF = "7f"


def kml_bytes(export: Export) -> bytes:
    """
    Write one Document with a Folder for each layer.

    Parameters
    ----------
    export
        What is taken along; every cell of the table is in the `ExtendedData`.
    """
    root = ET.Element("kml", xmlns=_KML)
    document = ET.SubElement(root, "Document")
    _add(document, "name", export.title)
    _add(document, "open", "1")
    _add(document, "description", _about(export))
    styles = _styles(export, document)
    _data(document, export.as_lines())
    rows = zip(
        export.records,
        export.frame.drop(columns="geometry").to_dict("records"),
        export.frame.geometry,
        strict=True,
    )
    folders: dict[str, ET.Element] = {}
    for record, cells, shape in rows:
        values = {str(key): plain(cell) for key, cell in cells.items()}
        layer = str(values["layer"])
        if layer not in folders:
            folders[layer] = ET.SubElement(document, "Folder")
            _add(folders[layer], "name", str(values["layer_label"] or layer))
        mark = ET.SubElement(folders[layer], "Placemark")
        _add(mark, "name", str(values["title"] or record.id))
        _add(mark, "description", _balloon(record, values, export))
        _time(mark, record)
        _add(mark, "styleUrl", f"#{styles[export.context.style_of(record)]}")
        _data(mark, {key: _shown(x) for key, x in values.items() if x is not None})
        if shape is not None:
            mark.append(_geometry(shape))
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _shown(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _data(parent: ET.Element, values: dict[str, str]) -> None:
    """Write names and values, for programs that read them."""
    data = ET.SubElement(parent, "ExtendedData")
    for name, value in values.items():
        _add(ET.SubElement(data, "Data", name=name), "value", value)


def _about(export: Export) -> str:
    """Write what the file is, from whom and under which licences."""
    say = export.context.say
    lines = [
        tag("p", export.sentence),
        tag("p", say("export-licence", licence=export.licence)),
        tag("p", say("export-attribution", names="; ".join(export.attribution))),
        tag("p", say("export-sources-first")),
        tag("p", export.version),
    ]
    return "".join(lines)


def _balloon(record: Record, values: dict[str, Any], export: Export) -> str:
    """Write the text of a balloon; whatever comes from the atlas is escaped."""
    say = export.context.say
    parts: list[Html] = [tag("h3", str(values["title"] or values["id"]))]
    if record.date:
        parts.append(tag("p", export.context.date(record)))
    for name in ("place", "summary", "text"):
        if values[name] is not None:
            parts.append(tag("p", str(values[name])))
    if values["uncertainty_km"] is not None and values["lat"] is not None:
        km = export.context.number(float(values["uncertainty_km"]))
        parts.append(tag("p", say("place-within", km=km)))
    for name, key in _TOLD.items():
        if values[name] is not None:
            head = tag("b", say(key))
            parts.append(tag("p", head, " ", str(values[name])))
    atlas = export.context.atlas
    refs = references(record, atlas.sources, atlas.settings.link_hosts).values()
    sources = [tag("li", one_line(citation(ref))) for ref in refs]
    parts += [tag("h4", say("sources")), tag("ul", *sources)]
    return "".join(parts)


def _time(mark: ET.Element, record: Record) -> None:
    """Write a day as a moment, and all else as the span of days that it may mean."""
    if not record.date:
        return
    first = PartialDate.parse(record.date)
    last = PartialDate.parse(record.date_end) if record.date_end else first
    if first.first == last.last:
        _add(ET.SubElement(mark, "TimeStamp"), "when", first.first.isoformat())
        return
    span = ET.SubElement(mark, "TimeSpan")
    _add(span, "begin", first.first.isoformat())
    _add(span, "end", last.last.isoformat())


def _styles(export: Export, document: ET.Element) -> dict[str, str]:
    """Write the styles of the map that are in use; return their ids by name."""
    atlas, tokens = export.context.atlas, load_theme().light
    found: dict[str, str] = {}
    for record in export.records:
        name = export.context.style_of(record)
        if name in found:
            continue
        found[name] = f"s{len(found)}"
        style = atlas.styles.get(name)
        colour = tokens.get(style.token if style else "ink", tokens["ink"])
        weight = style.weight if style else 1.0
        node = ET.SubElement(document, "Style", id=found[name])
        _add(ET.SubElement(node, "IconStyle"), "color", kml_colour(colour))
        line = ET.SubElement(node, "LineStyle")
        _add(line, "color", kml_colour(colour))
        _add(line, "width", f"{weight:g}")
        area = ET.SubElement(node, "PolyStyle")
        _add(area, "color", kml_colour(colour, alpha=_HALF))
        balloon = ET.SubElement(node, "BalloonStyle")
        _add(balloon, "text", "$[description]")
    return found


def kml_colour(token: str, *, alpha: str = "ff") -> str:
    """
    Write a colour as KML does: opacity, blue, green, red.

    Parameters
    ----------
    token
        As in the theme, two digits each for red, green and blue, and maybe opacity.
    alpha
        Opacity, unless the token has its own.
    """
    digits = token.lower().removeprefix("#")
    red, green, blue = digits[0:2], digits[2:4], digits[4:6]
    return f"{digits[6:8] or alpha}{blue}{green}{red}"


def _geometry(shape: BaseGeometry) -> ET.Element:
    """Write a geometry of any sort."""
    if shape.geom_type in ("Point", "LineString"):
        node = ET.Element(shape.geom_type)
        _add(node, "coordinates", _positions(shape))
        return node
    if shape.geom_type == "Polygon":
        node = ET.Element("Polygon")
        for name, ring in _rings(shape):
            edge = ET.SubElement(ET.SubElement(node, name), "LinearRing")
            _add(edge, "coordinates", _positions(ring))
        return node
    node = ET.Element("MultiGeometry")
    node.extend(_geometry(part) for part in shapely.get_parts(shape))
    return node


def _rings(shape: Any) -> Iterator[tuple[str, BaseGeometry]]:
    yield "outerBoundaryIs", shape.exterior
    for ring in shape.interiors:
        yield "innerBoundaryIs", ring


def _positions(shape: BaseGeometry) -> str:
    """Write positions as they are in the atlas."""
    rows = shapely.get_coordinates(shape).tolist()
    return " ".join(f"{x!r},{y!r}" for x, y in rows)
