"""Placemarks of KML: names, times, data, geometry; nothing it points to is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from borderviz.overlay_files.draft import Draft
from borderviz.overlay_files.geometries import Geometries
from borderviz.overlay_files.limits import DEPTH, ROWS, refusal, refuse_more
from borderviz.overlay_files.raw import RawTable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FORM = "KML"
_SHAPES = (
    *("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model"),
    *("Track", "MultiTrack"),
)
_TEXTS = ("name", "address", "phoneNumber", "description")
_TIMES = {"TimeStamp": ("when",), "TimeSpan": ("begin", "end")}
_LINKS = ("NetworkLink", "GroundOverlay", "PhotoOverlay", "ScreenOverlay")
_LOOSE_COMMA = re.compile(r"\s*,\s*")


def read_kml(data: bytes, form: str = "kml", documents: int = 1) -> RawTable:
    """
    Read KML; a Placemark is a row, numbered from 1.

    Parameters
    ----------
    data
        The document.
    form
        `kmz` if it came in an archive.
    documents
        How many there are in the archive, of which this is one.

    Raises
    ------
    RefusedFileError
        If it is no KML, has a document type, or is over a limit.
    """
    draft = Draft(form)
    if documents > 1:
        draft.note("documents", count=documents)
    root = _parsed(data)
    placemarks, links = [], 0
    for element in root.iter():
        name = _name(element)
        if name == "Placemark":
            placemarks.append(element)
        elif name in _LINKS:
            links += 1
    if links:
        if not placemarks:
            raise refusal(why="only-links")
        draft.note("links", count=links)
    refuse_more(len(placemarks), ROWS, "rows")
    geometries = Geometries()
    records = []
    for placemark in placemarks:
        records.append(dict(_values(placemark)))
        shapes = [_geometry(e) for e in placemark if _name(e) in _SHAPES]
        geometries.add(_together(shapes))
    draft.numbers = list(range(1, len(records) + 1))
    draft.take_records(records)
    draft.settled = geometries.settled("")
    return draft.finish()


def _parsed(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise refusal(why="doctype") from None
    except ParseError as error:
        raise refusal(why="broken-line", form=_FORM, line=error.position[0]) from None
    except (ValueError, LookupError, OSError):  # an encoding that Python cannot read
        raise refusal(why="broken", form=_FORM) from None
    if _name(root) != "kml":
        raise refusal(why="xml", root=_name(root)[:40])
    depth, level = 0, [root]
    while level:
        depth += 1
        refuse_more(depth, DEPTH, "depth")
        level = [child for element in level for child in element]
    return root


def _values(placemark: Element) -> Iterator[tuple[str, str]]:
    """Walk what a Placemark says of itself, by name."""
    for child in placemark:
        name = _name(child)
        if name in _TEXTS:
            yield name, (child.text or "").strip()
        elif name in _TIMES:
            for moment in child:
                if _name(moment) in _TIMES[name]:
                    yield _name(moment), (moment.text or "").strip()
        elif name == "ExtendedData":
            yield from _data(child)


def _data(extended: Element) -> Iterator[tuple[str, str]]:
    for data in extended:
        if _name(data) == "Data":
            texts = [e.text or "" for e in data if _name(e) == "value"]
            yield data.get("name", ""), "".join(texts).strip()
        elif _name(data) == "SchemaData":
            for simple in data:
                if _name(simple) == "SimpleData":
                    yield simple.get("name", ""), (simple.text or "").strip()


def _together(shapes: list[Any]) -> Any:
    """Make one geometry of those of a Placemark, which should be one at most."""
    if len(shapes) < 2:
        return shapes[0] if shapes else None
    return {"type": "GeometryCollection", "geometries": shapes}


def _geometry(element: Element) -> dict[str, Any]:
    """Write a geometry of KML as GeoJSON does; what is wrong in it stays wrong."""
    name = _name(element)
    if name in ("MultiGeometry", "MultiTrack"):
        parts = [_geometry(child) for child in element if _name(child) in _SHAPES]
        return {"type": "GeometryCollection", "geometries": parts}
    if name == "Polygon":
        rings = [
            _positions(ring)
            for side in ("outerBoundaryIs", "innerBoundaryIs")
            for boundary in element
            if _name(boundary) == side
            for ring in boundary
        ]
        return {"type": "Polygon", "coordinates": rings if any(rings) else []}
    positions = _positions(element)
    if name == "Point":
        # Two positions in a Point are one too many: neither is taken.
        found = positions[0] if len(positions) == 1 else positions
        return {"type": "Point", "coordinates": found}
    kind = name if name == "Model" else "LineString"
    return {"type": kind, "coordinates": positions}


def _positions(element: Element) -> list[list[Any]]:
    """Read `lon,lat,height` apart by spaces, or the `coord` elements of a track."""
    found: list[list[Any]] = []
    for child in element:
        name = _name(child)
        if name == "coordinates":
            text = _LOOSE_COMMA.sub(",", child.text or "")
            found += [_position(part.split(",")) for part in text.split()]
        elif name == "coord":
            found.append(_position((child.text or "").split()))
    return found


def _position(texts: list[str]) -> list[Any]:
    """Read numbers; what is none stays a text. A height of 0 is none."""
    found: list[Any] = [_number(text) for text in texts]
    return found[:2] if found[2:] == [0.0] else found


def _number(text: str) -> float | str:
    try:
        return float(text) if "_" not in text else text
    except ValueError:
        return text


def _name(element: Element) -> str:
    """Name an element without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
