"""The style of what shows a reader's own data; drawn only while there is any."""

from __future__ import annotations

from borderviz.render.css import drawn_address
from borderviz.render.html import Html, tag
from borderviz.render.overlay_style import MARKS, OTHER
from borderviz.render.web_files import symbol_paths, web_file


def overlay_css() -> Html:
    """Write the style sheet: a shape for every mark, and the rest."""
    shapes = [
        f".bv-y-{name}{{-webkit-mask-image:{address};mask-image:{address}}}"
        for name in dict.fromkeys(mark.symbol for mark in (*MARKS, OTHER))
        for address in (drawn_address(f"<path d='{symbol_paths()[name]}'/>", 9),)
    ]
    sheet = "".join((*shapes, web_file("overlay.css")))
    return tag("style", Html(sheet), class_="bv-css")
