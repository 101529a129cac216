"""Rules for reference lines: what they name exists, and their pieces make one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from borderviz.faults import Fault, Found, unknown, unresolved
from borderviz.geometry import line_parts
from borderviz.linear import LinearReference
from borderviz.settings import NamedPlace, ReferenceLine

if TYPE_CHECKING:
    from borderviz.content import Atlas

_SECTOR = "Use one of them, or add it to the file that `sectors` of atlas.toml names."


def line_faults(atlas: Atlas) -> Found:
    """
    Find the faults of the reference lines and of whatever names a sector.

    Parameters
    ----------
    atlas
        As far as it could be read.

    Yields
    ------
    tuple
        File, the entry's id (empty for the settings) and the fault.
    """
    lines = atlas.settings.reference_lines
    for number, line in enumerate(lines):
        field = f"reference_lines.{number}"
        for fault in (*_line(line, field, atlas), *_named(line, field, atlas)):
            yield "atlas.toml", line.record, fault
    names = [line.record for line in lines]
    for name in dict.fromkeys(n for n in names if names.count(n) > 1):
        fault = Fault(
            "reference_lines",
            f"{names.count(name)} lines for {name}",
            "one reference line for each border",
            "Remove all but one.",
        )
        yield "atlas.toml", name, fault
    yield from (("atlas.toml", "", fault) for fault in _terms(atlas, names))
    sectors = [sector.id for sector in atlas.sectors]
    for record in atlas.records.values():
        for sector in record.sectors:
            for fault in unknown("sectors", sector, sectors, _SECTOR):
                yield atlas.files[f"record {record.id}"], record.id, fault


def _line(line: ReferenceLine, field: str, atlas: Atlas) -> Iterator[Fault]:
    """The border is there, between two countries, and its geometry is one line."""
    for side in ("left", "right"):
        known = atlas.settings.vocabulary.country
        cure = "Use one of them, or add it to [vocabulary.country]."
        yield from unknown(f"{field}.{side}", getattr(line, side), known, cure)
    record = atlas.records.get(line.record)
    if record is None:
        yield from unresolved(f"{field}.record", line.record, atlas.records, "a record")
        return
    shapes = [atlas.shapes.get(name) for name in record.geometry]
    if None in shapes:
        return  # a fault of the record, and reported there
    pieces = [part for shape in shapes if shape for part in line_parts(shape)]
    try:
        LinearReference.of(pieces, reverse=line.reverse)
    except ValueError as error:
        yield Fault(
            f"{field}.record",
            f"{line.record}: {error}",
            "a border whose geometry is one line, each piece beginning where the "
            "one before it ends",
            "Order its `geometry`, mend the pieces, or leave the reference line out.",
        )


def _named(line: ReferenceLine, field: str, atlas: Atlas) -> Iterator[Fault]:
    """What a strip names has a position; what studied a stretch is a record."""
    lists: list[tuple[str, list[NamedPlace]]] = [("landmarks", line.landmarks)]
    for number, stretch in enumerate(line.stretches):
        path = f"stretches.{number}"
        lists.append((f"{path}.places", stretch.places))
        where = f"{field}.{path}.record"
        yield from unresolved(where, stretch.record, atlas.records, "a record")
    known = {**atlas.positions, **{place.id: at for place, at in atlas.places}}
    what = "a town, or a record with a point"
    for name, listed in lists:
        for number, item in enumerate(listed):
            yield from unresolved(f"{field}.{name}.{number}.at", item.at, known, what)


def _terms(atlas: Atlas, lines: list[str]) -> Iterator[Fault]:
    """Words that stand for stretches of a line name sectors and lines that exist."""
    vocabulary = atlas.settings.vocabulary
    sectors = [sector.id for sector in atlas.sectors]
    for name in type(vocabulary).model_fields:
        for key, term in getattr(vocabulary, name).items():
            field = f"vocabulary.{name}.{key}"
            for sector in term.sectors:
                yield from unknown(f"{field}.sectors", sector, sectors, _SECTOR)
            if term.line is not None:
                cure = "Name the record of one of [[reference_lines]]."
                yield from unknown(f"{field}.line", term.line, lines, cure)
