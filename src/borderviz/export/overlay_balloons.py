"""A reader's own rows as KML tells them: folders by category, days, marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from borderviz.export.cells import one_line
from borderviz.export.exported import Days, Look, Placemark
from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.overlay_rows import (
    category_name,
    date_of,
    row_name,
)
from borderviz.render.overlay_style import MARKS, OTHER, kinds

_WEIGHT = 2.0


def placemarks(
    overlay: Overlay, rows: Sequence[int], context: Context
) -> Iterator[Placemark]:
    """
    Tell each row.

    Parameters
    ----------
    overlay, rows
        The data, and the indices of its rows.
    context
        Words.
    """
    looks = [
        Look(mark.token, mark.token, _WEIGHT, is_told=False) for mark in (*MARKS, OTHER)
    ]
    kind = kinds(overlay)
    note = tag("p", context.say("overlay-view-picture"))
    for index in rows:
        number = int(overlay.category[index])
        yield Placemark(
            f"category-{number}",
            one_line(category_name(overlay, number, context)),
            one_line(row_name(overlay, index, context)),
            _balloon(overlay, index, note, context),
            _days(overlay, index),
            looks[int(kind[index])],
        )


def _balloon(overlay: Overlay, index: int, note: Html, context: Context) -> str:
    """Write the text above the cells: the date in words, and whose row it is."""
    date = date_of(overlay, index, context)
    return "".join([tag("p", date), note] if date else [note])


def _days(overlay: Overlay, index: int) -> Days | None:
    first, last = int(overlay.first[index]), int(overlay.last[index])
    if first <= 0:
        return None
    return dt.date.fromordinal(first), dt.date.fromordinal(max(first, last))
