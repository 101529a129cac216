"""One Chromium for the whole suite, without a network.

Playwright runs one loop in a process, so no suite may start a browser of its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

# How long to wait for what should come at once: a busy machine is no fault of the page.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The network is cut: no name but this machine's own leads anywhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; a machine without one may skip, a CI may not."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no Chromium here: install Debian's package `chromium`")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Page]:
    """A page of its own; what went wrong or was asked elsewhere is told in the end."""
    context, told = browser.new_context(), list[str]()
    page = context.new_page()
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.on("console", lambda m: told.append(m.text) if m.type == "error" else None)

    def look(request: Request) -> None:
        if not request.url.startswith(("http://localhost:", "data:", "blob:", "file:")):
            told.append(request.url)

    page.on("request", look)
    yield page
    context.close()
    assert told == []
