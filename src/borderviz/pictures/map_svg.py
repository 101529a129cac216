"""What a drawing program wants of an SVG: real size, named groups, words as words.

The plotting library writes the shapes. Here the file gets its size in pixels or
millimetres, a title and description, fonts that the viewer's machine may have, halos
behind words, and the ids of the records that a group shows. Nothing refers to outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from borderviz.pictures.fonts import SVG_FAMILY
from borderviz.pictures.map_sizes import Size

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_DC = "http://purl.org/dc/elements/1.1/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# Words of a picture's facts, as the Dublin Core has them.
_TERMS = {
    "Title": "title",
    "Source": "source",
    "Copyright": "rights",
    "Description": "description",
}


@dataclass(frozen=True)
class Extra:
    """
    What an SVG group tells beyond its shape.

    Parameters
    ----------
    title
        Shown on hover, read aloud.
    records
        Ids of the records it stands for, in `data-records` with spaces between.
    text_style
        Properties added to the words in it.
    """

    title: str = ""
    records: tuple[str, ...] = ()
    text_style: Mapping[str, str] = field(default_factory=dict)


def _name(tag: str) -> str:
    return f"{{{_SVG}}}{tag}"


def finished(
    raw: bytes,
    size: Size,
    facts: Mapping[str, str],
    extras: Mapping[str, Extra],
    *,
    lang: str,
    description: str,
) -> bytes:
    """
    Make the library's SVG one to hand on.

    Parameters
    ----------
    raw
        The library's file.
    size
        What it is to measure.
    facts
        Title, Source, Copyright.
    extras
        More of some groups, by id.
    lang
        Language of the words; empty if not known.
    description
        What is to be seen.
    """
    for prefix, space in (("", _SVG), ("xlink", _XLINK), ("dc", _DC), ("rdf", _RDF)):
        ET.register_namespace(prefix, space)
    root = ET.fromstring(raw)
    root.set("width", size.width)
    root.set("height", size.height)
    box = (float(part) for part in root.get("viewBox", "").split())
    root.set("viewBox", " ".join(f"{part:.2f}" for part in box))
    root.set("role", "img")
    if lang:
        root.set("lang", lang)
    for child in root.findall(_name("metadata")):
        root.remove(child)
    # Rules for everything would reach whatever page the picture is put into.
    for parent in root.iter(_name("defs")):
        for child in parent.findall(_name("style")):
            parent.remove(child)
    root.set("style", "stroke-linejoin: round; stroke-linecap: butt")
    _describe(root, facts, description)
    families = ", ".join(f"'{n}'" if " " in n else n for n in SVG_FAMILY)
    for element in root.iter(_name("text")):
        _font(element, families)
    for group in root.iter(_name("g")):
        extra = extras.get(group.get("id", ""))
        if extra:
            _add(group, extra)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _describe(root: ET.Element, facts: Mapping[str, str], description: str) -> None:
    title = ET.Element(_name("title"))
    title.text = facts.get("Title", "")
    about = ET.Element(_name("desc"))
    about.text = description
    metadata = ET.Element(_name("metadata"))
    graph = ET.SubElement(metadata, f"{{{_RDF}}}RDF")
    node = ET.SubElement(graph, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
    for key, term in _TERMS.items():
        if key in facts:
            ET.SubElement(node, f"{{{_DC}}}{term}").text = facts[key]
    for place, element in enumerate((title, about, metadata)):
        root.insert(place, element)


def _font(element: ET.Element, families: str) -> None:
    parts = [p.split(":", 1) for p in element.get("style", "").split(";") if ":" in p]
    style = {key.strip(): value.strip() for key, value in parts}
    style["font-family"] = families
    element.set("style", _css(style))


def _css(style: Mapping[str, str]) -> str:
    return "; ".join(f"{key}: {value}" for key, value in style.items())


def _add(group: ET.Element, extra: Extra) -> None:
    if extra.records:
        group.set("data-records", " ".join(extra.records))
    if extra.title:
        title = ET.Element(_name("title"))
        title.text = extra.title
        group.insert(0, title)
    if extra.text_style:
        for element in group.iter(_name("text")):
            style = element.get("style", "")
            element.set("style", f"{style}; {_css(extra.text_style)}".strip("; "))
