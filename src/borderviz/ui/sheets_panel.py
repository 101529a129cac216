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
from borderviz.ui import charts_panel, take_panel

# Writing a long sheet keeps the thread that sends waiting: the map goes first.
YIELD_S = 0.03
LONG = ("strip", "charts", "numbers", "take")


def draw(selection: Selection, context: Context) -> None:
    """Draw the tabs, and the sheet that the view asks for."""
    writers: dict[str, Callable[[], Html]] = {
        "table": lambda: table_html(selection, context),
        "strip": lambda: strips_html(selection, context),
        "numbers": lambda: numbers_html(context),
        "limits": lambda: limits_html(selection, context),
    }
    count = len(selection.records)
    # All in one element: each of its own would cost every run a millisecond or two.
    tabs = [_tab(sheet, count, context) for sheet in SHEETS]
    st.html(tag("div", *tabs, class_="bv-tabs", lang=context.view.lang))
    sheet = context.view.sheet
    if not sheet:
        return
    with st.container(key=sheet):
        if sheet in LONG:
            time.sleep(YIELD_S)
        if sheet in writers:
            st.html(
                _sheet(writers[sheet](), context.say(f"sheet-{sheet}", count=count))
            )
        elif sheet == "charts":
            charts_panel.draw(selection.records, context)
        else:
            take_panel.draw(selection, context)


def _tab(sheet: str, count: int, context: Context) -> Html:
    """Write a link that opens a sheet, or closes it."""
    is_open = context.view.sheet == sheet
    wanted = context.view.with_(sheet="" if is_open else sheet, at="")
    return tag(
        "a",
        context.say(f"sheet-{sheet}", count=count),
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
