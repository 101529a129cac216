"""The sheets under the map; each is made only while it is open."""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from borderviz.permalink import SHEETS
from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.limits_html import limits_html
from borderviz.render.numbers_html import numbers_html
from borderviz.render.strip_html import strips_html
from borderviz.render.table_html import table_html
from borderviz.selection import Selection
from borderviz.ui import charts_panel, overlay_state, take_panel
from borderviz.ui.kept_html import is_kept, kept_html
from borderviz.ui.layers_panel import escaped
from borderviz.ui.overlay_own import Shown

# Writing a long sheet keeps the thread that sends waiting: the map goes first.
YIELD_S = 0.03
# On its tab such a sheet has a shorter name: all seven stand in one line.
SHORTENED = ("numbers", "limits", "take")
LONG = ("strip", "charts", "numbers", "take")


def draw(selection: Selection, context: Context, own: Shown | None) -> None:
    """Draw the tabs, and the sheet that the view asks for."""
    writers: dict[str, Callable[[], Html]] = {
        "table": lambda: table_html(selection, context),
        "strip": lambda: strips_html(selection, context),
        "numbers": lambda: numbers_html(context),
        "limits": lambda: limits_html(selection, context),
    }
    count = len(selection.records)
    # All in one element: each of its own would cost every run a millisecond or two.
    st.html(kept_html("tabs", context, lambda: _tabs(count, context)))
    sheet = context.view.sheet
    if not sheet:
        return
    with st.container(key=sheet):
        if sheet in LONG and not is_kept(sheet, context):
            time.sleep(YIELD_S)
        if sheet in writers:
            name = context.say(f"sheet-{sheet}", count=count)
            content = _own_sheet(sheet, selection, context, own) if own else None
            if content is None:
                content = kept_html(sheet, context, writers[sheet])
            st.html(_sheet(content, name))
        elif sheet == "charts":
            charts_panel.draw(selection.records, context)
        elif sheet == "take":
            take_panel.draw(selection, context, own)
        else:
            from borderviz.ui import overlay_panel

            overlay_panel.draw(own, context)


def _own_sheet(
    sheet: str, selection: Selection, context: Context, own: Shown
) -> Html | None:
    """Write a sheet that the reader's own rows are in; None if it is another."""
    if sheet == "table" and _is_own_listed(selection, context, own):
        from borderviz.render.overlay_table import table_html as own_table_html

        return own_table_html(
            own.overlay,
            own.mask,
            context,
            sort=own.sort,
            page=own.page,
            chosen=own.chosen,
        )
    if sheet == "strip":
        from borderviz.render.overlay_strip import own_strips

        mine = own_strips(own.overlay, own.mask, context, chosen=own.chosen)
        return strips_html(selection, context, own=mine)
    return None


def _is_own_listed(selection: Selection, context: Context, own: Shown) -> bool:
    """Draw the choice between the two."""
    counts = {"own": int(own.mask.sum()), "atlas": len(selection.records)}
    chosen = st.segmented_control(
        escaped(context.say("overlay-page-whose")),
        list(counts),
        format_func=lambda x: escaped(
            context.say(f"overlay-page-whose-{x}", count=counts[x])
        ),
        default="own",
        required=True,
        key=overlay_state.WHOSE_KEY,
        label_visibility="collapsed",
    )
    return chosen == "own"


def _tabs(count: int, context: Context) -> Html:
    """Write the links that open and close the sheets."""
    tabs = [_tab(sheet, count, context) for sheet in SHEETS]
    return tag("div", *tabs, class_="bv-tabs", lang=context.view.lang)


def _tab(sheet: str, count: int, context: Context) -> Html:
    """Write a link that opens a sheet, or closes it."""
    is_open = context.view.sheet == sheet
    wanted = context.view.with_(sheet="" if is_open else sheet, at="")
    name = context.say(f"sheet-{sheet}", count=count)
    short = context.say(f"tab-{sheet}") if sheet in SHORTENED else name
    return tag(
        "a",
        short,
        title=name if name != short else None,
        href=context.query(wanted),
        target="_self",
        class_=f"bv-tab bv-tab-{sheet}",
        aria_expanded="true" if is_open else "false",
        role="button",
    )


def _sheet(content: Html, name: str) -> Html:
    """Write what scrolls by itself: it can be reached by key, and says what it is."""
    return tag(
        "div",
        content,
        class_="bv-sheet",
        tabindex="0",
        role="region",
        aria_label=name,
    )
