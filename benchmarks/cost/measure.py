"""
Work out what growth costs, from what the sections `readers` and `machines` found.

Usage: `python benchmarks/cost/measure.py [--json FILE] [--views 1000000] [--stay 180]
[--acts 8] [--peak 3]`. It looks for `readers.json` and `machines.json` beside FILE, or
in `.cache/bench` when no file is named; then it tells what it found.
There are no prices in it: give your own by `--core-hour` and `--gb`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from derived import measured  # noqa: E402
from growth import Stated, app, site  # noqa: E402
from tell import section  # noqa: E402

SEED = 8
KEPT = HERE.parents[1] / ".cache" / "bench"
NEEDED = ("readers", "machines")


def main() -> int:
    """Compute, write the figures, and return the exit code: 2 if some are missing."""
    options = _options()
    folder = options.json.parent if options.json else KEPT
    paths = {name: folder / f"{name}.json" for name in NEEDED}
    if missing := [name for name, path in paths.items() if not path.exists()]:
        sys.stderr.write(f"Not measured yet: {' and '.join(missing)}.\n")
        return 2
    found = {name: json.loads(path.read_text("utf-8")) for name, path in paths.items()}
    stated = Stated(options.views, options.stay, options.acts, options.peak)
    known = measured(found["readers"], found["machines"]["through"]["nginx"])
    told: dict[str, Any] = {
        "section": "cost",
        "seed": SEED,
        "minutes": 5 if options.quick else 20,
        "stated": asdict(stated),
        "measured": asdict(known),
    }
    hours = told["minutes"] / 60
    told["app"] = app(known, stated, hours=hours, seed=SEED)
    told["site"] = site(found["machines"]["site"], stated, os.cpu_count() or 1)
    prices = {"core_hour": options.core_hour, "gb": options.gb}
    told["prices"] = {k: v for k, v in prices.items() if v is not None}
    if options.json:
        options.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    else:
        sys.stdout.write(f"{section(told)}\n")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    usual = Stated()
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="a shorter simulation")
    parser.add_argument("--views", type=int, default=usual.views, help="a day")
    parser.add_argument("--stay", type=float, default=usual.stay_s, help="seconds")
    parser.add_argument("--acts", type=int, default=usual.acts, help="of each reader")
    parser.add_argument("--peak", type=float, default=usual.peak, help="to the average")
    parser.add_argument("--core-hour", type=float, help="your price of one")
    parser.add_argument("--gb", type=float, help="your price of one sent")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
