"""borderviz: an open, cited, offline-first map of a border.

>>> import borderviz
>>> atlas = borderviz.load()

reads the atlas that came along; docs/python.md says what can be done with it.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from borderviz.api import View, load

__version__ = version("borderviz")
__all__ = ["View", "__version__", "load"]


def __getattr__(name: str) -> object:
    """Import what reads an atlas when it is first asked for: it takes a second."""
    if name in ("View", "load"):
        from borderviz import api

        return getattr(api, name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
