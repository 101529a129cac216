"""
Measure exports: how long each takes, how large it is, how fast it opens.

A benchmark and never a test: it fails on no figure. Usage: `make bench-exports`, or
`python benchmarks/exports.py [--runs N]`. Each export is made by the command, as its
users make it, so that the start of the program and the reading of the atlas count; the
column `made` leaves these out. Pages open in headless Chromium with an empty cache.
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from headless import launched
from playwright.sync_api import Browser

FORMS = ("geojson", "csv", "gpkg", "kml", "parquet", "zip", "svg", "png", "html")
VIEWS = {
    "all": "",
    "on foot since 1998": "from=1998&mode=foot",
    "none": "from=2040",
}
# When the map has drawn the view it was told to, it says so.
SHOWN = """() => document.body.dataset.shown &&
  document.querySelectorAll(".leaflet-marker-icon").length > 20"""


def main() -> int:
    """Measure, write the tables, and return the exit code."""
    runs = _runs()
    start = min(_timed(["--version"]) for _ in range(3))
    base = min(_timed(["list"]) for _ in range(3))
    print(f"start of the program {start:.2f} s, with the atlas read {base:.2f} s\n")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        _files(Path(folder), runs, base)
        _site(Path(folder), base)
        _pages(Path(folder), runs)
    return 0


def _runs() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="visits (default 7)")
    return max(1, int(parser.parse_args().runs))


def _timed(words: list[str]) -> float:
    """Run the command; return how many seconds it took."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "borderviz", *words]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def _files(folder: Path, runs: int, base: float) -> None:
    """Write every format for every view."""
    print("| format | view | kB | gzip kB | s | made s |")  # noqa: T201
    print("|---|---|--:|--:|--:|--:|")  # noqa: T201
    for form in FORMS:
        for name, query in VIEWS.items():
            out = folder / f"{form}-{name.replace(' ', '-')}.{form}"
            words = ["export", form, "--view", query, "--force", "-o", str(out)]
            took = min(_timed(words) for _ in range(min(runs, 2)))
            size, packed = out.stat().st_size, len(gzip.compress(out.read_bytes()))
            row = f"{size / 1e3:,.0f} | {packed / 1e3:,.0f} | {took:.2f}"
            print(f"| {form} | {name} | {row} | {max(0.0, took - base):.2f} |")  # noqa: T201


def _site(folder: Path, base: float) -> None:
    """Write the whole site."""
    took = _timed(["export", "site", "-o", str(folder / "site")])
    sizes = [p.stat().st_size for p in (folder / "site").rglob("*") if p.is_file()]
    told = f"{len(sizes)} files, {sum(sizes) / 1e6:.1f} MB, {took:.1f} s"
    print(f"\nsite: {told}, of these {took - base:.1f} s for making it\n")  # noqa: T201


def _pages(folder: Path, runs: int) -> None:
    """Open the single page from disk and the site from a file server."""
    single = (folder / "html-all.html").as_uri()
    with _served(folder / "site") as site, launched() as browser:
        print("| page | map complete, s (median, least, most) | kB fetched, gzip |")  # noqa: T201
        print("|---|--:|--:|")  # noqa: T201
        for name, address in {
            "single file": single,
            "site": f"{site}index.html",
        }.items():
            visits = [_visit(browser, address) for _ in range(runs)]
            times = [seconds for seconds, _ in visits]
            row = f"{median(times):.2f} ({min(times):.2f}, {max(times):.2f})"
            print(f"| {name} | {row} | {visits[0][1] / 1e3:,.0f} |")  # noqa: T201
        print(f"\n{os.cpu_count()} cores, Chromium {browser.version}")  # noqa: T201


def _visit(browser: Browser, address: str) -> tuple[float, int]:
    """Open a page; return seconds until its map is complete, and bytes compressed."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    bodies: list[bytes] = []
    page.on("requestfinished", lambda request: bodies.append(request.response().body()))
    page.goto(address, wait_until="commit")
    page.wait_for_function(SHOWN, polling="raf", timeout=30_000)
    # The page's own clock began when it was asked for.
    seconds = float(page.evaluate("performance.now()")) / 1000
    # What comes after the map is complete is no part of the first view.
    found = list(bodies)
    context.close()
    return seconds, sum(len(gzip.compress(body, 9)) for body in found)


class _Quiet(SimpleHTTPRequestHandler):
    """A plain file server that does not write what it serves."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve a folder until the block ends; give its address."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


if __name__ == "__main__":
    sys.exit(main())
