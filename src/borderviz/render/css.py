"""Style sheets: tokens, one colour class per style, and the swatches of the legend."""

from __future__ import annotations

from urllib.parse import quote

from borderviz.content import Atlas
from borderviz.render.overlay_style import overlay_classes
from borderviz.render.web_files import web_file
from borderviz.settings import Layer, Style
from borderviz.texts import say
from borderviz.theme import css_variables, load_theme


def style_classes(atlas: Atlas) -> str:
    """
    Write a class per style that sets `--c`, the colour of whatever wears it.

    Only styles that are worn: a layer or record names them, so their names are ids. Any
    other key of the file may be any text, and has no place in a style sheet.
    """
    worn = {layer.style for layer in atlas.settings.layers}
    worn |= {r.style for r in atlas.records.values() if r.style}
    return "".join(
        f".bv-c-{name}{{--c:var(--bv-{style.token})}}"
        for name, style in atlas.styles.items()
        if name in worn
    )


def map_css(atlas: Atlas) -> str:
    """Write the style sheet of the map frame."""
    return (
        css_variables(load_theme())
        + style_classes(atlas)
        + overlay_classes()
        + web_file("map.css")
    )


def page_css(atlas: Atlas, symbols: dict[str, str]) -> str:
    """Write the style sheet of the page, with a legend swatch for every layer."""
    swatches = "".join(
        _swatch(layer, atlas, symbols) for layer in atlas.settings.layers
    )
    return (
        css_variables(load_theme())
        + f":root{{--bv-languages:{len(atlas.settings.languages)}}}"
        + style_classes(atlas)
        + overlay_classes()
        + web_file("page.css")
        + web_file("story.css")
        + web_file("strip.css")
        + web_file("numbers.css")
        + web_file("print.css")
        + "".join(_waiting(lang) for lang in atlas.settings.languages)
        + swatches
    )


def plain_css() -> str:
    """Write the style sheet of a page that has no atlas."""
    return css_variables(load_theme()) + web_file("page.css") + web_file("story.css")


def css_string(text: str) -> str:
    r"""
    Write a text as a string of a style sheet that no character can end.

    Examples
    --------
    >>> css_string('a"b</style>')
    '"a\\22 b\\3c \\2f style\\3e "'
    """
    letters = (c if c.isalnum() else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(letters)}"'


def drawn_address(shape: str, reach: int) -> str:
    """
    Write a drawing as an address in a style sheet, to be cut out of a colour.

    Parameters
    ----------
    shape
        Elements of SVG.
    reach
        How far the drawing reaches from its middle.
    """
    box = f"{-reach} {-reach} {2 * reach} {2 * reach}"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{box}'>{shape}</svg>"
    return f'url("data:image/svg+xml,{quote(svg)}")'


def _waiting(lang: str) -> str:
    """Say in the map's place, in the language of the page, that it is on its way."""
    words = css_string(say("map-loading", lang))
    return f".stApp:has(.bv-title:lang({lang})) .st-key-map::before{{content:{words}}}"


def _swatch(layer: Layer, atlas: Atlas, symbols: dict[str, str]) -> str:
    """Draw what the layer looks like before its name, as a mask in its colour."""
    style = atlas.styles[layer.style]
    shape = _shape(layer, style, atlas, symbols)
    address = drawn_address(shape, 11)
    return (
        # Two selectors, not one with `:is`: other pages keep the second alone.
        f".st-key-layer-{layer.id} [data-testid=stWidgetLabel]::before,"
        f".bv-w-{layer.id}::before"
        "{content:'';flex:none;width:18px;height:18px;"
        f"background:var(--bv-{style.token});-webkit-mask:{address};mask:{address}}}"
    )


def _shape(layer: Layer, style: Style, atlas: Atlas, symbols: dict[str, str]) -> str:
    if style.form in ("line", "band"):
        dash = f" stroke-dasharray='{style.dash}'" if style.dash else ""
        return f"<path d='M-11 0H11' stroke='black' stroke-width='4'{dash}/>"
    if style.form == "route":
        shaft = "<path d='M-10 3C-4-6 2-6 7-1' stroke='black' stroke-width='2.6' "
        return shaft + "fill='none'/><path d='M10 3L3 1L8-5Z'/>"
    if style.form == "label":
        return "<path d='M-8-7H8V-3H2V9H-2V-3H-8Z'/>"
    turn = 0
    symbol = style.symbol
    if layer.directions:
        vocabulary = atlas.settings.vocabulary
        turn = vocabulary.direction[layer.directions[0]].turn
        symbol = next((t.symbol for t in vocabulary.mode.values() if t.symbol), symbol)
    elif layer.kinds and layer.kinds[0] in ("incident", "authorised"):
        symbol = "diamond"
    hollow = (
        " fill='none' stroke='black' stroke-width='3'" if symbol == "square" else ""
    )
    return f"<path transform='rotate({turn})' d='{symbols[symbol]}'{hollow}/>"
