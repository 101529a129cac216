"""The table of a reader's own rows: all of them, in the order that was asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderviz.render import overlay_table
from borderviz.render.overlay_order import COMPUTED, order
from borderviz.render.overlay_rows import number_of
from borderviz.render.overlay_table import page_count, page_rows, table_html
from markup import parsed
from own_rows import along, asked, everything

COUNT = 60
KEYS = ["", "row", *(f"c{n}" for n in range(7)), *COMPUTED]
SORTS = [*KEYS, *[f"-{key}" for key in KEYS if key]]


@pytest.fixture(scope="module")
def rows(atlantis):
    return along(atlantis, COUNT), asked(atlantis)[1]


def shown_rows(html):
    return [int(x["data-row"]) for x in parsed(html).all("tr") if x["data-row"]]


@given(shown=st.lists(st.booleans(), min_size=COUNT, max_size=COUNT), data=st.data())
def test_the_pages_are_a_partition_of_the_rows(rows, shown, data):
    overlay, context = rows
    mask, sort = np.array(shown), data.draw(st.sampled_from(SORTS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlay_table, "PAGE_ROWS", 10)
        pages = [
            shown_rows(table_html(overlay, mask, context, sort=sort, page=page))
            for page in range(1, page_count(overlay, mask) + 1)
        ]
    listed = [row for page in pages for row in page]
    assert listed == order(overlay, mask, sort, context).tolist()
    assert sorted(listed) == np.flatnonzero(mask).tolist()
    assert all(len(page) == 10 for page in pages[:-1])


@given(
    cells=st.lists(
        st.sampled_from(["", "b", "A", "a", "10", "9", "-3.5", "1e2", "10 km"]),
        min_size=1,
        max_size=12,
    ),
    is_reverse=st.booleans(),
)
def test_a_column_is_sorted_numbers_first_and_empty_last(atlantis, cells, is_reverse):
    overlay = along(atlantis, len(cells), size=cells)
    number = overlay.raw.columns.index("size")
    sort = f"{'-' * is_reverse}c{number}"
    found = order(overlay, everything(overlay), sort, asked(atlantis)[1]).tolist()
    values = [cells[overlay.rows[row]] for row in found]

    def key(text):
        value = number_of(text)
        return (0, value, "") if value is not None else (1, 0, text.casefold())

    full = [n for n, cell in enumerate(cells) if cell]
    full.sort(key=lambda n: key(cells[n]), reverse=is_reverse)
    assert [key(v) for v in values if v] == [key(cells[n]) for n in full]
    alike = zip(found, found[1:], values, values[1:], strict=False)
    assert all(a < b for a, b, x, y in alike if x.casefold() == y.casefold())
    assert values[len(full) :] == [""] * (len(cells) - len(full))


@pytest.mark.parametrize("name", ["km", "distance"])
def test_kilometres_are_sorted_as_numbers(rows, name):
    overlay, context = rows
    column = {"km": "km_along", "distance": "distance_km"}[name]
    found = order(overlay, everything(overlay), f"-{name}", context)
    values = overlay.located[column].to_numpy()[found]
    assert (np.diff(values) <= 0).all()


def test_a_heading_sorts_and_turns_and_says_so(rows):
    overlay, context = rows
    mask = everything(overlay)
    heads = parsed(table_html(overlay, mask, context, sort="c3")).all("th")
    heads = [x for x in heads if x["scope"] == "col"]
    assert len(heads) == 1 + len(overlay.raw.columns) + len(COMPUTED)
    buttons = [x.all("button")[0] for x in heads]
    assert [x["aria-sort"] for x in heads if x["aria-sort"]] == ["ascending"]
    assert [x["data-sort"] for x in buttons][:5] == ["row", "c0", "c1", "c2", "-c3"]
    assert {x["data-bv"] for x in buttons} == {"own-sort"}
    heads = parsed(table_html(overlay, mask, context, sort="-c3")).all("th")
    assert [x["aria-sort"] for x in heads if x["aria-sort"]] == ["descending"]


@pytest.mark.parametrize("sort", ["c99", "c-1", "cx", "nothing", "c" * 40, "-", "c٣"])
@pytest.mark.parametrize("page", [-5, 0, 10**9])
def test_what_a_browser_sends_never_fails(rows, sort, page):
    overlay, context = rows
    mask = everything(overlay)
    html = table_html(overlay, mask, context, sort=sort, page=page)
    assert shown_rows(html) == list(range(COUNT))


def test_numbers_stand_on_the_right_words_on_the_left(rows):
    overlay, context = rows
    table = parsed(table_html(overlay, everything(overlay), context))
    first = next(x for x in table.all("tr") if x["data-row"])
    right = ["bv-n" in x["class"].split() for x in first.all("td")]
    names = [*overlay.raw.columns, *COMPUTED]
    assert [n for n, is_right in zip(names, right, strict=True) if is_right] == [
        *("lat", "lon", "radius km", "size", "km", "distance")
    ]


def test_the_chosen_row_is_marked(rows):
    overlay, context = rows
    html = table_html(overlay, everything(overlay), context, chosen=7)
    (row,) = parsed(html).all("tr", "bv-row-on")
    assert row["data-row"] == "7"
    (button,) = row.all("button")
    assert (button["data-bv"], button["data-row"]) == ("own", "7")
    assert button["aria-current"] == "true"


def test_nothing_shown_is_said(rows):
    overlay, context = rows
    said = table_html(overlay, np.zeros(COUNT, bool), context)
    assert "No row of this data is shown." in said
    assert page_count(overlay, np.zeros(COUNT, bool)) == 1


def test_a_wide_table_has_fewer_rows_a_page(atlantis):
    overlay = along(atlantis, 5, **{f"x{n}": ["1"] * 5 for n in range(193)})
    assert len(overlay.raw.columns) == 200
    assert page_rows(overlay) == overlay_table.PAGE_CELLS // 205


def test_a_long_cell_is_cut_in_the_table(atlantis):
    overlay = along(atlantis, 2, size=["x" * 10_000, "1"])
    html = table_html(overlay, everything(overlay), asked(atlantis)[1])
    assert "x" * 300 not in html
    assert "x" * 239 + "…" in html
