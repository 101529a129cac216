"""The drawing as pixels, with what the file says of itself."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from borderviz.pictures.map_sizes import Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def png_of(figure: Figure, size: Size, facts: Mapping[str, str]) -> bytes:
    """
    Write a PNG without transparency: there is none, and printers mind it.

    Parameters
    ----------
    figure
        The drawing.
    size
        Its pixels per inch are noted, so that it has its size on paper.
    facts
        Title, Source, Copyright and the like, in any language.
    """
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image, PngImagePlugin

    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    said = PngImagePlugin.PngInfo()
    for key, value in {**facts, "Software": "borderviz"}.items():
        said.add_text(key, value)
    buffer = io.BytesIO()
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
    image.save(buffer, "png", pnginfo=said, dpi=(size.dpi, size.dpi))
    return buffer.getvalue()
