"""The panel beside the map: notes on the link, then record, list, story or overview."""

from __future__ import annotations

import streamlit as st

from borderviz.content import Atlas
from borderviz.errors import near_ids
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.list_html import list_html
from borderviz.render.overview_html import overview_html
from borderviz.render.record_html import record_html
from borderviz.render.story_html import story_html
from borderviz.ui import overlay_state, visit
from borderviz.ui.kept_html import kept_html
from borderviz.ui.overlay_own import Shown
from borderviz.view import Decoded


def draw(atlas: Atlas, decoded: Decoded, own: Shown | None = None) -> None:
    """Draw the panel as one piece of markup, so that one message brings all of it."""
    context = Context(atlas, decoded.view, today=visit.today(), address=visit.address())
    if own and own.chosen >= 0:
        from borderviz.render.overlay_record import row_html

        panel = row_html(own.overlay, own.chosen, context)
    elif own and own.cell:
        from borderviz.render.overlay_cell import cell_html

        cell = own.cell
        address = (cell.z, cell.x, cell.y, cell.index)
        panel = cell_html(own.overlay, cell.rows, address, context)
    else:
        panel = kept_html("panel", context, lambda: panel_html(context))
    st.html(join([_notes(decoded, context), panel]))


def panel_html(context: Context) -> Html:
    """Write what the view asks for."""
    record = context.atlas.records.get(context.view.selected)
    if record is not None:
        return record_html(record, context)
    if context.view.listed:
        return list_html(context.view.listed, context)
    step = context.atlas.step_of.get(context.view.story)
    return story_html(step, context) if step else overview_html(context)


def _notes(decoded: Decoded, context: Context) -> Html:
    notes = []
    if overlay_state.is_lost():
        text = context.say("overlay-page-lost")
        notes.append(tag("div", text, class_="bv-note", role="status"))
    if decoded.unknown_record:
        text = context.say("unknown-record", id=decoded.unknown_record)
        near = near_ids(decoded.unknown_record, context.atlas.records)
        links = [context.record_link(context.atlas.records[i]) for i in near]
        hint = [tag("p", context.say("did-you-mean")), *links] if links else []
        notes.append(tag("div", tag("p", text), *hint, class_="bv-note bv-record"))
    if decoded.ignored:
        text = context.say("ignored", what=context.listed(decoded.ignored, ","))
        notes.append(tag("div", text, class_="bv-note", role="status"))
    return join(notes)
