"""What comes from a reader who is gone, or from none: it ends there, in one line.

Streamlit and uvicorn write a page of traceback for each cut upload and each message
that is none. Whoever can reach the server could fill its disk so, and hide in it what
the operator should see.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from google.protobuf.message import DecodeError
from starlette.requests import ClientDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PROTOCOL_ERROR = 1002
_LOG = logging.getLogger(__name__)


class Gone:
    """
    Middleware that ends what cannot be answered.

    Parameters
    ----------
    app
        What answers everything else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes, unless there is nobody to answer."""
        if scope["type"] == "websocket":
            receive = _checked(receive, send)
        try:
            await self.app(scope, receive, send)
        except ClientDisconnect:
            return


def _checked(receive: Receive, send: Send) -> Receive:
    """Close a connection with the first message that is none of the page's."""

    async def next_message() -> Message:
        message = await receive()
        if message["type"] != "websocket.receive" or _is_ours(message):
            return message
        _LOG.log(logging.WARNING, "unreadable-message: %s", _PROTOCOL_ERROR)
        await send({"type": "websocket.close", "code": _PROTOCOL_ERROR})
        return {"type": "websocket.disconnect", "code": _PROTOCOL_ERROR}

    return next_message


def _is_ours(message: Message) -> bool:
    """Tell whether a message can be read; the page sends no text."""
    data = message.get("bytes")
    if data is None:
        return False
    try:
        BackMsg().ParseFromString(data)
    except DecodeError:
        return False
    return True
