"""Rules for the licences of `atlas.toml`: each file under one, each with its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from borderviz.faults import Fault, Found, suggestion
from borderviz.paths import content_files
from borderviz.settings import Licence, Settings

if TYPE_CHECKING:
    from borderviz.content import Atlas

# Parts of the settings that name files of records, places and geometry.
_LISTS = ("records", "geometry", "land")
_SINGLE = ("places", "labels", "sectors", "arrivals", "questions")


def licence_faults(atlas: Atlas) -> Found:
    """
    Find the faults of the licences; an atlas that states none has none.

    Parameters
    ----------
    atlas
        As far as it could be read.

    Yields
    ------
    tuple
        File, the licence's id (empty for all of them) and the fault.
    """
    settings = atlas.settings
    names = [p.relative_to(atlas.root).as_posix() for p in content_files(atlas.root)]
    for licence in settings.licences:
        for fault in (*_text(licence, atlas.licences), *_wrong(licence, names)):
            yield "atlas.toml", licence.id, fault
    if settings.licences:
        wanted = _wanted(settings)
        for name in names:
            for identity, fault in _cover(name, settings.licences, name in wanted):
                yield "atlas.toml", identity, fault


def covers(licence: Licence, name: str) -> bool:
    """
    Tell whether a file of the atlas is under a licence.

    Parameters
    ----------
    licence
        Names files, or patterns of them.
    name
        The file inside the atlas folder, with slashes.
    """
    return any(fnmatchcase(name, pattern) for pattern in licence.covers)


def _text(licence: Licence, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Find a text without words; that a file is missing is told by the reader."""
    if not texts.get(licence.id, "").strip():
        cure = "Copy the whole text of the licence into it."
        yield Fault("file", licence.file, "a file with the full text", cure)


def _wrong(licence: Licence, names: Sequence[str]) -> Iterator[Fault]:
    """Find what is to be covered and is not there."""
    for number, pattern in enumerate(licence.covers):
        if not any(fnmatchcase(name, pattern) for name in names):
            yield Fault(
                f"covers.{number}",
                pattern,
                "a file of the atlas, or a pattern such as story/*.md",
                suggestion(pattern, names, "Mend the name, or take it out."),
            )


def _cover(
    name: str, licences: Sequence[Licence], is_wanted: bool
) -> Iterator[tuple[str, Fault]]:
    """Find a file under several licences, or under none where it must have one."""
    found = [licence.id for licence in licences if covers(licence, name)]
    if len(found) > 1:
        yield (
            found[-1],
            Fault(
                "covers",
                f"{name}, which {found[0]} covers too",
                "exactly one licence for each file",
                "Take the file out of one of the two.",
            ),
        )
    elif is_wanted and not found:
        yield (
            "",
            Fault(
                "licences",
                f"{name} under no licence",
                "exactly one licence for each file with records or geometry",
                "Name the file in `covers` of its licence.",
            ),
        )


def _wanted(settings: Settings) -> set[str]:
    """List the files that must be under a licence, where the atlas states any."""
    listed = {name for field in _LISTS for name in getattr(settings, field)}
    single = {getattr(settings, field) for field in _SINGLE}
    return {"sources.json", *listed, *single} - {None}
