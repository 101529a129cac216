"""Pictures for tests: views, drawn pictures, and what is in them."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree as ET

from borderviz.filters import Filters
from borderviz.permalink import default_view
from borderviz.pictures.catalogue import MAP, names, picture
from borderviz.render.context import Context
from borderviz.selection import select

TODAY = dt.date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"


def view_of(atlas, lang="en", since=""):
    """What a view shows, and its words."""
    view = default_view(atlas).with_(lang=lang, filters=Filters(since=since))
    context = Context(atlas, view)
    return select(atlas, context.view), context


def own_names(atlas):
    """Names of charts and strips; the map has tests of its own."""
    return [name for name in names(view_of(atlas)[1]) if name != MAP]


def svg_of(name, atlas, *, lang="en", since="", size="web", scheme="light"):
    selection, context = view_of(atlas, lang, since)
    return picture(
        name, selection, context, form="svg", size=size, scheme=scheme, today=TODAY
    )


def png_of(name, atlas, *, lang="en", since="", size="web", scheme="light"):
    selection, context = view_of(atlas, lang, since)
    return picture(
        name, selection, context, form="png", size=size, scheme=scheme, today=TODAY
    )


def words_of(svg):
    """Every line of words in a picture, as read."""
    found = ET.fromstring(svg).iter(f"{SVG}text")
    return [" ".join("".join(x.itertext()).split()) for x in found]


def said_of(svg):
    """All words of a picture in a row."""
    return " ".join(words_of(svg))


def group(svg, identity):
    """One named part of a picture."""
    return next(x for x in ET.fromstring(svg).iter() if x.get("id") == identity)


def ids_in(part):
    return {x.get("data-id") for x in part.iter() if x.get("data-id")}


def number(text):
    return int(re.sub(r"\D", "", text))
