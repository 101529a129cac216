"""Where the atlas is when nobody names one; paths only, nothing is opened here."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent


def default_atlas() -> Path:
    """
    Find the atlas folder: the environment's, the wheel's, or the checkout's.

    Returns
    -------
    Path
        `BORDERVIZ_ATLAS` where it is set and not empty, else the `geodata` inside the
        installed package, else the `geodata` beside `src`. It need not exist: whoever
        reads it says so.
    """
    named = os.environ.get("BORDERVIZ_ATLAS")
    if named:
        return Path(named)
    bundled = _PACKAGE / "geodata"
    return bundled if bundled.is_dir() else _PACKAGE.parents[1] / "geodata"
