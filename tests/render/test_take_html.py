"""What the sheet for taking things along says: names, counts, links, the snippet."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from borderviz.permalink import decode_query
from borderviz.render.context import Context
from borderviz.render.take_html import (
    file_name,
    frame_address,
    full_address,
    snippet,
    taken,
)
from borderviz.selection import select
from markup import parsed


def of(atlas, query):
    view = decode_query(query, atlas, ()).view
    return select(atlas, view), Context(atlas, view)


def test_downloads_are_named_by_atlas_and_version(any_atlas):
    _, context = of(any_atlas, "")
    name = file_name("events-csv", "zip", context)
    assert name == f"{any_atlas.settings.id}-events-csv-{any_atlas.fingerprint}.zip"
    assert re.fullmatch(r"[a-z0-9.-]+", name)


QUERY = "v=1&mode=foot&from=1990&sel=mdl&show=take&sort=title&lang=ko"


@pytest.mark.parametrize(
    ("address", "before"),
    [
        ("", ""),
        ("javascript:alert(1)//", ""),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/atlas", "https://example.org/atlas"),
        ("https://example.org/atlas/", "https://example.org/atlas/"),
    ],
)
def test_links_lead_to_the_same_view_without_the_sheet(atlas, address, before):
    _, context = of(atlas, QUERY)
    context = taken(context)
    whole, frame = full_address(context, address), frame_address(context, address)
    assert whole.startswith(f"{before}?v=1&")
    assert frame.startswith(f"{before}?embed=true&v=1&")
    kept = {"sort": context.view.sort}
    for link, more in ((whole, kept), (frame, {})):
        found = decode_query(urlsplit(link).query, atlas, ())
        assert found.view == context.view.with_(sort="").with_(**more)
        assert found.ignored == ()
    assert context.view.selected == "mdl"
    assert context.view.filters.since == "1990"
    assert (context.view.sheet, context.view.sort) == ("", "title")


def test_the_snippet_is_one_frame_whatever_the_atlas_says(any_atlas):
    selection, context = of(any_atlas, "")
    address = 'https://example.org/a"><script>alert(1)</script>'
    (frame,) = parsed(snippet(selection, context, address)).all()
    assert frame.name == "iframe"
    assert set(frame.attributes) == {"src", "title", "loading", "style"}
    assert frame["title"]
