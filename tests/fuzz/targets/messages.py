"""What the map says to the page, which a reader's browser may make up."""

from __future__ import annotations

import json
from functools import cache
from unittest.mock import patch

import streamlit as st

from borderviz.permalink import decode, encode
from borderviz.ui import state
from borderviz.ui.overlay_own import Own
from borderviz.ui.overlay_reading import Held
from borderviz.ui.overlay_state import KEY
from fuzz.parts import atlas
from own_rows import along

WORDS = (
    *('"n"', '"set"', '"go"', '"sel"', '"own"', '"ownsort"', '"ownpage"', '"q"', "1"),
    *('"from"', '"to"', '"1953"', '"2001-02"', "true", "null", "NaN", "1e999", "[]"),
    *('{"n":1,"set":{', '{"n":1,"go":"', '"story=', '"list=events', "\\ud800", "{}"),
)
SEEDS = (
    b'{"n":1,"set":{"sel":"%s"}}' % next(iter(atlas().records)).encode(),
    *(b'{"n":1,"set":{"own":%d}}' % n for n in (-1, 0, 2, 99)),
    b'{"n":2,"set":{"ownsort":"-date","ownpage":3}}',
    b'{"n":2,"set":{"q":"gate"}}',
    b'{"n":2,"set":{"from":"1953","to":"2001-02"}}',
    b'{"n":3,"go":"sel=x&list=events&story=%s"}' % next(iter(atlas().step_of)).encode(),
)


@cache
def _overlay():
    return along(atlas(), 5)


def one(data):
    try:
        message = json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return
    held = Held(_overlay(), "", None, atlas().fingerprint)
    session = {KEY: Own(held=held), state.MAP_KEY: message}
    session["bv-decoded"] = decode({}, atlas(), ())
    with patch.object(st, "session_state", session):
        state.on_map(atlas())
    view = session["bv-decoded"].view
    basemaps = tuple(state.BASEMAPS)
    assert decode(encode(view, atlas()), atlas(), basemaps).view == view
    assert -1 <= session[KEY].chosen < len(_overlay())
    assert session[KEY].page >= 1
    assert len(session.get("bv-searched", "")) <= 200
