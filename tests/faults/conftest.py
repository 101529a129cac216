"""Servers that may be killed, starved and refilled, beside the windows of the suite.

A fault is a matter of what others see of it: after each one the next reader must find
the whole page, the log no traceback, the disk and the memory nothing left behind.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from browser.conftest import dashboard, serve, server, visit
from faults.readers import Reader, get
from faults.serving import Mortal, until

__all__ = ["dashboard", "serve", "server", "visit"]


@pytest.fixture(scope="package")
def start(browser, tmp_path_factory):
    """Start servers, each with a temporary folder of its own; all end in the end."""
    if not Path("/proc/self/status").exists():
        pytest.skip("what a process holds is asked of Linux")
    found = []

    def start_one(**more):
        folder = tmp_path_factory.mktemp("server")
        found.append(Mortal(folder, **more))
        return found[-1]

    yield start_one
    for one in found:
        one.end()


@pytest.fixture(scope="package")
def steady(start, geodata):
    """One server for all faults that must leave it as it was."""
    return start(atlas=geodata)


@pytest.fixture
def unharmed(steady):
    """What was before a fault is after it: page, memory of files, disk, log."""
    assert_whole(steady)
    files = steady.files()
    yield steady
    until(lambda: steady.metric("active_sessions") == 0)
    assert steady.metric("UploadedFileManager") == 0
    until(lambda: steady.children() == [])
    assert steady.files() == files
    assert_whole(steady)
    assert steady.tracebacks() == []


def assert_whole(server, query="lang=en", wanted="North Korea"):
    """Read the page as the next reader would, down to the files of the map."""
    with Reader(server.origin) as reader:
        reader.run(query)
        assert reader.exceptions == []
        assert wanted in reader.text
        assert len(get(reader.script)) > 10_000
