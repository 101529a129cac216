"""
Measure the dashboard beside a bare Streamlit page and a naive map of the same atlas.

A benchmark and never a test: it fails on no figure. Usage: `make bench`, or
`python benchmarks/run.py [--runs N] [--json FILE]`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from report import Results, table
from servers import serving
from visits import CLICKS, Expected, Record, candidates, measure, survey, visit

from borderviz.content import load
from borderviz.paths import default_atlas

PAGES = ("bare", "naive", "borderviz")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> int:
    """Measure, write the table, and return the exit code: 2 without a browser."""
    options = _options()
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        sys.stderr.write("No Chromium on this machine: nothing can be measured.\n")
        return 2
    expected = Expected.of(load(default_atlas()))
    load_before = os.getloadavg()[0]
    with serving(PAGES) as addresses, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        results = _rounds(browser, addresses, expected, options.runs)
        machine = {
            "cores": os.cpu_count(),
            "load-before": round(load_before, 2),
            "chromium": browser.version,
            "streamlit": version("streamlit"),
            "streamlit-folium": version("streamlit-folium"),
            "python": sys.version.split()[0],
        }
        browser.close()
    told = ", ".join(f"{name} {value}" for name, value in machine.items())
    sys.stdout.write(f"{table(results)}\n{told}\n")
    if options.json:
        found: dict[str, Any] = {"machine": machine, **vars(results)}
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="rounds (default 7)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all samples, too")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be 1 or more")
    return options


def _rounds(
    browser: Browser, addresses: dict[str, str], expected: Expected, runs: int
) -> Results:
    """Visit each page once to warm its server and count; then by turns for times."""
    results = Results()
    records: list[Record] = []
    for page in PAGES:
        with visit(browser, page, addresses[page], expected) as found:
            if page == "borderviz":
                records = candidates(found)
            results.counts[page] = survey(found)
    for n in range(runs):
        # Each page comes first, second and last equally often.
        for page in PAGES[n % 3 :] + PAGES[: n % 3]:
            picked = [records[(n * CLICKS + i) % len(records)] for i in range(CLICKS)]
            with visit(browser, page, addresses[page], expected) as found:
                results.add(page, measure(found, expected, picked))
        sys.stderr.write(f"round {n + 1} of {runs}\n")
    return results


if __name__ == "__main__":
    sys.exit(main())
