"""What becomes of an open page whose server is another one now.

A page that lost its connection comes back by itself and names its session. After a
restart, or at another process behind a proxy, or after two minutes away, nobody knows
that session: the page would stand there, and no click in it would be answered. It is
told to load itself again. Its address is the view, so it comes back as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The page offers three names of a protocol: its own, a token, and its last session.
_SESSION = 2


class Rejoin:
    """
    Middleware that has a page load itself again when its session is gone.

    Parameters
    ----------
    app
        What answers everything.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes, unless it is for a session that nobody knows."""
        session = _asked_for(scope)
        if session:
            receive = _known_only(session, receive, send)
        await self.app(scope, receive, send)


def _asked_for(scope: Scope) -> str:
    """Return the session that a page wants to go on with; empty for a new one."""
    if scope["type"] != "websocket":
        return ""
    names = Headers(scope=scope).get("sec-websocket-protocol", "").split(",")
    return names[_SESSION].strip() if len(names) > _SESSION else ""


def _known_only(session: str, receive: Receive, send: Send) -> Receive:
    """Look, once the connection stands, whether the session goes on with it."""
    calls = 0

    async def next_message() -> Message:
        nonlocal calls
        calls += 1
        # The first is the opening itself; before the second the session is found.
        if calls != 2 or runtime.get_instance().is_active_session(session):
            return await receive()
        await send({"type": "websocket.send", "bytes": load_again()})
        while True:  # whatever is clicked meanwhile means a page that is going
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return message

    return next_message


def load_again() -> bytes:
    """
    Write the message at which a page loads itself again.

    Streamlit has none for just that, but a page does so when it hears of a server of
    another version than its own: so it is told of one that is none.
    """
    message = ForwardMsg()
    message.new_session.initialize.environment_info.streamlit_version = "none"
    return bytes(message.SerializeToString())
