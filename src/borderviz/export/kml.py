"""The table as KML: balloons with sources, times, and the colours of the map."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

import shapely
from shapely.geometry.base import BaseGeometry

from borderviz.export.exported import Days, Exported, Look, Placemark
from borderviz.export.geojson import plain
from borderviz.render.html import tag
from borderviz.theme import load_theme

_KML = "http://www.opengis.net/kml/2.2"
_HALF = "7f"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_QUOTED = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
_END = b" </Document>\n</kml>\n"


def kml_bytes(export: Exported) -> bytes:
    """
    Write one Document with a Folder for each layer.

    Parameters
    ----------
    export
        What is taken along; every cell of the table is in the `ExtendedData`.
    """
    marks = list(export.placemarks())
    looks = dict.fromkeys(mark.look for mark in marks)
    styles = {look: f"s{n}" for n, look in enumerate(looks)}
    names = [str(name) for name in export.cells.columns]
    cells = export.cells.itertuples(index=False, name=None)
    rows = zip(marks, cells, export.frame.geometry, strict=True)
    # Each row becomes text at once: a tree of all would need gigabytes.
    folders: dict[str, list[bytes]] = {}
    for told, row, shape in rows:
        values = dict(zip(names, row, strict=True))
        if told.folder not in folders:
            folders[told.folder] = [_leaf("name", told.folder_name, 3).encode()]
        lines = _placemark(told, values, shape, styles[told.look])
        folders[told.folder].append("\n".join(lines).encode())
    said = "".join(tag("p", words) for words in export.about())
    head = [
        _XML,
        f'<kml xmlns="{_KML}">',
        " <Document>",
        _leaf("name", export.title, 2),
        _leaf("open", "1", 2),
        _leaf("description", said, 2),
        *[_style(look, name) for look, name in styles.items()],
        *_data(export.as_lines(), 2),
    ]
    parts = ["\n".join(head).encode()]
    for rows_written in folders.values():
        parts += [b"  <Folder>", *rows_written, b"  </Folder>"]
    return b"\n".join([*parts, _END])


def _placemark(
    told: Placemark, values: dict[str, Any], shape: BaseGeometry | None, style: str
) -> list[str]:
    """Write a row, line by line."""
    cells = {key: plain(cell) for key, cell in values.items()}
    filled = {key: _shown(x) for key, x in cells.items() if x is not None}
    lines = [
        "   <Placemark>",
        _leaf("name", told.name, 4),
        _leaf("description", told.balloon, 4),
        *(_time(told.days) if told.days else ()),
        _leaf("styleUrl", f"#{style}", 4),
        *_data(filled, 4),
    ]
    if shape is not None:
        lines.append(_branch(_geometry(shape), 4))
    return [*lines, "   </Placemark>"]


def _leaf(name: str, text: str, level: int) -> str:
    """Write an element with text at a depth of the file."""
    pad = " " * level
    return f"{pad}<{name}>{escape(text)}</{name}>" if text else f"{pad}<{name} />"


def _branch(element: ET.Element, level: int) -> str:
    """Write an element with what is in it at a depth of the file."""
    ET.indent(element, " ", level)
    return " " * level + ET.tostring(element, encoding="unicode")


def _data(values: dict[str, str], level: int) -> list[str]:
    """Write names and values, for programs that read them."""
    pad, lines = " " * level, []
    for name, value in values.items():
        lines += [
            f'{pad} <Data name="{escape(name, _QUOTED)}">',
            _leaf("value", value, level + 2),
            f"{pad} </Data>",
        ]
    return [f"{pad}<ExtendedData>", *lines, f"{pad}</ExtendedData>"]


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _shown(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _time(days: Days) -> list[str]:
    """Write a day as a moment, and all else as the span of days that it may mean."""
    first, last = (day.isoformat() for day in days)
    if first == last:
        return ["    <TimeStamp>", _leaf("when", first, 5), "    </TimeStamp>"]
    ends = [_leaf("begin", first, 5), _leaf("end", last, 5)]
    return ["    <TimeSpan>", *ends, "    </TimeSpan>"]


def _style(look: Look, name: str) -> str:
    """Write how rows are drawn."""
    tokens = load_theme().light
    colour = tokens.get(look.token, tokens["ink"])
    node = ET.Element("Style", id=name)
    _add(ET.SubElement(node, "IconStyle"), "color", kml_colour(colour))
    line = ET.SubElement(node, "LineStyle")
    _add(line, "color", kml_colour(colour))
    _add(line, "width", f"{look.weight:g}")
    area = ET.SubElement(node, "PolyStyle")
    _add(area, "color", kml_colour(colour, alpha=_HALF))
    if look.is_told:
        balloon = ET.SubElement(node, "BalloonStyle")
        _add(balloon, "text", "$[description]")
    return _branch(node, 2)


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
