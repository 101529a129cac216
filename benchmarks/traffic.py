"""What travels between a page and its server: requests, and messages on the socket."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

QUIET_S = 1.0


@dataclass
class Traffic:
    """Everything a page sent and received since it was made."""

    urls: dict[str, str] = field(default_factory=dict)
    encoded_bytes: dict[str, float] = field(default_factory=dict)
    sent: list[bytes] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    cached: set[str] = field(default_factory=set)
    kinds: list[str | None] = field(default_factory=list)
    last: float = field(default_factory=time.monotonic)

    def listen(self, session: CDPSession) -> None:
        """Take note from now on."""
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._on_request)
        session.on("Network.responseReceived", self._on_response)
        session.on(
            "Network.requestServedFromCache",
            lambda event: self.cached.add(event["requestId"]),
        )
        session.on("Network.loadingFinished", self._on_finished)
        session.on(
            "Network.webSocketFrameSent", lambda event: self._on_frame(event, self.sent)
        )
        session.on(
            "Network.webSocketFrameReceived",
            lambda event: self._on_frame(event, self.received),
        )

    def settle(self, page: Page, quiet_s: float = QUIET_S) -> None:
        """
        Wait until nothing has travelled for a while.

        Parameters
        ----------
        page
            Whose events are let in meanwhile.
        quiet_s
            How long; at least `QUIET_S` while a run that was asked for has not ended.
        """
        self.last = time.monotonic()
        while (still := time.monotonic() - self.last) < QUIET_S:
            if still >= quiet_s and self.runs >= self.asked:
                return
            page.wait_for_timeout(25)

    @property
    def runs(self) -> int:
        """How often the script has run, whole or in part."""
        for message in self.received[len(self.kinds) :]:
            self.kinds.append(ForwardMsg.FromString(message).WhichOneof("type"))
        return self.kinds.count("script_finished")

    @property
    def asked(self) -> int:
        """How often the browser has asked for a run."""
        kinds = [BackMsg.FromString(m).WhichOneof("type") for m in self.sent]
        return kinds.count("rerun_script")

    @property
    def socket_bytes(self) -> int:
        """Bytes received on the socket."""
        return sum(map(len, self.received))

    def paths(self, address: str) -> dict[str, float]:
        """
        Tell what came from the page's own server: bytes as they travelled, by path.

        Parameters
        ----------
        address
            Of the page.
        """
        own = urlsplit(address).netloc
        found: dict[str, float] = {}
        for request, url in self.urls.items():
            parts = urlsplit(url)
            if parts.netloc == own and request not in self.cached:
                size = self.encoded_bytes.get(request, 0)
                found[parts.path] = found.get(parts.path, 0) + size
        return found

    def other_hosts(self, address: str) -> int:
        """Count the requests that went elsewhere than to the page's own server."""
        own = urlsplit(address).netloc
        hosts = [urlsplit(url).netloc for url in self.urls.values()]
        return sum(bool(host) and host != own for host in hosts)

    def _on_request(self, event: dict[str, Any]) -> None:
        self.last = time.monotonic()
        url = event["request"]["url"]
        if url.startswith("http"):
            self.urls[event["requestId"]] = url

    def _on_response(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self.cached.add(event["requestId"])

    def _on_finished(self, event: dict[str, Any]) -> None:
        self.last = time.monotonic()
        self.encoded_bytes[event["requestId"]] = event["encodedDataLength"]

    def _on_frame(self, event: dict[str, Any], frames: list[bytes]) -> None:
        self.last = time.monotonic()
        response = event["response"]
        payload = response["payloadData"]
        # Binary payloads come as base64, text (Streamlit sends none) as it is.
        is_binary = response["opcode"] == 2
        frames.append(base64.b64decode(payload) if is_binary else payload.encode())
