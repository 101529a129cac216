"""An SVG of ours into a PNG, by the same library that draws the charts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from threading import Lock

from borderviz.errors import BorderVizError
from borderviz.pictures.fonts import families_for, font_folder

_lock = Lock()
_TAGS = re.compile(r"<[^>]*>")


def fonts_ready() -> None:
    """Make the fonts of pictures known to the renderer, once a process."""
    with _lock:
        _register()


@cache
def _register() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(font_folder()))
    spec = find_spec("matplotlib")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        others = Path(folder) / "mpl-data" / "fonts" / "ttf"
        if others.is_dir():
            vl_convert.register_font_directory(str(others))


def png_of(svg: str, *, dpi: int | None, said: Mapping[str, str]) -> bytes:
    """
    Draw an SVG as a PNG of the size that it names in pixels.

    Parameters
    ----------
    svg
        A file of ours: nothing in it leads anywhere else.
    dpi
        What the file says of its size on paper; None for nothing.
    said
        What the file says of itself, by the keywords of PNG ("Title", "Source").

    Raises
    ------
    GlyphError
        If no font of this machine has some letter.
    BorderVizError
        If the renderer refuses the file.
    """
    import html

    import vl_convert
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    fonts_ready()
    families_for(html.unescape(x) for x in _TAGS.split(svg))
    try:
        drawn = vl_convert.svg_to_png(svg, scale=1.0)
    except ValueError as error:
        msg = f"the picture could not be drawn: {error}"
        raise BorderVizError(msg) from error
    info = PngInfo()
    for name, words in said.items():
        info.add_itxt(name, words)
    target = BytesIO()
    with Image.open(BytesIO(drawn)) as image:
        plain = image.convert("RGB")
    dots = {"dpi": (dpi, dpi)} if dpi else {}
    plain.save(target, "PNG", pnginfo=info, optimize=False, **dots)
    return target.getvalue()
