"""Views to take along, from the real atlas, the invented one and the hostile one."""

from __future__ import annotations

import datetime as dt

import pytest

from borderviz.content import load
from borderviz.export.about import export_of
from borderviz.export.formats import written
from borderviz.permalink import decode_query
from borderviz.render.context import Context
from borderviz.selection import select
from hostile import hostile_copy

TODAY = dt.date(2026, 11, 23)
ADDRESS = "https://example.org/atlas/"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory, atlantis):
    return load(hostile_copy(atlantis.root, tmp_path_factory.mktemp("h") / "atlas"))


@pytest.fixture(params=["atlas", "atlantis", "hostile"])
def any_atlas(request):
    return request.getfixturevalue(request.param)


def view_of(atlas, query):
    """The view of a link, all of which is understood."""
    found = decode_query(query, atlas, ())
    assert not found.ignored, query
    return found.view


def made(atlas, query="", *, scope="events", address=ADDRESS):
    """One export of a view."""
    view = view_of(atlas, query)
    selection, context = select(atlas, view), Context(atlas, view)
    return export_of(selection, context, scope=scope, today=TODAY, address=address)


def taken(form, atlas, query="", *, scope="events"):
    """A view in one format, and the export that it was made from."""
    export = made(atlas, query, scope=scope)
    return written(form, export), export
