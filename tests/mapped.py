"""What tests of the map's picture need: a picture by its query, and what is on it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from borderviz.permalink import decode_query
from borderviz.pictures.lettering import width_of
from borderviz.pictures.map_picture import map_picture
from borderviz.pictures.map_sizes import MAP_SIZES
from borderviz.render.context import Context
from borderviz.selection import select

TODAY = dt.date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"


def asked(query, atlas):
    """Selection and context of a query."""
    view = decode_query(query, atlas, ()).view
    return select(atlas, view), Context(atlas, view)


def drawn(query, atlas, form="svg", **how):
    """The file of a query's map."""
    return map_picture(*asked(query, atlas), form=form, today=TODAY, **how)


_KNOWN = {}


def parsed(query, atlas, **how):
    """The SVG of a query's map, read; drawn once for all tests, and only to be read."""
    key = (query, atlas.fingerprint, *sorted(how.items()))
    if key not in _KNOWN:
        _KNOWN[key] = ET.fromstring(drawn(query, atlas, **how))
    return _KNOWN[key]


def plate(root, name):
    """The group of a plate: what designers call a layer."""
    (found,) = (g for g in root.iter(f"{SVG}g") if g.get("id") == name)
    return found


def records(root, *names):
    """Ids of the records that some plates show, each as often as it is shown."""
    return sorted(
        identity
        for name in names
        for group in plate(root, name).iter(f"{SVG}g")
        for identity in group.get("data-records", "").split()
    )


@dataclass(frozen=True)
class Text:
    """One line of text on the picture; its box in design units."""

    words: str
    box: tuple[float, float, float, float]
    plate: str


def texts(root, size="web"):
    """Every line of text, with the room it takes."""
    unit = MAP_SIZES[size].unit_points
    found = []
    for group in plate(root, "figure_1"):
        for element in group.iter(f"{SVG}text"):
            style = dict(
                part.strip().split(": ", 1) for part in element.get("style").split(";")
            )
            height = float(style["font-size"].removesuffix("px")) / unit
            weight = int(style.get("font-weight", "400"))
            wide = width_of(element.text, height, weight)
            spacing = float(style.get("letter-spacing", "0").removesuffix("px")) / unit
            wide += spacing * (len(element.text) - 1)
            x, y = float(element.get("x")) / unit, float(element.get("y")) / unit
            share = {"start": 0, "middle": 0.5, "end": 1}[style["text-anchor"]]
            left = x - share * wide
            box = (left, y - 0.72 * height, left + wide, y + 0.1 * height)
            found.append(Text(element.text, box, group.get("id")))
    return found


def numbers(text):
    """The whole numbers in a text."""
    return [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", text)]
