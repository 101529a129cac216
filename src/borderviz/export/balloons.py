"""Records as KML tells them: folders by layer, balloons with sources, days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from borderviz.citations import references
from borderviz.dates import PartialDate
from borderviz.export.cells import citation, one_line
from borderviz.export.exported import Days, Look, Placemark
from borderviz.export.geojson import plain
from borderviz.model import Record
from borderviz.render.context import Context
from borderviz.render.html import Html, tag

# What a balloon tells under a heading, in order: column, and key of the heading.
_TOLD = {
    "outcome": "outcome",
    "status": "status",
    "conflicts": "conflicts",
    "location_basis": "how-exact",
    "licence": "export-head-licence",
}


def placemarks(
    records: Sequence[Record], cells: pd.DataFrame, context: Context
) -> Iterator[Placemark]:
    """
    Tell each record of a table.

    Parameters
    ----------
    records, cells
        The records, and their rows.
    context
        Words and styles.
    """
    for record, row in zip(records, cells.to_dict("records"), strict=True):
        values = {str(key): plain(cell) for key, cell in row.items()}
        layer = str(values["layer"])
        yield Placemark(
            layer,
            str(values["layer_label"] or layer),
            str(values["title"] or record.id),
            _balloon(record, values, context),
            _days(record),
            _look(record, context),
        )


def _balloon(record: Record, values: dict[str, Any], context: Context) -> str:
    """Write the text of a balloon; whatever comes from the atlas is escaped."""
    say = context.say
    parts: list[Html] = [tag("h3", str(values["title"] or values["id"]))]
    if record.date:
        parts.append(tag("p", context.date(record)))
    for name in ("place", "summary", "text"):
        if values[name] is not None:
            parts.append(tag("p", str(values[name])))
    if values["uncertainty_km"] is not None and values["lat"] is not None:
        km = context.number(float(values["uncertainty_km"]))
        parts.append(tag("p", say("place-within", km=km)))
    for name, key in _TOLD.items():
        if values[name] is not None:
            head = tag("b", say(key))
            parts.append(tag("p", head, " ", str(values[name])))
    atlas = context.atlas
    refs = references(record, atlas.sources, atlas.settings.link_hosts).values()
    sources = [tag("li", one_line(citation(ref))) for ref in refs]
    parts += [tag("h4", say("sources")), tag("ul", *sources)]
    return "".join(parts)


def _days(record: Record) -> Days | None:
    if not record.date:
        return None
    first = PartialDate.parse(record.date)
    last = PartialDate.parse(record.date_end) if record.date_end else first
    return first.first, last.last


def _look(record: Record, context: Context) -> Look:
    name = context.style_of(record)
    style = context.atlas.styles.get(name)
    return Look(name, style.token if style else "ink", style.weight if style else 1.0)
