"""Markup that depends on nothing but the view: written once for all its readers."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from borderviz.render.context import Context
from borderviz.render.html import Html


def kept_html(name: str, context: Context, write: Callable[[], Html]) -> Html:
    """
    Return a part of the page as another reader of the same view got it.

    Nothing that a reader typed or brought along is in such a view: a link's words are
    checked against the atlas before they are. Without the atlas it is gone as well.

    Parameters
    ----------
    name
        What the part is called here.
    context
        All that it depends on; where the reader left the map is in no part.
    write
        Writes it.
    """
    return context.atlas.kept.of(_key(name, context), write)


def is_kept(name: str, context: Context) -> bool:
    """Tell whether a part need not be written."""
    return _key(name, context) in context.atlas.kept


def _key(name: str, context: Context) -> Hashable:
    view = context.view.with_(at="") if context.view.at else context.view
    return name, view, context.today, context.address
