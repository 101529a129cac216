"""A page whose session nobody knows is told to load itself again; others are not."""

from __future__ import annotations

import pytest
from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from borderviz.ui.rejoin import Rejoin, load_again
from loops import finished

GONE = {"type": "websocket.disconnect", "code": 1001}
OPENING = {"type": "websocket.connect"}
CLICK = {"type": "websocket.receive", "bytes": b"x"}


class Sessions:
    """Those that a server knows."""

    def __init__(self, *known):
        self.known = known

    def is_active_session(self, session):
        return session in self.known


async def inner(scope, receive, send):
    """What Streamlit does: opens, finds a session, and hears until the end."""
    heard = scope["heard"] = [await receive()]
    await send({"type": "websocket.accept"})
    while heard[-1]["type"] != "websocket.disconnect":
        heard.append(await receive())


def visited(monkeypatch, protocols, *known, kind="websocket"):
    """Let a page connect and click; return what it got and what Streamlit heard."""
    monkeypatch.setattr(runtime, "get_instance", lambda: Sessions(*known))
    header = (b"sec-websocket-protocol", protocols.encode())
    scope = {"type": kind, "headers": [header] if protocols else []}
    coming, sent = [OPENING, CLICK, CLICK, GONE], []

    async def receive():
        return coming.pop(0)

    async def send(message):
        sent.append(message)

    finished(Rejoin(inner)(scope, receive, send))
    assert coming == []
    return sent, scope["heard"]


@pytest.mark.parametrize(
    "protocols", ["", "streamlit", "streamlit, token", "streamlit, token, one"]
)
def test_a_new_page_and_a_known_one_are_left_alone(monkeypatch, protocols):
    sent, heard = visited(monkeypatch, protocols, "one")
    assert [message["type"] for message in sent] == ["websocket.accept"]
    assert heard == [OPENING, CLICK, CLICK, GONE]


def test_a_page_whose_session_is_gone_loads_itself_again(monkeypatch):
    sent, heard = visited(monkeypatch, "streamlit, token, two", "one")
    assert sent[1:] == [{"type": "websocket.send", "bytes": load_again()}]
    # Nothing that is clicked meanwhile begins a session that nobody sees.
    assert heard == [OPENING, GONE]


def test_the_message_is_one_at_which_a_page_does_so():
    told = ForwardMsg.FromString(load_again()).new_session.initialize
    assert told.environment_info.streamlit_version == "none"


def test_what_is_no_socket_is_passed_on(monkeypatch):
    sent, heard = visited(monkeypatch, "streamlit, token, two", kind="http")
    assert len(heard) == 4
    assert len(sent) == 1
