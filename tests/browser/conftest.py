"""A real server, a real browser, and the page as a reader has it.

Every test drives a page of its own. Whatever it does, the page may raise no error, open
no dialog and ask no other machine for anything: that is checked after each test.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Frame,
    Locator,
    Page,
    Request,
    WebSocket,
)

from chromium import PATIENCE_MS

ROOT = Path(__file__).parents[2]
FRAME_SHOWS = """() => {
  const frame = document.querySelector('.st-key-map iframe');
  return Boolean(frame?.contentDocument?.body?.dataset.shown);
}"""


class Server:
    """The dashboard's own process, and every line it wrote."""

    def __init__(
        self,
        atlas: Path | None = None,
        *,
        port: int = 0,
        before: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        if not port:
            with socket.socket() as free:
                free.bind(("localhost", 0))
                port = free.getsockname()[1]
        command = [*before, sys.executable, "-m", "streamlit", "run", "dashboard.py"]
        given = {**os.environ, **(environment or {})}
        given.pop("BORDERVIZ_ATLAS", None)
        if atlas is not None:
            given["BORDERVIZ_ATLAS"] = str(atlas)
        self.origin = f"http://localhost:{port}"
        self.lines: list[str] = []
        self._started = threading.Event()
        self._process = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=ROOT,
            env=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        threading.Thread(target=self._listen, daemon=True).start()
        assert self._started.wait(60), "\n".join(self.lines)
        # The address is printed before the port is listened to.
        between = threading.Event()
        for _ in range(1200):
            if self.answers():
                return
            assert self._process.poll() is None, "\n".join(self.lines)
            between.wait(0.05)
        pytest.fail("\n".join(self.lines))

    def answers(self) -> bool:
        """Tell whether anybody answers there."""
        try:
            address = f"{self.origin}/_stcore/health"
            with urllib.request.urlopen(address, timeout=60) as found:
                return bool(found.read() == b"ok")
        except OSError:
            return False

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.rstrip())
            if "URL:" in line:
                self._started.set()
        self._started.set()

    def stop(self) -> None:
        """End the process; it must not have failed meanwhile."""
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        assert not [line for line in self.lines if "Traceback" in line], self.lines


