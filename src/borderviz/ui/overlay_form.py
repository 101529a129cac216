"""The form in which a reader says what the columns of their file mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from borderviz.content import Atlas
from borderviz.overlay.model import Overlay
from borderviz.overlay.roles import ROLES
from borderviz.overlay_files import ENCODINGS
from borderviz.render.context import Context
from borderviz.render.overlay_page import heading_html, sample
from borderviz.ui import overlay_state
from borderviz.ui.layers_panel import escaped

# What a note of the overlay asks the reader.
SWAPPED, DAY_FIRST = "row-swapped", "row-day-first"
_DAY_FIRST = {"unsaid": None, "day": True, "month": False}


def draw(overlay: Overlay, context: Context) -> None:
    """
    Draw one choice for each role a column may have, and what else a file may need.

    Parameters
    ----------
    overlay
        The reader's data, with the choices it was made by.
    context
        Atlas and language.
    """
    raw, choices = overlay.raw, overlay.choices
    said = "overlay-page-columns-said"
    st.html(heading_html("overlay-page-columns", context, said=said))
    asked = {note.key for note in overlay.notes}
    if SWAPPED in asked or choices.swapped:
        show("own-swapped", choices.swapped)
        st.checkbox(
            escaped(context.say("overlay-page-swapped")),
            key="own-swapped",
            on_change=_on_swapped,
            args=(context.atlas,),
        )
    if DAY_FIRST in asked or choices.day_first is not None:
        names = {value: key for key, value in _DAY_FIRST.items()}
        show("own-day-first", names[choices.day_first])
        st.radio(
            escaped(context.say("overlay-page-day-first")),
            list(_DAY_FIRST),
            format_func=lambda x: escaped(context.say(f"overlay-page-day-first-{x}")),
            key="own-day-first",
            horizontal=True,
            on_change=_on_day_first,
            args=(context.atlas,),
        )
    with st.container(key="yours-form"):
        _file(overlay, context)
        samples = [sample(raw, column, context) for column in range(len(raw.columns))]
        words = told_apart([context.say("overlay-page-none"), *samples])
        for role in ROLES:
            _role(role, overlay, words, context)


def show(key: str, value: object) -> None:
    """
    Have a widget show a value, even if the server thinks that it does.

    The browser knows an option by its words: when those have changed, with the language
    or the file, it would go on to send the old ones.
    """
    st.session_state[key] = value


def told_apart(words: Sequence[str]) -> list[str]:
    """
    Number what is alike: an option is known by its words alone.

    Examples
    --------
    >>> told_apart(["a", "b", "a"])
    ['a', 'b', 'a (3)']
    """
    found: list[str] = []
    for number, word in enumerate(words, 1):
        other = word
        while other in found:
            other = f"{other} ({number})"
        found.append(other)
    return found


def _file(overlay: Overlay, context: Context) -> None:
    """Draw the choices about the file as a whole, where it leaves any."""
    raw, held = overlay.raw, overlay_state.own().held
    if held is None or held.upload is None:
        return
    if raw.encoding:
        _pick("encoding", raw.encoding, tuple(ENCODINGS), context)
    if len(raw.layers) > 1:
        _pick("layer", raw.layer, raw.layers, context)


def _pick(what: str, now: str, offered: Sequence[str], context: Context) -> None:
    key = f"own-{what}"
    show(key, now)
    st.selectbox(
        escaped(context.say(f"overlay-page-{what}")),
        list(offered),
        key=key,
        placeholder=context.say("overlay-page-none"),
        on_change=_on_pick,
        args=(what, context.atlas),
    )


def _role(role: str, overlay: Overlay, words: list[str], context: Context) -> None:
    """Draw the choice of a column, by number: headings may be anything."""
    key, columns = f"own-role-{role}", overlay.raw.columns
    name = overlay.choices.columns.get(role, "")
    show(key, columns.index(name) if name in columns else -1)
    st.selectbox(
        escaped(context.say(f"overlay-page-role-{role}")),
        range(-1, len(columns)),
        format_func=lambda column: words[column + 1],
        key=key,
        placeholder=words[0],
        on_change=_on_role,
        args=(role, context.atlas),
    )


def _on_role(role: str, atlas: Atlas) -> None:
    """Take over a choice of column."""
    held, column = overlay_state.own().held, st.session_state[f"own-role-{role}"]
    if held is None or type(column) is not int:
        return
    overlay = held.overlay
    name = overlay.raw.columns[column] if column >= 0 else ""
    columns = {**overlay.choices.columns, role: name}
    overlay_state.rebuild(replace(overlay.choices, columns=columns), atlas)


def _on_swapped(atlas: Atlas) -> None:
    _change(atlas, swapped=bool(st.session_state["own-swapped"]))


def _on_day_first(atlas: Atlas) -> None:
    meant = st.session_state["own-day-first"]
    if meant in _DAY_FIRST:
        _change(atlas, day_first=_DAY_FIRST[meant])


def _change(atlas: Atlas, **changes: bool | None) -> None:
    if held := overlay_state.own().held:
        choices = replace(held.overlay.choices, **changes)  # type: ignore[arg-type]
        overlay_state.rebuild(choices, atlas)


def _on_pick(what: str, atlas: Atlas) -> None:
    overlay_state.read_again(atlas, **{what: str(st.session_state[f"own-{what}"])})
