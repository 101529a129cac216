"""Files that were laid over the map and removed leave the server's memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.conftest import Server

STATUS = Path("/proc/self/status")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not STATUS.exists(), reason="no /proc to read memory from"),
]

UPLOADS, WARM = 20, 4
# Few rows of long texts: read quickly, and large wherever they are kept.
TEXT = 8_000
ROWS = 5 * 2**20 // TEXT
# Python and the allocator keep some of what was used; twenty files are 100 MB, and as
# rows more than that.
MOST_MB = 40


@pytest.fixture
def own_server(browser):
    """A server that nobody else uses meanwhile."""
    found = Server()
    yield found
    found.stop()


def file_of(number):
    """A file of five megabytes, each another one."""
    text = f"{number:04}" * (TEXT // 4)
    rows = (f"R{n},{38 + n / 10_000:.4f},127,{text}" for n in range(ROWS))
    return "\n".join(["title,lat,lon,notes", *rows]).encode()


def memory_mb(pid):
    lines = (STATUS.parents[1] / str(pid) / "status").read_text().splitlines()
    (line,) = (x for x in lines if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def test_memory_returns_after_many_files(own_server, visit):
    dashboard = visit(at=own_server).open("?show=yours")
    page, pid = dashboard.page, own_server._process.pid

    def give(number):
        name = f"file-{number}.csv"
        page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": file_of(number)}
        )
        expect(page.locator(".st-key-yours-head")).to_contain_text(name)

    def remove():
        page.locator(".st-key-own-remove button").click()
        expect(page.locator(".st-key-yours-first")).to_be_visible()

    for number in range(WARM):
        give(number)
    remove()
    before = memory_mb(pid)
    for number in range(UPLOADS):
        give(WARM + number)
    held = memory_mb(pid)
    remove()
    after = memory_mb(pid)
    assert after - before < MOST_MB, (before, held, after)
