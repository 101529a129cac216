"""A visit to a page: opened, complete, and how much has travelled until then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import probes
import psutil
import stand_ins
from peers import Expected, Peer
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Frame,
    Page,
    ViewportSize,
)
from traffic import Traffic

PATIENCE_MS = 30_000.0
# The map component waits 0.25 s before it tells the page of anything.
QUIET_S = 0.35
SCREEN = ViewportSize(width=1400, height=900)


@dataclass
class Visit:
    """An open page with its map complete, and what has travelled so far."""

    peer: Peer
    address: str
    page: Page
    traffic: Traffic
    session: CDPSession
    open_ms: float

    def frame(self) -> Frame:
        """Return the frame with the map; a rebuilt map is in a new one."""
        if not self.peer.frame:
            return self.page.main_frame
        return next(f for f in reversed(self.page.frames) if self.peer.frame in f.url)

    def script(self, probe: str) -> str:
        """Fill this page's part into a probe."""
        kind = self.peer.probe
        return probe % {
            "maps": probes.MAPS,
            "told": probes.TOLD,
            "shown": probes.SHOWN.get(kind, ""),
            "marker": probes.MARKER.get(kind, "null"),
            "heading": probes.HEADING.get(kind, "")
            if "panel" in self.peer.clicks
            else "",
        }

    def settle(self) -> None:
        """Wait until nothing travels any more."""
        self.traffic.settle(self.page, QUIET_S)

    def heap_mb(self) -> float:
        """Say how much the page's scripts hold, after what is dead was collected."""
        self.session.send("HeapProfiler.collectGarbage")
        return float(self.session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


@contextmanager
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Begin as a new reader would, with an empty cache."""
    context = browser.new_context(viewport=SCREEN)
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield context
    finally:
        context.close()


def visit(
    context: BrowserContext, peer: Peer, address: str, expected: Expected
) -> Visit:
    """
    Open a page and wait for all of it.

    Parameters
    ----------
    context
        Of one reader; a second visit finds in its cache what the first one left there.
    peer, address
        The page, and where it is served.
    expected
        What its map holds when it is complete.

    Returns
    -------
    Visit
        With the time until then, by the page's own clock.
    """
    page = context.new_page()
    if peer.draws:
        page.add_init_script(probes.DRAWN)
    opening = {
        "expected": json.dumps(asdict(expected)),
        "maps": probes.MAPS,
        "complete": probes.COMPLETE[peer.probe],
    }
    page.add_init_script(probes.OPENING % opening)
    session, traffic = context.new_cdp_session(page), Traffic()
    traffic.listen(session)
    if peer.asks:
        stand_ins.install(session)
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.benchOpenMs !== undefined")
    took = float(page.evaluate("() => window.benchOpenMs"))
    return Visit(peer, address, page, traffic, session, took)


def processor_s(server: psutil.Process | None) -> float:
    """Say how long a server and those it started have computed."""
    times = [its.cpu_times() for its in _family(server)]
    return float(sum(its.user + its.system for its in times))


def memory_mb(server: psutil.Process | None) -> float:
    """Say how much memory a server and those it started occupy."""
    return float(sum(its.memory_info().rss for its in _family(server))) / 1e6


def _family(server: psutil.Process | None) -> list[psutil.Process]:
    return [] if server is None else [server, *server.children(recursive=True)]
