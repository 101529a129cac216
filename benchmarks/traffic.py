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
COMPONENTS = "/component/"


@dataclass
class Traffic:
    """Everything a page sent and received since it was made."""

    urls: dict[str, str] = field(default_factory=dict)
    encoded_bytes: dict[str, float] = field(default_factory=dict)
    sent: list[bytes] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    last: float = field(default_factory=time.monotonic)

    def listen(self, session: CDPSession) -> None:
        """Take note from now on."""
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._on_request)
        session.on("Network.loadingFinished", self._on_finished)
        session.on(
            "Network.webSocketFrameSent", lambda event: self._on_frame(event, self.sent)
        )
        session.on(
            "Network.webSocketFrameReceived",
            lambda event: self._on_frame(event, self.received),
        )

    def settle(self, page: Page) -> None:
        """Wait until nothing has travelled for a while."""
        self.last = time.monotonic()
        while time.monotonic() - self.last < QUIET_S:
            page.wait_for_timeout(50)

    @property
    def runs(self) -> int:
        """How often the script has run, whole or in part."""
        kinds = [ForwardMsg.FromString(m).WhichOneof("type") for m in self.received]
        return kinds.count("script_finished")

    @property
    def asked(self) -> int:
        """How often the browser has asked for a run."""
        kinds = [BackMsg.FromString(m).WhichOneof("type") for m in self.sent]
        return kinds.count("rerun_script")

    @property
    def socket_bytes(self) -> int:
        """Bytes received on the socket."""
        return sum(map(len, self.received))

    @property
    def component_bytes(self) -> int:
        """Bytes of the map component and its files, as they travelled."""
        return int(
            sum(
                size
                for request, size in self.encoded_bytes.items()
                if COMPONENTS in self.urls.get(request, "")
            )
        )

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