class Dashboard:
    """The page in one browser window, with a record of what it did."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.origin = page, origin
        # Hosts that a test lets the page ask, and whether that may go wrong.
        self.may_leave: tuple[str, ...] = ()
        self.may_fail = False
        self.header = page.locator(".st-key-header")
        self.layers = page.locator(".st-key-layers")
        self.map = page.locator(".st-key-map iframe")
        self.detail = page.locator(".st-key-detail")
        self.title = self.detail.locator("h2")
        self.in_map = page.frame_locator(".st-key-map iframe")
        self.popup = self.in_map.locator(".leaflet-popup")
        self.requests: list[str] = []
        self.files: list[Request] = []
        self.sent: list[int] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfinished", lambda request: self.files.append(request))
        page.on("websocket", self._note_socket)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", self._note_console)
        page.on("dialog", self._note_dialog)

    def _note_socket(self, found: WebSocket) -> None:
        self.requests.append(found.url)
        found.on("framesent", lambda frame: self.sent.append(len(frame)))

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def _note_dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, query: str = "") -> Dashboard:
        """Visit an address and wait until the map shows what it asks for."""
        self.page.goto(f"{self.origin}/{query}")
        return self.wait_shown()

    def reload(self) -> Dashboard:
        self.page.reload()
        return self.wait_shown()

    def wait_shown(self) -> Dashboard:
        self.page.wait_for_function(FRAME_SHOWS)
        return self

    @property
    def frame(self) -> Frame:
        """The map's frame; it must be one and the same all along."""
        (found,) = (f for f in self.page.frames if "st_folium" in f.url)
        return found

    def js(self, script: str, argument: Any = None) -> Any:
        return self.frame.evaluate(script, argument)

    def wait_js(self, script: str, argument: Any = None) -> None:
        self.frame.wait_for_function(script, arg=argument)

    def wait_address(self, **wanted: str) -> None:
        """Wait until the address has these parameters; empty means absent."""
        self.page.wait_for_url(
            lambda url: all(self._of(url).get(k, "") == v for k, v in wanted.items())
        )

    def _of(self, url: str) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(urlsplit(url).query).items()}

    @property
    def query(self) -> dict[str, str]:
        return self._of(self.page.url)

    def checkbox(self, key: str) -> Locator:
        """The part of a checkbox that a reader clicks."""
        return self.page.locator(f".st-key-layer-{key} label")

    def is_checked(self, key: str) -> Locator:
        return self.page.locator(f".st-key-layer-{key} input")

    def ids(self) -> dict[str, set[str]]:
        """Ids of the features on the map, by layer; names of places under `place`."""
        found = self.js(
            """() => {
              const found = {};
              map.eachLayer((layer) => {
                const known = layer.feature && layer.feature.properties;
                if (!known || known.ids) return;
                (found[known.layer || known.kind] ??= []).push(known.id);
              });
              return found;
            }"""
        )
        return {layer: set(ids) for layer, ids in found.items()}

    def look_at(self, lat: float, lon: float, zoom: float) -> None:
        self.js(
            "([at, z]) => { map.setView(at, z, {animate: false}); }", [[lat, lon], zoom]
        )

    def click_map(self, x: float, y: float) -> None:
        """Click a real mouse at a point of the frame."""
        self.page.mouse.click(*self.on_page(x, y))

    def on_page(self, x: float, y: float) -> tuple[float, float]:
        box = self.map.bounding_box()
        assert box
        return box["x"] + x, box["y"] + y

    def spot(self, record: str) -> tuple[float, float]:
        """Where a record's point is inside the frame."""
        x, y = self.js(
            "id => { const p = map.latLngToContainerPoint("
            "borderviz.items.get(id).at); return [p.x, p.y]; }",
            record,
        )
        return x, y

    def others(self) -> list[str]:
        """Every address asked for that is not the page's own server."""
        own = urlsplit(self.origin).netloc
        local = ("data", "blob", "about")
        parts = [(urlsplit(url), url) for url in self.requests]
        return [u for p, u in parts if p.netloc != own and p.scheme not in local]


@pytest.fixture(scope="package")
def server(browser: Browser) -> Iterator[Server]:
    """The dashboard with the real atlas."""
    found = Server()
    yield found
    found.stop()


@pytest.fixture(scope="package")
def serve(browser: Browser) -> Iterator[Callable[[Path], Server]]:
    """Serve another atlas; one server for each folder."""
    found: dict[Path, Server] = {}

    def start(atlas: Path) -> Server:
        if atlas not in found:
            found[atlas] = Server(atlas)
        return found[atlas]

    yield start
    for server in found.values():
        server.stop()


Opener = Callable[..., Dashboard]


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Make a window without a past; it must end without faults and foreign requests."""
    windows: list[Dashboard] = []

    def make(
        *,
        at: Server | None = None,
        may_leave: tuple[str, ...] = (),
        may_fail: bool = False,
        **options: Any,
    ) -> Dashboard:
        found = at or request.getfixturevalue("server")
        options = {"viewport": {"width": 1400, "height": 900}, **options}
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        windows.append(Dashboard(context.new_page(), found.origin))
        windows[-1].may_leave, windows[-1].may_fail = may_leave, may_fail
        return windows[-1]

    yield make
    for window in windows:
        window.page.context.close()
        assert window.may_fail or window.faults == []
        strangers = [
            u for u in window.others() if urlsplit(u).netloc not in window.may_leave
        ]
        assert strangers == []


@pytest.fixture
def dashboard(visit: Opener) -> Dashboard:
    """A fresh window of usual size, nothing opened yet."""
    return visit()
