"""Single files made once, and a browser that opens them from disk with no network."""

from __future__ import annotations

import datetime as dt

import pytest

from borderviz.content import load
from borderviz.permalink import decode_query
from borderviz.render.context import Context
from borderviz.selection import select
from borderviz.standalone.single_file import single_file
from chromium import PATIENCE_MS
from hostile import hostile_copy

TODAY = dt.date(2026, 1, 31)


def made(atlas, query="", address=""):
    """Make a single file of a view."""
    view = decode_query(query, atlas, ()).view
    context = Context(atlas, view)
    return single_file(select(atlas, view), context, today=TODAY, address=address)


@pytest.fixture(scope="session")
def whole(atlas):
    return made(atlas)


@pytest.fixture(scope="session")
def small(atlantis):
    return made(atlantis)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory, atlantis):
    return load(hostile_copy(atlantis.root, tmp_path_factory.mktemp("h") / "atlas"))


class Opened:
    """A file in one window: what it did wrong, and how to wait for it."""

    def __init__(self, page, path):
        self.page, self.path, self.faults = page, path, []
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", self._note)
        page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        page.route("**/*", self._guard)

    def _note(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def _guard(self, route):
        if route.request.url.startswith(("file:", "data:")):
            route.continue_()
        else:
            self.faults.append(f"asked for {route.request.url}")
            route.abort()

    def open(self, fragment=""):
        self.page.goto("about:blank")
        self.page.goto(f"{self.path.as_uri()}{fragment}")
        return self.settle()

    def settle(self):
        """Wait until map and panel have answered the last view."""
        self.js(
            """async () => {
              const is = () => document.body.dataset.shown
                && document.body.dataset.shown === document.body.dataset.panel
                && document.body.dataset.shown.split('.')[1] === `${borderviz.sent}`;
              while (!is()) await new Promise((done) => requestAnimationFrame(done));
            }"""
        )
        return self

    def js(self, script, argument=None):
        return self.page.evaluate(script, argument)

    def view(self):
        return self.js("() => borderviz.shell.view()")

    @property
    def heading(self):
        return self.page.locator(".bv-panel h2").first


@pytest.fixture
def opened(browser, tmp_path):
    """Open a file from disk; it must end without faults and without any request."""
    windows = []

    def make(html, *, scheme="light", width=1400, height=900):
        path = tmp_path / f"{len(windows)}.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            has_touch=width < 800,
        )
        context.set_default_timeout(PATIENCE_MS)
        windows.append(Opened(context.new_page(), path))
        return windows[-1]

    yield make
    for window in windows:
        window.page.context.close()
        assert window.faults == []
