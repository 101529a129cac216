"""How long a reader waits whose process is killed, and what the other one notices."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from fronts import SHOWN, kill, nginx, process, seat_at
from playwright.sync_api import Browser, Page
from servers import free_port

PATIENCE_MS = 30_000
VIEW = "?lang=ko&from=2000"
TOGGLED = """([key, is_on]) => {
  const inner = document.querySelector('.st-key-map iframe').contentWindow;
  return inner.map.hasLayer(inner.borderviz.groups.get(key)) === is_on;
}"""
KEY = "incidents"


def measured(
    browser: Browser, program: str, folder: Path, kills: int
) -> dict[str, Any]:
    """
    Kill the process of one of two readers again and again.

    Parameters
    ----------
    browser
        Both readers' own windows are in it.
    program, folder
        nginx, and where it keeps its files.
    kills
        How often.

    Returns
    -------
    dict
        Seconds until the map shows again, for each kill; how often the other reader's
        page was interrupted; how long their toggles took, and one before any kill.
    """
    ports = {"1": free_port(), "2": free_port()}
    found: dict[str, Any] = {"back_s": [], "interruptions": 0, "toggle_s": []}
    with ExitStack() as stack:
        apps = {
            seat: stack.enter_context(process(port)) for seat, port in ports.items()
        }
        to = [f"--to=127.0.0.1:{port}" for port in ports.values()]
        address = stack.enter_context(nginx(program, "app", folder, to, "health"))
        for number in range(kills):
            first, second = _opened(browser, address, VIEW), _opened(browser, address)
            cut: list[str] = []
            second.on("websocket", lambda found, cut=cut: cut.append(found.url))
            if number == 0:
                found["toggle_before_s"] = _toggle(second, is_on=False)
                _toggle(second, is_on=True)
            seats = [
                seat_at(page.context.cookies(), address) for page in (first, second)
            ]
            if seats[0] == seats[1]:
                msg = "both readers are at the same process"
                raise RuntimeError(msg)
            before = first.url
            for page in (first, second):
                page.evaluate("window.isTheSame = true")
            began = time.monotonic()
            kill(apps[seats[0]])
            found["toggle_s"].append(_toggle(second, is_on=False))
            first.wait_for_function("() => !window.isTheSame", timeout=PATIENCE_MS)
            first.wait_for_function(SHOWN, timeout=PATIENCE_MS)
            found["back_s"].append(round(time.monotonic() - began, 3))
            is_same = second.evaluate("window.isTheSame === true")
            found["interruptions"] += len(cut) + (not is_same)
            found["is_same_view"] = found.get("is_same_view", True) and (
                first.url == before
            )
            for page in (first, second):
                page.context.close()
            again = process(ports[seats[0]])
            apps[seats[0]] = stack.enter_context(again)
            sys.stderr.write(f"kill {number + 1} of {kills}\n")
    return found


def _opened(browser: Browser, address: str, query: str = "") -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(address + query)
    page.wait_for_function(SHOWN, timeout=PATIENCE_MS)
    return page


def _toggle(page: Page, *, is_on: bool) -> float:
    """Click a layer's checkbox; return how long until the address followed."""
    before, began = page.url, time.monotonic()
    page.locator(f".st-key-layer-{KEY} label").click()
    page.wait_for_function(TOGGLED, arg=[KEY, is_on], timeout=PATIENCE_MS)
    page.wait_for_url(lambda url: url != before, timeout=PATIENCE_MS)
    return round(time.monotonic() - began, 3)
