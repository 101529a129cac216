"""Where the atlas is, and which files it consists of; nothing is opened here."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

POINTS = "points.parquet"
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


def points_file(root: Path) -> Path | None:
    """
    Find the points that an operator shows to all readers; None without any.

    Parameters
    ----------
    root
        The atlas folder. `BORDERVIZ_POINTS` goes before a `points.parquet` in it, and
        need not exist: whoever reads it says so.
    """
    named = os.environ.get("BORDERVIZ_POINTS")
    if named:
        return Path(named)
    inside = root / POINTS
    return inside if inside.is_file() else None


def content_files(root: Path) -> list[Path]:
    """List the content files of an atlas, sorted by name; links out of it are not."""
    home = root.resolve()
    return sorted(
        path
        for pattern in CONTENT
        for path in root.glob(pattern)
        if path.is_file() and path.resolve().is_relative_to(home)
    )


def is_content(name: str) -> bool:
    """
    Tell whether a file of this name in an atlas folder is one of `content_files`.

    Examples
    --------
    >>> is_content("lines.geojson"), is_content("story/01-start.en.md")
    (True, True)
    >>> is_content("deep/lines.geojson")
    False
    """
    path = PurePosixPath(name)
    return any(
        path.match(pattern) and len(path.parts) == len(PurePosixPath(pattern).parts)
        for pattern in CONTENT
    )


def stamp(root: Path) -> tuple[tuple[str | int, ...], ...]:
    """
    Describe the content files of an atlas without reading them.

    Two equal stamps mean that nothing was saved, replaced, added, removed or made
    readable in between; a file that goes while it is looked at is left out.
    """
    found: list[tuple[str | int, ...]] = []
    for path in content_files(root):
        try:
            stat = path.stat()
        except OSError:
            continue
        times = (stat.st_mtime_ns, stat.st_ctime_ns)
        found.append((str(path), stat.st_ino, stat.st_size, *times))
    return tuple(found)
