"""A view of the atlas as one HTML file, which opens from disk with the network cut."""

from __future__ import annotations

import datetime as dt

from borderviz.render.context import Context
from borderviz.selection import Selection
from borderviz.standalone.material import material
from borderviz.standalone.shell import document


def single_file(
    selection: Selection, context: Context, *, today: dt.date, address: str = ""
) -> str:
    """
    Write a view as one file: map, panels, sources, search, table, in every language.

    What the view leaves out is not in it.

    Parameters
    ----------
    selection, context
        The view; the file opens with it, in its language.
    today
        When it is made.
    address
        Where the atlas is served; links to copy and citations then lead there.
    """
    made = material(selection, context, today=today, address=address, together=True)
    return document(made, context.view.lang)
