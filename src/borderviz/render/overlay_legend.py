"""The legend of a reader's own data: each category with its mark and its number."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from borderviz.overlay.model import Overlay
from borderviz.overlay.summary import by_category
from borderviz.render.context import Context
from borderviz.render.html import Html, join, tag
from borderviz.render.overlay_rows import as_is, category_name, swatch
from borderviz.render.overlay_style import MARKS, OTHER, Mark, marks


def legend_html(overlay: Overlay, mask: NDArray[np.bool_], context: Context) -> Html:
    """
    List the categories, the most frequent first, and the rows without one.

    Parameters
    ----------
    overlay, mask
        The data, and which rows are shown.
    context
        Words.
    """
    everything = np.ones(len(overlay), bool)
    shown, whole = (by_category(overlay, x).tolist() for x in (mask, everything))
    found = [
        (mark, category_name(overlay, number, context), shown[number], whole[number])
        for number, mark in enumerate(marks(overlay)[: len(MARKS)])
    ]
    more = slice(len(MARKS), len(overlay.categories))
    if others := len(whole[more]):
        name = context.say("overlay-view-others", count=others)
        found.append((OTHER, name, sum(shown[more]), sum(whole[more])))
    name = category_name(overlay, -1, context)
    found.append((no_category(overlay), name, shown[-1], whole[-1]))
    items = [
        tag("li", swatch(mark), tag("span", _counted(name, count, total, context)))
        for mark, name, count, total in found
        if total
    ]
    return tag("ul", *items, class_="bv-own-legend", lang=context.view.lang)


def _counted(name: str, count: int, total: int, context: Context) -> Html:
    key = "layer-count" if count == total else "layer-count-of"
    words = context.say(key, name="\0", count=count, total=total)
    before, after = words.split("\0")
    return join([before, as_is("span", name), after])


def no_category(overlay: Overlay) -> Mark:
    """Return the mark of rows that have no category."""
    return OTHER if overlay.categories else MARKS[0]
