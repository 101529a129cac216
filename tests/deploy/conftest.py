"""An nginx for the suite, and two processes of the app behind it."""

from __future__ import annotations

import os
import shutil

import pytest

from browser.conftest import dashboard, serve, server, visit
from deploy.machines import App, Nginx, free_port

SOLDIER = "2025-10-19-cheorwon-soldier"
VIEW = f"?lang=ko&sel={SOLDIER}&from=2000"
__all__ = ["dashboard", "serve", "server", "visit"]


@pytest.fixture(scope="session")
def nginx_program():
    """Where nginx is; a machine without it may skip, a CI may not."""
    path = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if path is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no nginx here: install Debian's package `nginx-light`")
    return path


@pytest.fixture(scope="module")
def nginx(nginx_program, tmp_path_factory):
    """Start one by a file of ours; it ends with the tests of the file."""
    found = []

    def start(kind, *arguments):
        folder = tmp_path_factory.mktemp("nginx")
        found.append(Nginx(nginx_program, kind, folder, *arguments))
        return found[-1]

    yield start
    for one in found:
        one.stop()


class Pair:
    """Two processes of the app, known by their seats, and the nginx before them."""

    def __init__(self, start, atlas, folder):
        self.atlas, self.folder = atlas, folder
        self.apps = {}
        self.ports = {"1": free_port(), "2": free_port()}
        for seat in self.ports:
            self.start(seat)
        to = [f"--to=127.0.0.1:{port}" for port in self.ports.values()]
        self.nginx = start("app", *to)
        self.origin = self.nginx.origin

    def start(self, seat):
        folder = self.folder / f"tmp{seat}"
        self.apps[seat] = App(self.atlas, folder, self.ports[seat])
        return self.apps[seat]

    def at(self, seat):
        return f"127.0.0.1:{self.ports[seat]}"

    def stop(self):
        for app in self.apps.values():
            app.stop()
            assert app.tracebacks() == [], app.lines


@pytest.fixture(scope="module")
def pair(nginx, browser, geodata, tmp_path_factory):
    """Two processes with the real atlas behind one address; a test may end either."""
    found = Pair(nginx, geodata, tmp_path_factory.mktemp("pair"))
    yield found
    found.stop()


@pytest.fixture
def both(pair):
    """The same, with both of them there."""
    for seat, app in pair.apps.items():
        if app.process.poll() is not None:
            assert app.tracebacks() == [], app.lines
            pair.start(seat)
    return pair


@pytest.fixture
def two(both, visit):
    """Two readers, one at each process."""
    # What a browser says of a lost connection is no fault of the page.
    found = [visit(at=both, may_fail=True), visit(at=both)]
    for seat, window in enumerate(found, start=1):
        cookie = {"name": "seat", "value": str(seat), "url": both.origin}
        window.page.context.add_cookies([cookie])
    found[0].open(VIEW)
    found[1].open()
    assert [seat_of(window) for window in found] == ["1", "2"]
    return found


def seat_of(window):
    """Tell which process a reader's browser is to be sent to."""
    found = [c for c in window.page.context.cookies() if c["name"] == "seat"]
    return found[0]["value"] if found else ""
