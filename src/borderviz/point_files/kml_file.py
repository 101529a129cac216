"""Points in KML: the tree stays, each Placemark gets more `ExtendedData`."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from borderviz.errors import shortened
from borderviz.faults import Fault
from borderviz.point_files.base import (
    UNCERTAINTY,
    Options,
    PointFile,
    Value,
    refusal,
    refuse_clash,
)
from borderviz.point_files.rows import BadRowError, Rows, number_in, radius_in

# What may stand in a Placemark before its geometry and after its ExtendedData.
_SHAPES = (
    *("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model"),
    *("Track", "MultiTrack"),
)


class KmlFile(PointFile):
    """Placemarks with a Point, in any folder; comments stay too."""

    suffixes = (".kml",)

    def __init__(self, path: Path, options: Options) -> None:
        self.rows = Rows(path, "Placemark")
        self._path, self._added = path, options.added
        self._root = _parsed(path)
        self._placemarks = [e for e in self._root.iter() if _name(e) == "Placemark"]
        if _name(self._root) != "kml" or not self._placemarks:
            found = f"{_name(self._root)} with {len(self._placemarks)} Placemarks"
            allowed, cure = "kml with Placemarks", "Export the points as KML."
            raise refusal(path, "", found, allowed, cure)
        data = [dict(_data(placemark)) for placemark in self._placemarks]
        names = {name for pairs in data for name in pairs}
        radius = options.uncertainty or UNCERTAINTY
        if options.uncertainty and radius not in names:
            allowed = "one of " + (", ".join(sorted(names)) or "(none)")
            raise refusal(
                path, "--uncertainty", radius, allowed, "Name a Data element."
            )
        refuse_clash(path, names, options.added)
        for number, (placemark, pairs) in enumerate(
            zip(self._placemarks, data, strict=True), 1
        ):
            try:
                lon, lat = _position(placemark)
                self.rows.add(number, lon, lat, radius_in(pairs.get(radius), radius))
            except BadRowError as error:
                self.rows.add_bad(number, error.fault)

    def write(self, path: Path, added: Iterable[Sequence[Value]]) -> None:
        """See `PointFile`; a missing value is an empty element."""
        for placemark, values in zip(self._placemarks, added, strict=True):
            space = placemark.tag.removesuffix("Placemark")
            extended = _extended(placemark, space)
            for name, value in zip(self._added, values, strict=True):
                data = ET.SubElement(extended, f"{space}Data", name=name)
                text = f"{value:.3f}" if isinstance(value, float) else value
                ET.SubElement(data, f"{space}value").text = text
        try:
            with path.open("xb") as file:
                ET.ElementTree(self._root).write(file, "utf-8", xml_declaration=True)
        except RecursionError:
            cure = "Export the points again as KML."
            raise refusal(self._path, "", "endless nesting", "KML", cure) from None


class _Builder(ET.TreeBuilder):
    """Keeps comments, instructions and the prefixes of namespaces."""

    def __init__(self) -> None:
        super().__init__(insert_comments=True, insert_pis=True)

    def start_ns(self, prefix: str | None, uri: str) -> None:
        """Write a namespace again with the prefix it has here."""
        try:
            ET.register_namespace(prefix or "", uri)
        except ValueError:  # `ns0` and its like, which the writer makes itself
            return


def _parsed(path: Path) -> ET.Element:
    cure = "Export the points again as KML."
    parser = DefusedXMLParser(target=_Builder(), forbid_dtd=True)
    try:
        parser.feed(path.read_bytes())
        root: ET.Element = parser.close()
    except DefusedXmlException:
        raise refusal(path, "", "a DTD or an entity", "plain KML", cure) from None
    except (ET.ParseError, ValueError, LookupError) as error:
        raise refusal(path, "", f"no XML: {error}", "KML", cure) from None
    return root


def _name(element: ET.Element) -> str:
    """Name an element without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _children(element: ET.Element, *names: str) -> list[ET.Element]:
    return [child for child in element if _name(child) in names]


def _data(placemark: ET.Element) -> Iterator[tuple[str, str]]:
    """Walk the named values of a Placemark, typed ones too."""
    for extended in _children(placemark, "ExtendedData"):
        for data in _children(extended, "Data"):
            texts = [value.text or "" for value in _children(data, "value")]
            yield data.get("name", ""), "".join(texts)
        for schema in _children(extended, "SchemaData"):
            for data in _children(schema, "SimpleData"):
                yield data.get("name", ""), data.text or ""


def _position(placemark: ET.Element) -> tuple[float, float]:
    shapes = _children(placemark, *_SHAPES)
    while len(shapes) == 1 and _name(shapes[0]) == "MultiGeometry":
        shapes = _children(shapes[0], *_SHAPES)
    if [_name(shape) for shape in shapes] != ["Point"]:
        found = ", ".join(map(_name, shapes)) or "nothing"
        raise BadRowError(Fault("geometry", found, "a Point", "Give it one point."))
    texts = [c.text or "" for c in _children(shapes[0], "coordinates")]
    text = "".join(texts).strip()
    numbers = text.split(",")
    if len(numbers) not in (2, 3) or len(text.split()) != 1:
        cure = "Write one point, without spaces."
        fault = Fault("coordinates", shortened(text), "longitude,latitude", cure)
        raise BadRowError(fault)
    return number_in(numbers[0], "longitude"), number_in(numbers[1], "latitude")


def _extended(placemark: ET.Element, space: str) -> ET.Element:
    """Find the ExtendedData of a Placemark, or put it before its geometry."""
    found = _children(placemark, "ExtendedData")
    if found:
        return found[0]
    at = next(
        (n for n, child in enumerate(placemark) if _name(child) in _SHAPES),
        len(placemark),
    )
    extended = ET.Element(f"{space}ExtendedData")
    placemark.insert(at, extended)
    return extended
