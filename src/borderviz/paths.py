"""Where the atlas is, and which files it consists of; nothing is opened here."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent
# What an atlas consists of: tables, story and pages, its own languages, its licences.
CONTENT = (
    *("*.toml", "*.json", "*.geojson", "*/*.md", "texts/*.toml", "*/*.po"),
    "licences/*.txt",
)


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


def content_files(root: Path) -> list[Path]:
    """List the content files of an atlas, sorted by name; links out of it are not."""
    home = root.resolve()
    return sorted(
        path
        for pattern in CONTENT
        for path in root.glob(pattern)
        if path.is_file() and path.resolve().is_relative_to(home)
    )
