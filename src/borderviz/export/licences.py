"""Which licences apply to what is taken along, by the files that it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from borderviz.content import Atlas
from borderviz.model import Record
from borderviz.settings import Licence
from borderviz.validate_licences import covers


def files_of(record: Record, atlas: Atlas) -> list[str]:
    """List the files of the atlas that a record and its geometry come from."""
    keys = [f"record {record.id}", *[f"shape {name}" for name in shapes_of(record)]]
    return list(dict.fromkeys(atlas.files[key] for key in keys if key in atlas.files))


def shapes_of(record: Record) -> list[str]:
    """List the shapes that draw a record: those it names, or else its own."""
    return list(dict.fromkeys(record.geometry or [record.id]))


def licences_of(records: Iterable[Record], atlas: Atlas) -> list[Licence]:
    """
    List the licences that records and their sources are under, in the atlas's order.

    Parameters
    ----------
    records
        What is taken along.
    atlas
        States the licences; none if it states none.
    """
    names = {name for record in records for name in files_of(record, atlas)}
    names |= {"sources.json"} if names else set()
    return [x for x in atlas.settings.licences if any(covers(x, n) for n in names)]


def licence_of(record: Record, atlas: Atlas) -> str:
    """
    Write the licences of one record as an SPDX expression; empty if none is stated.

    Parameters
    ----------
    record
        Its own file counts, and those of its geometry.
    atlas
        States the licences.
    """
    names = files_of(record, atlas)
    found = [x.id for x in atlas.settings.licences if any(covers(x, n) for n in names)]
    return " AND ".join(found)
