"""One row of a reader's own data: its name, date, mark, cells, place along a border.

Everything here is untrusted text: it goes through `tag`, and never becomes a link.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from borderviz.along import BEYOND, Along
from borderviz.axes import Axis
from borderviz.overlay.aggregate import number_of
from borderviz.overlay.ends import ends_of
from borderviz.overlay.model import Overlay
from borderviz.overlay_files.raw import Cell
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.overlay_style import MARKS, OTHER, Mark, mark_number
from borderviz.render.sources_html import AS_IS
from borderviz.texts import date_words, range_words

Indices = NDArray[np.intp]


def row_name(overlay: Overlay, index: int, context: Context) -> str:
    """Call a row by its title, or by its number in the file."""
    if overlay.titles[index]:
        return overlay.titles[index]
    return context.say("overlay-view-row", row=str(overlay.numbers[index]))


def own_name(overlay: Overlay, context: Context) -> str:
    """Say whose data it is: the reader's, or added for all by the operator."""
    key = "overlay-view-own" if overlay.origin is None else "overlay-given-own"
    return context.say(key)


def category_name(overlay: Overlay, number: int, context: Context) -> str:
    """Name a category by its number; -1 is none."""
    if number < 0:
        has_any = bool(overlay.categories)
        return context.say(
            "overlay-view-no-category" if has_any else "overlay-view-rows"
        )
    return overlay.categories[number]


def date_of(overlay: Overlay, index: int, context: Context) -> str:
    """Write the date or span of a row, as exactly as it is known."""
    lang, first = context.view.lang, overlay.dates[index]
    if not first:
        return ""
    last = overlay.date_ends[index]
    words = date_words(first, lang)
    return range_words(words, date_words(last, lang), lang) if last else words


def cell_words(cell: Cell) -> str:
    """
    Write what stands in a cell, a number as no language has it.

    Examples
    --------
    >>> cell_words(None), cell_words(True), cell_words(0.1), cell_words(" a")
    ('', 'true', '0.1', ' a')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def as_is(name: str, text: str, **attributes: str | None) -> Html:
    """Wrap words of a file: they are in no language of the page, and in any script."""
    return tag(name, text, class_=AS_IS, dir="auto", translate="no", **attributes)


def mark_of(overlay: Overlay, index: int) -> Mark:
    """Return the colour and the shape of a row."""
    return (*MARKS, OTHER)[mark_number(overlay, index)]


def swatch(mark: Mark, more: str = "", **attributes: str | None) -> Html:
    """Draw a colour and shape; the words beside it say what it means."""
    name = f"bv-own-mark {mark_class(mark)} {more}".rstrip()
    return tag("i", class_=name, aria_hidden="true", **attributes)


def mark_class(mark: Mark) -> str:
    """Name the classes that give an element the colour and shape of a mark."""
    return f"bv-c-{mark.token} bv-y-{mark.symbol}"


def chooser(
    words: str, index: int, *, is_on: bool = False, label: str | None = None
) -> Html:
    """Write a button that chooses a row: rows have no address, so it is no link."""
    return tag(
        "button",
        words,
        type="button",
        class_=f"bv-own-link {AS_IS}",
        dir="auto",
        data_bv="own",
        data_row=str(index),
        aria_label=label,
        aria_current="true" if is_on else None,
    )


def rows_on(overlay: Overlay, mask: NDArray[np.bool_], axis: Axis) -> Indices:
    """
    Find the rows that lie along a border, by the same rule as the atlas's records.

    Parameters
    ----------
    overlay, mask
        The rows that are shown.
    axis
        The border: a row belongs to it if it is the nearest and within its reach, or if
        the row's circle touches it; past an end of the line, only if both hold.
    """
    found = overlay.located
    far = found["distance_km"].to_numpy(dtype=float)
    near = far <= axis.settings.reach_km
    touched = far <= np.nan_to_num(overlay.radii_km)
    is_past = (found["side"] == BEYOND).to_numpy(dtype=bool)
    mine = (found["border"] == axis.record.id).to_numpy(dtype=bool)
    return np.flatnonzero(
        mask & mine & np.where(is_past, near & touched, near | touched)
    )


def along_of(overlay: Overlay, index: int, axis: Axis) -> Along:
    """Say where along its border a row is, as is said of a record."""
    row = overlay.located.iloc[index]
    km, (low, high) = float(row["km_along"]), ends_of(overlay, index, axis)
    return Along(
        axis.record.id,
        "point",
        km,
        ((low, high),),
        float(row["distance_km"]),
        str(row["side"]),
        axis.sector_at(km),
        axis.sectors_in([(low, high)]),
    )


def axis_of(overlay: Overlay, index: int, context: Context) -> Axis | None:
    """Return the border nearest to a row; None if none is."""
    return context.atlas.axes.get(str(overlay.located["border"].iloc[index]))


def are_numbers(cells: Sequence[Cell]) -> bool:
    """Tell whether all of some cells that hold anything hold numbers, and one does."""
    full = [cell for cell in cells if cell not in (None, "")]
    return bool(full) and all(number_of(cell) is not None for cell in full)
