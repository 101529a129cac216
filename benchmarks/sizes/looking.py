"""One visit to a page with many points, and everything that is measured in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import clustering
import stand_ins
from playwright.sync_api import Browser, CDPSession, Frame, Page, TimeoutError
from size_probes import CHANGE, FRAMES, GIVING, OPENING, SHOWN, WINDOWS

STEPS = 60
MAP = {"deck": "[data-testid=stDeckGlJsonChart]"}
FRAME = "iframe"
OURS = ("borderviz", "upload")
OPENED = "window.benchOpenMs - (window.benchGivenMs || 0)"


class NotShownError(RuntimeError):
    """A page did not show what it should in the time it had."""


@dataclass(frozen=True)
class Expected:
    """
    What a complete map holds.

    Parameters
    ----------
    count
        All points.
    kind, its
        A kind of points, and how many there are of it.
    file
        The same points as a reader would give them.
    """

    count: int
    kind: str
    its: int
    file: Path

    def changed(self, page: str) -> int:
        """Say what is left: ours shows only that kind, the others all but it."""
        return self.its if page in OURS else self.count - self.its


def visit(
    browser: Browser, page: str, address: str, expected: Expected, limit_s: float
) -> dict[str, float]:
    """
    Open a page as a new reader would, drag its map, and take one kind off it.

    Parameters
    ----------
    browser
        Shared by all visits.
    page, address
        Which page, and where it is served.
    expected
        What it shows when it is complete.
    limit_s
        How long a page may take.

    Returns
    -------
    dict
        `open`, `change` and `frame` (between two, the median, and `frame-worst` of
        twenty) in ms; `bytes` that came; `heap` of the page in MB.

    Raises
    ------
    NotShownError
        If the page is not complete in time.
    """
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    try:
        view = context.new_page()
        view.set_default_timeout(limit_s * 1000)
        session = context.new_cdp_session(view)
        arrived = _counting(session)
        if page not in (*OURS, "deck"):
            stand_ins.install(session, clustering.answer)
        filled = {
            "expected": json.dumps(expected.count),
            "windows": WINDOWS,
            "shown": SHOWN[page],
        }
        view.add_init_script(OPENING % filled)
        view.goto(address, wait_until="commit")
        if page == "upload":
            _give(view, expected.file)
        try:
            view.wait_for_function("window.benchOpenMs !== undefined")
        except TimeoutError as error:
            msg = f"not complete within {limit_s:.0f} s"
            raise NotShownError(msg) from error
        found = {"open": float(view.evaluate(OPENED))}
        found["bytes"] = float(sum(arrived))
        if page == "upload":
            view.locator(".bv-tab-yours").click()
            view.locator("input[type=file]").wait_for(state="detached")
        found |= _dragged(view, page)
        found["heap"] = _heap_mb(session)
        if page in OURS:
            _unfold(view)
        found["change"] = _changed(view, page, expected)
    finally:
        context.close()
    return found


def _counting(session: CDPSession) -> list[float]:
    """Note the bytes of everything that arrives, files and messages."""
    arrived: list[float] = []
    session.send("Network.enable", {"maxTotalBufferSize": 0})
    session.on(
        "Network.loadingFinished",
        lambda event: arrived.append(event["encodedDataLength"]),
    )
    session.on(
        "Network.webSocketFrameReceived",
        lambda event: arrived.append(len(event["response"]["payloadData"]) * 0.75),
    )
    return arrived


def _heap_mb(session: CDPSession) -> float:
    """Return what the page's scripts hold, after what they dropped was collected."""
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    buffers = usage.get("backingStorageSize", 0) + usage.get("embedderHeapUsedSize", 0)
    return float(usage["usedSize"] + buffers) / 1e6


def _frame(view: Page, page: str) -> Frame:
    """Return the frame that draws the map."""
    if page == "deck":
        return view.main_frame
    handle = view.locator(FRAME).first.element_handle()
    frame = handle.content_frame()
    if frame is None:
        msg = "no frame"
        raise NotShownError(msg)
    return frame


def _dragged(view: Page, page: str) -> dict[str, float]:
    """Drag the map to and fro by the mouse, and take the times between frames."""
    box = view.locator(MAP.get(page, FRAME)).first.bounding_box()
    if box is None:
        msg = "no map"
        raise NotShownError(msg)
    # Away from the middle, where what is on the map would be hit.
    x, y = box["x"] + box["width"] * 0.3, box["y"] + min(box["height"], 600) * 0.2
    frame = _frame(view, page)
    frame.evaluate(FRAMES)
    view.mouse.move(x, y)
    view.mouse.down()
    for n in range(STEPS):
        there = n if n < STEPS / 2 else STEPS - n
        view.mouse.move(x + 6 * there, y + 3 * there)
    view.mouse.up()
    times: list[float] = frame.evaluate("window.benchFrames()")
    gaps = sorted(b - a for a, b in pairwise(times))
    if not gaps:
        msg = "no frame was drawn"
        raise NotShownError(msg)
    return {
        "frame": (times[-1] - times[0]) / len(gaps),
        "frame-worst": gaps[int(len(gaps) * 0.95)],
    }


def _give(view: Page, file: Path) -> None:
    """Give the page a file, as a reader does who has its sheet open."""
    box = view.locator("input[type=file]")
    box.wait_for(state="attached")
    view.evaluate(GIVING)
    box.set_input_files(file)


def _unfold(view: Page) -> None:
    """Open what our page keeps folded: the choice of kinds."""
    view.locator(".st-key-own-filters summary").click()
    view.locator(".st-key-own-categories button").first.wait_for()


def _changed(view: Page, page: str, expected: Expected) -> float:
    """Take one kind off the map; return how long that took to be seen."""
    filled = {"windows": WINDOWS, "shown": SHOWN[page]}
    view.evaluate(CHANGE % filled, expected.changed(page))
    if page in OURS:
        pills = view.locator(".st-key-own-categories button")
        pills.filter(has_text=expected.kind).first.click()
    else:
        view.get_by_text(expected.kind, exact=True).click()
    try:
        view.wait_for_function("window.benchChangeMs")
    except TimeoutError as error:
        msg = "the change was not shown"
        raise NotShownError(msg) from error
    return float(view.evaluate("window.benchChangeMs"))
