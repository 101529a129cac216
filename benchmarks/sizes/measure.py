"""
Measure pages with 1,000 to 1,000,000 points: ours beside what others would write.

Usage: `python benchmarks/sizes/measure.py --json FILE [--quick]`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import geopandas as gpd
import looking
from headless import WEBGL, launched
from playwright.sync_api import Browser, Error
from points import as_csv, written
from serving import memory_mb, serving

PAGES = ("marker", "cluster", "deck", "upload", "borderviz")
COUNTS = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS = 7
# What a reader may upload.
MOST_UPLOADED = 100_000
# Beyond this a page is told to have failed: nobody waits longer for a map.
LIMIT_S = 60.0
# What takes longer than this to open is opened only once more.
SLOW_S = 9.0
FEWER = 1


def main() -> int:
    """Measure and write; return the exit code."""
    options = _options()
    counts = (1_000,) if options.quick else COUNTS
    rounds = 1 if options.quick else ROUNDS
    found: dict[str, Any] = {"section": "sizes", "limit_s": LIMIT_S, "pages": {}}
    with tempfile.TemporaryDirectory() as folder, launched(WEBGL) as browser:
        for count in counts:
            path = written(count, Path(folder))
            found["pages"][str(count)] = dict(_measured(browser, path, rounds))
    options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, required=True, metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="one round, 1,000 points")
    return parser.parse_args()


def _measured(
    browser: Browser, points: Path, rounds: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Visit every page with so many points, by turns; give the samples of each."""
    kinds = gpd.read_parquet(points, columns=["category", "geometry"])["category"]
    first = str(kinds.cat.categories[0])
    expected = looking.Expected(
        len(kinds), first, int((kinds == first).sum()), as_csv(points)
    )
    samples: dict[str, dict[str, list[float]]] = {}
    with ExitStack() as stack:
        running = {}
        for page in PAGES:
            if page == "upload" and expected.count > MOST_UPLOADED:
                continue
            before = stack.enter_context(serving(page, points))
            running[page] = before
            try:
                warm = looking.visit(browser, page, before[0], expected, LIMIT_S)
            except (Error, looking.NotShownError) as error:
                sys.stderr.write(f"{expected.count} {page}: {error}\n")
                yield page, {"failed": str(error).splitlines()[0]}
                del running[page]
                continue
            sys.stderr.write(f"{expected.count} {page}: {warm['open'] / 1000:.1f} s\n")
            samples[page] = {"server-mb": [memory_mb(before[1])]}
            if warm["open"] > SLOW_S * 1000:
                samples[page]["is-slow"] = [1.0]
        for n in range(rounds):
            order = [*running][n % max(1, len(running)) :]
            for page in [*order, *(p for p in running if p not in order)]:
                if "is-slow" in samples[page] and n >= FEWER:
                    continue
                address = running[page][0]
                try:
                    more = looking.visit(browser, page, address, expected, LIMIT_S)
                except (Error, looking.NotShownError) as error:
                    sys.stderr.write(f"{expected.count} {page}: {error}\n")
                    samples[page].setdefault("failures", []).append(1.0)
                    continue
                for name, value in more.items():
                    samples[page].setdefault(name, []).append(value)
        for page in running:
            samples[page]["server-mb"].append(memory_mb(running[page][1]))
    for page, its in samples.items():
        if "open" in its:
            sys.stderr.write(f"{expected.count} {page}: {median(its['open']):.0f} ms\n")
        yield page, {"samples": its}


if __name__ == "__main__":
    sys.exit(main())
