"""Streamlit's protocol as its page in a browser speaks it, without the browser.

Holds what the page holds: the elements by their place, the value of every widget, the
large messages it was sent before. What is sent back is the same as a browser sends;
`recorded.py` compares the two.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from widgets import Found, id_of, is_set, shown

PATIENCE_S = 120.0
DONE = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)
Path = tuple[int, ...]


class RefusedError(Exception):
    """The server did not answer as it answers a browser."""


@dataclass(frozen=True)
class Answer:
    """
    What came after one message to the server.

    Parameters
    ----------
    seconds
        Until the run had ended and everything of it had arrived.
    map_seconds
        Until the last message for the map had arrived; 0 if none came.
    received
        Bytes on the socket.
    runs
        How often the script ran, whole or in part.
    """

    seconds: float
    map_seconds: float
    received: int
    runs: int


@dataclass
class Session:
    """One page in one browser: connect, then `ask` as often as the reader acts."""

    address: str
    cookie: str
    elements: dict[Path, Found] = field(default_factory=dict)
    values: dict[str, WidgetState] = field(default_factory=dict)
    query: str = ""
    identity: str = ""
    sent: BackMsg = field(default_factory=BackMsg)
    _kept: dict[str, tuple[ForwardMsg, int]] = field(default_factory=dict)
    _count: int = 0
    _script: str = ""
    _run: str = ""
    _fragments: tuple[str, ...] = ()
    _oldest: int = 2
    _socket: ClientConnection | None = None

    async def connect(self) -> None:
        """Open the socket as a browser on that page does."""
        self._socket = await connect(
            f"ws{self.address.removeprefix('http')}_stcore/stream",
            origin=self.address.rstrip("/"),  # type: ignore[arg-type]
            subprotocols=["streamlit", self.cookie],  # type: ignore[list-item]
            additional_headers={"Cookie": f"_streamlit_xsrf={self.cookie}"},
            open_timeout=PATIENCE_S,
            proxy=None,
            max_size=None,
        )

    async def close(self) -> None:
        """Leave, as a tab that is closed."""
        if self._socket:
            await self._socket.close()

    def named(self, key: str) -> Found:
        """
        Find a widget by the key that the program gave it.

        Raises
        ------
        RefusedError
            If the page has none.
        """
        for found in self.elements.values():
            if id_of(found.element).endswith(f"-{key}"):
                return found
        msg = f"the page has no {key}"
        raise RefusedError(msg)

    def component(self) -> Found:
        """
        Find the map.

        Raises
        ------
        RefusedError
            If the page has none.
        """
        for found in self.elements.values():
            if found.element.WhichOneof("type") == "component_instance":
                return found
        msg = "the page has no map"
        raise RefusedError(msg)

    def texts(self) -> str:
        """Return all markup of the page."""
        return "".join(
            f.element.html.body
            for f in self.elements.values()
            if f.element.WhichOneof("type") == "html"
        )

    async def choose(self, found: Found, value: Mapping[str, Any]) -> Answer:
        """Give a widget another value; its fragment runs, or the whole script."""
        state = WidgetState(id=id_of(found.element), **value)
        self.values[state.id] = state
        return await self.ask(found.fragment)

    async def ask(self, fragment: str = "") -> Answer:
        """
        Ask for a run, and wait until it has ended and all of it has come.

        Raises
        ------
        RefusedError
            If the run fails.
        """
        if self._socket is None:
            await self.connect()
        assert self._socket
        began, told, received, runs = time.perf_counter(), 0.0, 0, 0
        self.sent = self._asked(fragment)
        await self._socket.send(self.sent.SerializeToString())
        async with asyncio.timeout(PATIENCE_S):
            while True:
                data = await self._socket.recv()
                now = time.perf_counter()
                received += len(data)
                message = ForwardMsg.FromString(data)
                kind = self._take(message)
                if kind == "component_instance":
                    told = now - began
                elif kind == "script_finished":
                    runs += 1
                    if message.script_finished in DONE:
                        return Answer(now - began, told, received, runs)

    async def exchange(self, message: BackMsg, kind: str) -> ForwardMsg:
        """Send something that is no run, and wait for the answer to it."""
        assert self._socket
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE_S):
            while True:
                data = await self._socket.recv()
                found: ForwardMsg = ForwardMsg.FromString(data)
                if found.WhichOneof("type") == kind:
                    return found

    def _asked(self, fragment: str) -> BackMsg:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self.query
        asked.widget_states.CopyFrom(WidgetStates(widgets=self.values.values()))
        asked.page_script_hash = self._script
        asked.fragment_id = fragment
        asked.cached_message_hashes.extend(self._kept)
        asked.context_info.timezone = "UTC"
        asked.context_info.locale = "en-US"
        asked.context_info.url = self.address
        asked.context_info.is_embedded = False
        asked.context_info.color_scheme = "light"
        return message

    def _take(self, message: ForwardMsg) -> str:
        """Do with a message what the page does; say of what kind it is."""
        kind = str(message.WhichOneof("type"))
        if kind == "ref_hash":
            if message.ref_hash not in self._kept:
                msg = "the server refers to a message that was not sent"
                raise RefusedError(msg)
            kept, _ = self._kept[message.ref_hash]
            self._kept[message.ref_hash] = kept, self._count
            place = tuple(message.metadata.delta_path)
            return self._draw(place, kept.delta)
        if kind == "delta":
            if message.metadata.cacheable:
                self._kept[message.hash] = message, self._count
            return self._draw(tuple(message.metadata.delta_path), message.delta)
        if kind == "new_session":
            new = message.new_session
            self.identity = new.initialize.session_id
            run, self._script = message.metadata.run, new.page_script_hash
            self._run, self._fragments = run.script_run_id, tuple(run.fragment_ids)
            self._oldest = new.config.max_cached_message_age
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished" and message.script_finished in DONE:
            self._tidy()
        return kind

    def _draw(self, place: Path, delta: Delta) -> str:
        if delta.WhichOneof("type") != "new_element":
            self.elements.pop(place, None)
            return ""
        element = delta.new_element
        self.elements[place] = Found(element, self._run, delta.fragment_id)
        identity = id_of(element)
        if identity and (identity not in self.values or is_set(element)):
            state = shown(element)
            if state:
                self.values[identity] = WidgetState(id=identity, **state)
        return str(element.WhichOneof("type"))

    def _tidy(self) -> None:
        """Forget what the last run did not draw again, and old messages."""
        now = {f.fragment for f in self.elements.values() if f.run == self._run}
        of_run = now | set(self._fragments)
        self.elements = {
            place: found
            for place, found in self.elements.items()
            if found.run == self._run
            or (self._fragments and found.fragment not in of_run)
        }
        alive = {id_of(found.element) for found in self.elements.values()}
        self.values = {k: v for k, v in self.values.items() if k in alive}
        self._count += 1
        for key, (message, seen) in list(self._kept.items()):
            is_run = message.delta.fragment_id in self._fragments
            is_old = self._count - seen > self._oldest
            if is_old and (is_run or not self._fragments):
                del self._kept[key]
