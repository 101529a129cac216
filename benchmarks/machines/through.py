"""The same process opened directly and through nginx, by turns."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from fronts import SHOWN, nginx, process
from playwright.sync_api import Browser
from servers import free_port
from traffic import Traffic


def measured(
    browser: Browser, program: str, folder: Path, openings: int
) -> dict[str, Any]:
    """
    Open the page both ways with an empty cache.

    Parameters
    ----------
    browser
        Each opening has a window without a past.
    program, folder
        nginx, and where it keeps its files.
    openings
        How often each way, after one of each that does not count.

    Returns
    -------
    dict
        For `direct` and `nginx`: seconds until the map shows, bytes of files as they
        travelled, bytes on the socket, number of requests.
    """
    port = free_port()
    found: dict[str, Any] = {}
    with process(port):
        to = [f"--to=127.0.0.1:{port}"]
        with nginx(program, "app", folder, to, "health") as address:
            ways = {"direct": f"http://127.0.0.1:{port}/", "nginx": address}
            for number in range(openings + 1):
                names = list(ways) if number % 2 else list(ways)[::-1]
                for name in names:
                    sample = _opening(browser, ways[name])
                    if number:
                        its = found.setdefault(name, {})
                        for key, value in sample.items():
                            its.setdefault(key, []).append(value)
                sys.stderr.write(f"opening {number} of {openings}\n")
    return found


def _opening(browser: Browser, address: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, traffic = context.new_page(), Traffic()
    traffic.listen(context.new_cdp_session(page))
    began = time.monotonic()
    page.goto(address)
    page.wait_for_function(SHOWN, timeout=30_000)
    seconds = round(time.monotonic() - began, 3)
    traffic.settle(page)
    found = {
        "open_s": seconds,
        "file_bytes": int(sum(traffic.encoded_bytes.values())),
        "socket_bytes": traffic.socket_bytes,
        "requests": len(traffic.urls),
    }
    context.close()
    return found
