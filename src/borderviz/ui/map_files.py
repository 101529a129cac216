"""The map's files as they are now, and as they were: what the front answers from.

Apart from what makes them, which takes the libraries of an atlas: the server answers
before these are read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FOLDER = "borderviz.map_files"
# Pages that are open still ask for the files of the atlas as it was before.
VERSIONS = 4


@dataclass(frozen=True)
class Published:
    """The files of the map as they are now; names from the folder of all components."""

    script: str
    base: str
    words: dict[str, str]
    lang: str
    files: dict[str, bytes] = field(repr=False)


# By the address of the script, the newest last.
_published: dict[str, Published] = {}


def keep(made: Published) -> None:
    """Keep the files of another version of the atlas, and forget the oldest."""
    _published.pop(made.script, None)
    _published[made.script] = made
    for old in list(_published)[:-VERSIONS]:
        del _published[old]


def published() -> Published | None:
    """Return what was published last; `None` before the atlas is read."""
    return next(reversed(_published.values()), None)


def file(name: str) -> bytes | None:
    """Return a file of the map by its name; `None` if no version kept has it."""
    found = (known.files.get(name) for known in list(_published.values()))
    return next(filter(None, found), None)
