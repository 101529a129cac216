"""
Measure the atlas on our page, our site and our single file beside pages of others.

Usage: `python benchmarks/pages/measure.py --json FILE [--quick] [--runs N]`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from headless import WEBGL, WITHOUT_GPU, executable, several
from peers import PEERS, Expected
from rounds import Bench
from servers import LEAFMAP
from serving import served

from borderviz.content import load
from borderviz.paths import default_atlas

TOGETHER = 5


def main() -> int:
    """Measure, write the figures, and return the exit code."""
    options = _options()
    executable()
    together = 0 if options.quick else TOGETHER
    if not LEAFMAP.exists():
        sys.stderr.write("leafmap is not installed here: `make bench` does it.\n")
        return 2
    atlas = load(default_atlas())
    expected = Expected.of(atlas)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pages = stack.enter_context(served(PEERS, folder))
        plain, drawing = stack.enter_context(several(WITHOUT_GPU, WEBGL))
        bench = Bench(atlas, expected, pages, plain, drawing, together)
        bench.survey()
        sizes = {"file": (folder / "map.html").stat().st_size}
        for n in range(options.runs):
            bench.round(n)
            sys.stderr.write(f"round {n + 1} of {options.runs}\n")
    found = {"section": "pages", "rounds": options.runs, "expected": asdict(expected)}
    found |= {
        "sizes": sizes,
        "together": together,
        "samples": bench.samples,
        "counts": bench.counts,
    }
    options.json.write_text(json.dumps(found), encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, required=True, metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="one round")
    parser.add_argument("--runs", type=int, default=7, help="rounds (default 7)")
    options = parser.parse_args()
    options.runs = 1 if options.quick else max(1, options.runs)
    return options


if __name__ == "__main__":
    sys.exit(main())
