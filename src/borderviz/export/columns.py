"""The columns of the table: their order, their types, and what stands in each.

A word of the vocabulary stands twice: as its id, which is the same in every language
and in links, and beside it as the reader's language says it (`…_label`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from borderviz.dates import PartialDate
from borderviz.export.cells import LIST, PARTS, Row
from borderviz.export.licences import licence_of
from borderviz.measure import area_of, length_of
from borderviz.render.strip_table import sector_words, side_words

Type = Literal["text", "int", "float", "bool"]
Value = str | int | float | bool | None


@dataclass(frozen=True)
class Column:
    """A column: its type, and how a record's value is found; "" and None are empty."""

    type: Type
    value: Callable[[Row], Value]


def _field(name: str, type_: Type = "text") -> Column:
    """Make a column of a field that is plain already."""
    return Column(type_, lambda row: getattr(row.record, name))


def _words(name: str) -> Column:
    """Make a column of a field with words by language."""
    return Column("text", lambda row: row.said(getattr(row.record, name)))


def _term(name: str) -> Column:
    """Make a column of the vocabulary's words for a field."""
    return Column("text", lambda row: row.term(name))


def _text(value: Callable[[Row], Value]) -> Column:
    return Column("text", value)


def _float(value: Callable[[Row], Value]) -> Column:
    return Column("float", value)


def _precision(row: Row) -> str:
    date = row.record.date
    return PartialDate.parse(date).precision if date else ""


def _position(row: Row, index: int) -> float | None:
    position = row.context.atlas.positions.get(row.record.id)
    return position[index] if position else None


def _end(row: Row, index: int) -> float | None:
    ends = row.ends()
    return ends[index] if ends else None


def _sectors(row: Row) -> str:
    along, axis = row.along, row.axis
    return sector_words(along, axis, row.context) if along and axis else ""


def _competing(row: Row) -> str:
    return PARTS.join(
        f"{row.value(c.value)} ({row.said(c.who)})" for c in row.record.competing
    )


def _stated(row: Row) -> str:
    return PARTS.join(
        f"{s.km:g} ({row.said(s.who)}) [{LIST.join(s.sources)}]"
        for s in row.record.stated
    )


def _waypoints(row: Row) -> str:
    return PARTS.join(
        f"{row.said(w.name)} ({row.said(w.role)}, {w.country})"
        for w in row.record.waypoints
    )


def _attributes(row: Row) -> str:
    return PARTS.join(
        f"{row.said(a.label)}: {row.said(a.value)}" for a in row.record.attributes
    )


def _length(row: Row) -> float | None:
    return round(length_of(row.record, row.context.atlas), 1) or None


def _area(row: Row) -> float | None:
    return round(area_of(row.record, row.context.atlas)) or None


def _licence(row: Row) -> str:
    said = licence_of(row.record, row.context.atlas)
    return said or row.context.say("export-no-licence")


COLUMNS: dict[str, Column] = {
    "id": _field("id"),
    "kind": _field("kind"),
    "kind_label": _text(lambda row: row.context.say(f"kind-{row.record.kind}")),
    "layer": _text(lambda row: row.layer[0]),
    "layer_label": _text(lambda row: row.layer[1]),
    "type": _words("type"),
    "theme": _field("theme"),
    "theme_label": _term("theme"),
    "date": _field("date"),
    "date_end": _field("date_end"),
    "date_precision": _text(_precision),
    "title": _words("title"),
    "summary": _words("gist"),
    "direction": _field("direction"),
    "direction_label": _term("direction"),
    "mode": _field("mode"),
    "mode_label": _term("mode"),
    "who": _field("who"),
    "who_label": _term("who"),
    "people": _field("people", "int"),
    "attempted": _field("attempted", "int"),
    "victims": _field("victims", "int"),
    "returned": _field("returned", "bool"),
    "named": _words("name"),
    "place": _words("place"),
    "landmark": _field("landmark"),
    "sector": _words("sector"),
    "area": _field("area"),
    "area_label": _term("area"),
    "country": _field("country"),
    "country_label": _term("country"),
    "extent": _field("extent"),
    "extent_label": _term("extent"),
    "lat": _float(lambda row: _position(row, 1)),
    "lon": _float(lambda row: _position(row, 0)),
    "uncertainty_km": _field("uncertainty_km", "float"),
    "location_basis": _words("location_basis"),
    "location_confidence": _field("location_confidence"),
    "location_derived": _field("location_derived", "bool"),
    "location_unverified": _field("location_unverified", "bool"),
    "generalised": _field("generalised", "bool"),
    "border": _text(lambda row: row.along.axis if row.along else ""),
    "border_label": _text(
        lambda row: row.said(row.axis.record.title) if row.axis else ""
    ),
    "km_from": _float(lambda row: _end(row, 0)),
    "km_to": _float(lambda row: _end(row, 1)),
    "km_ranges": _text(lambda row: row.ranges()),
    "km_basis": _text(lambda row: row.along.basis if row.along else ""),
    "distance_km": _float(lambda row: row.distance()),
    "side": _text(lambda row: row.measured.side if row.measured else ""),
    "side_label": _text(
        lambda row: side_words(row.measured, row.context) if row.measured else ""
    ),
    "sectors": _text(lambda row: LIST.join(row.along.sectors) if row.along else ""),
    "sectors_label": _text(_sectors),
    "confidence": _field("confidence"),
    "text": _text(lambda row: row.reported(row.record.statements)),
    "outcome": _words("outcome"),
    "status": _words("status"),
    "status_as_of": _field("status_as_of"),
    "value": _field("value", "float"),
    "unit": _words("unit"),
    "as_of": _field("as_of"),
    "competing": _text(_competing),
    "stated_km": _text(_stated),
    "measured_km": _float(_length),
    "measured_km2": _float(_area),
    "asserted_by": _words("asserted_by"),
    "conflicts": _text(lambda row: row.reported(row.record.conflicts)),
    "note": _words("note"),
    "waypoints": _text(_waypoints),
    "attributes": _text(_attributes),
    "aliases": _text(lambda row: LIST.join(row.record.aliases)),
    "related": _text(lambda row: row.related()),
    "part_of": _field("part_of"),
    "source_count": Column("int", lambda row: len(row.record.sources)),
    "sources": _text(lambda row: LIST.join(row.refs)),
    "citations": _text(lambda row: row.citations()),
    "licence": _text(_licence),
    "link": _text(lambda row: row.link()),
    "data_version": _text(lambda row: row.context.atlas.fingerprint),
    "language": _text(lambda row: row.context.view.lang),
}
