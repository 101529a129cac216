"""
Measure how long it takes to locate points along the borders, and how much memory.

A benchmark and never a test: it fails on no figure. Each row is a process of its own,
so that its greatest memory is its own. Usage: `make bench-locate`, or
`python benchmarks/locate.py [--counts N ...]`.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from borderviz.cli import app
from borderviz.content import Atlas, load
from borderviz.locate import locate
from borderviz.paths import default_atlas

COUNTS = (10_000, 100_000, 1_000_000)
KINDS = ("arrays", "arrays, circles", "CSV file", "CSV file, circles")
AWAY_KM, RADIUS_KM, SEED = 60.0, 10.0, 2026
# Growth is called linear while a point costs at most so much of one among fewer.
LINEAR = 1.25
Columns = list[NDArray[np.float64]]


def main() -> int:
    """Measure every kind and count, or one of them in this process; print a table."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS, metavar="N")
    parser.add_argument("--one", nargs=2, metavar=("KIND", "N"))
    options = parser.parse_args()
    if options.one:
        kind, count = options.one
        write(json.dumps(measured(kind, int(count))))
        return 0
    where = f"within {AWAY_KM:g} km of the lines, circles of up to {RADIUS_KM:g} km"
    write(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; points {where}\n")
    write("| what | points | seconds | of processors | µs a point | MB | growth |")
    write("|---|--:|--:|--:|--:|--:|---|")
    for kind in KINDS:
        before = 0.0
        for count in options.counts:
            row = in_own_process(kind, count)
            cells = [f"{row['seconds']:.2f}", f"{row['cpu']:.2f}"]
            cells += [f"{1e6 * row['seconds'] / count:.1f}", f"{row['mb']:,.0f}"]
            each = row["cpu"] / count
            cells.append(growth(each / before) if before else "")
            write(f"| {kind} | {count:,} | {' | '.join(cells)} |")
            before = each
    return 0


def growth(ratio: float) -> str:
    """Say whether a point costs more than it did among fewer."""
    word = "linear or less" if ratio <= LINEAR else "more than linear"
    return f"{ratio:.2f} a point: {word}"


def in_own_process(kind: str, count: int) -> dict[str, float]:
    """Measure in a fresh process."""
    command = [sys.executable, __file__, "--one", kind, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(kind: str, count: int) -> dict[str, float]:
    """Time one run; reading the atlas counts for a file, and not for arrays."""
    atlas = load(default_atlas())
    columns = points(atlas, count)
    with tempfile.TemporaryDirectory() as folder:
        work = task(kind, atlas, columns, Path(folder) / "points.csv")
        wall, processor = time.perf_counter(), time.process_time()
        work()
        seconds, cpu = time.perf_counter() - wall, time.process_time() - processor
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return {"seconds": seconds, "cpu": cpu, "mb": most / unit}


def task(kind: str, atlas: Atlas, columns: Columns, path: Path) -> Callable[[], object]:
    """Get ready; what is to be timed is the function that is returned."""
    if "circles" not in kind:
        columns = columns[:2]
    if "CSV" not in kind:
        return lambda: locate(*columns[:2], atlas, *columns[2:])
    names = ("lon", "lat", "uncertainty_km")[: len(columns)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *names])
        rows = zip(*(np.round(column, 6).tolist() for column in columns), strict=True)
        writer.writerows([number, *row] for number, row in enumerate(rows))
    return lambda: app(["locate", str(path)], standalone_mode=False)


def points(atlas: Atlas, count: int) -> Columns:
    """Scatter points around the lines, the same each time: lons, lats, radii in km."""
    rng = np.random.default_rng(SEED)
    lines = [axis.line for axis in atlas.axes.values()]
    ends = np.cumsum([line.length_km for line in lines])
    km = np.sort(rng.uniform(0, ends[-1], count))
    parts = np.split(km, np.searchsorted(km, ends[:-1]))
    starts = [0.0, *ends[:-1]]
    feet = np.concatenate(
        [
            line.at(part - start)
            for line, part, start in zip(lines, parts, starts, strict=True)
        ]
    )
    away = 1000 * AWAY_KM * np.sqrt(rng.uniform(0, 1, count))
    found = Geod(ellps="WGS84").fwd(*feet.T, rng.uniform(-180, 180, count), away)
    order = rng.permutation(count)
    return [found[0][order], found[1][order], rng.uniform(0, RADIUS_KM, count)]


def write(line: str) -> None:
    """Print a line at once, however long the next takes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
