"""A reader's own rows as a table: every column of the file, and where each row is.

So many rows at a time that a page stays quick; every row is on some page, and a heading
sorts all of them, not the page alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from borderviz.overlay.ends import know_ends
from borderviz.overlay.model import Overlay
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.overlay_order import COMPUTED, WORDS, order
from borderviz.render.overlay_rows import (
    along_of,
    are_numbers,
    as_is,
    axis_of,
    cell_words,
    chooser,
    row_name,
    swatch,
)
from borderviz.render.overlay_style import MARKS, OTHER, Mark, kinds
from borderviz.render.strip_table import km_words, side_words
from borderviz.render.where_html import distance_number

# Rows of a page: fewer where there are many columns.
PAGE_ROWS, PAGE_CELLS = 200, 12_000
# Letters of a cell; the panel of a row has all of them.
LONGEST = 240


def page_rows(overlay: Overlay) -> int:
    """Tell how many rows a page of the table has."""
    columns = len(overlay.raw.columns) + len(COMPUTED) + 1
    return max(10, min(PAGE_ROWS, PAGE_CELLS // columns))


def page_count(overlay: Overlay, mask: NDArray[np.bool_]) -> int:
    """Tell how many pages there are; one even if there is nothing."""
    return max(1, -(-int(np.count_nonzero(mask)) // page_rows(overlay)))


def table_html(
    overlay: Overlay,
    mask: NDArray[np.bool_],
    context: Context,
    *,
    sort: str = "",
    page: int = 1,
    chosen: int = -1,
) -> Html:
    """
    Write one page of the table.

    Parameters
    ----------
    overlay, mask
        The rows, and which of them are shown.
    context
        Words.
    sort
        As in `order`.
    page
        From 1; what lies outside is the first or last.
    chosen
        Index of the chosen row; -1 for none.
    """
    rows = order(overlay, mask, sort, context)
    if not len(rows):
        return tag("p", context.say("overlay-view-none"), class_="bv-small")
    pages, size = page_count(overlay, mask), page_rows(overlay)
    page = min(max(page, 1), pages)
    here = rows[(page - 1) * size : page * size].tolist()
    columns = _right(overlay, here)
    know_ends(overlay, here, context.atlas.axes)
    heads = [_head("row", context.say("overlay-view-col-row"), sort, "bv-n")]
    heads += [
        _head(f"c{n}", as_is("span", _cut(name)), sort, "bv-n" if right else None)
        for n, (name, right) in enumerate(
            zip(overlay.raw.columns, columns, strict=True)
        )
    ]
    heads += [
        _head(x, context.say(f"overlay-view-col-{x}"), sort, _class(x))
        for x in COMPUTED
    ]
    first, last = (page - 1) * size + 1, (page - 1) * size + len(here)
    said = context.say("overlay-view-caption", first=first, last=last, count=len(rows))
    looks = [(*MARKS, OTHER)[kind] for kind in kinds(overlay)[here].tolist()]
    rows_html = [
        _row(overlay, index, mark, columns, context, is_on=index == chosen)
        for index, mark in zip(here, looks, strict=True)
    ]
    pager = _pager(page, pages, context)
    table = tag(
        "table",
        tag("caption", said),
        tag("thead", tag("tr", *heads)),
        tag("tbody", *rows_html),
        class_="bv-records bv-own-table",
        lang=context.view.lang,
    )
    return join([pager, table, pager])


def _right(overlay: Overlay, here: Sequence[int]) -> list[bool]:
    """Tell which columns hold numbers on this page, to stand on the right."""
    rows = overlay.rows[here].tolist()
    return [are_numbers([cells[r] for r in rows]) for cells in overlay.raw.cells]


def _class(name: str) -> str | None:
    return None if name in WORDS else "bv-n"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _head(name: str, words: str, sort: str, class_: str | None) -> Html:
    """Write a heading that sorts; once more and it sorts the other way."""
    now = sort or "row"
    is_mine, is_reverse = now.removeprefix("-") == name, now.startswith("-")
    wanted = f"-{name}" if is_mine and not is_reverse else name
    turn = ("descending" if is_reverse else "ascending") if is_mine else None
    button = tag(
        "button",
        words,
        type="button",
        class_="bv-own-link",
        data_bv="own-sort",
        data_sort=wanted,
    )
    return tag("th", button, scope="col", aria_sort=turn, class_=class_)


def _row(
    overlay: Overlay,
    index: int,
    mark: Mark,
    right: Sequence[bool],
    context: Context,
    *,
    is_on: bool,
) -> Html:
    number = context.number(int(overlay.numbers[index]))
    label = f"{number}: {_cut(row_name(overlay, index, context))}"
    row = int(overlay.rows[index])
    cells = [
        tag("td", as_is("span", _cut(cell_words(c[row]))), class_="bv-n" * n or None)
        for c, n in zip(overlay.raw.cells, right, strict=True)
    ]
    cells += [
        tag("td", words, class_=_class(name))
        for name, words in zip(COMPUTED, _where(overlay, index, context), strict=True)
    ]
    button = chooser(number, index, is_on=is_on, label=label)
    return tag(
        "tr",
        tag("th", swatch(mark), button, scope="row", class_="bv-n"),
        *cells,
        data_row=str(index),
        class_="bv-row-on" if is_on else None,
    )


def _where(overlay: Overlay, index: int, context: Context) -> tuple[str, ...]:
    """Write border, kilometre, distance and side, as for a record."""
    axis = axis_of(overlay, index, context)
    if axis is None:
        return ("",) * len(COMPUTED)
    along = along_of(overlay, index, axis)
    return (
        context.plain(axis.record.title),
        side_words(along, context),
        km_words(along, context),
        distance_number(along, context),
    )


def _pager(page: int, pages: int, context: Context) -> Html:
    """Write the ways to the other pages; nothing if there is one alone."""
    if pages == 1:
        return Html("")
    near = {1, page - 10, *range(page - 2, page + 3), page + 10, pages}
    wanted = sorted(n for n in near if 1 <= n <= pages)
    say: Callable[..., str] = context.say
    buttons = [
        _turn(say("overlay-view-before"), page - 1, page > 1, say),
        *[_turn(context.number(n), n, n != page, say) for n in wanted],
        _turn(say("overlay-view-after"), page + 1, page < pages, say),
    ]
    label = say("overlay-view-pages")
    return tag("nav", *buttons, class_="bv-own-pages", aria_label=label)


def _turn(words: str, page: int, is_way: bool, say: Callable[..., str]) -> Html:
    is_number = words[:1].isdigit()
    return tag(
        "button",
        words,
        type="button",
        class_="bv-own-link",
        data_bv="own-page",
        data_page=str(page),
        disabled=not is_way and not is_number,
        aria_current="page" if is_number and not is_way else None,
        aria_label=say("overlay-view-page", page=page) if is_number else None,
    )
