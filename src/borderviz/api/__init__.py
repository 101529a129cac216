"""The atlas for Python and notebooks: choose events, see them, take them along.

Everything here is the same selection as on the page, by the same words as in its links.
"""

from __future__ import annotations

from pathlib import Path

from borderviz import content
from borderviz.api.view import View
from borderviz.paths import default_atlas
from borderviz.permalink import default_view

__all__ = ["View", "load"]


def load(root: Path | str | None = None) -> View:
    """
    Read an atlas and return all of it as a view.

    Parameters
    ----------
    root
        Its folder; None for the one that came along, or that BORDERVIZ_ATLAS names.

    Raises
    ------
    ContentError
        If the folder holds no atlas, or one with faults; `problems` says which.
    """
    atlas = content.load(default_atlas() if root is None else Path(root))
    return View(atlas, default_view(atlas))
