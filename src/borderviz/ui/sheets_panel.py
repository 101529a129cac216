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
from borderviz.ui import charts_panel

# Writing a long sheet keeps the thread that sends waiting: the map goes first.
YIELD_S = 0.03
LONG = ("strip", "charts", "numbers")


def draw(selection: Selection, context: Context) -> None:
    """Draw the tabs, and the sheet that the view asks for."""
    writers: dict[str, Callable[[], Html]] = {
        "table": lambda: table_html(selection, context),
        "strip": lambda: strips_html(selection, context),
        "numbers": lambda: numbers_html(context),
        "limits": lambda: limits_html(selection, context),
    }
    count = context.number(len(selection.records))
    for sheet in SHEETS:
        with st.container(key=sheet):
            if not _tab(sheet, context.say(f"sheet-{sheet}", count=count), context):
                continue
            if sheet in LONG:
                time.sleep(YIELD_S)
            if sheet in writers:
                st.html(_sheet(writers[sheet]()))
            else:
                charts_panel.draw(selection.records, context)


def _tab(sheet: str, words: str, context: Context) -> bool:
    """Draw a link that opens a sheet, or closes it; tell whether it is open."""
    is_open = context.view.sheet == sheet
    wanted = context.view.with_(sheet="" if is_open else sheet, at="")
    link = tag(
        "a",
        words,
        href=context.query(wanted),
        target="_self",
        class_="bv-tab",
        aria_expanded="true" if is_open else "false",
        role="button",
    )
    st.html(tag("div", link, lang=context.view.lang))
    return is_open


def _sheet(content: Html) -> Html:
    return tag("div", content, class_="bv-sheet", tabindex="0")
