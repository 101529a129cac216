"""Which records belong beside another: ties, the same place, the next in time."""

from __future__ import annotations

from borderviz.content import Atlas
from borderviz.model import DATED, Record

# Records closer than this share a place on the map: about 300 m.
SAME_PLACE_DEGREES = 0.003
_AT_MOST = 14


def ties(record: Record, atlas: Atlas) -> dict[str, list[Record]]:
    """
    Collect the records that name each other, by how; both ways.

    Parameters
    ----------
    record
        Any record.
    atlas
        Where the others are.

    Returns
    -------
    groups
        Records by relation; `parts` and `part-of` for lines that make up a whole.
    """
    groups: dict[str, list[Record]] = {}

    def add(how: str, other: Record) -> None:
        known = groups.setdefault(how, [])
        if other.id != record.id and other not in known:
            known.append(other)

    if record.part_of:
        add("part-of", atlas.records[record.part_of])
    for other in atlas.records.values():
        if other.part_of == record.id:
            add("parts", other)
    for relation in record.related:
        add(relation.how, atlas.records[relation.id])
    for other in atlas.records.values():
        for relation in other.related:
            if relation.id == record.id:
                add(relation.how, other)
    seen: set[str] = set()
    for how, records in groups.items():
        groups[how] = [r for r in records if r.id not in seen]
        seen |= {r.id for r in records}
    return {how: records for how, records in groups.items() if records}


def same_place(record: Record, atlas: Atlas) -> list[Record]:
    """List the other records whose point is the same, newest first."""
    here = atlas.positions.get(record.id)
    if here is None:
        return []
    found = [
        atlas.records[i]
        for i, (lon, lat) in atlas.positions.items()
        if i != record.id
        and abs(lon - here[0]) <= SAME_PLACE_DEGREES
        and abs(lat - here[1]) <= SAME_PLACE_DEGREES
    ]
    return sorted(found, key=lambda r: r.date or "", reverse=True)[:_AT_MOST]


def timely(record: Record, atlas: Atlas) -> tuple[list[Record], list[Record]]:
    """List the record before and the record after one of the same kind, in time."""
    if record.kind not in DATED or not record.date:
        return [], []
    kin = sorted(
        (
            r
            for r in atlas.records.values()
            if r.kind == record.kind and r.direction == record.direction and r.date
        ),
        key=lambda r: (r.date or "", r.id),
    )
    index = [r.id for r in kin].index(record.id)
    return kin[max(0, index - 1) : index], kin[index + 1 : index + 2]
