"""The sheets under the map: table, charts, limits; made only while one is open."""

from __future__ import annotations

import time

import streamlit as st

from borderviz.render.context import Context
from borderviz.render.html import Html, tag
from borderviz.render.limits_html import limits_html
from borderviz.render.table_html import table_html
from borderviz.selection import Selection
from borderviz.ui import charts_panel

YIELD_S = 0.03


def draw(selection: Selection, context: Context) -> None:
    """Draw the three tabs, and the sheet that the view asks for."""
    count = context.number(len(selection.records))
    with st.container(key="table"):
        if _tab("table", context.say("sheet-table", count=count), context):
            st.html(_sheet(table_html(selection, context)))
    with st.container(key="charts"):
        if _tab("charts", context.say("sheet-charts"), context):
            # Making charts keeps the thread that sends waiting: the map goes first.
            time.sleep(YIELD_S)
            charts_panel.draw(selection.records, context)
    with st.container(key="limits"):
        if _tab("limits", context.say("sheet-limits"), context):
            st.html(_sheet(limits_html(selection, context)))


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
